//! Learns from complaints whose product is known, which words are usual with which product, and measures how well
//! that tells the products of complaints that it has not learnt from.
//!
//! `cargo run --release -p complaints --no-default-features --example triage -- learn FILE` writes the model that is
//! compiled in as `shared/src/triage/products.tsv`, `… -- measure FILE` says how good such a model is,
//! `… -- like FILE` how often texts that are found alike are about the same product, and `… -- read FILE` what is
//! suggested for each text. Each line of FILE is `{"product", "narrative"}`. Ends with 2 when
//! FILE cannot be used.

mod input;
mod learn;
mod like;
mod measure;
mod read;

use std::collections::BTreeMap;
use std::io::{BufWriter, Write};
use std::process::ExitCode;

use complaints::triage::product::InvalidModel;

/// Why it cannot go on.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Trouble {
    /// It was called with something that cannot be used.
    #[error("{0}")]
    Usage(String),
    #[error(transparent)]
    Model(#[from] InvalidModel),
    #[error("cannot write: {0}")]
    Output(#[from] std::io::Error),
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(trouble) => {
            // Where standard error is gone too, there is nobody to tell.
            drop(writeln!(std::io::stderr(), "error: {trouble}"));
            ExitCode::from(if matches!(trouble, Trouble::Usage(_)) { 2 } else { 1 })
        }
    }
}

fn run() -> Result<(), Trouble> {
    let mut arguments = std::env::args_os().skip(1);
    let (Some(what), Some(file), None) = (arguments.next(), arguments.next(), arguments.next()) else {
        return Err(Trouble::Usage("say learn, measure, like or read, and one file of complaints".into()));
    };
    let texts = input::read(file.as_ref())?;
    let mut out = BufWriter::new(std::io::stdout().lock());
    match what.to_str() {
        Some("learn") => out.write_all(learn::model(&texts.iter().collect::<Vec<_>>())?.as_bytes())?,
        Some("measure") => measure::tell(&texts, &mut out)?,
        Some("read") => read::tell(&texts, &mut out)?,
        Some("like") => like::tell(&texts, &mut out)?,
        _ => return Err(Trouble::Usage("say learn, measure, like or read".into())),
    }
    Ok(out.flush()?)
}

/// How many of each.
fn count<'t>(products: impl Iterator<Item = &'t str>) -> BTreeMap<&'t str, u32> {
    let mut counted = BTreeMap::new();
    for product in products {
        *counted.entry(product).or_default() += 1;
    }
    counted
}

//! Real complaints through the whole product, for a month: posted through the public door, worked by a scripted
//! staff to different ends, and reported on. Then everything is counted again from the records, and what it took is
//! said.
//!
//! `cargo run --release -p journeys --bin replay -- FILE`, where each line of FILE is `{"product", "narrative"}`.
//! Ends with 0 when all checks hold, with 1 and a list when one does not, with 2 when FILE cannot be used.

mod check;
mod cost;
mod count;
mod customers;
mod desk;
mod dice;
mod expect;
mod input;
mod life;
mod month;
mod pages;
mod record;
mod sheet;
mod staff;
mod tell;
mod web;

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use jiff::Timestamp;
use local::door::{Clock, CloudError};
use local::{DeliveryError, Options, World, WorldError};

use dice::Dice;
use month::Month;

/// The month begins where the company is; it ends in winter time, which has its hour too.
const START: &str = "2026-09-30T23:00:00Z";
const END: &str = "2026-11-01T00:00:00Z";
/// Five minutes after the report was due.
const READ: &str = "2026-11-01T07:05:00Z";
const SEED: u64 = 2;

/// Why it cannot go on.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Trouble {
    /// It was called with something that cannot be used.
    #[error("{0}")]
    Usage(String),
    /// Something that should never fail did.
    #[error("{0}")]
    Failed(String),
    #[error(transparent)]
    World(#[from] WorldError),
    #[error(transparent)]
    Cloud(#[from] CloudError),
    #[error(transparent)]
    Delivery(#[from] DeliveryError),
    #[error("cannot write: {0}")]
    Output(#[from] std::io::Error),
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match replay().await {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(trouble) => {
            // Where standard error is gone too, there is nobody to tell.
            drop(writeln!(std::io::stderr(), "error: {trouble}"));
            ExitCode::from(if matches!(trouble, Trouble::Usage(_)) { 2 } else { 1 })
        }
    }
}

/// Whether all checks hold.
async fn replay() -> Result<bool, Trouble> {
    let texts = input::read(&file()?)?;
    let began = Clock::real_time();
    let (start, end, read) = (instant(START)?, instant(END)?, instant(READ)?);
    let mut options = Options::new(Clock::frozen(start));
    options.seed = Some(SEED);
    let meter = cost::Meter::default();
    let measuring = meter.clone();
    options.staffing =
        Box::new(move |cloud, wiring| Ok(measuring.on(local::steps::handlers(cloud, wiring)?)));
    let world = World::new(options)?;
    world.cloud().count_by(cost::processor_time);
    let zone = world.zone();
    let dice = Dice::seeded(SEED, zone.clone());
    let mut month = Month::new(world, meter, &texts, dice, end);
    month.pass(read).await?;
    let lived =
        tell::Lived { took: Clock::real_time().duration_since(began), processor: cost::processor_time() };
    let checked = check::all(&mut month, end, zone).await?;
    let shown = month.show().await?;
    tell::all(&month, &checked, &lived, &shown, &mut std::io::stdout().lock())?;
    Ok(checked.wrong.is_empty())
}

/// The only argument.
fn file() -> Result<PathBuf, Trouble> {
    let mut arguments = std::env::args_os().skip(1);
    match (arguments.next(), arguments.next()) {
        (Some(file), None) if !file.to_string_lossy().starts_with("--") => Ok(file.into()),
        _ => Err(Trouble::Usage("say one file of complaints, each line {\"product\", \"narrative\"}".into())),
    }
}

fn instant(text: &str) -> Result<Timestamp, Trouble> {
    text.parse().map_err(|error| Trouble::Failed(format!("{text}: {error}")))
}

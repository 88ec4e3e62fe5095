//! From texts to a model: the terms that tell products apart best, and how usual each is with each product.

use std::collections::BTreeMap;
use std::fmt::Write;

use complaints::triage::product::terms;

use crate::input::Text;
use crate::{Trouble, count};

/// A term in fewer texts than these says nothing sure, and may be a name.
const FEWEST_TEXTS: u32 = 5;
/// More terms than these tell hardly more.
const MOST_TERMS: usize = 800;
/// A term that was never met with a product counts as if it had been met so often.
const UNSEEN: f64 = 0.5;

/// How many texts of a product, or of all, have a term.
type Counts<'t> = BTreeMap<&'t str, u32>;

/// The model as `complaints::triage::product::Model` reads it. The same texts in any order give the same bytes.
pub(crate) fn model(texts: &[&Text]) -> Result<String, Trouble> {
    let products = count(texts.iter().map(|text| text.product.as_str()));
    if products.len() < 2 {
        return Err(Trouble::Usage("there are complaints about one product only".into()));
    }
    let mut met = BTreeMap::<String, Counts<'_>>::new();
    for text in texts {
        for term in terms(&text.narrative) {
            *met.entry(term).or_default().entry(&text.product).or_default() += 1;
        }
    }
    let all: u32 = products.values().sum();
    let mut ranked: Vec<_> = met
        .iter()
        .filter(|(_, counts)| counts.values().sum::<u32>() >= FEWEST_TEXTS)
        .map(|(term, counts)| (telling(counts, &products, all), term, counts))
        .collect();
    ranked.sort_by(|one, other| other.0.total_cmp(&one.0).then_with(|| one.1.cmp(other.1)));
    ranked.truncate(MOST_TERMS);
    ranked.sort_by_key(|(_, term, _)| *term);
    let mut model = line("product", products.keys());
    model += &line("prior", products.values().map(|count| hundredths(f64::from(*count) / f64::from(all))));
    let sum = |product: &str| ranked.iter().filter_map(|(.., counts)| counts.get(product)).sum::<u32>();
    let sums: Vec<f64> = products.keys().map(|product| f64::from(sum(product))).collect();
    let terms = f64::from(u32::try_from(ranked.len()).unwrap_or(u32::MAX));
    for (_, term, counts) in &ranked {
        let usual = products.keys().zip(&sums).map(|(product, sum)| {
            let met = f64::from(counts.get(product).copied().unwrap_or_default());
            hundredths((met + UNSEEN) / (sum + UNSEEN * terms))
        });
        model += &line(term, usual);
    }
    Ok(model)
}

/// How well a term tells one product from the others: the greatest chi-squared over the products.
fn telling(counts: &Counts<'_>, products: &BTreeMap<&str, u32>, all: u32) -> f64 {
    let with = f64::from(counts.values().sum::<u32>());
    let all = f64::from(all);
    let of_product = |(product, texts): (&&str, &u32)| {
        let (both, texts) = (f64::from(counts.get(product).copied().unwrap_or_default()), f64::from(*texts));
        let (only_term, only_product) = (with - both, texts - both);
        let neither = all - both - only_term - only_product;
        let parts = with * (all - with) * texts * (all - texts);
        if parts > 0.0 { all * (both * neither - only_term * only_product).powi(2) / parts } else { 0.0 }
    };
    products.iter().map(of_product).fold(0.0, f64::max)
}

#[expect(clippy::cast_possible_truncation, reason = "logarithms of counts are small")]
fn hundredths(share: f64) -> i32 {
    (share.ln() * 100.0).round() as i32
}

fn line(head: &str, cells: impl Iterator<Item = impl std::fmt::Display>) -> String {
    let mut line = head.to_owned();
    for cell in cells {
        write!(line, "\t{cell}").expect("a string takes all");
    }
    line + "\n"
}

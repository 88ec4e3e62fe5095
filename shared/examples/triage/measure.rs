//! How well a product is told from a text: five times learnt from four fifths of the texts and tried on the rest.

use std::io::Write;

use complaints::triage::product::Model;
use complaints::values::Digest;

use crate::input::Text;
use crate::{Trouble, count, learn};

const PARTS: u8 = 5;

/// A text's product, as it is and as it was told.
struct Tried<'t> {
    product: &'t str,
    told: String,
    is_sure: bool,
}

/// Which part a text belongs to. The same text is in the same part, however often and wherever it stands.
fn part(text: &Text) -> u8 {
    Digest::of(text.narrative.as_bytes()).as_bytes()[0] % PARTS
}

/// Precision and recall, of each product and overall.
pub(crate) fn tell(texts: &[Text], out: &mut impl Write) -> Result<(), Trouble> {
    let mut tried = Vec::new();
    for held_out in 0..PARTS {
        let (test, training): (Vec<_>, Vec<_>) = texts.iter().partition(|text| part(text) == held_out);
        let learnt = learn::model(&training)?;
        let model = Model::parse(&learnt)?;
        tried.extend(test.into_iter().filter_map(|text| {
            let reading = model.read(&text.narrative, |_| true)?;
            Some(Tried { product: &text.product, told: reading.product.to_owned(), is_sure: reading.is_sure })
        }));
    }
    writeln!(out, "{} texts, {PARTS} parts. The likeliest product of each text:", tried.len())?;
    table(&tried.iter().collect::<Vec<_>>(), &tried, out)?;
    writeln!(out, "\nOnly what is sure enough to be suggested:")?;
    table(&tried.iter().filter(|one| one.is_sure).collect::<Vec<_>>(), &tried, out)
}

fn table(told: &[&Tried<'_>], all: &[Tried<'_>], out: &mut impl Write) -> Result<(), Trouble> {
    writeln!(out, "  texts   told  right  precision  recall  product")?;
    let right =
        |product: &str| told.iter().filter(|one| one.told == product && one.product == product).count();
    let mut all_right = 0;
    for (product, texts) in count(all.iter().map(|one| one.product)) {
        let (said, right) = (told.iter().filter(|one| one.told == product).count(), right(product));
        all_right += right;
        row(out, texts as usize, said, right, product)?;
    }
    row(out, all.len(), told.len(), all_right, "all")
}

fn row(out: &mut impl Write, texts: usize, told: usize, right: usize, what: &str) -> Result<(), Trouble> {
    let (precision, recall) = (percent(right, told), percent(right, texts));
    writeln!(out, "{texts:>7} {told:>6} {right:>6} {precision:>10} {recall:>7}  {what}")?;
    Ok(())
}

fn percent(part: usize, whole: usize) -> String {
    if whole == 0 { "-".to_owned() } else { format!("{} %", (part * 200 + whole) / (whole * 2)) }
}

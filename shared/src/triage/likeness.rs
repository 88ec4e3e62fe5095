//! How alike two texts are: by the least usual of the terms that both have.
//!
//! Only terms of the [model](super::product) count, none of which comes from fewer than five complaints: so a text's
//! gist names nobody, and can be kept with the few facts by which complaints are found together.

use std::collections::BTreeSet;

use super::product::{Model, terms};

/// So many terms make a text's gist: the least usual ones.
const MOST_TERMS: usize = 16;
/// Texts that have so many hundredths of their gists in common are alike.
pub const ALIKE: u8 = 40;
/// Fewer terms in common are chance.
const FEWEST_TERMS: usize = 3;
/// Parts the terms where a gist is written; none has it.
const PARTED_BY: char = ',';

/// What a text is about, in a few terms.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gist(BTreeSet<String>);

impl Gist {
    /// The gist of a text.
    pub fn of(text: &str) -> Gist {
        let model = Model::shipped();
        let mut known: Vec<(i32, String)> =
            terms(text).into_iter().filter_map(|term| Some((model.rarity(&term)?, term))).collect();
        known.sort_by(|(rare, term), (rarer, other)| rarer.cmp(rare).then_with(|| term.cmp(other)));
        known.truncate(MOST_TERMS);
        Gist(known.into_iter().map(|(_, term)| term).collect())
    }

    /// As it is kept.
    pub fn written(&self) -> String {
        self.0.iter().map(String::as_str).collect::<Vec<_>>().join(&PARTED_BY.to_string())
    }

    /// Reads what was kept.
    pub fn read(written: &str) -> Gist {
        Gist(written.split(PARTED_BY).filter(|term| !term.is_empty()).map(str::to_owned).collect())
    }

    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The terms that both have.
    pub fn common<'g>(&'g self, other: &'g Gist) -> impl Iterator<Item = &'g str> {
        self.0.intersection(&other.0).map(String::as_str)
    }

    /// How much they have in common, in hundredths: what their common terms weigh, against what they weigh themselves.
    pub fn likeness(&self, other: &Gist) -> u8 {
        if self.common(other).count() < FEWEST_TERMS {
            return 0;
        }
        let common = weight(self.common(other));
        let whole =
            (weight(self.0.iter().map(String::as_str)) * weight(other.0.iter().map(String::as_str))).isqrt();
        u8::try_from((common * 100).checked_div(whole).unwrap_or_default().clamp(0, 100)).unwrap_or(100)
    }
}

/// What terms weigh together; one that the model does not know any more weighs nothing.
fn weight<'t>(terms: impl Iterator<Item = &'t str>) -> i64 {
    terms.filter_map(|term| Model::shipped().rarity(term)).map(i64::from).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LATE_FEE: &str =
        "My mortgage servicer charged a late fee, although the escrow payment was made on time.";

    #[test]
    fn a_gist_is_of_few_known_terms_and_names_nobody() {
        let gist = Gist::of(
            "Zoë Quillfeather of Barrowmere 12, account 9876: my mortgage servicer charged a late fee.",
        );
        assert!(!gist.is_empty());
        for private in ["zoe", "quillfeather", "barrowmere", "9876"] {
            assert!(!gist.written().contains(private), "{}", gist.written());
        }
        let long = Gist::of(&LATE_FEE.repeat(20));
        assert!(long.0.len() <= MOST_TERMS);
        assert_eq!(Gist::read(&long.written()), long);
        assert_eq!((Gist::of("").is_empty(), Gist::read("").is_empty()), (true, true));
    }

    #[test]
    fn texts_about_the_same_thing_are_alike_and_others_are_not() {
        let other_words = "The mortgage servicer says the escrow payment was late and charged me a late fee.";
        let else_where = "A debt collector keeps calling me at work about a debt that is not mine.";
        let (one, two, three) = (Gist::of(LATE_FEE), Gist::of(other_words), Gist::of(else_where));
        assert_eq!((one.likeness(&one), one.likeness(&two)), (100, two.likeness(&one)));
        assert!(
            one.likeness(&two) >= ALIKE,
            "{}: {:?}",
            one.likeness(&two),
            one.common(&two).collect::<Vec<_>>()
        );
        assert!(one.likeness(&three) < ALIKE, "{}", one.likeness(&three));
        assert_eq!(one.likeness(&Gist::default()), 0);
    }
}

//! A word or phrase that a policy looks for in complaints.

use std::fmt;

use serde::{Deserialize, Deserializer};
use thiserror::Error;

use super::words::Words;

/// How many letters a word must begin with before a star.
const SHORTEST_STEM: usize = 3;
const MOST_WORDS: usize = 8;
const LONGEST: usize = 80;

/// One to eight words that stand together. Case, accents, apostrophes and what stands between the words are all one;
/// a star at a word's end takes all words that begin so: `harass*`, `overcharg* me`.
#[derive(Clone, PartialEq, Eq)]
pub struct Keyword {
    written: String,
    words: Vec<Pattern>,
}

/// One word of it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Pattern {
    folded: String,
    is_stem: bool,
}

/// Why a text is no keyword.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum InvalidKeyword {
    /// It has no words, or too many.
    #[error("a keyword is one to eight words")]
    Words,
    /// It is too long.
    #[error("a keyword has at most {LONGEST} characters")]
    TooLong,
    /// A star stands alone, inside a word, or after fewer than three letters.
    #[error("a star stands at the end of a word, after three letters or more")]
    Star,
}

impl Keyword {
    /// Reads one as it is written in a policy.
    pub fn parse(text: &str) -> Result<Keyword, InvalidKeyword> {
        if text.chars().nth(LONGEST).is_some() {
            return Err(InvalidKeyword::TooLong);
        }
        let words = Words::of(text);
        if !(1..=MOST_WORDS).contains(&words.len()) {
            return Err(InvalidKeyword::Words);
        }
        let pattern = |at: usize| {
            let folded = words.get(at).unwrap_or_default().to_owned();
            let mut after = words.after(at).chars();
            let is_stem = after.next() == Some('*');
            let ends = after.next().is_none_or(char::is_whitespace);
            let is_long = folded.chars().nth(SHORTEST_STEM - 1).is_some();
            (!is_stem || (ends && is_long)).then_some(Pattern { folded, is_stem }).ok_or(InvalidKeyword::Star)
        };
        let words = (0..words.len()).map(pattern).collect::<Result<Vec<_>, _>>()?;
        let stems = words.iter().filter(|word| word.is_stem).count();
        if text.matches('*').count() == stems {
            Ok(Keyword { written: text.to_owned(), words })
        } else {
            Err(InvalidKeyword::Star)
        }
    }

    /// As it was written.
    pub fn as_str(&self) -> &str {
        &self.written
    }

    /// How many words it has: the more, the less it is found by chance.
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// What its first word begins with, by [`start`].
    pub(super) fn start(&self) -> &str {
        self.words.first().map_or("", |word| start(&word.folded))
    }

    /// Whether it stands in a text from this word on.
    pub(super) fn stands_at(&self, words: &Words<'_>, at: usize) -> bool {
        self.words.iter().enumerate().all(|(step, pattern)| {
            (step == 0 || words.continues(at + step))
                && words.get(at + step).is_some_and(|word| pattern.matches(word))
        })
    }
}

impl Pattern {
    fn matches(&self, word: &str) -> bool {
        if self.is_stem { word.starts_with(&self.folded) } else { word == self.folded }
    }
}

/// The first letters of a word, up to three: what a word and every keyword that may begin with it have in common.
pub(super) fn start(word: &str) -> &str {
    word.char_indices().nth(SHORTEST_STEM).map_or(word, |(end, _)| &word[..end])
}

impl fmt::Debug for Keyword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Keyword({:?})", self.written)
    }
}

impl<'de> Deserialize<'de> for Keyword {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Keyword, D::Error> {
        Keyword::parse(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(keyword: &str, text: &str, found: bool) {
        let (keyword, words) = (Keyword::parse(keyword).unwrap(), Words::of(text));
        assert_eq!(
            (0..words.len()).any(|at| keyword.stands_at(&words, at)),
            found,
            "{keyword:?} in {text:?}"
        );
    }

    #[test]
    fn a_keyword_is_found_as_whole_words_in_any_case_and_with_any_accents() {
        check("rude", "She was RUDE.", true);
        check("rude", "a crude prudent rudeness", false);
        check("café", "the CAFE", true);
        check("can't pay", "I cant  pay", true);
        check("charged twice", "charged,\ntwice", true);
        check("charged twice", "charged me twice", false);
        check("charged twice", "I was charged. Twice I called", false);
        check("charged twice", "charged", false);
    }

    #[test]
    fn a_star_takes_every_ending() {
        check("harass*", "they harassed me", true);
        check("harass*", "harass", true);
        check("harass*", "no haras", false);
        check("overcharg* me", "you overcharge me", true);
        check("überw*", "Ueber die Uberweisung", true);
    }

    #[test]
    fn what_is_no_keyword_is_refused() {
        for (text, error) in [
            ("", InvalidKeyword::Words),
            (" … ", InvalidKeyword::Words),
            ("a b c d e f g h i", InvalidKeyword::Words),
            ("*", InvalidKeyword::Words),
            ("ab*", InvalidKeyword::Star),
            ("abc*d", InvalidKeyword::Star),
            ("abc *", InvalidKeyword::Star),
            ("* abc", InvalidKeyword::Star),
            ("abc**", InvalidKeyword::Star),
        ] {
            assert_eq!(Keyword::parse(text), Err(error), "{text:?}");
        }
        assert_eq!(Keyword::parse(&"a".repeat(81)), Err(InvalidKeyword::TooLong));
    }
}

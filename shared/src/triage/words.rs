//! A text as its words: without case, accents and punctuation, each with its place in the text.

use std::ops::Range;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Excerpts are for a person's eye, and a word can be as long as the whole text.
const LONGEST_EXCERPT: usize = 60;

/// The words of a text, in their order.
pub(crate) struct Words<'t> {
    text: &'t str,
    /// All words in one, in lower case, without accents and apostrophes.
    folded: String,
    places: Vec<Place>,
}

/// Where one word is.
struct Place {
    folded: Range<usize>,
    in_text: Range<usize>,
    /// Whether a sentence or a paragraph ended before it.
    begins: bool,
}

impl<'t> Words<'t> {
    /// Takes a text apart. Words are parted by all that is neither letter nor digit; apostrophes, accents and
    /// characters that nobody sees part nothing.
    pub(crate) fn of(text: &'t str) -> Words<'t> {
        let (mut folded, mut places) = (String::with_capacity(text.len()), Vec::<Place>::new());
        let mut is_open = false;
        for (at, character) in text.char_indices().filter(|(_, character)| !is_unseen(*character)) {
            let start = folded.len();
            fold(character, &mut folded);
            if folded.len() == start {
                is_open = false;
                continue;
            }
            let end = at + character.len_utf8();
            match places.last_mut() {
                Some(word) if is_open => (word.folded.end, word.in_text.end) = (folded.len(), end),
                last => {
                    let before = last.map_or(0, |word| word.in_text.end);
                    let begins = ends_a_sentence(&text[before..at]);
                    places.push(Place { folded: start..folded.len(), in_text: at..end, begins });
                }
            }
            is_open = true;
        }
        Words { text, folded, places }
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.places.len()
    }

    /// One of them; none past the last.
    pub(crate) fn get(&self, at: usize) -> Option<&str> {
        self.places.get(at).map(|word| &self.folded[word.folded.clone()])
    }

    /// Whether a word and the one before it stand in one sentence.
    pub(crate) fn continues(&self, at: usize) -> bool {
        at > 0 && self.places.get(at).is_some_and(|word| !word.begins)
    }

    /// What comes in the text right after a word.
    pub(super) fn after(&self, at: usize) -> &'t str {
        self.places.get(at).map_or("", |word| &self.text[word.in_text.end..])
    }

    /// So many words as they stand in the text, cut where that is long.
    pub(crate) fn excerpt(&self, from: usize, count: usize) -> &'t str {
        let words = self.places.get(from..from + count).unwrap_or_default();
        let (Some(first), Some(last)) = (words.first(), words.last()) else { return "" };
        let excerpt = &self.text[first.in_text.start..last.in_text.end];
        match excerpt.char_indices().nth(LONGEST_EXCERPT) {
            Some((end, _)) => &excerpt[..end],
            None => excerpt,
        }
    }
}

/// Adds what a character says in a word: nothing, where it is neither letter nor digit.
fn fold(character: char, folded: &mut String) {
    if character.is_ascii() {
        // Nearly all there is.
        folded.extend(character.is_ascii_alphanumeric().then(|| character.to_ascii_lowercase()));
        return;
    }
    let parts = std::iter::once(character).nfd().filter(|part| part.is_alphanumeric());
    folded.extend(parts.filter(|part| !is_combining_mark(*part)).flat_map(char::to_lowercase));
}

fn is_unseen(character: char) -> bool {
    matches!(character, '\'' | '’' | 'ʼ' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
        || matches!(character, '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
        || (!character.is_ascii() && is_combining_mark(character))
}

/// Whether what stands between two words parts sentences; the point in "U.S." does not.
fn ends_a_sentence(between: &str) -> bool {
    let stops = between.contains(['.', '!', '?', ';']) && between.contains(char::is_whitespace);
    stops || between.matches('\n').nth(1).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let words = Words::of(text);
        let found: Vec<&str> = (0..words.len()).filter_map(|at| words.get(at)).collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn words_are_without_case_accents_and_punctuation() {
        check("", &[]);
        check(" \n…—!", &[]);
        check("It's MY café, n'est-ce pas?", &["its", "my", "cafe", "nest", "ce", "pas"]);
        check("cafe\u{301} ＡＢＣ 12½", &["cafe", "ａｂｃ", "12½"]);
        check("ha\u{ad}rass\u{200b}ed 'hacked'", &["harassed", "hacked"]);
        check("STRASSE Straße ΣΑΣ İ", &["strasse", "straße", "σασ", "i"]);
        check("\u{301}a 日本語", &["a", "日本語"]);
    }

    #[test]
    fn an_excerpt_is_as_it_was_written_and_never_long() {
        let words = Words::of("They “Char\u{ad}ged”\nTWICE!");
        assert_eq!(words.excerpt(1, 2), "Char\u{ad}ged”\nTWICE");
        assert_eq!((words.excerpt(2, 2), words.excerpt(9, 1)), ("", ""));
        assert_eq!(words.after(2), "!");
        let long = "é".repeat(25_000);
        assert_eq!(Words::of(&long).excerpt(0, 1), "é".repeat(60));
    }

    #[test]
    fn a_sentence_ends_at_its_mark_and_a_paragraph_at_its_blank_line() {
        let continues = |text: &str| Words::of(text).continues(1);
        for together in ["a b", "a, b", "a\nb", "a.b", "a/b", "a\t\nb"] {
            assert!(continues(together), "{together:?}");
        }
        for apart in ["a. b", "a?\nb", "a; b", "a\n\nb", "a\n- \n\tb", "a"] {
            assert!(!continues(apart), "{apart:?}");
        }
    }
}

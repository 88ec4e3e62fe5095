//! The language that a customer reads.

use std::fmt;

use thiserror::Error;

use super::{InvalidValue, parsed_code};

/// The primary tag of a language (BCP 47): `en`, `de`. Whether letters exist in it is another question; those who
/// write them fall back to the policy's first language.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language {
    letters: [u8; 3],
    /// 2 or 3.
    length: u8,
}

/// Why a text is no language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum InvalidLanguage {
    /// It is not formed like a language tag.
    #[error("a language is a tag of two or three letters, such as en")]
    Malformed,
}

impl InvalidValue for InvalidLanguage {
    fn code(&self) -> &'static str {
        "malformed_language"
    }
}

impl Language {
    /// English: what is spoken when nothing else is known.
    pub const ENGLISH: Language = Language { letters: *b"en\0", length: 2 };

    /// Reads a tag; region, script and the rest (`en-GB`, `de_CH`) are dropped.
    pub fn parse(text: &str) -> Result<Language, InvalidLanguage> {
        let text = text.trim();
        let mut parts = text.split(['-', '_']);
        let primary = parts.next().unwrap_or_default();
        let is_subtag =
            |part: &str| matches!(part.len(), 1..=8) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if !matches!(primary.len(), 2 | 3)
            || !primary.bytes().all(|byte| byte.is_ascii_alphabetic())
            || text.len() > 35
            || !parts.all(is_subtag)
        {
            return Err(InvalidLanguage::Malformed);
        }
        let mut letters = [0; 3];
        letters[..primary.len()].copy_from_slice(primary.as_bytes());
        letters.make_ascii_lowercase();
        let length = u8::try_from(primary.len()).expect("two or three");
        Ok(Language { letters, length })
    }

    /// The tag in lower case.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.letters[..usize::from(self.length)]).expect("letters are ASCII")
    }
}

impl Default for Language {
    fn default() -> Language {
        Language::ENGLISH
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Language({self})")
    }
}

parsed_code!(Language, InvalidLanguage);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_cut_to_its_language() {
        for (text, tag) in
            [("en", "en"), ("EN-gb", "en"), ("de_CH", "de"), ("zh-Hant-TW", "zh"), ("gsw", "gsw")]
        {
            assert_eq!(Language::parse(text).unwrap().as_str(), tag, "{text}");
        }
        assert_eq!(Language::parse("en"), Ok(Language::ENGLISH));
    }

    #[test]
    fn what_is_no_tag_is_refused() {
        for text in ["", "e", "english", "e1", "en-", "en--GB", "../en", "en GB", "日本", "en-toolongtag"] {
            assert_eq!(Language::parse(text), Err(InvalidLanguage::Malformed), "{text}");
        }
    }
}

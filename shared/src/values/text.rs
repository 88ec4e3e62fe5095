//! What people write in their own words, over any number of lines.

use std::fmt;

use thiserror::Error;
use unicode_normalization::UnicodeNormalization;

use super::{InvalidValue, parsed_text, visible, visible::is_blank};

/// A text of at most `MAX` characters: something to be seen in it, in NFC, its lines parted by `\n`, without blanks around it.
///
/// [`as_str`](Text::as_str) is what was written; `Display` is what to show, see [`visible()`].
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text<const MAX: usize>(String);

/// Why something is no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum InvalidText {
    /// There is nothing to be seen in it.
    #[error("the text is empty")]
    Empty,
    /// It is too long.
    #[error("the text is longer than {max} characters")]
    TooLong {
        /// How many characters it may have.
        max: usize,
    },
    /// It has control characters other than newline and tab.
    #[error("the text has control characters other than newline and tab")]
    Control,
}

impl InvalidValue for InvalidText {
    fn code(&self) -> &'static str {
        match self {
            InvalidText::Empty => "empty",
            InvalidText::TooLong { .. } => "too_long",
            InvalidText::Control => "control_characters",
        }
    }

    fn limit(&self) -> Option<usize> {
        if let InvalidText::TooLong { max } = self { Some(*max) } else { None }
    }
}

impl<const MAX: usize> Text<MAX> {
    /// How many characters such a text may have.
    pub const MAX: usize = MAX;

    /// Takes a text as it was typed. Windows line ends become `\n`, characters become NFC, blanks around it go.
    pub fn parse(text: &str) -> Result<Self, InvalidText> {
        let text = text.replace("\r\n", "\n");
        // Before trimming, which would take some of them for blanks.
        if text.contains(|character: char| character.is_control() && character != '\n' && character != '\t') {
            return Err(InvalidText::Control);
        }
        let text: String = text.trim().nfc().collect();
        if is_blank(&text) {
            Err(InvalidText::Empty)
        } else if text.chars().nth(MAX).is_some() {
            Err(InvalidText::TooLong { max: MAX })
        } else {
            Ok(Text(text))
        }
    }

    /// The text as it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text as it is to be shown, direction controls written out.
    pub fn visible(&self) -> std::borrow::Cow<'_, str> {
        visible(&self.0)
    }
}

impl<const MAX: usize> fmt::Display for Text<MAX> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.visible())
    }
}

impl<const MAX: usize> fmt::Debug for Text<MAX> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Text({} characters)", self.0.chars().count())
    }
}

parsed_text!(Text<const MAX: usize>, InvalidText);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(typed: &str, kept: Result<&str, InvalidText>) {
        assert_eq!(Text::<10>::parse(typed).as_ref().map(Text::as_str), kept.as_ref().copied(), "{typed:?}");
    }

    #[test]
    fn a_text_is_kept_in_one_form() {
        check("hello", Ok("hello"));
        check("  a\r\nb\tc \n", Ok("a\nb\tc"));
        check("e\u{301}", Ok("é"));
        check("<script>", Ok("<script>"));
    }

    #[test]
    fn a_text_of_blanks_is_empty() {
        check("", Err(InvalidText::Empty));
        check(" \t\r\n\u{a0}\u{3000}", Err(InvalidText::Empty));
        check("\u{200b}", Err(InvalidText::Empty));
        check("👩\u{200d}🔧", Ok("👩\u{200d}🔧"));
    }

    #[test]
    fn a_text_is_measured_in_characters_after_it_was_brought_into_form() {
        check("äöüäöüäöüä", Ok("äöüäöüäöüä"));
        check("1234567890\r\n\r\n", Ok("1234567890"));
        check("12345678901", Err(InvalidText::TooLong { max: 10 }));
        check("🏦🏦🏦🏦🏦🏦🏦🏦🏦🏦", Ok("🏦🏦🏦🏦🏦🏦🏦🏦🏦🏦"));
        check("e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}", Ok("éééééé"));
    }

    #[test]
    fn control_characters_other_than_newline_and_tab_are_refused() {
        for control in ["\0", "\u{7}", "\u{1b}", "\r", "\u{7f}", "\u{80}", "\u{85}", "\u{9f}"] {
            check(&format!("a{control}b"), Err(InvalidText::Control));
        }
    }

    #[test]
    fn direction_controls_are_kept_and_shown() {
        let text = Text::<10>::parse("a\u{202e}b").unwrap();
        assert_eq!(text.as_str(), "a\u{202e}b");
        assert_eq!(text.to_string(), "a⟦U+202E⟧b");
        assert_eq!(serde_json::to_string(&text).unwrap(), "\"a\u{202e}b\"");
    }

    #[test]
    fn neither_debug_nor_an_error_repeats_what_was_typed() {
        let text = Text::<25_000>::parse("canary").unwrap();
        assert_eq!(format!("{text:?}"), "Text(6 characters)");
        let error = serde_json::from_str::<Text<3>>("\"canary\"").unwrap_err();
        assert!(error.to_string().starts_with("the text is longer than 3 characters"), "{error}");
    }

    proptest! {
        #[test]
        fn what_was_parsed_once_stays_as_it_is(typed in "\\PC{0,12}") {
            if let Ok(text) = Text::<30>::parse(&typed) {
                prop_assert_eq!(Text::parse(text.as_str()), Ok(text));
            }
        }
    }
}

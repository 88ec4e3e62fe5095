//! What people write in one line: names, subjects, order numbers.

use std::fmt;

use thiserror::Error;
use unicode_normalization::UnicodeNormalization;

use super::{InvalidValue, parsed_text, visible, visible::is_blank};

/// One line of at most `MAX` characters: something to be seen in it, in NFC, tabs made blanks, without blanks around it.
///
/// [`as_str`](Line::as_str) is what was written; `Display` is what to show, see [`visible()`].
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Line<const MAX: usize>(String);

/// Why something is no line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum InvalidLine {
    /// There is nothing to be seen in it.
    #[error("the line is empty")]
    Empty,
    /// It is too long.
    #[error("the line is longer than {max} characters")]
    TooLong {
        /// How many characters it may have.
        max: usize,
    },
    /// There is more than one line.
    #[error("there is more than one line")]
    SeveralLines,
    /// It has control characters.
    #[error("the line has control characters")]
    Control,
}

impl InvalidValue for InvalidLine {
    fn code(&self) -> &'static str {
        match self {
            InvalidLine::Empty => "empty",
            InvalidLine::TooLong { .. } => "too_long",
            InvalidLine::SeveralLines => "several_lines",
            InvalidLine::Control => "control_characters",
        }
    }

    fn limit(&self) -> Option<usize> {
        if let InvalidLine::TooLong { max } = self { Some(*max) } else { None }
    }
}

impl<const MAX: usize> Line<MAX> {
    /// How many characters such a line may have.
    pub const MAX: usize = MAX;

    /// Takes a line as it was typed.
    pub fn parse(text: &str) -> Result<Self, InvalidLine> {
        // A line end is refused even at the edges: lines go into mail headers, and nobody types one by accident.
        if text.contains(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}']) {
            return Err(InvalidLine::SeveralLines);
        }
        let line = text.replace('\t', " ");
        // Before trimming, which would take some of them for blanks.
        if line.contains(char::is_control) {
            return Err(InvalidLine::Control);
        }
        let line: String = line.trim().nfc().collect();
        if is_blank(&line) {
            Err(InvalidLine::Empty)
        } else if line.chars().nth(MAX).is_some() {
            Err(InvalidLine::TooLong { max: MAX })
        } else {
            Ok(Line(line))
        }
    }

    /// The line as it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The line as it is to be shown, direction controls written out.
    pub fn visible(&self) -> std::borrow::Cow<'_, str> {
        visible(&self.0)
    }
}

impl<const MAX: usize> fmt::Display for Line<MAX> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.visible())
    }
}

impl<const MAX: usize> fmt::Debug for Line<MAX> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Line({} characters)", self.0.chars().count())
    }
}

parsed_text!(Line<const MAX: usize>, InvalidLine);

#[cfg(test)]
mod tests {
    use super::*;

    fn check(typed: &str, kept: Result<&str, InvalidLine>) {
        assert_eq!(Line::<10>::parse(typed).as_ref().map(Line::as_str), kept.as_ref().copied(), "{typed:?}");
    }

    #[test]
    fn a_line_is_kept_in_one_form() {
        check("  Zoe\u{308} ", Ok("Zoë"));
        check("a\tb", Ok("a b"));
        check("1234567890", Ok("1234567890"));
    }

    #[test]
    fn a_line_end_anywhere_is_refused() {
        for end in ["\n", "\r", "\r\n", "\u{85}", "\u{2028}", "\u{2029}"] {
            check(&format!("a{end}b"), Err(InvalidLine::SeveralLines));
            check(&format!("a{end}"), Err(InvalidLine::SeveralLines));
        }
    }

    #[test]
    fn empty_long_and_controlling_lines_are_refused() {
        check(" ", Err(InvalidLine::Empty));
        check("\u{200b}\u{2800}", Err(InvalidLine::Empty));
        check("12345678901", Err(InvalidLine::TooLong { max: 10 }));
        check("a\0b", Err(InvalidLine::Control));
    }

    #[test]
    fn direction_controls_are_kept_and_shown() {
        let line = Line::<20>::parse("\u{202e}evil").unwrap();
        assert_eq!((line.as_str(), line.to_string().as_str()), ("\u{202e}evil", "⟦U+202E⟧evil"));
    }
}

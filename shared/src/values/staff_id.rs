//! A member of staff, as the identity provider names them.

use std::fmt;

use thiserror::Error;
use unicode_normalization::UnicodeNormalization;

use super::visible::is_bidi_control;
use super::{InvalidValue, parsed_text};

/// The subject of a staff token: an id, a login name or an e-mail address, of at most 128 printable characters. Capitals
/// and small letters are one, as identity providers have it: nobody is somebody else by how they are typed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StaffId(String);

/// Why a text names no member of staff.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum InvalidStaffId {
    /// There is nothing but blanks.
    #[error("the staff id is empty")]
    Empty,
    /// It is too long.
    #[error("the staff id is longer than 128 characters")]
    TooLong,
    /// It has characters that are not seen.
    #[error("the staff id has control characters")]
    Control,
}

impl InvalidValue for InvalidStaffId {
    fn code(&self) -> &'static str {
        match self {
            InvalidStaffId::Empty => "empty",
            InvalidStaffId::TooLong => "too_long",
            InvalidStaffId::Control => "control_characters",
        }
    }
}

impl StaffId {
    /// Takes the id as the token has it; blanks around it go.
    pub fn parse(text: &str) -> Result<StaffId, InvalidStaffId> {
        let id: String = text.trim_matches(' ').to_lowercase().nfc().collect();
        let unseen = |c: char| {
            c.is_control() || is_bidi_control(c) || matches!(c, '\u{2028}' | '\u{2029}' | '\u{200b}')
        };
        if id.trim().is_empty() {
            Err(InvalidStaffId::Empty)
        } else if id.contains(unseen) {
            Err(InvalidStaffId::Control)
        } else if id.chars().nth(128).is_some() {
            Err(InvalidStaffId::TooLong)
        } else {
            Ok(StaffId(id))
        }
    }

    /// The id.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for StaffId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

parsed_text!(StaffId, InvalidStaffId);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_names_and_addresses_are_taken() {
        for text in ["ana", "ana@bank.example", "ana pérez", "8d3f6a52-1f0e-4d9e-9d0c-7a1f6f3b2c11"] {
            assert_eq!(StaffId::parse(text).unwrap().as_str(), text);
        }
        assert_eq!(StaffId::parse("Ana PÉREZ"), StaffId::parse("ana pérez"), "however it is typed");
    }

    #[test]
    fn what_names_nobody_is_refused() {
        assert_eq!(StaffId::parse("  "), Err(InvalidStaffId::Empty));
        assert_eq!(StaffId::parse("a\nb"), Err(InvalidStaffId::Control));
        assert_eq!(StaffId::parse("a\u{202e}b"), Err(InvalidStaffId::Control));
        assert_eq!(StaffId::parse(&"a".repeat(129)), Err(InvalidStaffId::TooLong));
        assert!(StaffId::parse(&"ä".repeat(128)).is_ok());
    }
}

//! A number to call, as the customer would write it.

use std::fmt;

use thiserror::Error;

use super::visible::is_bidi_control;
use super::{InvalidValue, parsed_text};

/// A phone number of 5 to 20 digits with `+ ( ) - . /` and blanks between them, kept as it was typed.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Phone(String);

/// Why a text is no phone number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum InvalidPhone {
    /// There is nothing but blanks.
    #[error("the phone number is empty")]
    Empty,
    /// It has too few or too many digits.
    #[error("a phone number has 5 to 20 digits")]
    Digits,
    /// It has characters that no phone number has.
    #[error("a phone number has digits, + at its start, and ( ) - . / or blanks only")]
    Character,
}

impl InvalidValue for InvalidPhone {
    fn code(&self) -> &'static str {
        match self {
            InvalidPhone::Empty => "empty",
            InvalidPhone::Digits => "phone_digits",
            InvalidPhone::Character => "phone_character",
        }
    }
}

/// Room for 20 digits and a separator after each.
const MAX_LENGTH: usize = 40;

impl Phone {
    /// Takes a number as it was typed; the dashes, blanks and direction marks that address books put around numbers
    /// become plain ones or go.
    pub fn parse(text: &str) -> Result<Phone, InvalidPhone> {
        let plain: String = text.chars().filter(|c| !is_bidi_control(*c)).map(plain_separator).collect();
        let number = plain.trim_matches(' ');
        if number.is_empty() {
            return Err(InvalidPhone::Empty);
        }
        let rest = number.strip_prefix('+').or_else(|| number.strip_prefix("(+")).unwrap_or(number);
        if number.len() > MAX_LENGTH || !rest.bytes().all(|b| b.is_ascii_digit() || b"()-./ ".contains(&b)) {
            return Err(InvalidPhone::Character);
        }
        match rest.bytes().filter(u8::is_ascii_digit).count() {
            5..=20 => Ok(Phone(number.to_owned())),
            _ => Err(InvalidPhone::Digits),
        }
    }

    /// The number as it was typed.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The number for comparing: a leading `+` and the digits.
    pub fn normalised(&self) -> String {
        self.0.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect()
    }
}

impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Phone({} characters)", self.0.len())
    }
}

parsed_text!(Phone, InvalidPhone);

fn plain_separator(character: char) -> char {
    match character {
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '\u{a0}' | '\u{2007}' | '\u{2009}' | '\u{202f}' => ' ',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_taken_as_people_write_them() {
        for text in
            ["+44 20 7946 0958", "(555) 123-4567", "0170/1234567", "555.123.4567", "12345", "(+49) 30 123456"]
        {
            assert_eq!(Phone::parse(text).unwrap().as_str(), text);
        }
        assert_eq!(Phone::parse(" 12345 ").unwrap().as_str(), "12345");
        let copied = Phone::parse("\u{202a}+1 (555) 123\u{2011}4567\u{202c}").unwrap();
        assert_eq!(copied.as_str(), "+1 (555) 123-4567");
        assert_eq!(copied.normalised(), "+15551234567");
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for (text, error) in [
            ("", InvalidPhone::Empty),
            (" \u{a0}", InvalidPhone::Empty),
            ("1234", InvalidPhone::Digits),
            ("123456789012345678901", InvalidPhone::Digits),
            ("()-", InvalidPhone::Digits),
            ("call me", InvalidPhone::Character),
            ("12+345", InvalidPhone::Character),
            ("12345\r\nBcc: x", InvalidPhone::Character),
            ("12345\n", InvalidPhone::Character),
            ("=12345", InvalidPhone::Character),
            ("1 2 3 4 5                                ((((((((6", InvalidPhone::Character),
        ] {
            assert_eq!(Phone::parse(text), Err(error), "{text:?}");
        }
    }
}

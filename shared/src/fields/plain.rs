//! Dates and instants in the one form that bodies may have them in, and errors in the form that answers have them in.

use std::fmt;

use jiff::{Timestamp, civil::Date};

/// A value's error as a sentence of its own.
pub(super) fn sentence(error: &impl fmt::Display) -> String {
    let text = error.to_string();
    let mut characters = text.chars();
    let first = characters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", characters.as_str())
}

/// Exactly `yyyy-mm-dd`; jiff alone would take other forms of ISO 8601 as well.
pub(crate) fn parse_date(text: &str) -> Option<Date> {
    let text = text.trim();
    let is_plain = text.len() == 10
        && text.bytes().enumerate().all(|(place, byte)| match place {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    if is_plain { text.parse().ok() } else { None }
}

pub(crate) fn parse_instant(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    let is_plain = text.len() <= 40 && !text.contains('[');
    if is_plain { text.parse().ok() } else { None }
}

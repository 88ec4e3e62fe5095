//! A month of reports.

use std::fmt;
use std::str::FromStr;

use jiff::{Timestamp, ToSpan, civil::Date};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::calendar::WorkCalendar;

/// One month of the company's calendar; written `2026-11`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Period {
    /// Its first day.
    first: Date,
}

/// Why a text is no period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a period is a year and a month, such as 2026-11")]
pub struct InvalidPeriod;

impl Period {
    /// The month that an instant falls into where the company is.
    pub fn of(at: Timestamp, calendar: &WorkCalendar) -> Period {
        Period { first: calendar.date(at).first_of_month() }
    }

    /// Reads `2026-11`.
    pub fn parse(text: &str) -> Result<Period, InvalidPeriod> {
        let shaped = text.len() == 7
            && text.bytes().enumerate().all(|(place, byte)| match place {
                4 => byte == b'-',
                _ => byte.is_ascii_digit(),
            });
        if !shaped {
            return Err(InvalidPeriod);
        }
        let first = format!("{text}-01").parse().map_err(|_| InvalidPeriod)?;
        Ok(Period { first })
    }

    /// Its first day.
    pub fn first_day(self) -> Date {
        self.first
    }

    /// Its last day.
    pub fn last_day(self) -> Date {
        self.first.last_of_month()
    }

    /// The month before.
    #[must_use]
    pub fn previous(self) -> Period {
        Period { first: self.first.saturating_sub(1.month()) }
    }

    /// The month after.
    #[must_use]
    pub fn next(self) -> Period {
        Period { first: self.first.saturating_add(1.month()) }
    }

    /// In words, `November 2026`.
    pub fn in_words(self) -> String {
        self.first.strftime("%B %Y").to_string()
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.first.year(), self.first.month())
    }
}

impl FromStr for Period {
    type Err = InvalidPeriod;

    fn from_str(text: &str) -> Result<Period, InvalidPeriod> {
        Period::parse(text)
    }
}

impl TryFrom<String> for Period {
    type Error = InvalidPeriod;

    fn try_from(text: String) -> Result<Period, InvalidPeriod> {
        Period::parse(&text)
    }
}

impl From<Period> for String {
    fn from(period: Period) -> String {
        period.to_string()
    }
}

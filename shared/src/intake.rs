//! A complaint in the customer's own words: what the form carries, read from what was posted.

mod key;
mod read;
mod staff;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::values::{EmailAddress, Language, Line, Phone, Text};

pub use key::{IdempotencyKey, InvalidIdempotencyKey};
pub(crate) use read::take_contact;
pub use read::{HONEYPOT, ISSUED, KEY, PROOF, Posted};
pub use staff::StaffIntake;

/// The form as it was posted, checked. Personal data: it lies in an item of its own and never in an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Intake {
    /// How the customer wants to be addressed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Line<200>>,
    /// Where letters go.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<EmailAddress>,
    /// Where they can be called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<Phone>,
    /// What happened.
    pub description: Text<25_000>,
    /// What it is about, in the customer's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<Line<200>>,
    /// When it happened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub incident_date: Option<Date>,
    /// Who was there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub people_involved: Option<Text<2_000>>,
    /// The order or account it concerns.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order_reference: Option<Line<100>>,
    /// What would put it right.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remedy_wanted: Option<Text<2_000>>,
    /// The person it is made for, where that is somebody else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_behalf_of: Option<Line<200>>,
    /// What they need from us: accessibility, vulnerability.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub needs: Option<Text<2_000>>,
    /// The language they want to be written to in.
    pub language: Language,
}

#[cfg(test)]
mod tests;

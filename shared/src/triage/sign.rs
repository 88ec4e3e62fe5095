//! What in a text makes a complaint more severe, or is worth knowing before anybody answers.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::values::Severity;

/// A sign that a policy has keywords for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "&'static str")]
pub enum Sign {
    /// Danger to life or health.
    Danger,
    /// Personal data came into wrong hands.
    DataBreach,
    /// Somebody is taking money or acting in the customer's name, and may go on.
    OngoingFraud,
    /// Treated worse for what they are.
    Discrimination,
    /// A child, or an adult who cannot protect themselves, is at risk.
    Safeguarding,
    /// They threaten to go to law, or have.
    Legal,
    /// They name a regulator or an ombudsman.
    Regulator,
    /// They are, or somebody is, in a state that asks for care.
    Vulnerable,
    /// They want to make it public, or have.
    Media,
    /// It is about a certain member of staff.
    StaffMember,
}

/// Why a text is no sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("is no sign that triage looks for")]
pub struct UnknownSign;

impl Sign {
    /// All of them, the most severe first.
    pub const ALL: [Sign; 10] = [
        Sign::Danger,
        Sign::DataBreach,
        Sign::OngoingFraud,
        Sign::Discrimination,
        Sign::Safeguarding,
        Sign::Legal,
        Sign::Regulator,
        Sign::Vulnerable,
        Sign::Media,
        Sign::StaffMember,
    ];

    /// The name used in the policy and in answers.
    pub fn code(self) -> &'static str {
        match self {
            Sign::Danger => "danger",
            Sign::DataBreach => "data_breach",
            Sign::OngoingFraud => "ongoing_fraud",
            Sign::Discrimination => "discrimination",
            Sign::Safeguarding => "safeguarding",
            Sign::Legal => "legal",
            Sign::Regulator => "regulator",
            Sign::Vulnerable => "vulnerable",
            Sign::Media => "media",
            Sign::StaffMember => "staff_member",
        }
    }

    /// How severe a complaint is at least that has it; none where it says nothing of that.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Sign::Danger
            | Sign::DataBreach
            | Sign::OngoingFraud
            | Sign::Discrimination
            | Sign::Safeguarding => Some(Severity::Critical),
            Sign::Legal | Sign::Regulator | Sign::Vulnerable => Some(Severity::High),
            Sign::Media | Sign::StaffMember => None,
        }
    }

    /// Whether staff are told of it by itself, since more than the severity follows from it.
    pub fn is_flag(self) -> bool {
        match self {
            Sign::Legal | Sign::Regulator | Sign::Vulnerable | Sign::Media | Sign::StaffMember => true,
            Sign::Danger
            | Sign::DataBreach
            | Sign::OngoingFraud
            | Sign::Discrimination
            | Sign::Safeguarding => false,
        }
    }

    /// What it is, within a sentence.
    pub fn words(self) -> &'static str {
        match self {
            Sign::Danger => "danger to life or health",
            Sign::DataBreach => "a data breach",
            Sign::OngoingFraud => "ongoing fraud",
            Sign::Discrimination => "discrimination",
            Sign::Safeguarding => "safeguarding",
            Sign::Legal => "a legal threat",
            Sign::Regulator => "a regulator or ombudsman named",
            Sign::Vulnerable => "a vulnerable person",
            Sign::Media => "the public or the media",
            Sign::StaffMember => "a certain member of staff",
        }
    }
}

// By way of a string, so that a policy's error names the sign whose list is wrong.
impl TryFrom<String> for Sign {
    type Error = UnknownSign;

    fn try_from(text: String) -> Result<Sign, UnknownSign> {
        Sign::ALL.into_iter().find(|sign| sign.code() == text).ok_or(UnknownSign)
    }
}

impl From<Sign> for &'static str {
    fn from(sign: Sign) -> &'static str {
        sign.code()
    }
}

impl fmt::Display for Sign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

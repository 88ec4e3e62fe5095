//! What staff say of a complaint while they handle it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::TextRef;
use crate::values::{Money, Role, Severity, StaffId};

/// What a complaint is about and how severe it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Triage {
    /// One of the policy's categories.
    pub category: String,
    /// One of the category's sub-categories.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sub_category: Option<String>,
    /// How severe. What the flags and the loss demand is taken where it is more.
    pub severity: Severity,
    /// One of the policy's products.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    /// What makes it grave.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub flags: BTreeSet<Flag>,
    /// The member of staff it is about, who cannot own it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<StaffId>,
    /// Their role, where it is known: one that decides on complaints does not decide on this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject_role: Option<Role>,
    /// What the customer has lost.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub loss: Option<Money>,
    /// What it is about, in words; needed where the category says nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<TextRef>,
}

/// What makes a complaint grave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Flag {
    /// A legal step is threatened.
    Legal,
    /// A lawyer's letter has come.
    LegalLetter,
    /// A regulator or an ombudsman is named.
    RegulatorNamed,
    /// A regulator or an ombudsman has taken it up.
    Regulator,
    /// It is in the media.
    Media,
    /// A vulnerable person came to harm.
    Vulnerable,
    /// The owner or a named employee is the subject.
    Staff,
}

impl Flag {
    /// All of them.
    pub const ALL: [Flag; 7] = [
        Flag::Legal,
        Flag::LegalLetter,
        Flag::RegulatorNamed,
        Flag::Regulator,
        Flag::Media,
        Flag::Vulnerable,
        Flag::Staff,
    ];

    /// The name used in records.
    pub fn code(self) -> &'static str {
        match self {
            Flag::Legal => "legal",
            Flag::LegalLetter => "legal_letter",
            Flag::RegulatorNamed => "regulator_named",
            Flag::Regulator => "regulator",
            Flag::Media => "media",
            Flag::Vulnerable => "vulnerable",
            Flag::Staff => "staff",
        }
    }

    /// What it is, as staff read it.
    pub fn words(self) -> &'static str {
        match self {
            Flag::Legal => "Legal steps threatened",
            Flag::LegalLetter => "A lawyer’s letter has come",
            Flag::RegulatorNamed => "A regulator or ombudsman named",
            Flag::Regulator => "A regulator or ombudsman has taken it up",
            Flag::Media => "In the media",
            Flag::Vulnerable => "A vulnerable person harmed",
            Flag::Staff => "About a member of staff",
        }
    }

    /// Whether it takes the complaint to level 3.
    pub fn is_from_outside(self) -> bool {
        matches!(self, Flag::LegalLetter | Flag::Regulator | Flag::Media)
    }

    /// The least severity of a complaint with this flag.
    pub fn least_severity(self) -> Severity {
        match self {
            // Wide public attention.
            Flag::Media => Severity::Critical,
            Flag::Legal | Flag::LegalLetter | Flag::RegulatorNamed | Flag::Regulator | Flag::Vulnerable => {
                Severity::High
            }
            Flag::Staff => Severity::Low,
        }
    }
}

/// What a note of the investigation notes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoteKind {
    /// Anything.
    #[default]
    Note,
    /// A fact, and who verified it.
    Fact,
    /// A talk with somebody.
    Conversation,
    /// What was to be proposed, and went to a higher level since it is more than may be given.
    Draft,
}

/// Why a complaint is not taken on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grounds {
    /// It is no complaint.
    NotAComplaint,
    /// It is not for this company to settle.
    OutOfScope,
    /// It lies too far back.
    TooOld,
}

impl Grounds {
    /// All of them.
    pub const ALL: [Grounds; 3] = [Grounds::NotAComplaint, Grounds::OutOfScope, Grounds::TooOld];

    /// The name used in records and figures.
    pub fn code(self) -> &'static str {
        match self {
            Grounds::NotAComplaint => "not_a_complaint",
            Grounds::OutOfScope => "out_of_scope",
            Grounds::TooOld => "too_old",
        }
    }
}

/// What the scan of a file found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Nothing: it can be opened.
    Clean,
    /// Something harmful: it was removed.
    Infected,
    /// It could not be scanned, or nothing was heard of its scan: it is removed.
    Failed,
    /// It was not even scanned: it is too large, of no type that is taken, or not what it was said to be. It was removed.
    Unfit,
}

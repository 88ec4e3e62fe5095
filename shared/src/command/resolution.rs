//! What is concluded, and what is done for the customer.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::values::{Money, StaffId};

/// What the company concludes about a complaint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The customer was right.
    Upheld,
    /// The customer was right in part; counts as upheld in rates.
    PartlyUpheld,
    /// The company did nothing wrong.
    NotUpheld,
    /// Put right without deciding who was right.
    ResolvedWithoutFinding,
}

impl Outcome {
    /// All of them, in the order they are listed in.
    pub const ALL: [Outcome; 4] =
        [Outcome::Upheld, Outcome::PartlyUpheld, Outcome::NotUpheld, Outcome::ResolvedWithoutFinding];

    /// Whether rates count it as upheld.
    pub fn counts_as_upheld(self) -> bool {
        matches!(self, Outcome::Upheld | Outcome::PartlyUpheld)
    }

    /// The name used in records and figures.
    pub fn code(self) -> &'static str {
        match self {
            Outcome::Upheld => "upheld",
            Outcome::PartlyUpheld => "partly_upheld",
            Outcome::NotUpheld => "not_upheld",
            Outcome::ResolvedWithoutFinding => "resolved_without_finding",
        }
    }
}

/// What can be done for a customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RemedyKind {
    /// Words of regret.
    Apology,
    /// Why it happened.
    Explanation,
    /// Money back.
    Refund,
    /// Another one.
    Replacement,
    /// The same one, mended.
    Repair,
    /// An amount set against what is owed.
    Credit,
    /// Money without a debt.
    GoodwillPayment,
    /// A record put right.
    CorrectedRecord,
    /// A decision taken anew.
    ChangedDecision,
    /// The company works differently from now on.
    ChangedProcedure,
}

impl RemedyKind {
    /// All of them, in the order they are listed in.
    pub const ALL: [RemedyKind; 10] = [
        RemedyKind::Apology,
        RemedyKind::Explanation,
        RemedyKind::Refund,
        RemedyKind::Replacement,
        RemedyKind::Repair,
        RemedyKind::Credit,
        RemedyKind::GoodwillPayment,
        RemedyKind::CorrectedRecord,
        RemedyKind::ChangedDecision,
        RemedyKind::ChangedProcedure,
    ];

    /// The name used in records and figures.
    pub fn code(self) -> &'static str {
        match self {
            RemedyKind::Apology => "apology",
            RemedyKind::Explanation => "explanation",
            RemedyKind::Refund => "refund",
            RemedyKind::Replacement => "replacement",
            RemedyKind::Repair => "repair",
            RemedyKind::Credit => "credit",
            RemedyKind::GoodwillPayment => "goodwill_payment",
            RemedyKind::CorrectedRecord => "corrected_record",
            RemedyKind::ChangedDecision => "changed_decision",
            RemedyKind::ChangedProcedure => "changed_procedure",
        }
    }
}

/// A remedy that is offered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// What is to be done.
    pub kind: RemedyKind,
    /// What it costs, where it is money.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Money>,
    /// Who sees to it; without one, the responsible role.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<StaffId>,
    /// By when it is promised.
    pub promised_by: Timestamp,
}

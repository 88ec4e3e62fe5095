//! Where a complaint is, with what belongs to that: what is waited for, offered, decided and carried out.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    command::{Grounds, Outcome, RemedyKind, TextRef},
    event::Consent,
    values::{ComplaintId, Level, Money, StaffId},
};

/// Where a complaint is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "name", rename_all = "snake_case")]
pub enum Stage {
    /// It came in.
    Received,
    /// The customer knows that it came in.
    Acknowledged,
    /// Somebody looks into it.
    Investigating(Investigation),
    /// The customer has a proposal to answer.
    Proposed(Proposal),
    /// The remedies are being carried out.
    Implementing {
        /// What was decided.
        decision: Decision,
        /// What is to be done.
        remedies: Vec<Remedy>,
    },
    /// Everything is done; the customer is asked whether they are satisfied.
    FollowingUp {
        /// What was decided.
        decision: Decision,
        /// When the last remedy was done.
        resolved_at: Timestamp,
        /// Whether the customer was asked.
        asked: bool,
    },
    /// It is over.
    Closed {
        /// What was decided.
        decision: Decision,
        /// When the last remedy was done.
        resolved_at: Timestamp,
        /// When it was closed.
        closed_at: Timestamp,
    },
    /// The customer took it back.
    Withdrawn {
        /// When.
        at: Timestamp,
    },
    /// It was not taken on.
    Refused {
        /// On which grounds, and how that was explained.
        refusal: Refusal,
        /// When.
        at: Timestamp,
    },
    /// It is the same as another one.
    Duplicate {
        /// The other.
        of: ComplaintId,
        /// When that was said.
        at: Timestamp,
    },
}

/// What an investigation waits for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Investigation {
    /// Since when the customer's information is waited for; so long the time to answer stands still.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waiting_since: Option<Timestamp>,
    /// When they were asked last, where that was later: what came before is no answer to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked_again_at: Option<Timestamp>,
}

/// A department that was asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consultation {
    /// Counted from 1 over the complaint's life.
    pub number: u8,
    /// One of the policy's departments.
    pub department: String,
    /// The question.
    pub text: TextRef,
}

/// A refusal to take a complaint on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// On which grounds.
    pub grounds: Grounds,
    /// The explanation for the customer.
    pub text: TextRef,
}

/// A stage's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StageName {
    /// [`Stage::Received`]
    Received,
    /// [`Stage::Acknowledged`]
    Acknowledged,
    /// [`Stage::Investigating`]
    Investigating,
    /// [`Stage::Proposed`]
    Proposed,
    /// [`Stage::Implementing`]
    Implementing,
    /// [`Stage::FollowingUp`]
    FollowingUp,
    /// [`Stage::Closed`]
    Closed,
    /// [`Stage::Withdrawn`]
    Withdrawn,
    /// [`Stage::Refused`]
    Refused,
    /// [`Stage::Duplicate`]
    Duplicate,
}

impl StageName {
    /// All of them, in their order.
    pub const ALL: [StageName; 10] = [
        StageName::Received,
        StageName::Acknowledged,
        StageName::Investigating,
        StageName::Proposed,
        StageName::Implementing,
        StageName::FollowingUp,
        StageName::Closed,
        StageName::Withdrawn,
        StageName::Refused,
        StageName::Duplicate,
    ];

    /// Whether nothing more is owed in it.
    pub fn is_end(self) -> bool {
        match self {
            StageName::Received
            | StageName::Acknowledged
            | StageName::Investigating
            | StageName::Proposed
            | StageName::Implementing
            | StageName::FollowingUp => false,
            StageName::Closed | StageName::Withdrawn | StageName::Refused | StageName::Duplicate => true,
        }
    }

    /// Whether the customer has no answer yet.
    pub fn owes_answer(self) -> bool {
        matches!(self, StageName::Received | StageName::Acknowledged | StageName::Investigating)
    }

    /// The name used in records, figures and queries.
    pub fn code(self) -> &'static str {
        match self {
            StageName::Received => "received",
            StageName::Acknowledged => "acknowledged",
            StageName::Investigating => "investigating",
            StageName::Proposed => "proposed",
            StageName::Implementing => "implementing",
            StageName::FollowingUp => "following_up",
            StageName::Closed => "closed",
            StageName::Withdrawn => "withdrawn",
            StageName::Refused => "refused",
            StageName::Duplicate => "duplicate",
        }
    }

    /// The stage as staff read it, wherever they do: in lists, on a case, in the report.
    pub fn title(self) -> &'static str {
        match self {
            StageName::Received => "Received",
            StageName::Acknowledged => "Acknowledged",
            StageName::Investigating => "Investigating",
            StageName::Proposed => "Proposed",
            StageName::Implementing => "Implementing",
            StageName::FollowingUp => "Following up",
            StageName::Closed => "Closed",
            StageName::Withdrawn => "Withdrawn",
            StageName::Refused => "Refused",
            StageName::Duplicate => "Duplicate",
        }
    }

    /// The stage of this name.
    pub fn parse(code: &str) -> Option<StageName> {
        StageName::ALL.into_iter().find(|name| name.code() == code)
    }
}

/// A resolution that was offered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// Counted from 1 over the complaint's life.
    pub number: u8,
    /// What was concluded.
    pub outcome: Outcome,
    /// What will be done.
    pub remedies: Vec<Remedy>,
    /// The explanation.
    pub text: TextRef,
    /// When; none where that was not kept yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Timestamp>,
    /// The level that made it, where it has gone up since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<Level>,
}

/// What was decided, and by what right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// The number of the proposal or decision.
    pub number: u8,
    /// What was concluded.
    pub outcome: Outcome,
    /// How the customer agreed.
    pub consent: Consent,
    /// The explanation.
    pub text: TextRef,
    /// How the customer's silence was taken for a yes, where it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub silence: Option<TakenSilence>,
}

/// A silence that was taken for a yes: what had come by then was none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakenSilence {
    /// When it was taken so.
    pub at: Timestamp,
    /// When that was proposed to which they were silent.
    pub since: Timestamp,
    /// The level that proposed it.
    pub level: Level,
    /// Whether a person took it so, which nobody had told the customer before: they can say no to it still.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub by_person: bool,
}

impl TakenSilence {
    /// Whether what was said at this time is no silence: it came before they were taken to be silent, as they had been told
    /// that they would be, or they had not.
    pub fn was_broken_by(&self, said: Timestamp) -> bool {
        self.since <= said && (self.by_person || said <= self.at)
    }
}

/// A remedy on its way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remedy {
    /// What is to be done.
    pub kind: RemedyKind,
    /// What it costs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Money>,
    /// Who sees to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<StaffId>,
    /// By when it is promised.
    pub promised_by: Timestamp,
    /// By when it was agreed to be done, where that was changed since: this is the date that counts as kept or not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreed_for: Option<Timestamp>,
    /// When it was done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done_at: Option<Timestamp>,
    /// When it was dropped, where it will not be done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dropped_at: Option<Timestamp>,
}

impl Remedy {
    /// Whether it is still to be done.
    pub fn is_open(&self) -> bool {
        self.done_at.is_none() && self.dropped_at.is_none()
    }
}

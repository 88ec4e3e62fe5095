//! What can be asked of a complaint. Commands are imperative; what came of one is an [`Event`](crate::event::Event).

mod receipt;
mod resolution;
mod verb;

use serde::{Deserialize, Serialize};

use crate::{
    letter_kind::LetterKind,
    values::{Channel, Level, Severity, StaffId},
};

pub use receipt::{Reach, Receipt, TextRef};
pub use resolution::{Offer, Outcome, RemedyKind};
pub use verb::Verb;

/// One thing asked of one complaint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Take a complaint in.
    Receive(Receipt),
    /// Record that the acknowledgement was sent.
    Acknowledge,
    /// Record that a letter did not reach the customer.
    ReportUndeliverable {
        /// Which letter.
        letter: LetterKind,
        /// Why not.
        reason: UndeliverableReason,
    },
    /// Give it an owner.
    Assign {
        /// Who handles it from now on.
        owner: StaffId,
    },
    /// Say what it is about and how severe it is.
    Triage {
        /// One of the policy's categories.
        category: String,
        /// One of the category's sub-categories.
        sub_category: Option<String>,
        /// How severe it is.
        severity: Severity,
        /// One of the policy's products.
        product: Option<String>,
    },
    /// Record that a person has spoken or written to the customer.
    RecordContact {
        /// By which way; `email` also sends the text as a letter.
        channel: Channel,
        /// What was said.
        text: TextRef,
    },
    /// Add a note to the investigation.
    AddNote {
        /// The note.
        text: TextRef,
    },
    /// Record what the investigation found.
    RecordFinding(Finding),
    /// Offer the customer a resolution; at level 3, decide finally.
    Propose {
        /// What was concluded.
        outcome: Outcome,
        /// What will be done.
        remedies: Vec<Offer>,
        /// The explanation for the customer.
        text: TextRef,
    },
    /// Record the customer's answer to a proposal.
    AnswerProposal {
        /// Which proposal, counted from 1.
        proposal: u8,
        /// Their answer.
        answer: Answer,
        /// Why, in their words.
        reason: Option<TextRef>,
        /// By which way the answer came.
        channel: Channel,
    },
    /// Tick off a remedy.
    CompleteRemedy {
        /// Which remedy, counted from 1.
        remedy: u8,
        /// What was done, when and how.
        text: TextRef,
    },
    /// Hand it one level up.
    Escalate {
        /// Why.
        reason: TextRef,
    },
    /// Do what the promises' times demand now.
    WatchPromises,
    /// Do what the follow-up's times demand now.
    FollowUp,
    /// Record whether the customer is satisfied.
    RecordFeedback {
        /// What they said.
        feedback: Feedback,
        /// By which way it came.
        channel: Channel,
    },
    /// End it.
    Close {
        /// Why the customer is not asked whether they are satisfied.
        waive_follow_up: Option<TextRef>,
    },
}

/// Result of the investigation, less its text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// What was found, and by whom it was verified.
    pub text: TextRef,
    /// One of the policy's root causes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub root_cause: Option<String>,
    /// Whether it could have been prevented.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preventable: Option<bool>,
    /// Whether the company's own procedure was departed from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deviation: Option<bool>,
}

/// How an acknowledgement or another letter could not reach the customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UndeliverableReason {
    /// The customer left no e-mail address.
    NoAddress,
    /// The receiving server refused it for good.
    Bounced,
    /// The address is on the suppression list.
    Suppressed,
    /// The mail service refused it, or its fate stayed unknown after the second attempt.
    Rejected,
    /// The recipient marked it as spam.
    MarkedAsSpam,
}

/// A customer's answer to a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// Carry it out.
    Accept,
    /// Look at it again, one level up.
    Refuse,
}

/// What a customer says when asked whether they are satisfied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Feedback {
    /// From 1, very dissatisfied, to 5, very satisfied.
    pub rating: u8,
    /// In their own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<TextRef>,
    /// Whether something is still wrong: the complaint is reopened.
    pub concern: bool,
}

/// Why a complaint goes one level up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "because", rename_all = "snake_case")]
pub enum EscalationReason {
    /// A representative says so.
    Staff {
        /// Why.
        text: TextRef,
    },
    /// The customer refused the proposal.
    Refused,
    /// It is critical, which starts at level 2.
    Severity,
    /// Nobody took it in the policy's time.
    Unowned,
    /// The time to answer is used up.
    Time {
        /// The level whose time it was.
        level: Level,
    },
    /// It was reopened for the second time.
    ReopenedAgain,
}

impl EscalationReason {
    /// The name used in figures.
    pub fn code(&self) -> &'static str {
        match self {
            EscalationReason::Staff { .. } => "staff",
            EscalationReason::Refused => "refused",
            EscalationReason::Severity => "severity",
            EscalationReason::Unowned => "unowned",
            EscalationReason::Time { .. } => "time",
            EscalationReason::ReopenedAgain => "reopened_again",
        }
    }
}

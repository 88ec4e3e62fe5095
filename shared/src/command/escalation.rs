//! Why a complaint goes up.

use serde::{Deserialize, Serialize};

use super::{Flag, TextRef};
use crate::values::{Channel, Level, Money};

/// Why a complaint goes to a higher level.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "because", rename_all = "snake_case")]
pub enum EscalationReason {
    /// A member of staff says so.
    Staff {
        /// Why.
        text: TextRef,
    },
    /// The customer refused the proposal.
    Refused,
    /// The customer asked for it.
    Asked {
        /// Why.
        text: TextRef,
        /// By which way.
        channel: Channel,
    },
    /// It is critical, which starts at level 2.
    Severity,
    /// The owner or another member of staff is its subject.
    Subject,
    /// A lawyer, a regulator or the media have taken it up, which goes to level 3.
    Outside {
        /// Which of them.
        flag: Flag,
    },
    /// What is to be given is more than the level may give.
    Redress {
        /// All of it.
        sum: Money,
    },
    /// Nobody took it in the policy's time.
    Unowned,
    /// The time to answer is used up.
    Time {
        /// The level whose time it was.
        level: Level,
    },
    /// It was reopened for the second time.
    ReopenedAgain,
    /// It is one of several.
    Pattern {
        /// Of one customer, or about one thing.
        pattern: Pattern,
    },
}

impl EscalationReason {
    /// The name used in figures.
    pub fn code(&self) -> &'static str {
        match self {
            EscalationReason::Staff { .. } => "staff",
            EscalationReason::Refused => "refused",
            EscalationReason::Asked { .. } => "asked",
            EscalationReason::Severity => "severity",
            EscalationReason::Subject => "subject",
            EscalationReason::Outside { .. } => "outside",
            EscalationReason::Redress { .. } => "redress",
            EscalationReason::Unowned => "unowned",
            EscalationReason::Time { .. } => "time",
            EscalationReason::ReopenedAgain => "reopened_again",
            EscalationReason::Pattern { pattern: Pattern::Repeated } => "repeated",
            EscalationReason::Pattern { pattern: Pattern::Alike } => "alike",
        }
    }
}

/// What several complaints have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pattern {
    /// One customer.
    Repeated,
    /// One product and category.
    Alike,
}

impl Pattern {
    /// Both.
    pub const ALL: [Pattern; 2] = [Pattern::Repeated, Pattern::Alike];

    /// The name used in records.
    pub fn code(self) -> &'static str {
        match self {
            Pattern::Repeated => "repeated",
            Pattern::Alike => "alike",
        }
    }
}

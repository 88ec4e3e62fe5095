//! The policy's times: what is promised for a severity, and what happens when a time has passed.

use serde::{Deserialize, Serialize};

use super::Span;
use crate::values::{Level, Money, Severity};

/// What is promised for each severity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Severities {
    /// For [`Severity::Critical`].
    pub critical: SeverityRule,
    /// For [`Severity::High`].
    pub high: SeverityRule,
    /// For [`Severity::Normal`].
    pub normal: SeverityRule,
    /// For [`Severity::Low`].
    pub low: SeverityRule,
    /// A loss above this sum makes a complaint at least high.
    pub high_above_loss: Money,
}

impl Severities {
    /// What is promised for a severity.
    pub fn of(&self, severity: Severity) -> &SeverityRule {
        match severity {
            Severity::Critical => &self.critical,
            Severity::High => &self.high,
            Severity::Normal => &self.normal,
            Severity::Low => &self.low,
        }
    }
}

/// What is promised for one severity. All times run from receipt; `update_every` also from each update.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeverityRule {
    /// Until the acknowledgement is sent.
    pub acknowledge: Span,
    /// Until a person speaks or writes to the customer; none when that is not promised.
    pub first_contact: Option<Span>,
    /// Between two updates.
    pub update_every: Span,
    /// Until the answer; also the time that a level has of its own from the escalation to it.
    pub answer: Span,
    /// The level at which such a complaint begins.
    pub starts_at: Level,
    /// Whether the manager is told of it at once.
    #[serde(default)]
    pub tell_manager: bool,
}

/// When a complaint goes one level up, or somebody is warned, without anybody saying so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Escalation {
    /// How long a complaint may be without an owner.
    pub unowned_after: Span,
    /// At how many hundredths of a promise's time its owner is warned; 1 to 99.
    pub warn_at_percent: u8,
    /// How often level 3 is reminded of what is past its time.
    pub remind_every: Span,
    /// Which complaint of one customer goes up …
    pub repeated: u32,
    /// … counted over this time.
    pub repeated_within: Span,
    /// How many alike go up …
    pub alike: u32,
    /// … counted over this time.
    pub alike_within: Span,
}

/// What follows a question to the customer. The first two run from the question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Information {
    /// Until the customer is reminded.
    pub remind_after: Span,
    /// Until it goes on without the answer.
    pub silence_after: Span,
    /// For how long the time to answer may stand still in all, however often the customer is asked.
    pub longest_wait: Span,
}

/// What follows a question to a department.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Consultation {
    /// Until it should have answered.
    pub answer_within: Span,
    /// How often it is reminded from then on.
    pub remind_every: Span,
}

/// What happens before a promised date is missed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Delay {
    /// At how many hundredths of the time to answer the customer is told of the delay; 1 to 99.
    pub notice_at_percent: u8,
    /// How much later than the old date the new one is.
    pub extend_by: Span,
}

/// What follows a proposal that the customer has not answered. Both times run from the proposal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Consent {
    /// Until the customer is reminded.
    pub remind_after: Span,
    /// Until silence is taken for an answer.
    pub silence_after: Span,
    /// Which answer.
    pub on_silence: Silence,
}

/// What a customer's silence on a proposal means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Silence {
    /// The remedies are carried out, as if the customer had accepted.
    Implement,
    /// Nothing by itself: staff are reminded daily to reach the customer.
    AskStaff,
}

/// What follows the last remedy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FollowUp {
    /// From the last remedy until the customer is asked whether they are satisfied.
    pub ask_after: Span,
    /// From the question until the customer is reminded of it.
    pub remind_after: Span,
    /// From the question until silence closes the complaint.
    pub close_after: Span,
}

/// For how long a complaint can be taken up again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reopening {
    /// Counted from the resolution.
    pub within: Span,
}

//! What events say of time, consent and the end.

use serde::{Deserialize, Serialize};

use jiff::Timestamp;

use crate::{
    command::{Offer, Outcome},
    promise::Promise,
    values::Channel,
};

/// How long something took since receipt, on both clocks, in minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Elapsed {
    /// Minutes of the calendar.
    pub calendar: i64,
    /// Minutes of the policy's working time.
    pub working: i64,
}

/// What was to be offered by somebody who may not give that much.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// What they concluded.
    pub outcome: Outcome,
    /// What is to be done.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remedies: Vec<Offer>,
}

/// A remedy that is due as long after the customer's answer as it was after the proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// Which, counted from 1.
    pub remedy: u8,
    /// By when it is to be done now.
    pub promised_by: Timestamp,
}

/// How a customer's consent came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", content = "channel", rename_all = "snake_case")]
pub enum Consent {
    /// They said so, by this way.
    Given(Channel),
    /// They said nothing through a reminder, and the policy takes that as consent, or a manager does.
    Silence,
    /// None was needed: a decision at level 3 is final.
    NotNeeded,
}

/// What ended a complaint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClosedBecause {
    /// The customer said they are satisfied, or at least have no further concern.
    Feedback,
    /// The customer was asked and reminded, and said nothing.
    Silence,
    /// Staff closed it.
    Staff,
}

/// The first time that a person got in touch with the customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FirstContact {
    /// Whether the promised date was kept; none when none was promised.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_time: Option<bool>,
    /// Whether the date had passed without anybody saying so.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unseen: bool,
    /// Whether it was said that the date was missed, before it was taken down that it was kept.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub called_missed: bool,
    /// Since receipt.
    pub elapsed: Elapsed,
}

/// Why the customer's information is not waited for any more, though they did not write.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WaitEnd {
    /// They were asked and reminded, and said nothing in their time.
    #[default]
    Silence,
    /// They do not know that they were asked: the letter did not reach them.
    Unheard,
    /// They sent a file instead.
    File,
    /// They complained of it once more instead.
    Duplicate,
}

impl WaitEnd {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
    pub(super) fn is_silence(&self) -> bool {
        *self == WaitEnd::Silence
    }
}

/// How the time to answer goes on after it stood still: each date is as many working minutes away as when it stopped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resumed {
    /// The promises that stood still, with their new dates, and by when the customer hears next how it goes on.
    pub promises: Vec<Promise>,
    /// The date that the answer is measured by.
    pub answer_by: Timestamp,
    /// The date that the customer has.
    pub told_by: Timestamp,
    /// For how many working minutes it stood still, over the complaint's life.
    pub stood_still: i64,
}

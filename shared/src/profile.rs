//! How a complaint counts in the figures of reports: the few facts that every event carries, before and after.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    complaint::{Acknowledgement, StageName},
    values::{Channel, Level, Severity, StaffId},
};

/// The facts of a complaint that figures are split by. Each event stands for itself: a fold over the differences
/// between before and after gives the same sums in whatever order the events come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// Where it is.
    pub stage: StageName,
    /// How far up.
    pub level: Level,
    /// How severe.
    pub severity: Severity,
    /// What it is about; none before triage.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// One of the policy's products.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    /// By which way it came.
    pub channel: Channel,
    /// Whether the acknowledgement was made.
    pub acknowledgement: Acknowledgement,
    /// Who handles it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<StaffId>,
    /// Whether a promised date has passed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub overdue: bool,
    /// Whether the customer's information is waited for.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub waiting: bool,
    /// Whether it was taken up again.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub reopened: bool,
    /// When the customer complained.
    pub received_at: Timestamp,
}

impl Profile {
    /// Whether it is pending.
    pub fn is_open(&self) -> bool {
        !self.stage.is_end()
    }
}

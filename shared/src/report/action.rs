//! What management decides to do about a report, and what becomes of it. An action is recorded once and its end once;
//! neither is changed afterwards.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use crate::{
    figures::Period,
    values::{Line, StaffId},
};

/// So many actions stand with one report at the most.
pub const MOST_ACTIONS: u8 = 50;

/// Words of an action, or of why it was given up: one line, which fits into a row of a table.
pub type ActionWords = Line<300>;

/// One action on a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManagementAction {
    /// The month of the report.
    pub report: Period,
    /// Counted from 1 in the order of recording.
    pub number: u8,
    /// What is to be done.
    pub what: ActionWords,
    /// Who sees to it.
    pub owner: StaffId,
    /// The day by whose end it is to be done.
    pub due: Date,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// Who decided it.
    pub recorded_by: StaffId,
    /// What became of it; none while it is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<ActionEnd>,
}

/// The end of an action.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActionEnd {
    /// How it ended.
    pub how: Ending,
    /// Why it was given up, or what is to be known of how it was done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<ActionWords>,
    /// When that was recorded.
    pub at: Timestamp,
    /// By whom.
    pub by: StaffId,
}

/// How an action ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// It was carried out.
    Done,
    /// It will not be.
    GivenUp,
}

impl Ending {
    /// Both.
    pub const ALL: [Ending; 2] = [Ending::Done, Ending::GivenUp];

    /// As routes and records write it.
    pub fn code(self) -> &'static str {
        match self {
            Ending::Done => "done",
            Ending::GivenUp => "given_up",
        }
    }
}

impl ManagementAction {
    /// Whether nothing has become of it yet.
    pub fn is_open(&self) -> bool {
        self.ended.is_none()
    }

    /// Whether it is open on a later day than it was to be done by.
    pub fn is_overdue(&self, today: Date) -> bool {
        self.is_open() && self.due < today
    }

    /// How it stands, in a word or two.
    pub fn standing(&self, today: Date) -> &'static str {
        match self.ended.as_ref().map(|end| end.how) {
            Some(Ending::Done) => "Done",
            Some(Ending::GivenUp) => "Given up",
            None if self.is_overdue(today) => "Overdue",
            None => "Open",
        }
    }
}

/// Puts first what is open, and of that what is due first; what has ended follows, the latest first.
pub fn in_order_of_need(actions: &mut [ManagementAction]) {
    actions.sort_by_key(|action| {
        let ended = action.ended.as_ref().map(|end| std::cmp::Reverse(end.at));
        (ended, action.due, action.report, action.number)
    });
}

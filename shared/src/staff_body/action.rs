//! What management decides on a report.

use jiff::civil::Date;

use super::Read;
use crate::{
    fields::Fields,
    intake::{IdempotencyKey, KEY},
    report::{ActionWords, Ending},
    values::StaffId,
};

/// No action takes longer; what is due later is a mistyped year.
const MOST_YEARS: i32 = 5;

/// Body of an action on a report: `{what, owner, due}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordAction {
    /// What is to be done.
    pub what: ActionWords,
    /// Who sees to it.
    pub owner: StaffId,
    /// By the end of which day.
    pub due: Date,
    /// Names the sending of a form; programs say it in a header.
    pub key: Option<IdempotencyKey>,
}

impl RecordAction {
    /// Reads the body; `today` is the date where the company is, and nothing can be due before it.
    pub fn read(mut fields: Fields, today: Date) -> Read<RecordAction> {
        let key = if fields.is_form() { fields.text(KEY) } else { None };
        let what = fields.required_text("what");
        let owner = fields.required_text("owner");
        if !fields.has("due") {
            fields.report_missing("due", "Say by which day it is to be done.");
        }
        let due = fields.date("due");
        if due.is_some_and(|due| due < today) {
            fields.report("due", "in_past", "This day is over.");
        } else if due.is_some_and(|due| i32::from(due.year()) - i32::from(today.year()) > MOST_YEARS) {
            fields.report("due", "too_late", "This is more than five years away.");
        }
        let made = what.zip(owner).zip(due);
        fields.made(made.map(|((what, owner), due)| RecordAction { what, owner, due, key }))
    }
}

/// Body of an action's end: `{ending, reason?}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndAction {
    /// How it ended.
    pub ending: Ending,
    /// Why; one that is given up has a reason.
    pub reason: Option<ActionWords>,
}

impl EndAction {
    /// Reads the body.
    pub fn read(mut fields: Fields) -> Read<EndAction> {
        let ending = fields.required_choice("ending", Ending::ALL.map(|ending| (ending.code(), ending)));
        if ending == Some(Ending::GivenUp) && !fields.has("reason") {
            fields.report_missing("reason", "Say why it is given up.");
        }
        let reason = fields.text("reason");
        fields.made(ending.map(|ending| EndAction { ending, reason }))
    }
}

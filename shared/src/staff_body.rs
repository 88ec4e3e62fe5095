//! What staff send with each step, read into types. Texts are texts here still; they become references when stored.

mod action;
mod data;
mod end;
mod handle;
mod held;
mod inquire;
mod investigate;
mod many;
mod resolve;

use jiff::{
    Timestamp,
    civil::{DateTime, Time},
    tz::TimeZone,
};

use crate::{
    fields::{FieldError, Fields, parse_date, parse_instant},
    values::{Channel, Currency, InvalidValue, Line, Money, Text},
};

pub use action::{EndAction, RecordAction};
pub use data::{AddFile, AnnounceFile, Because, CorrectContact, Export, RecordDataRequest};
pub use end::{
    Close, DecideRefusal, Hold, LinkComplaint, MarkDuplicate, RecordWithdrawal, Refuse, Reopen, TakeFeedback,
};
pub use handle::{Assign, Contact, Escalate, Triage};
pub use held::{Discard, Release};
pub use inquire::{AnnounceDelay, Consult, RecordConsultation, RecordInformation, RequestInformation};
pub use investigate::{Found, Investigate};
pub use many::{AssignMany, MOST_AT_ONCE, Search, Seen};
pub(crate) use resolve::ANSWERS;
pub use resolve::{ChangeRemedy, Implement, Propose, RecordAnswer, Said, Settle};

/// A body that was read, or all that is wrong with it.
pub type Read<T> = Result<T, Vec<FieldError>>;
/// A text of work on a case: a note, a finding, a letter's words.
pub type LongText = Text<10_000>;
/// A reason.
pub type ShortText = Text<2_000>;
/// A key of one of the policy's lists; whether it is one is the domain's to say.
type Key = Line<120>;

/// By which way a customer was reached or spoke.
pub(crate) fn take_channel(fields: &mut Fields) -> Option<Channel> {
    fields.required_choice("channel", channels_of_staff())
}

/// The web is not one that staff go between.
fn channels_of_staff() -> impl Iterator<Item = (&'static str, Channel)> {
    let by_staff = Channel::ALL.into_iter().filter(|channel| *channel != Channel::Web);
    by_staff.map(|channel| (channel.code(), channel))
}

fn take_amount(fields: &mut Fields, name: &str, currency: Currency) -> Option<Money> {
    let text = fields.raw_text(name)?;
    match Money::parse_amount(&text, currency) {
        Ok(amount) => Some(amount),
        Err(invalid) => {
            let detail = format!("Write the amount in {currency} as digits, such as {}.", currency.example());
            fields.report(name, invalid.code(), &detail);
            None
        }
    }
}

/// An instant, or a day, which means its end where the company is.
fn take_day_or_instant(fields: &mut Fields, name: &str, zone: &TimeZone) -> Option<Timestamp> {
    let text = fields.raw_text(name)?;
    let end_of_day = || {
        let end = parse_date(&text)?.to_datetime(Time::constant(23, 59, 59, 0));
        end.to_zoned(zone.clone()).ok().map(|end| end.timestamp())
    };
    let instant = parse_instant(&text).or_else(end_of_day);
    if instant.is_none() {
        let detail = "Write a date such as 2026-03-31, or a time such as 2026-03-31T17:00:00Z.";
        fields.report(name, "malformed_date", detail);
    }
    instant
}

/// An instant; of a form the time on the company's wall, as browsers send it: `2026-03-31T09:30`.
pub(crate) fn take_moment(fields: &mut Fields, name: &str, zone: &TimeZone) -> Option<Timestamp> {
    if !fields.is_form() {
        return fields.instant(name);
    }
    let text = fields.raw_text(name)?;
    let on_the_wall = || {
        let time: DateTime = text.trim().parse().ok().filter(|_| text.len() <= 40)?;
        time.to_zoned(zone.clone()).ok().map(|time| time.timestamp())
    };
    let instant = parse_instant(&text).or_else(on_the_wall);
    if instant.is_none() {
        fields.report(name, "malformed_instant", "Write the date and the time, such as 2026-03-31T09:30.");
    }
    instant
}

fn plain<const MAX: usize>(line: &Line<MAX>) -> String {
    line.as_str().to_owned()
}

#[cfg(test)]
mod tests;

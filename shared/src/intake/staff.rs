//! Reads a complaint that staff took by phone, counter, letter or e-mail.

use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};

use super::{IdempotencyKey, Intake, KEY};
use crate::{
    fields::{FieldError, Fields},
    staff_body::{take_channel, take_moment},
    values::Channel,
};

/// A complaint on a customer's behalf.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffIntake {
    /// The complaint.
    pub intake: Intake,
    /// By which way the customer complained.
    pub channel: Channel,
    /// When they did; every clock starts here.
    pub received_at: Timestamp,
    /// Names the sending of a form; programs say it in a header.
    pub key: Option<IdempotencyKey>,
}

/// What is older is a mistyped year, not a letter found behind a cupboard.
const OLDEST: SignedDuration = SignedDuration::from_hours(24 * 3653);

impl StaffIntake {
    /// Reads a body; `today` is the date where the company is, whose zone is that of a form's times. Without `received_at`
    /// it was received just now.
    pub fn read(
        mut fields: Fields,
        (now, today): (Timestamp, Date),
        zone: &TimeZone,
    ) -> Result<StaffIntake, Vec<FieldError>> {
        let key = if fields.is_form() { fields.text(KEY) } else { None };
        let channel = take_channel(&mut fields);
        let received_at = take_received_at(&mut fields, now, zone);
        let intake = Intake::take(&mut fields, today, received_at.to_zoned(zone.clone()).date());
        let taken = intake.zip(channel);
        fields.made(taken.map(|(intake, channel)| StaffIntake { intake, channel, received_at, key }))
    }
}

fn take_received_at(fields: &mut Fields, now: Timestamp, zone: &TimeZone) -> Timestamp {
    let Some(received_at) = take_moment(fields, "received_at", zone) else {
        return now;
    };
    if received_at > now {
        fields.report("received_at", "in_future", "The complaint cannot have been received in the future.");
    } else if now.duration_since(received_at) > OLDEST {
        fields.report("received_at", "too_early", "This is more than ten years ago.");
    }
    received_at
}

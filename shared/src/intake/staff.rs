//! Reads a complaint that staff took by phone, counter, letter or e-mail.

use jiff::{SignedDuration, Timestamp, civil::Date};

use super::Intake;
use crate::{
    fields::{FieldError, Fields},
    staff_body::take_channel,
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
}

/// What is older is a mistyped year, not a letter found behind a cupboard.
const OLDEST: SignedDuration = SignedDuration::from_hours(24 * 3653);

impl StaffIntake {
    /// Reads a body; `today` is the date where the company is. Without `received_at` it was received just now.
    pub fn read(mut fields: Fields, now: Timestamp, today: Date) -> Result<StaffIntake, Vec<FieldError>> {
        let channel = take_channel(&mut fields);
        let received_at = take_received_at(&mut fields, now);
        let intake = Intake::take(&mut fields, today);
        let taken = intake.zip(channel).map(|(intake, channel)| StaffIntake { intake, channel, received_at });
        fields.made(taken)
    }
}

fn take_received_at(fields: &mut Fields, now: Timestamp) -> Timestamp {
    let Some(received_at) = fields.instant("received_at") else {
        return now;
    };
    if received_at > now {
        fields.report("received_at", "in_future", "The complaint cannot have been received in the future.");
    } else if now.duration_since(received_at) > OLDEST {
        fields.report("received_at", "too_early", "This is more than ten years ago.");
    }
    received_at
}

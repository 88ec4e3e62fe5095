//! Questions to the customer and to departments, what comes back, and the notice of a delay.

use jiff::{Timestamp, tz::TimeZone};

use super::{Key, LongText, Read, plain, take_channel, take_day_or_instant};
use crate::{fields::Fields, values::Channel};

/// Body of a request for information: `{text}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestInformation {
    /// The question, for the customer.
    pub text: LongText,
}

impl RequestInformation {
    /// Reads the body.
    pub fn read(mut fields: Fields) -> Read<RequestInformation> {
        let text = fields.required_text("text");
        fields.made(text.map(|text| RequestInformation { text }))
    }
}

/// Body of information that a customer gave to staff: `{text, channel}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordInformation {
    /// What they said.
    pub text: LongText,
    /// By which way.
    pub channel: Channel,
}

impl RecordInformation {
    /// Reads the body.
    pub fn read(mut fields: Fields) -> Read<RecordInformation> {
        let text = fields.required_text("text");
        let channel = take_channel(&mut fields);
        fields.made(text.zip(channel).map(|(text, channel)| RecordInformation { text, channel }))
    }
}

/// Body of a consultation: `{department, question}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consult {
    /// One of the policy's departments.
    pub department: String,
    /// The question, which the department gets as it is.
    pub question: LongText,
}

impl Consult {
    /// Reads the body.
    pub fn read(mut fields: Fields) -> Read<Consult> {
        let department = fields.required_text::<Key>("department");
        let question = fields.required_text("question");
        let made = department.zip(question);
        fields.made(made.map(|(department, question)| Consult { department: plain(&department), question }))
    }
}

/// Body of a department's answer that staff take down: `{consultation, answer}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordConsultation {
    /// Which consultation, counted from 1.
    pub consultation: u8,
    /// What the department says.
    pub answer: LongText,
}

impl RecordConsultation {
    /// Reads the body.
    pub fn read(mut fields: Fields) -> Read<RecordConsultation> {
        let consultation = fields.required_number("consultation", 1, u8::MAX);
        let answer = fields.required_text("answer");
        let made = consultation.zip(answer);
        fields.made(made.map(|(consultation, answer)| RecordConsultation { consultation, answer }))
    }
}

/// Body of the notice of a delay: `{until, text}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnnounceDelay {
    /// The new date.
    pub until: Timestamp,
    /// Why, for the customer.
    pub text: LongText,
}

impl AnnounceDelay {
    /// Reads the body; a date means the end of that day where the company is.
    pub fn read(mut fields: Fields, zone: &TimeZone) -> Read<AnnounceDelay> {
        if !fields.has("until") {
            fields.report_missing("until", "Say by when the customer has an answer.");
        }
        let until = take_day_or_instant(&mut fields, "until", zone);
        let text = fields.required_text("text");
        fields.made(until.zip(text).map(|(until, text)| AnnounceDelay { until, text }))
    }
}

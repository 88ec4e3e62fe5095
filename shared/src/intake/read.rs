//! Reads what was posted to the public form's address.

use jiff::civil::{Date, date};

use super::{IdempotencyKey, Intake};
use crate::{
    fields::{FieldError, Fields},
    values::{EmailAddress, Language, Phone},
};

/// Name of the form's field that people do not see and programs fill.
pub const HONEYPOT: &str = "website";
/// Name of the form's field that names the post.
pub const KEY: &str = "idempotency_key";
/// Name of the form's field that proves some work.
pub const PROOF: &str = "proof";
/// Name of the form's field that says when the form was handed out, and signs it.
pub const ISSUED: &str = "form_issued";

/// A customer's post: the complaint, and what its form carried unseen. JSON has none of the latter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posted {
    /// The complaint.
    pub intake: Intake,
    /// Names the post; JSON clients send it in a header.
    pub key: Option<IdempotencyKey>,
    /// Whether the field that people do not see was filled.
    pub trapped: bool,
    /// When the form was handed out, signed; to be verified by who signed it.
    pub issued: Option<String>,
    /// The number that proves some work; JSON clients send it in a header.
    pub proof: Option<String>,
}

impl Posted {
    /// Reads a post; `today` is the date where the company is.
    pub fn read(mut fields: Fields, today: Date) -> Result<Posted, Vec<FieldError>> {
        let (mut key, mut trapped, mut issued, mut proof) = (None, false, None, None);
        if fields.is_form() {
            key = fields.text(KEY);
            trapped = fields.raw_text(HONEYPOT).is_some();
            issued = fields.raw_text(ISSUED);
            proof = fields.raw_text(PROOF);
        }
        let intake = Intake::take(&mut fields, today, today);
        let intake = fields.made(intake)?;
        Ok(Posted { intake, key, trapped, issued, proof })
    }
}

impl Intake {
    /// Takes the fields of a complaint that came on the day `received`, in the order in which the form shows them; `None`
    /// when one is wrong or missing, which is then reported.
    pub fn take(fields: &mut Fields, today: Date, received: Date) -> Option<Intake> {
        if !fields.has("description") {
            fields.report_missing("description", "Tell us what happened.");
        }
        let description = fields.text("description");
        let name = fields.text("name");
        let (email, phone) = take_contact(fields);
        let product = fields.text("product");
        let incident_date = take_incident_date(fields, today, received);
        let order_reference = fields.text("order_reference");
        let people_involved = fields.text("people_involved");
        let remedy_wanted = fields.text("remedy_wanted");
        let on_behalf_of = fields.text("on_behalf_of");
        let needs = fields.text("needs");
        let language = fields.text("language").unwrap_or(Language::ENGLISH);
        Some(Intake {
            name,
            email,
            phone,
            description: description?,
            product,
            incident_date,
            people_involved,
            order_reference,
            remedy_wanted,
            on_behalf_of,
            needs,
            language,
        })
    }
}

/// One way to answer has to be there; a wrong one is reported as wrong and not as missing too.
pub(crate) fn take_contact(fields: &mut Fields) -> (Option<EmailAddress>, Option<Phone>) {
    if !fields.has("email") && !fields.has("phone") {
        fields
            .report_missing("email", "Give an e-mail address or a phone number, so that we can answer you.");
    }
    (fields.text("email"), fields.text("phone"))
}

fn take_incident_date(fields: &mut Fields, today: Date, received: Date) -> Option<Date> {
    let day = fields.date("incident_date")?;
    if day <= today && day > received {
        fields.report("incident_date", "in_future", "It cannot have happened after they complained.");
        None
    } else if day > today {
        fields.report("incident_date", "in_future", "The date of the incident cannot be in the future.");
        None
    } else if day < date(1900, 1, 1) {
        fields.report("incident_date", "too_early", "The date of the incident is before 1900.");
        None
    } else {
        Some(day)
    }
}

//! What becomes of a mail, and how SES tells it to the default bus.
//!
//! It is written in the address, as with SES's own mailbox simulator: the local parts `bounce`, `soft`,
//! `complaint`, `suppressed` and `reject` (alone or before a `+`), and everyone at `bounce.example`.

use jiff::Timestamp;
use jiff::fmt::temporal::DateTimePrinter;
use serde_json::{Map, Value, json};

use super::bus::envelope;
use super::effect::Mail;
use super::entropy::Entropy;
use super::{ACCOUNT, REGION};

/// What becomes of a mail at one address.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    Delivered,
    Complained,
    Bounced,
    BouncedSoftly,
    Suppressed,
    Rejected,
}

/// The events of an accepted mail, each with its bus, in order.
pub(super) fn events(mail: &Mail, set: &str, entropy: &Entropy) -> Vec<(String, Value)> {
    let described = describe(mail, set);
    let set = format!("arn:aws:ses:{REGION}:{ACCOUNT}:configuration-set/{set}");
    let event = |(name, kind, part): (&str, &str, &str), what: &Value| {
        let detail = json!({"eventType": kind, part: what, "mail": described});
        (
            "default".to_owned(),
            envelope(&entropy.uuid(), name, "aws.ses", mail.at, std::slice::from_ref(&set), &detail),
        )
    };
    let at = to_the_millisecond(mail.at);
    let mut events = vec![event(("Email Sent", "Send", "send"), &json!({}))];
    for address in &mail.to {
        let told = Told { address, at: &at, entropy };
        let (delivery, bounce) =
            (("Email Delivered", "Delivery", "delivery"), ("Email Bounced", "Bounce", "bounce"));
        match fate(address) {
            Fate::Delivered => events.push(event(delivery, &told.delivery())),
            Fate::Complained => {
                events.push(event(delivery, &told.delivery()));
                events.push(event(("Email Complaint Received", "Complaint", "complaint"), &told.complaint()));
            }
            Fate::Rejected => {
                events.push(event(("Email Rejected", "Reject", "reject"), &json!({"reason": "Bad content"})));
            }
            Fate::Bounced => events.push(event(bounce, &told.bounce("Permanent", "General"))),
            Fate::BouncedSoftly => events.push(event(bounce, &told.bounce("Transient", "MailboxFull"))),
            Fate::Suppressed => {
                events.push(event(bounce, &told.bounce("Permanent", "OnAccountSuppressionList")));
            }
        }
    }
    events
}

/// What an event tells of one address.
struct Told<'a> {
    address: &'a str,
    at: &'a str,
    entropy: &'a Entropy,
}

impl Told<'_> {
    fn delivery(&self) -> Value {
        json!({
            "timestamp": self.at,
            "processingTimeMillis": 500,
            "recipients": [self.address],
            "smtpResponse": "250 2.6.0 Message received",
            "reportingMTA": "twin",
        })
    }

    fn complaint(&self) -> Value {
        json!({
            "complainedRecipients": [{"emailAddress": self.address}],
            "timestamp": self.at,
            "feedbackId": self.entropy.uuid(),
            "complaintSubType": null,
            "complaintFeedbackType": "abuse",
        })
    }

    fn bounce(&self, kind: &str, detail: &str) -> Value {
        json!({
            "bounceType": kind,
            "bounceSubType": detail,
            "bouncedRecipients": [{"emailAddress": self.address, "action": "failed", "status": "5.1.1"}],
            "timestamp": self.at,
            "feedbackId": self.entropy.uuid(),
            "reportingMTA": "dns; twin",
        })
    }
}

/// The part `mail` of every event: what was sent, with the tags as lists.
fn describe(mail: &Mail, set: &str) -> Value {
    let mut tags: Map<String, Value> =
        mail.tags.iter().map(|(name, value)| (name.clone(), json!([value]))).collect();
    tags.insert("ses:configuration-set".into(), json!([set]));
    let headers = [("From", mail.from.as_str()), ("Subject", mail.subject.as_str())];
    let headers =
        headers.into_iter().chain(mail.headers.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    let headers: Vec<Value> = headers.map(|(name, value)| json!({"name": name, "value": value})).collect();
    json!({
        "timestamp": to_the_millisecond(mail.at),
        "messageId": mail.message_id,
        "source": mail.from,
        "sendingAccountId": ACCOUNT,
        "destination": mail.to,
        "headersTruncated": false,
        "headers": headers,
        "commonHeaders": {
            "from": [mail.from], "to": mail.to, "messageId": mail.message_id, "subject": mail.subject,
        },
        "tags": tags,
    })
}

pub(super) fn fate(address: &str) -> Fate {
    let (local, domain) = bare(address).rsplit_once('@').unwrap_or_default();
    if domain.eq_ignore_ascii_case("bounce.example") {
        return Fate::Bounced;
    }
    match local.split('+').next().unwrap_or_default() {
        "bounce" => Fate::Bounced,
        "soft" => Fate::BouncedSoftly,
        "complaint" => Fate::Complained,
        "suppressed" => Fate::Suppressed,
        "reject" => Fate::Rejected,
        _ => Fate::Delivered,
    }
}

/// The address within `Name <address>`.
pub(super) fn bare(address: &str) -> &str {
    address.rsplit_once('<').map_or(address, |(_, rest)| rest.trim_end_matches('>')).trim()
}

fn to_the_millisecond(at: Timestamp) -> String {
    DateTimePrinter::new().precision(Some(3)).timestamp_to_string(&at)
}

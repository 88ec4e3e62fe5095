//! SES: accepts mails, keeps them for the inbox, and tells the default bus what became of each.
//!
//! What becomes of a mail is written in its address, as with SES's own mailbox simulator: the local parts `bounce`,
//! `soft`, `complaint`, `suppressed` and `reject` (alone or before a `+`), and everyone at `bounce.example`.
//! As in SES, events come only for mails sent with a configuration set.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use jiff::fmt::temporal::DateTimePrinter;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::bus::envelope;
use super::effect::{Attachment, Mail};
use super::entropy::Entropy;
use super::fault::Service;
use super::reply::Reply;
use super::{ACCOUNT, REGION};

/// SES's limits: recipients of one mail, bytes of a mail with its attachments, characters of a tag's parts.
const MOST_RECIPIENTS: usize = 50;
const LARGEST_MAIL: usize = 40 * 1024 * 1024;
const LONGEST_TAG: usize = 256;
const LONGEST_HEADER: (usize, usize) = (126, 870);

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct SendEmail {
    from_email_address: Option<String>,
    #[serde(default)]
    destination: Destination,
    #[serde(default)]
    reply_to_addresses: Vec<String>,
    content: Content,
    #[serde(default)]
    email_tags: Vec<Named>,
    configuration_set_name: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct Destination {
    to_addresses: Vec<String>,
    cc_addresses: Vec<String>,
    bcc_addresses: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Content {
    simple: Option<Simple>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Simple {
    subject: Text,
    body: Body,
    #[serde(default)]
    headers: Vec<Named>,
    #[serde(default)]
    attachments: Vec<File>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Body {
    text: Option<Text>,
    html: Option<Text>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Text {
    data: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Named {
    name: String,
    value: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct File {
    raw_content: String,
    file_name: String,
    #[serde(default = "any_type")]
    content_type: String,
}

fn any_type() -> String {
    "application/octet-stream".into()
}

/// What becomes of a mail at one address.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Delivered,
    Complained,
    Bounced,
    BouncedSoftly,
    Suppressed,
    Rejected,
}

/// The answer, and when the mail was accepted, itself and its events on the default bus.
pub(super) fn send_email(body: &[u8], at: Timestamp, entropy: &Entropy) -> (Reply, Option<Mail>, Vec<(String, Value)>) {
    match accept(body, at, entropy) {
        Ok((mail, set)) => {
            let mut reply = Reply::json(Service::Ses, &json!({"MessageId": mail.message_id}));
            reply.items = 1;
            let events = set.map(|set| events(&mail, &set, entropy)).unwrap_or_default();
            (reply, Some(mail), events)
        }
        Err(reason) => (Reply::error(Service::Ses, 400, "BadRequestException", &reason), None, Vec::new()),
    }
}

fn accept(body: &[u8], at: Timestamp, entropy: &Entropy) -> Result<(Mail, Option<String>), String> {
    let request: SendEmail = serde_json::from_slice(body).map_err(|error| error.to_string())?;
    let simple = request.content.simple.ok_or("only simple content is understood here")?;
    let Destination { to_addresses, cc_addresses, bcc_addresses } = request.destination;
    let to = [to_addresses, cc_addresses, bcc_addresses].concat();
    if to.is_empty() || to.len() > MOST_RECIPIENTS {
        return Err("Recipient count is not between 1 and 50.".into());
    }
    if let Some(wrong) = to.iter().find(|address| !is_address(address)) {
        return Err(format!("Illegal address: {wrong:?}"));
    }
    if let Some(tag) = request.email_tags.iter().find(|tag| !is_tag(&tag.name) || !is_tag(&tag.value)) {
        return Err(format!("Invalid tag {:?}: only ASCII letters, digits, underscore and dash are allowed", tag.name));
    }
    if let Some(header) = simple.headers.iter().find(|header| !is_header(header)) {
        return Err(format!("Invalid header {:?}", header.name));
    }
    if body.len() > LARGEST_MAIL {
        return Err("Message length exceeds the limit.".into());
    }
    if let Some(file) = simple.attachments.iter().find(|file| STANDARD.decode(&file.raw_content).is_err()) {
        return Err(format!("the attachment {:?} is not Base64", file.file_name));
    }
    let pair = |named: Named| (named.name, named.value);
    let delivered = to.iter().all(|address| matches!(fate(address), Fate::Delivered | Fate::Complained));
    let file = |file: File| Attachment { name: file.file_name, content_type: file.content_type, content: file.raw_content };
    let mail = Mail {
        at,
        message_id: format!("{}-000000", entropy.uuid()),
        from: request.from_email_address.ok_or("From email address is missing")?,
        to,
        reply_to: request.reply_to_addresses,
        subject: simple.subject.data,
        headers: simple.headers.into_iter().map(pair).collect(),
        text: simple.body.text.map(|text| text.data),
        html: simple.body.html.map(|html| html.data),
        attachments: simple.attachments.into_iter().map(file).collect(),
        tags: request.email_tags.into_iter().map(pair).collect(),
        delivered,
    };
    Ok((mail, request.configuration_set_name))
}

fn events(mail: &Mail, set: &str, entropy: &Entropy) -> Vec<(String, Value)> {
    let described = describe(mail, set);
    let set = format!("arn:aws:ses:{REGION}:{ACCOUNT}:configuration-set/{set}");
    let event = |name: &str, kind: &str, part: &str, what: Value| {
        let detail = json!({"eventType": kind, part: what, "mail": described});
        ("default".to_owned(), envelope(&entropy.uuid(), name, "aws.ses", mail.at, std::slice::from_ref(&set), &detail))
    };
    let at = to_the_millisecond(mail.at);
    let mut events = vec![event("Email Sent", "Send", "send", json!({}))];
    for address in &mail.to {
        let fate = fate(address);
        if matches!(fate, Fate::Delivered | Fate::Complained) {
            let delivery = json!({
                "timestamp": at, "processingTimeMillis": 500, "recipients": [address],
                "smtpResponse": "250 2.6.0 Message received", "reportingMTA": "twin",
            });
            events.push(event("Email Delivered", "Delivery", "delivery", delivery));
        }
        match fate {
            Fate::Delivered => {}
            Fate::Complained => {
                let complaint = json!({
                    "complainedRecipients": [{"emailAddress": address}], "timestamp": at,
                    "feedbackId": entropy.uuid(), "complaintSubType": null, "complaintFeedbackType": "abuse",
                });
                events.push(event("Email Complaint Received", "Complaint", "complaint", complaint));
            }
            Fate::Rejected => {
                events.push(event("Email Rejected", "Reject", "reject", json!({"reason": "Bad content"})));
            }
            Fate::Bounced => events.push(event("Email Bounced", "Bounce", "bounce", bounce(address, &at, "Permanent", "General", entropy))),
            Fate::BouncedSoftly => {
                events.push(event("Email Bounced", "Bounce", "bounce", bounce(address, &at, "Transient", "MailboxFull", entropy)));
            }
            Fate::Suppressed => {
                let bounce = bounce(address, &at, "Permanent", "OnAccountSuppressionList", entropy);
                events.push(event("Email Bounced", "Bounce", "bounce", bounce));
            }
        }
    }
    events
}

fn bounce(address: &str, at: &str, kind: &str, detail: &str, entropy: &Entropy) -> Value {
    json!({
        "bounceType": kind,
        "bounceSubType": detail,
        "bouncedRecipients": [{"emailAddress": address, "action": "failed", "status": "5.1.1"}],
        "timestamp": at,
        "feedbackId": entropy.uuid(),
        "reportingMTA": "dns; twin",
    })
}

/// The part `mail` of every event: what was sent, with the tags as lists.
fn describe(mail: &Mail, set: &str) -> Value {
    let mut tags: Map<String, Value> =
        mail.tags.iter().map(|(name, value)| (name.clone(), json!([value]))).collect();
    tags.insert("ses:configuration-set".into(), json!([set]));
    let headers = [("From", mail.from.as_str()), ("Subject", mail.subject.as_str())];
    let headers = headers.into_iter().chain(mail.headers.iter().map(|(name, value)| (name.as_str(), value.as_str())));
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

fn fate(address: &str) -> Fate {
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
fn bare(address: &str) -> &str {
    address.rsplit_once('<').map_or(address, |(_, rest)| rest.trim_end_matches('>')).trim()
}

fn is_address(address: &str) -> bool {
    let whole = address.chars().all(|c| !c.is_control());
    whole && bare(address).rsplit_once('@').is_some_and(|(local, domain)| {
        !local.is_empty() && !domain.is_empty() && !local.contains(char::is_whitespace) && !domain.contains(char::is_whitespace)
    })
}

fn is_tag(text: &str) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    !text.is_empty() && text.len() <= LONGEST_TAG && text.chars().all(allowed)
}

fn is_header(header: &Named) -> bool {
    let name = header.name.chars().all(|c| c.is_ascii_graphic() && c != ':');
    let value = header.value.chars().all(|c| c.is_ascii_graphic() || c == ' ');
    name && value && !header.name.is_empty() && header.name.len() <= LONGEST_HEADER.0 && header.value.len() <= LONGEST_HEADER.1
}

fn to_the_millisecond(at: Timestamp) -> String {
    DateTimePrinter::new().precision(Some(3)).timestamp_to_string(&at)
}

//! SES: accepts mails, keeps them for the inbox, and tells the default bus what became of each.
//!
//! As in SES, events come only for mails sent with a configuration set.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};

use super::effect::{Attachment, Mail};
use super::entropy::Entropy;
use super::fate::{Fate, bare, events, fate};
use super::fault::Service;
use super::reply::Reply;

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
#[serde(default)]
struct Destination {
    #[serde(rename = "ToAddresses")]
    to: Vec<String>,
    #[serde(rename = "CcAddresses")]
    cc: Vec<String>,
    #[serde(rename = "BccAddresses")]
    bcc: Vec<String>,
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
    #[serde(rename = "FileName")]
    name: String,
    #[serde(default = "any_type")]
    content_type: String,
}

fn any_type() -> String {
    "application/octet-stream".into()
}

/// The answer, and when the mail was accepted, itself and its events on the default bus.
pub(super) fn send_email(
    body: &[u8],
    at: Timestamp,
    entropy: &Entropy,
) -> (Reply, Option<Mail>, Vec<(String, Value)>) {
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
    let Destination { to, cc, bcc } = request.destination;
    let to = [to, cc, bcc].concat();
    check(&to, &request.email_tags, &simple, body.len())?;
    let pair = |named: Named| (named.name, named.value);
    let file = |file: File| Attachment {
        name: file.name,
        content_type: file.content_type,
        content: file.raw_content,
    };
    let mail = Mail {
        at,
        message_id: format!("{}-000000", entropy.uuid()),
        from: request.from_email_address.ok_or("From email address is missing")?,
        delivered: to.iter().all(|address| matches!(fate(address), Fate::Delivered | Fate::Complained)),
        to,
        reply_to: request.reply_to_addresses,
        subject: simple.subject.data,
        headers: simple.headers.into_iter().map(pair).collect(),
        text: simple.body.text.map(|text| text.data),
        html: simple.body.html.map(|html| html.data),
        attachments: simple.attachments.into_iter().map(file).collect(),
        tags: request.email_tags.into_iter().map(pair).collect(),
    };
    Ok((mail, request.configuration_set_name))
}

fn check(to: &[String], tags: &[Named], simple: &Simple, size: usize) -> Result<(), String> {
    if to.is_empty() || to.len() > MOST_RECIPIENTS {
        return Err("Recipient count is not between 1 and 50.".into());
    }
    if let Some(wrong) = to.iter().find(|address| !is_address(address)) {
        return Err(format!("Illegal address: {wrong:?}"));
    }
    if let Some(tag) = tags.iter().find(|tag| !is_tag(&tag.name) || !is_tag(&tag.value)) {
        return Err(format!(
            "Invalid tag {:?}: only ASCII letters, digits, underscore and dash are allowed",
            tag.name
        ));
    }
    if let Some(header) = simple.headers.iter().find(|header| !is_header(header)) {
        return Err(format!("Invalid header {:?}", header.name));
    }
    if let Some(file) = simple.attachments.iter().find(|file| STANDARD.decode(&file.raw_content).is_err()) {
        return Err(format!("the attachment {:?} is not Base64", file.name));
    }
    if size > LARGEST_MAIL {
        return Err("Message length exceeds the limit.".into());
    }
    Ok(())
}

fn is_address(address: &str) -> bool {
    let whole = address.chars().all(|c| !c.is_control());
    whole
        && bare(address).rsplit_once('@').is_some_and(|(local, domain)| {
            !local.is_empty()
                && !domain.is_empty()
                && !local.contains(char::is_whitespace)
                && !domain.contains(char::is_whitespace)
        })
}

fn is_tag(text: &str) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    !text.is_empty() && text.len() <= LONGEST_TAG && text.chars().all(allowed)
}

fn is_header(header: &Named) -> bool {
    let name = header.name.chars().all(|c| c.is_ascii_graphic() && c != ':');
    let value = header.value.chars().all(|c| c.is_ascii_graphic() || c == ' ');
    name && value
        && !header.name.is_empty()
        && header.name.len() <= LONGEST_HEADER.0
        && header.value.len() <= LONGEST_HEADER.1
}

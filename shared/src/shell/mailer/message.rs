//! A mail as SES takes it, and what SES's errors mean.

use aws_sdk_sesv2::{
    error::SdkError,
    operation::send_email::SendEmailError,
    types::{
        Attachment as SesAttachment, AttachmentContentTransferEncoding, Body, Content, Message,
        MessageHeader, MessageTag,
    },
};

use super::Outgoing;
use crate::{shell::StepError, values::EmailAddress};

/// What an error says about whether SES took the mail.
pub(super) enum Refusal {
    ForNow,
    ForGood,
    Unknown,
}

/// What an error of SES says about whether the mail was taken: a 4xx was not, anything else may have been.
pub(super) fn refusal(error: &SdkError<SendEmailError>) -> Refusal {
    let SdkError::ServiceError(service) = error else { return Refusal::Unknown };
    if service.raw().status().is_server_error() {
        return Refusal::Unknown;
    }
    match service.err() {
        SendEmailError::MessageRejected(_) | SendEmailError::BadRequestException(_) => Refusal::ForGood,
        // Throttled, paused, a domain not verified yet: later it may go.
        _ => Refusal::ForNow,
    }
}

pub(super) fn addresses(to: &[EmailAddress]) -> Vec<String> {
    to.iter().map(EmailAddress::to_ascii).collect()
}

pub(super) fn tag(name: &str, value: &str) -> Result<MessageTag, StepError> {
    MessageTag::builder().name(name).value(value).build().map_err(|error| unbuilt(value, error))
}

fn unbuilt(key: &str, error: impl ToString) -> StepError {
    StepError::give_up("build the mail", key, error)
}

pub(super) fn message(outgoing: &Outgoing) -> Result<Message, StepError> {
    let key = outgoing.name.key().to_string();
    let content = |data: &str| {
        Content::builder().data(data).charset("UTF-8").build().map_err(|error| unbuilt(&key, error))
    };
    let header = |name: &str, value: &str| {
        MessageHeader::builder().name(name).value(value).build().map_err(|error| unbuilt(&key, error))
    };
    let body =
        Body::builder().text(content(&outgoing.letter.text)?).html(content(&outgoing.letter.html)?).build();
    let mut message = Message::builder()
        .subject(content(&outgoing.letter.subject)?)
        .body(body)
        .headers(header("Auto-Submitted", "auto-generated")?)
        .headers(header("X-Auto-Response-Suppress", "All")?);
    for file in &outgoing.attachments {
        let attachment = SesAttachment::builder()
            .file_name(&file.name)
            .content_type(file.content_type)
            // Without it SES takes the file for seven-bit text.
            .content_transfer_encoding(AttachmentContentTransferEncoding::Base64)
            .raw_content(aws_sdk_sesv2::primitives::Blob::new(file.content.clone()))
            .build()
            .map_err(|error| unbuilt(&key, error))?;
        message = message.attachments(attachment);
    }
    Ok(message.build())
}

//! What becomes of a customer's data.

use super::{Read, ShortText, take_channel};
use crate::{
    evidence::Wanted,
    fields::Fields,
    intake,
    policy::Evidence,
    values::{Channel, EmailAddress, Language, Line, Phone, Reference},
};

/// Body of restriction, of erasure-refusal and of link-ending: `{reason}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Because {
    /// Why.
    pub reason: ShortText,
}

impl Because {
    /// Reads the body.
    pub fn read(mut fields: Fields) -> Read<Because> {
        let reason = fields.required_text("reason");
        fields.made(reason.map(|reason| Because { reason }))
    }
}

/// Body of what a customer asked staff for, of their data or its erasure: `{channel}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecordDataRequest {
    /// By which way they asked.
    pub channel: Channel,
}

impl RecordDataRequest {
    /// Reads the body.
    pub fn read(mut fields: Fields) -> Read<RecordDataRequest> {
        let channel = take_channel(&mut fields);
        fields.made(channel.map(|channel| RecordDataRequest { channel }))
    }
}

/// Body of a file that staff add: `{name, size, type, sha256, channel}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddFile {
    /// The file.
    pub file: Wanted,
    /// By which way it came to them.
    pub channel: Channel,
}

impl AddFile {
    /// Reads the body.
    pub fn read(mut fields: Fields, policy: &Evidence) -> Read<AddFile> {
        let (file, channel) = (Wanted::take(&mut fields, policy), take_channel(&mut fields));
        fields.made(file.zip(channel).map(|(file, channel)| AddFile { file, channel }))
    }
}

/// Body of the form by which staff say that they will add a file: `{channel}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AnnounceFile {
    /// By which way it came to them.
    pub channel: Channel,
}

impl AnnounceFile {
    /// Reads the body.
    pub fn read(mut fields: Fields) -> Read<AnnounceFile> {
        let channel = take_channel(&mut fields);
        fields.made(channel.map(|channel| AnnounceFile { channel }))
    }
}

/// Body of export: `{reason, from?}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Export {
    /// To whom it is handed out, and why.
    pub reason: ShortText,
    /// The complaint to go on from, where an earlier answer said that there are more.
    pub from: Option<Reference>,
}

impl Export {
    /// Reads the body.
    pub fn read(mut fields: Fields) -> Read<Export> {
        let (reason, from) = (fields.required_text("reason"), fields.text("from"));
        fields.made(reason.map(|reason| Export { reason, from }))
    }
}

/// Body of contact data as it is right: `{name?, email?, phone?, language, reason}`. What is left out is taken away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CorrectContact {
    /// How the customer wants to be addressed.
    pub name: Option<Line<200>>,
    /// Where letters go.
    pub email: Option<EmailAddress>,
    /// Where they can be called.
    pub phone: Option<Phone>,
    /// The language they want to be written to in.
    pub language: Language,
    /// How staff know.
    pub reason: ShortText,
}

impl CorrectContact {
    /// Reads the body; one way to reach the customer has to be there.
    pub fn read(mut fields: Fields) -> Read<CorrectContact> {
        let name = fields.text("name");
        let (email, phone) = intake::take_contact(&mut fields);
        let language = fields.required_text("language");
        let reason = fields.required_text("reason");
        let made = language.zip(reason);
        fields.made(made.map(|(language, reason)| CorrectContact { name, email, phone, language, reason }))
    }
}

//! Who handles a complaint, what it is about, who was spoken to, and where it goes.

use std::collections::BTreeSet;

use super::{Key, LongText, Read, ShortText, channels_of_staff, plain, take_amount, take_channel};
use crate::{
    command::Flag,
    fields::Fields,
    values::{Channel, Currency, Line, Money, Role, Severity, StaffId},
};

/// Body of assign: `{owner}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assign {
    /// Who handles it from now on.
    pub owner: StaffId,
}

impl Assign {
    /// Reads the body.
    pub fn read(mut fields: Fields) -> Read<Assign> {
        let owner = fields.required_text("owner");
        fields.made(owner.map(|owner| Assign { owner }))
    }
}

/// Body of triage: `{category, sub_category?, severity, product?, flags?, subject?, subject_role?, loss?, note?}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Triage {
    /// One of the policy's categories.
    pub category: String,
    /// One of the category's sub-categories.
    pub sub_category: Option<String>,
    /// How severe it is.
    pub severity: Severity,
    /// One of the policy's products.
    pub product: Option<String>,
    /// What makes it grave.
    pub flags: BTreeSet<Flag>,
    /// The member of staff it is about.
    pub subject: Option<StaffId>,
    /// Their role.
    pub subject_role: Option<Role>,
    /// What the customer has lost.
    pub loss: Option<Money>,
    /// What it is about, in words.
    pub note: Option<ShortText>,
}

impl Triage {
    /// Reads the body; the loss is without its currency, which is the policy's.
    pub fn read(mut fields: Fields, currency: Currency) -> Read<Triage> {
        let category = fields.required_text::<Key>("category");
        let sub_category = fields.text::<Key>("sub_category").map(|line| plain(&line));
        let severity =
            fields.required_choice("severity", Severity::ALL.map(|severity| (severity.code(), severity)));
        let product = fields.text::<Line<200>>("product").map(|line| plain(&line));
        let flags = fields.choices("flags", &Flag::ALL.map(|flag| (flag.code(), flag)));
        let subject = fields.text("subject");
        let subject_role = fields.choice("subject_role", Role::ALL.map(|role| (role.code(), role)));
        let loss = take_amount(&mut fields, "loss", currency);
        let note = fields.text("note");
        let made = category.zip(severity).map(|(category, severity)| Triage {
            category: plain(&category),
            sub_category,
            severity,
            product,
            flags,
            subject,
            subject_role,
            loss,
            note,
        });
        fields.made(made)
    }
}

/// Body of contact: `{channel, text}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// By which way; `email` also sends the text as a letter.
    pub channel: Channel,
    /// What was said.
    pub text: LongText,
}

impl Contact {
    /// Reads the body.
    pub fn read(mut fields: Fields) -> Read<Contact> {
        let channel = take_channel(&mut fields);
        let text = fields.required_text("text");
        fields.made(channel.zip(text).map(|(channel, text)| Contact { channel, text }))
    }
}

/// Body of escalate: `{reason, asked_by?}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Escalate {
    /// Why.
    pub reason: ShortText,
    /// By which way the customer asked for it; none where staff hand it up of their own accord.
    pub asked_by: Option<Channel>,
}

impl Escalate {
    /// Reads the body.
    pub fn read(mut fields: Fields) -> Read<Escalate> {
        let reason = fields.required_text("reason");
        let asked_by = fields.choice("asked_by", channels_of_staff());
        fields.made(reason.map(|reason| Escalate { reason, asked_by }))
    }
}

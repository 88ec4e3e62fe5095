//! What staff send with each step, read into types. Texts are texts here still; they become references when stored.

use std::collections::BTreeSet;

use jiff::{Timestamp, civil::Time, tz::TimeZone};

use crate::{
    command::{Answer, Flag, NoteKind, Offer, Outcome, RemedyKind},
    decide::MOST_REMEDIES,
    fields::{FieldError, Fields, parse_date, parse_instant},
    values::{Channel, Currency, InvalidValue, Line, Money, Severity, StaffId, Text},
};

/// A body that was read, or all that is wrong with it.
pub type Read<T> = Result<T, Vec<FieldError>>;
/// A text of work on a case: a note, a finding, a letter's words.
pub type LongText = Text<10_000>;
/// A reason.
pub type ShortText = Text<2_000>;
/// A key of one of the policy's lists; whether it is one is the domain's to say.
type Key = Line<120>;

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

/// Body of discard, for a post held as suspected spam: `{reason}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Discard {
    /// Why it is no complaint.
    pub reason: ShortText,
}

impl Discard {
    /// Reads the body.
    pub fn read(mut fields: Fields) -> Read<Discard> {
        let reason = fields.required_text("reason");
        fields.made(reason.map(|reason| Discard { reason }))
    }
}

/// Body of release, for a post held as suspected spam: nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Release;

impl Release {
    /// Reads the body.
    pub fn read(fields: Fields) -> Read<Release> {
        fields.made(Some(Release))
    }
}

/// Body of triage: `{category, sub_category?, severity, product?, flags?, subject?, loss?, note?}`.
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
        let loss = take_amount(&mut fields, "loss", currency);
        let note = fields.text("note");
        let made = category.zip(severity).map(|(category, severity)| Triage {
            category: plain(&category),
            sub_category,
            severity,
            product,
            flags,
            subject,
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

/// Body of investigate: `{note, kind?}`, or `{finding, root_cause?, preventable?, deviation?}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Investigate {
    /// Something on the way.
    Note {
        /// What it notes.
        kind: NoteKind,
        /// The note.
        note: LongText,
    },
    /// The result.
    Finding {
        /// What was found, and by whom it was verified.
        finding: LongText,
        /// One of the policy's root causes.
        root_cause: Option<String>,
        /// Whether it could have been prevented.
        preventable: Option<bool>,
        /// Whether the company's own procedure was departed from.
        deviation: Option<bool>,
    },
}

impl Investigate {
    /// Reads the body.
    pub fn read(mut fields: Fields) -> Read<Investigate> {
        match (fields.has("note"), fields.has("finding")) {
            (true, true) => fields.report("note", "not_both", "Give a note or a finding, not both."),
            (false, false) => fields.report_missing("finding", "Give a note or a finding."),
            _ => {}
        }
        let note = fields.text("note");
        let finding = fields.text("finding");
        if let Some(note) = note {
            let kind = fields.choice("kind", NOTES).unwrap_or_default();
            return fields.made(Some(Investigate::Note { kind, note }));
        }
        let root_cause = fields.text::<Key>("root_cause").map(|line| plain(&line));
        let preventable = fields.flag("preventable");
        let deviation = fields.flag("deviation");
        fields.made(finding.map(|finding| Investigate::Finding {
            finding,
            root_cause,
            preventable,
            deviation,
        }))
    }
}

/// Body of propose: `{outcome, explanation, remedies: [{kind, amount?, owner?, promised_by}]}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Propose {
    /// What was concluded.
    pub outcome: Outcome,
    /// For the customer.
    pub explanation: LongText,
    /// What will be done; none is a proposal of words only.
    pub remedies: Vec<Offer>,
}

impl Propose {
    /// Reads the body: amounts without their currency, which is the policy's; a date means the end of that day where
    /// the company is.
    pub fn read(mut fields: Fields, currency: Currency, zone: &TimeZone) -> Read<Propose> {
        let outcome =
            fields.required_choice("outcome", Outcome::ALL.map(|outcome| (outcome.code(), outcome)));
        let explanation = fields.required_text("explanation");
        let remedies = fields.objects("remedies", MOST_REMEDIES, |remedy| take_offer(remedy, currency, zone));
        let remedies = remedies.unwrap_or_default();
        let made = outcome.zip(explanation);
        fields.made(made.map(|(outcome, explanation)| Propose { outcome, explanation, remedies }))
    }
}

fn take_offer(fields: &mut Fields, currency: Currency, zone: &TimeZone) -> Option<Offer> {
    let kind = fields.required_choice("kind", RemedyKind::ALL.map(|kind| (kind.code(), kind)));
    let amount = take_amount(fields, "amount", currency);
    if let Some(kind) = kind {
        check_amount(fields, kind, amount);
    }
    let owner = fields.text("owner");
    let promised_by = take_promised_by(fields, zone);
    Some(Offer { kind: kind?, amount, owner, promised_by: promised_by? })
}

fn take_amount(fields: &mut Fields, name: &str, currency: Currency) -> Option<Money> {
    let text = fields.raw_text(name)?;
    match Money::parse_amount(&text, currency) {
        Ok(amount) => Some(amount),
        Err(invalid) => {
            let detail = format!("Write the amount in {currency} as digits and a point, such as 12.50.");
            fields.report(name, invalid.code(), &detail);
            None
        }
    }
}

/// Money is promised with its amount, and only where it is money.
fn check_amount(fields: &mut Fields, kind: RemedyKind, amount: Option<Money>) {
    let is_money = matches!(kind, RemedyKind::Refund | RemedyKind::Credit | RemedyKind::GoodwillPayment);
    if is_money && amount.is_none_or(Money::is_zero) && !fields.has_errors() {
        fields.report_missing("amount", "This remedy needs an amount above zero.");
    }
}

fn take_promised_by(fields: &mut Fields, zone: &TimeZone) -> Option<Timestamp> {
    if !fields.has("promised_by") {
        fields.report_missing("promised_by", "Say by when it is promised.");
        return None;
    }
    let text = fields.raw_text("promised_by")?;
    let end_of_day = || {
        let end = parse_date(&text)?.to_datetime(Time::constant(23, 59, 59, 0));
        end.to_zoned(zone.clone()).ok().map(|end| end.timestamp())
    };
    let instant = parse_instant(&text).or_else(end_of_day);
    if instant.is_none() {
        let detail = "Write a date such as 2026-03-31, or a time such as 2026-03-31T17:00:00Z.";
        fields.report("promised_by", "malformed_date", detail);
    }
    instant
}

/// Body of answer: `{proposal, answer, reason?, channel}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordAnswer {
    /// Which proposal, counted from 1.
    pub proposal: u8,
    /// What the customer said to it.
    pub answer: Answer,
    /// Why, in their words.
    pub reason: Option<ShortText>,
    /// By which way they said so.
    pub channel: Channel,
}

impl RecordAnswer {
    /// Reads the body.
    pub fn read(mut fields: Fields) -> Read<RecordAnswer> {
        let proposal = fields.required_number("proposal", 1, u8::MAX);
        let answer = fields.required_choice("answer", ANSWERS);
        let reason = fields.text("reason");
        let channel = take_channel(&mut fields);
        let made = proposal.zip(answer).zip(channel);
        fields.made(made.map(|((proposal, answer), channel)| RecordAnswer {
            proposal,
            answer,
            reason,
            channel,
        }))
    }
}

/// What a note notes, by its word.
const NOTES: [(&str, NoteKind); 3] =
    [("note", NoteKind::Note), ("fact", NoteKind::Fact), ("conversation", NoteKind::Conversation)];

/// The answers to a proposal, by their words.
pub(crate) const ANSWERS: [(&str, Answer); 2] = [("accept", Answer::Accept), ("refuse", Answer::Refuse)];

/// Body of implement: `{remedy, details}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Implement {
    /// Which remedy, counted from 1.
    pub remedy: u8,
    /// What was done, when and how.
    pub details: ShortText,
}

impl Implement {
    /// Reads the body.
    pub fn read(mut fields: Fields) -> Read<Implement> {
        let remedy = fields.required_number("remedy", 1, u8::MAX);
        let details = fields.required_text("details");
        fields.made(remedy.zip(details).map(|(remedy, details)| Implement { remedy, details }))
    }
}

/// Body of escalate: `{reason}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Escalate {
    /// Why.
    pub reason: ShortText,
}

impl Escalate {
    /// Reads the body.
    pub fn read(mut fields: Fields) -> Read<Escalate> {
        let reason = fields.required_text("reason");
        fields.made(reason.map(|reason| Escalate { reason }))
    }
}

/// Body of close: `{waive_follow_up?}`; at least `{}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Close {
    /// Why the customer is not asked whether they are satisfied.
    pub waive_follow_up: Option<ShortText>,
}

impl Close {
    /// Reads the body.
    pub fn read(mut fields: Fields) -> Read<Close> {
        let waive_follow_up = fields.text("waive_follow_up");
        fields.made(Some(Close { waive_follow_up }))
    }
}

/// By which way a customer was reached or spoke; the web is not one that staff go between.
pub(crate) fn take_channel(fields: &mut Fields) -> Option<Channel> {
    let by_staff = Channel::ALL.into_iter().filter(|channel| *channel != Channel::Web);
    fields.required_choice("channel", by_staff.map(|channel| (channel.code(), channel)))
}

fn plain<const MAX: usize>(line: &Line<MAX>) -> String {
    line.as_str().to_owned()
}

#[cfg(test)]
mod tests;

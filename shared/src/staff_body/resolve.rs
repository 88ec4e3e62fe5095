//! What is offered or put right, what the customer says to it, and what was carried out.

use jiff::{Timestamp, tz::TimeZone};

use super::{Found, LongText, Read, ShortText, take_amount, take_channel, take_day_or_instant};
use crate::{
    command::{Answer, Offer, Outcome, RemedyKind},
    decide::MOST_REMEDIES,
    fields::Fields,
    values::{Channel, Currency, Money},
};

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
        let made = take_proposal(&mut fields, currency, zone);
        fields.made(made)
    }
}

/// Body of a settlement at once: `{finding, root_cause?, preventable?, deviation?, outcome, explanation, remedies,
/// channel}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settle {
    /// What was found.
    pub found: Found,
    /// What was agreed on.
    pub proposal: Propose,
    /// By which way the customer agreed.
    pub channel: Channel,
}

impl Settle {
    /// Reads the body, as the finding and the proposal that it is made of.
    pub fn read(mut fields: Fields, currency: Currency, zone: &TimeZone) -> Read<Settle> {
        let finding = fields.required_text("finding");
        let found = Found::take(&mut fields, finding);
        let proposal = take_proposal(&mut fields, currency, zone);
        let channel = take_channel(&mut fields);
        let made = found.zip(proposal).zip(channel);
        fields.made(made.map(|((found, proposal), channel)| Settle { found, proposal, channel }))
    }
}

fn take_proposal(fields: &mut Fields, currency: Currency, zone: &TimeZone) -> Option<Propose> {
    let outcome = fields.required_choice("outcome", Outcome::ALL.map(|outcome| (outcome.code(), outcome)));
    let explanation = fields.required_text("explanation");
    let remedies = fields.objects("remedies", MOST_REMEDIES, |remedy| take_offer(remedy, currency, zone));
    let remedies = remedies.unwrap_or_default();
    Some(Propose { outcome: outcome?, explanation: explanation?, remedies })
}

fn take_offer(fields: &mut Fields, currency: Currency, zone: &TimeZone) -> Option<Offer> {
    let kind = fields.required_choice("kind", RemedyKind::ALL.map(|kind| (kind.code(), kind)));
    let amount = take_amount(fields, "amount", currency);
    if let Some(kind) = kind {
        check_amount(fields, kind, amount);
    }
    let owner = fields.text("owner");
    if !fields.has("promised_by") {
        fields.report_missing("promised_by", "Say by when it is promised.");
    }
    let promised_by = take_day_or_instant(fields, "promised_by", zone);
    Some(Offer { kind: kind?, amount, owner, promised_by: promised_by? })
}

/// Money is promised with its amount, and only where it is money.
fn check_amount(fields: &mut Fields, kind: RemedyKind, amount: Option<Money>) {
    let is_money = matches!(kind, RemedyKind::Refund | RemedyKind::Credit | RemedyKind::GoodwillPayment);
    if is_money && amount.is_none_or(Money::is_zero) && !fields.has_errors() {
        fields.report_missing("amount", "This remedy needs an amount above zero.");
    }
}

/// Body of answer: `{proposal, answer, reason?, channel}`, or where none is to be had, `{proposal, answer: "none",
/// reason}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordAnswer {
    /// Which proposal, counted from 1.
    pub proposal: u8,
    /// What came of it.
    pub said: Said,
}

/// What a customer said to a proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// This.
    Answer {
        /// Whether they agree.
        answer: Answer,
        /// Why, in their words.
        reason: Option<ShortText>,
        /// By which way they said so.
        channel: Channel,
    },
    /// Nothing.
    Nothing {
        /// What was done to get an answer.
        reason: ShortText,
    },
}

impl RecordAnswer {
    /// Reads the body.
    pub fn read(mut fields: Fields) -> Read<RecordAnswer> {
        let proposal = fields.required_number("proposal", 1, u8::MAX);
        let answers = ANSWERS.map(|(code, answer)| (code, Some(answer)));
        let answer = fields.required_choice("answer", answers.into_iter().chain([("none", None)]));
        let said = if answer == Some(None) {
            fields.required_text("reason").map(|reason| Said::Nothing { reason })
        } else {
            let (reason, channel) = (fields.text("reason"), take_channel(&mut fields));
            let made = answer.flatten().zip(channel);
            made.map(|(answer, channel)| Said::Answer { answer, reason, channel })
        };
        fields.made(proposal.zip(said).map(|(proposal, said)| RecordAnswer { proposal, said }))
    }
}

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

/// Body of the change of a remedy that was agreed: `{remedy, reason}` with its new date as `promised_by`, or `dropped`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeRemedy {
    /// Which remedy, counted from 1.
    pub remedy: u8,
    /// By when it is done instead; none where it is dropped.
    pub promised_by: Option<Timestamp>,
    /// Why, for the customer.
    pub reason: LongText,
}

impl ChangeRemedy {
    /// Reads the body; a date means the end of that day where the company is.
    pub fn read(mut fields: Fields, zone: &TimeZone) -> Read<ChangeRemedy> {
        let remedy = fields.required_number("remedy", 1, u8::MAX);
        let is_dropped = fields.flag("dropped") == Some(true);
        match (is_dropped, fields.has("promised_by")) {
            (false, false) => {
                fields
                    .report_missing("promised_by", "Say by when it is done instead, or that it is dropped.");
            }
            (true, true) => {
                fields.report("dropped", "not_both", "It has a new date or is dropped, and not both.");
            }
            _ => {}
        }
        let promised_by = take_day_or_instant(&mut fields, "promised_by", zone);
        let reason = fields.required_text("reason");
        fields.made(remedy.zip(reason).map(|(remedy, reason)| ChangeRemedy { remedy, promised_by, reason }))
    }
}

//! How a complaint ends, and how it is taken up again.

use super::{LongText, Read, ShortText, take_channel};
use crate::{
    command::Grounds,
    fields::Fields,
    values::{Channel, Reference, Text},
};

/// Body of close: `{waive_follow_up?, not_reached?}`; at least `{}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Close {
    /// Why it ends without the customer's word on whether they are satisfied.
    pub waive_follow_up: Option<ShortText>,
    /// Why our answer did not get to the customer.
    pub not_reached: Option<ShortText>,
}

impl Close {
    /// Reads the body.
    pub fn read(mut fields: Fields) -> Read<Close> {
        let waive_follow_up = fields.text("waive_follow_up");
        let not_reached = fields.text("not_reached");
        fields.made(Some(Close { waive_follow_up, not_reached }))
    }
}

/// Body of reopening at a customer's word: `{text, channel}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reopen {
    /// What is still wrong.
    pub text: LongText,
    /// By which way they said so.
    pub channel: Channel,
}

impl Reopen {
    /// Reads the body.
    pub fn read(mut fields: Fields) -> Read<Reopen> {
        let text = fields.required_text("text");
        let channel = take_channel(&mut fields);
        fields.made(text.zip(channel).map(|(text, channel)| Reopen { text, channel }))
    }
}

/// Body of feedback that staff take down: `{rating, comment?, concern?, channel}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakeFeedback {
    /// From 1, very dissatisfied, to 5, very satisfied.
    pub rating: u8,
    /// In the customer's words; needed with a concern, which it explains.
    pub comment: Option<Text<5_000>>,
    /// Whether something is still wrong: the complaint is taken up again.
    pub concern: bool,
    /// By which way they said so.
    pub channel: Channel,
}

impl TakeFeedback {
    /// Reads the body.
    pub fn read(mut fields: Fields) -> Read<TakeFeedback> {
        let rating = fields.required_number("rating", 1, 5);
        let concern = fields.flag("concern").unwrap_or(false);
        if concern && !fields.has("comment") {
            fields.report_missing("comment", "Say what is still wrong.");
        }
        let comment = fields.text("comment");
        let channel = take_channel(&mut fields);
        let made = rating.zip(channel);
        fields.made(made.map(|(rating, channel)| TakeFeedback { rating, comment, concern, channel }))
    }
}

/// Body of a withdrawal that a customer told staff: `{reason?, channel}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordWithdrawal {
    /// Why, in their words.
    pub reason: Option<ShortText>,
    /// By which way they said so.
    pub channel: Channel,
}

impl RecordWithdrawal {
    /// Reads the body.
    pub fn read(mut fields: Fields) -> Read<RecordWithdrawal> {
        let reason = fields.text("reason");
        let channel = take_channel(&mut fields);
        fields.made(channel.map(|channel| RecordWithdrawal { reason, channel }))
    }
}

/// Body of a refusal to take a complaint on: `{grounds, explanation}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refuse {
    /// On which grounds.
    pub grounds: Grounds,
    /// For the customer.
    pub explanation: LongText,
}

impl Refuse {
    /// Reads the body.
    pub fn read(mut fields: Fields) -> Read<Refuse> {
        let grounds =
            fields.required_choice("grounds", Grounds::ALL.map(|grounds| (grounds.code(), grounds)));
        let explanation = fields.required_text("explanation");
        let made = grounds.zip(explanation);
        fields.made(made.map(|(grounds, explanation)| Refuse { grounds, explanation }))
    }
}

/// Body of the decision on a refusal: `{approve, text}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecideRefusal {
    /// Whether the complaint is refused.
    pub approve: bool,
    /// Why.
    pub text: ShortText,
}

impl DecideRefusal {
    /// Reads the body.
    pub fn read(mut fields: Fields) -> Read<DecideRefusal> {
        let approve = fields.required_flag("approve");
        let text = fields.required_text("text");
        fields.made(approve.zip(text).map(|(approve, text)| DecideRefusal { approve, text }))
    }
}

/// Body of marking a duplicate: `{of}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MarkDuplicate {
    /// The reference of the complaint that goes on.
    pub of: Reference,
}

impl MarkDuplicate {
    /// Reads the body.
    pub fn read(mut fields: Fields) -> Read<MarkDuplicate> {
        let of = fields.required_text("of");
        fields.made(of.map(|of| MarkDuplicate { of }))
    }
}

/// Body of a link between two complaints, made or taken away: `{other, linked, reason}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkComplaint {
    /// The reference of the other.
    pub other: Reference,
    /// Whether they have to do with each other.
    pub linked: bool,
    /// What, or why not.
    pub reason: ShortText,
}

impl LinkComplaint {
    /// Reads the body.
    pub fn read(mut fields: Fields) -> Read<LinkComplaint> {
        let other = fields.required_text("other");
        let linked = fields.required_flag("linked");
        let reason = fields.required_text("reason");
        let made = other.zip(linked).zip(reason);
        fields.made(made.map(|((other, linked), reason)| LinkComplaint { other, linked, reason }))
    }
}

/// Body of a hold, set or lifted: `{hold, reason}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hold {
    /// Whether the record is kept beyond its time.
    pub hold: bool,
    /// Why.
    pub reason: ShortText,
}

impl Hold {
    /// Reads the body.
    pub fn read(mut fields: Fields) -> Read<Hold> {
        let hold = fields.required_flag("hold");
        let reason = fields.required_text("reason");
        fields.made(hold.zip(reason).map(|(hold, reason)| Hold { hold, reason }))
    }
}

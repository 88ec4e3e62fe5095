//! What customers send from their private page, and departments by their link, as form or JSON, read into types.

use crate::{
    command::Answer,
    fields::Fields,
    intake::IdempotencyKey,
    staff_body::{ANSWERS, LongText, Read, ShortText},
    values::Text,
};

/// Body of the answer to a proposal: `{proposal, answer, reason?}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GiveAnswer {
    /// Which proposal, counted from 1: the one that the page showed.
    pub proposal: u8,
    /// The answer.
    pub answer: Answer,
    /// Why, in their words.
    pub reason: Option<Text<2_000>>,
}

impl GiveAnswer {
    /// Reads the body.
    pub fn read(mut fields: Fields) -> Read<GiveAnswer> {
        let proposal = fields.required_number("proposal", 1, u8::MAX);
        if !fields.has("answer") {
            fields.report_missing("answer", "Choose whether you accept our proposal.");
        }
        let answer = fields.choice("answer", ANSWERS);
        let reason = fields.text("reason");
        fields.made(proposal.zip(answer).map(|(proposal, answer)| GiveAnswer { proposal, answer, reason }))
    }
}

/// Body of feedback: `{rating, comment?, concern?}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GiveFeedback {
    /// From 1, very dissatisfied, to 5, very satisfied.
    pub rating: u8,
    /// In their words; needed with a concern, which it explains.
    pub comment: Option<Text<5_000>>,
    /// Whether something is still wrong: the complaint is taken up again.
    pub concern: bool,
}

impl GiveFeedback {
    /// Reads the body.
    pub fn read(mut fields: Fields) -> Read<GiveFeedback> {
        if !fields.has("rating") {
            fields.report_missing("rating", "Choose a number from 1 to 5.");
        }
        let rating = fields.number("rating", 1, 5);
        let concern = fields.flag("concern").unwrap_or(false);
        if concern && !fields.has("comment") {
            fields.report_missing("comment", "Tell us what is still wrong.");
        }
        let comment = fields.text("comment");
        fields.made(rating.map(|rating| GiveFeedback { rating, comment, concern }))
    }
}

/// Body of what the customer adds: `{text, idempotency_key?}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddInformation {
    /// What they say.
    pub text: LongText,
    /// Names this sending; the page carries one, programs can send it as a header.
    pub key: Option<IdempotencyKey>,
}

impl AddInformation {
    /// Reads the body.
    pub fn read(mut fields: Fields) -> Read<AddInformation> {
        let text = take_words(&mut fields);
        let key = fields.text("idempotency_key");
        fields.made(text.map(|text| AddInformation { text, key }))
    }
}

/// Body of asking for a higher level: `{text}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskEscalation {
    /// Why.
    pub text: ShortText,
}

impl AskEscalation {
    /// Reads the body.
    pub fn read(mut fields: Fields) -> Read<AskEscalation> {
        let text = take_words(&mut fields);
        fields.made(text.map(|text| AskEscalation { text }))
    }
}

/// Body of taking a complaint back: `{reason?}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakeBack {
    /// Why.
    pub reason: Option<ShortText>,
}

impl TakeBack {
    /// Reads the body.
    pub fn read(mut fields: Fields) -> Read<TakeBack> {
        let reason = fields.text("reason");
        fields.made(Some(TakeBack { reason }))
    }
}

/// Body of ending the links and of asking for one's data to be erased: nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Nothing;

impl Nothing {
    /// Reads the body.
    pub fn read(fields: Fields) -> Read<Nothing> {
        fields.made(Some(Nothing))
    }
}

/// Body of what the token of a mailed link is sent for: `{token}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkToken {
    /// As the link has it; whether it is one of ours is not known yet.
    pub token: String,
}

impl LinkToken {
    /// Reads the body.
    pub fn read(mut fields: Fields) -> Read<LinkToken> {
        let token = fields.required_raw("token");
        fields.made(token.map(|token| LinkToken { token }))
    }
}

/// Body of a department's answer: `{text}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GiveConsultation {
    /// What the department says.
    pub text: LongText,
}

impl GiveConsultation {
    /// Reads the body.
    pub fn read(mut fields: Fields) -> Read<GiveConsultation> {
        let text = take_words(&mut fields);
        fields.made(text.map(|text| GiveConsultation { text }))
    }
}

/// What there is nothing to send without.
fn take_words<const MAX: usize>(fields: &mut Fields) -> Option<Text<MAX>> {
    if !fields.has("text") {
        fields.report_missing("text", "Write what you want to tell us.");
    }
    fields.text("text")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn feedback(body: &str) -> Read<GiveFeedback> {
        GiveFeedback::read(Fields::from_form(body.as_bytes()).unwrap())
    }

    fn answer(body: &str) -> Read<GiveAnswer> {
        GiveAnswer::read(Fields::from_form(body.as_bytes()).unwrap())
    }

    fn check<T: std::fmt::Debug>(read: Read<T>, pointers: &[&str]) {
        let errors = read.unwrap_err();
        let found: Vec<_> = errors.iter().map(|error| error.pointer.as_str()).collect();
        assert_eq!(found, pointers);
    }

    #[test]
    fn an_answer_names_the_proposal_that_it_is_to() {
        let given = answer("proposal=1&answer=refuse&reason=Too+little").unwrap();
        assert_eq!((given.proposal, given.answer), (1, Answer::Refuse));
        check(answer("reason="), &["/proposal", "/answer"]);
        check(answer("proposal=1&answer=maybe"), &["/answer"]);
        check(answer("proposal=0&answer=accept&when=now"), &["/proposal", "/when"]);
    }

    #[test]
    fn feedback_is_a_rating_and_a_concern_says_what_is_still_wrong() {
        let given = feedback("rating=4&comment=").unwrap();
        assert_eq!(given, GiveFeedback { rating: 4, comment: None, concern: false });
        assert!(feedback("rating=1&concern=yes&comment=Still+broken").unwrap().concern);
        check(feedback("comment=x"), &["/rating"]);
        check(feedback("rating=6"), &["/rating"]);
        check(feedback("rating=1&concern=yes"), &["/comment"]);
    }
}

//! The words for where a complaint stands.

use crate::{
    command::{Outcome, RemedyKind},
    complaint::StageName,
    values::{Channel, Money},
};

use super::Sentence;

/// Where a complaint stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct View {
    pub(crate) status: fn(StageName) -> &'static str,
    /// Of one whose customer was asked for information.
    pub(crate) waiting: &'static str,
    pub(crate) next: fn(Next) -> &'static str,
    pub(crate) promises: Promises,
    pub(crate) outcome: fn(Outcome) -> &'static str,
    /// A remedy as it stands at the start of a line.
    pub(crate) remedy: fn(RemedyKind) -> &'static str,
    /// What follows a yes.
    pub(crate) if_accepted: &'static str,
    /// The same where nothing is to be carried out.
    pub(crate) if_accepted_words: &'static str,
    /// The same where one of the dates has passed.
    pub(crate) if_accepted_late: &'static str,
    /// What follows a refusal, of the name of the next level.
    pub(crate) if_refused: Sentence,
    pub(crate) is_final: &'static str,
    /// What a final decision leaves; the name of the body outside follows.
    pub(crate) after_decision: &'static str,
    /// The same of a complaint that was not taken on.
    pub(crate) after_refusal: &'static str,
    pub(crate) history: History,
}

/// What happens next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Next {
    Confirm,
    TakeOn,
    FindOut,
    Inform,
    AnswerProposal,
    CarryOut,
    AskSoon,
    AnswerQuestion,
    /// The same, where silence closes nothing.
    SayHowItIs,
    /// A person reads what somebody says who is not satisfied.
    LookInto,
    CompleteRecord,
    Nothing,
}

/// What is promised to the customer, or asked of them; a date follows.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Promises {
    pub(crate) acknowledge: &'static str,
    pub(crate) first_contact: &'static str,
    pub(crate) update: &'static str,
    pub(crate) answer: &'static str,
    pub(crate) ask: &'static str,
    pub(crate) information: &'static str,
    pub(crate) consent: &'static str,
    pub(crate) close: &'static str,
}

/// What happened.
#[derive(Clone, Copy, Debug)]
pub(crate) struct History {
    pub(crate) received: fn(Channel) -> String,
    pub(crate) acknowledged: &'static str,
    pub(crate) no_address: &'static str,
    pub(crate) undelivered: &'static str,
    pub(crate) assigned: &'static str,
    pub(crate) contacted: fn(Channel) -> String,
    pub(crate) found: &'static str,
    pub(crate) proposed: &'static str,
    pub(crate) decided: &'static str,
    pub(crate) accepted: &'static str,
    pub(crate) accepted_by_silence: &'static str,
    pub(crate) began: &'static str,
    pub(crate) refused: &'static str,
    /// Of the name of the level.
    pub(crate) escalated: Sentence,
    pub(crate) reminded_of_information: &'static str,
    pub(crate) reminded_of_proposal: &'static str,
    pub(crate) reminded_of_question: &'static str,
    pub(crate) missed_answer: &'static str,
    pub(crate) missed_contact: &'static str,
    pub(crate) missed_update: &'static str,
    pub(crate) missed_remedy: &'static str,
    pub(crate) done: fn(RemedyKind, Option<Money>) -> String,
    /// A remedy has another date.
    pub(crate) moved: fn(RemedyKind) -> String,
    /// A remedy will not be done.
    pub(crate) dropped: fn(RemedyKind) -> String,
    pub(crate) resolved: &'static str,
    /// Of what was decided, something was dropped.
    pub(crate) nothing_left: &'static str,
    pub(crate) asked: &'static str,
    pub(crate) rated: fn(u8) -> String,
    pub(crate) closed: &'static str,
    pub(crate) reopened: &'static str,
    pub(crate) information_asked: &'static str,
    pub(crate) informed: &'static str,
    pub(crate) wait_ended: &'static str,
    pub(crate) delayed: &'static str,
    pub(crate) withdrawn: &'static str,
    pub(crate) not_taken_on: &'static str,
    pub(crate) duplicate: &'static str,
    pub(crate) absorbed: &'static str,
    pub(crate) file_added: &'static str,
    pub(crate) disowned: &'static str,
    pub(crate) links_ended: &'static str,
    pub(crate) corrected: &'static str,
    pub(crate) data_asked: &'static str,
    pub(crate) erasure_asked: &'static str,
    pub(crate) erasure_declined: &'static str,
    pub(crate) restricted: &'static str,
    pub(crate) exported: &'static str,
}

//! A complaint as its customer sees it, in plain words; the same as page and as JSON.

use jiff::Timestamp;
use serde::Serialize;

use super::history::{self, Entry};
use crate::{
    command::{Outcome, RemedyKind, TextRef},
    complaint::{Complaint, Decision, Investigation, Remedy, Stage, StageName},
    decide::{Question, open_question},
    event::Recorded,
    intake::Intake,
    policy::Policy,
    promise::{Alarm, Promise, PromiseKind},
    values::{Level, Money, Reference},
};

/// What is answered to a complaint that was taken in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Accepted {
    /// What people say on the phone.
    pub reference: Reference,
    /// What the customer can expect by when.
    pub promises: Vec<Promised>,
    /// The private page, for this customer only.
    pub link: String,
}

/// A date that the customer was told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Promised {
    /// What, for programs.
    pub promise: &'static str,
    /// What, for people.
    pub words: &'static str,
    /// By when.
    pub by: Timestamp,
    /// Whether we did not keep it; what the customer is asked for is never late.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub late: bool,
}

/// A complaint as its customer sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CustomerView {
    /// What people say on the phone.
    pub reference: Reference,
    /// When they complained.
    pub received_at: Timestamp,
    /// Where it is.
    pub stage: StageName,
    /// Where it is, in words.
    pub status: &'static str,
    /// What happens next, in words.
    pub next: &'static str,
    /// What the customer can expect by when, the earliest first.
    pub promises: Vec<Promised>,
    /// What we offer or decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resolution: Option<Resolution>,
    /// What the customer is asked now: `proposal` or `satisfaction`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub question: Option<&'static str>,
    /// What follows when they do not accept, in words.
    #[serde(skip)]
    pub if_refused: String,
    /// Whether they have told us how satisfied they are.
    #[serde(skip)]
    pub rated: bool,
    /// Until when they can ask for it to be looked at again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reopen_until: Option<Timestamp>,
    /// What happened, the earliest first.
    pub history: Vec<Entry>,
    /// What they told us; none when it was erased.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub complaint: Option<Intake>,
}

/// What we offer or decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Resolution {
    /// Counted from 1; an answer names it.
    pub number: u8,
    /// What we concluded.
    pub outcome: Outcome,
    /// What we concluded, in words.
    pub words: &'static str,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explanation: Option<String>,
    /// What we do; empty once everything is done, the history has it then.
    pub remedies: Vec<RemedyView>,
}

/// One thing that we do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RemedyView {
    /// What.
    pub kind: RemedyKind,
    /// What, in words.
    pub words: &'static str,
    /// How much.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<Money>,
    /// By when.
    pub promised_by: Timestamp,
    /// When it was done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub done_at: Option<Timestamp>,
}

impl Promised {
    /// The promises that are made to the customer, the earliest first. What staff owe each other is left out.
    pub fn to_customer(complaint: &Complaint) -> Vec<Promised> {
        let mut dates: Vec<Promised> =
            complaint.promises.iter().filter_map(|promise| told(promise, complaint)).collect();
        dates.sort_by_key(|date| date.by);
        dates
    }
}

fn told(promise: &Promise, complaint: &Complaint) -> Option<Promised> {
    // At a higher level, that level's date is the one to hold us to, as in the letters.
    let owed = match complaint.level {
        Level::One => PromiseKind::Answer,
        level => PromiseKind::Decide(level),
    };
    let (code, words) = in_words(promise.kind)?;
    match promise.kind {
        PromiseKind::Answer | PromiseKind::Decide(_) if promise.kind != owed || promise.still => None,
        // Of the answer it is the date told last that the customer has.
        PromiseKind::Answer | PromiseKind::Decide(_) => {
            let late = complaint.told_by == promise.due && promise.alarm == Alarm::Missed;
            Some(Promised { promise: code, words, by: complaint.told_by, late })
        }
        kind => {
            let theirs = matches!(kind, PromiseKind::Consent | PromiseKind::Close | PromiseKind::Information);
            let late = !theirs && promise.alarm == Alarm::Missed;
            Some(Promised { promise: code, words, by: promise.due, late })
        }
    }
}

fn in_words(kind: PromiseKind) -> Option<(&'static str, &'static str)> {
    match kind {
        PromiseKind::Acknowledge => Some(("acknowledge", "We confirm that we have your complaint")),
        PromiseKind::FirstContact => Some(("first_contact", "A person gets in touch with you")),
        PromiseKind::Update => Some(("update", "You hear how it is going")),
        PromiseKind::Answer | PromiseKind::Decide(_) => Some(("answer", "You have our answer")),
        PromiseKind::Ask => Some(("ask", "We ask you whether you are satisfied")),
        PromiseKind::Information => Some(("information", "Please tell us what we asked you")),
        PromiseKind::Consent => Some(("consent", "Please answer our proposal")),
        PromiseKind::Close => Some(("close", "Please tell us whether you are satisfied")),
        PromiseKind::Remedy(_) | PromiseKind::Own | PromiseKind::Notice | PromiseKind::Consultation(_) => {
            None
        }
    }
}

impl CustomerView {
    /// The view at `now`, without the texts that lie outside the record.
    pub fn of(complaint: &Complaint, history: &[Recorded], policy: &Policy, now: Timestamp) -> CustomerView {
        let reopen_until = reopen_until(complaint, policy).filter(|until| now <= *until);
        let rated = complaint.feedback.is_some();
        let question = match open_question(complaint) {
            Some(Question::Proposal(_)) => Some("proposal"),
            Some(Question::Satisfaction) if rated && reopen_until.is_none() => None,
            Some(Question::Satisfaction) => Some("satisfaction"),
            None => None,
        };
        CustomerView {
            reference: complaint.reference,
            received_at: complaint.received_at,
            stage: complaint.stage_name(),
            status: status(complaint),
            next: next(complaint),
            promises: Promised::to_customer(complaint),
            resolution: resolution(complaint),
            question,
            if_refused: if_refused(complaint.level, policy),
            reopen_until,
            rated,
            history: history::of(history, policy),
            complaint: None,
        }
    }

    /// Which text explains what was offered or decided.
    pub fn explanation_of(complaint: &Complaint) -> Option<&TextRef> {
        match &complaint.stage {
            Stage::Proposed(proposal) => Some(&proposal.text),
            Stage::Implementing { decision, .. }
            | Stage::FollowingUp { decision, .. }
            | Stage::Closed { decision, .. } => Some(&decision.text),
            Stage::Refused { refusal, .. } => Some(&refusal.text),
            Stage::Received
            | Stage::Acknowledged
            | Stage::Investigating(_)
            | Stage::Withdrawn { .. }
            | Stage::Duplicate { .. } => None,
        }
    }

    /// The same with its texts: what the customer told us, and what explains the resolution.
    #[must_use]
    pub fn with_texts(mut self, complaint: Option<Intake>, explanation: Option<String>) -> CustomerView {
        self.complaint = complaint;
        if let Some(resolution) = &mut self.resolution {
            resolution.explanation = explanation;
        }
        self
    }
}

fn status(complaint: &Complaint) -> &'static str {
    match &complaint.stage {
        Stage::Received => "We have received your complaint",
        Stage::Acknowledged => "Your complaint is waiting to be looked into",
        Stage::Investigating(Investigation { waiting_since: Some(_), .. }) => "We need something from you",
        Stage::Investigating(_) => "We are looking into your complaint",
        Stage::Proposed(_) => "We have a proposal for you",
        Stage::Implementing { .. } => "We are putting it right",
        Stage::FollowingUp { .. } => "Everything is done",
        Stage::Closed { .. } => "Your complaint is closed",
        Stage::Withdrawn { .. } => "You have withdrawn your complaint",
        Stage::Refused { .. } => "We cannot take your complaint on",
        Stage::Duplicate { .. } => "This goes on as another complaint of yours",
    }
}

fn next(complaint: &Complaint) -> &'static str {
    match &complaint.stage {
        Stage::Received => "We confirm that we have it, and give it to a person who can help you.",
        Stage::Acknowledged => "A person who can help you takes it on and looks into what happened.",
        Stage::Investigating(Investigation { waiting_since: Some(_), .. }) => {
            "We asked you for more information. When we have it, we go on and tell you the new date."
        }
        Stage::Investigating(_) => {
            "We find out what happened, and then tell you what we propose. We keep you informed on the way."
        }
        Stage::Proposed(_) => "Please read our proposal and tell us whether you accept it.",
        Stage::Implementing { .. } => {
            "We carry out what was decided, and write to you when everything is done."
        }
        Stage::FollowingUp { asked: false, .. } => "In a few days we ask you whether you are satisfied.",
        Stage::FollowingUp { asked: true, .. } if complaint.feedback.is_none() => {
            "Please tell us whether you are satisfied. Without an answer we close your complaint."
        }
        Stage::FollowingUp { .. } => {
            "Thank you for your feedback. We close your complaint when our record is complete."
        }
        Stage::Closed { .. } | Stage::Withdrawn { .. } | Stage::Refused { .. } | Stage::Duplicate { .. } => {
            "There is nothing you need to do."
        }
    }
}

fn resolution(complaint: &Complaint) -> Option<Resolution> {
    let (number, outcome) = match &complaint.stage {
        Stage::Proposed(proposal) => (proposal.number, proposal.outcome),
        Stage::Implementing { decision: Decision { number, outcome, .. }, .. }
        | Stage::FollowingUp { decision: Decision { number, outcome, .. }, .. }
        | Stage::Closed { decision: Decision { number, outcome, .. }, .. } => (*number, *outcome),
        Stage::Received
        | Stage::Acknowledged
        | Stage::Investigating(_)
        | Stage::Withdrawn { .. }
        | Stage::Refused { .. }
        | Stage::Duplicate { .. } => return None,
    };
    let remedies = complaint.remedies().iter().map(remedy).collect();
    Some(Resolution { number, outcome, words: outcome_words(outcome), explanation: None, remedies })
}

fn outcome_words(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Upheld => "You were right to complain.",
        Outcome::PartlyUpheld => "You were right to complain about part of this.",
        Outcome::NotUpheld => "We found that we acted correctly.",
        Outcome::ResolvedWithoutFinding => "We put this right without deciding who was at fault.",
    }
}

fn remedy(remedy: &Remedy) -> RemedyView {
    RemedyView {
        kind: remedy.kind,
        words: remedy_words(remedy.kind),
        amount: remedy.amount,
        promised_by: remedy.promised_by,
        done_at: remedy.done_at,
    }
}

/// A remedy as it stands at the start of a line.
pub(super) fn remedy_words(kind: RemedyKind) -> &'static str {
    match kind {
        RemedyKind::Apology => "An apology",
        RemedyKind::Explanation => "An explanation",
        RemedyKind::Refund => "A refund",
        RemedyKind::Replacement => "A replacement",
        RemedyKind::Repair => "A repair",
        RemedyKind::Credit => "A credit",
        RemedyKind::GoodwillPayment => "A payment as a gesture of goodwill",
        RemedyKind::CorrectedRecord => "A corrected record",
        RemedyKind::ChangedDecision => "A changed decision",
        RemedyKind::ChangedProcedure => "A change in how we work",
    }
}

fn if_refused(level: Level, policy: &Policy) -> String {
    match level.next() {
        Some(above) => {
            format!("Your complaint then goes one level up, to: {}.", policy.company.level_name(above))
        }
        None => "This decision is final.".to_owned(),
    }
}

fn reopen_until(complaint: &Complaint, policy: &Policy) -> Option<Timestamp> {
    match &complaint.stage {
        Stage::FollowingUp { resolved_at, .. } | Stage::Closed { resolved_at, .. }
            if open_question(complaint).is_some() =>
        {
            Some(policy.reopening.within.deadline(*resolved_at, &policy.calendar))
        }
        _ => None,
    }
}

//! A complaint as its customer sees it, in plain words of its language; the same as page and as JSON.

use jiff::Timestamp;
use serde::Serialize;

use super::history::{self, Entry};
use crate::{
    actor::Actor,
    command::{Outcome, Reach, RemedyKind, TextRef, Verb},
    complaint::{Complaint, Investigation, Remedy, Stage, StageName},
    decide::{self, Question, allowed_now, open_question},
    event::{Event, Recorded},
    evidence::FileView,
    intake::Intake,
    policy::Policy,
    promise::{Alarm, Promise, PromiseKind},
    values::{Level, Money, Reference},
    words::{self, Next, Words},
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
    /// Whether it is theirs to keep.
    #[serde(skip)]
    pub theirs: bool,
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
    /// Why it was not taken on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refusal: Option<String>,
    /// Why their data is kept that they asked us to erase.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kept: Option<String>,
    /// What the customer is asked now: `information`, `proposal` or `satisfaction`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub question: Option<&'static str>,
    /// The information that they are asked for, in our words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub asked: Vec<String>,
    /// What they can do at their own wish.
    pub allowed: Vec<Verb>,
    /// What follows when they accept, in words.
    #[serde(skip)]
    pub if_accepted: &'static str,
    /// What follows when they do not accept, in words.
    #[serde(skip)]
    pub if_refused: String,
    /// Who outside the company can still be turned to, once we have said our last word.
    #[serde(skip)]
    pub outside: Option<Outside>,
    /// How satisfied they said they are.
    #[serde(skip)]
    pub rating: Option<u8>,
    /// Until when they can ask for it to be looked at again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reopen_until: Option<Timestamp>,
    /// What happened, the earliest first.
    pub history: Vec<Entry>,
    /// The files that came, the earliest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<FileView>,
    /// What they told us; none when it was erased.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub complaint: Option<Intake>,
}

/// Who outside the company can look at a complaint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outside {
    /// What it is for, in words; the name follows.
    pub words: &'static str,
    /// Its name.
    pub name: String,
    /// Its page for complainants.
    pub url: String,
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
    /// When it was dropped, where it will not be done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dropped_at: Option<Timestamp>,
}

impl Promised {
    /// The promises that are made to the customer, in the complaint's language, the earliest first. What staff owe each
    /// other is left out.
    pub fn to_customer(complaint: &Complaint) -> Vec<Promised> {
        Promised::to_customer_in(complaint, words::of(complaint.language))
    }

    /// The same in the words given.
    pub fn to_customer_in(complaint: &Complaint, words: &Words) -> Vec<Promised> {
        let told = |promise| told(promise, complaint, &words.view.promises);
        let mut dates: Vec<Promised> = complaint.promises.iter().filter_map(told).collect();
        dates.sort_by_key(|date| date.by);
        dates
    }
}

fn told(promise: &Promise, complaint: &Complaint, words: &words::Promises) -> Option<Promised> {
    // At a higher level it is that level's answer; its date is the one in the letters.
    let owed = PromiseKind::of_answer(complaint.level);
    let (code, words) = in_words(promise.kind, words)?;
    match promise.kind {
        PromiseKind::Answer | PromiseKind::Decide(_) if promise.kind != owed || promise.still => None,
        // Of the answer it is the date told last that the customer has.
        PromiseKind::Answer | PromiseKind::Decide(_) => {
            let late = is_late(complaint);
            Some(Promised { promise: code, words, by: complaint.told_by, theirs: false, late })
        }
        // Whoever has said how satisfied they are is waited for no more.
        PromiseKind::Close if complaint.feedback.is_some() => None,
        kind => {
            let theirs = matches!(kind, PromiseKind::Consent | PromiseKind::Close | PromiseKind::Information);
            let late = !theirs && promise.alarm == Alarm::Missed;
            let by = if theirs { promise.told_to_customer() } else { promise.due };
            Some(Promised { promise: code, words, by, theirs, late })
        }
    }
}

/// Whether the date of the answer that the customer was told last has passed without one; it may be that of the first
/// level, though it has gone up.
fn is_late(complaint: &Complaint) -> bool {
    let kinds = [PromiseKind::Answer, PromiseKind::of_answer(complaint.level)];
    let mut promises = kinds.into_iter().filter_map(|kind| complaint.promises.get(kind));
    promises.any(|promise| promise.due == complaint.told_by && promise.alarm == Alarm::Missed)
}

fn in_words(kind: PromiseKind, words: &words::Promises) -> Option<(&'static str, &'static str)> {
    match kind {
        PromiseKind::Acknowledge => Some(("acknowledge", words.acknowledge)),
        PromiseKind::FirstContact => Some(("first_contact", words.first_contact)),
        PromiseKind::Update => Some(("update", words.update)),
        PromiseKind::Answer | PromiseKind::Decide(_) => Some(("answer", words.answer)),
        PromiseKind::Ask => Some(("ask", words.ask)),
        PromiseKind::Information => Some(("information", words.information)),
        PromiseKind::Consent => Some(("consent", words.consent)),
        PromiseKind::Close => Some(("close", words.close)),
        PromiseKind::Remedy(_) | PromiseKind::Own | PromiseKind::Notice | PromiseKind::Consultation(_) => {
            None
        }
    }
}

impl CustomerView {
    /// The view at `now` in the complaint's language, without the texts that lie outside the record.
    pub fn of(complaint: &Complaint, history: &[Recorded], policy: &Policy, now: Timestamp) -> CustomerView {
        let words = words::of(complaint.language);
        let reopen_until = reopen_until(complaint, policy, now);
        let rating = complaint.feedback.as_ref().map(|feedback| feedback.rating);
        let question = match open_question(complaint) {
            None if complaint.waiting_since().is_some() => Some("information"),
            Some(Question::Proposal(_)) => Some("proposal"),
            Some(Question::Satisfaction) if rating.is_some() && reopen_until.is_none() => None,
            Some(Question::Satisfaction) => Some("satisfaction"),
            None => None,
        };
        CustomerView {
            reference: complaint.reference,
            received_at: complaint.received_at,
            stage: complaint.stage_name(),
            status: match complaint.waiting_since() {
                Some(_) => words.view.waiting,
                None => (words.view.status)(complaint.stage_name()),
            },
            next: (words.view.next)(next(complaint)),
            promises: Promised::to_customer(complaint),
            resolution: resolution(complaint, &words.view),
            question,
            asked: Vec::new(),
            allowed: allowed(complaint),
            refusal: None,
            kept: None,
            if_accepted: if complaint.remedies().is_empty() {
                words.view.if_accepted_words
            } else if complaint.remedies().iter().any(|remedy| remedy.promised_by <= now) {
                words.view.if_accepted_late
            } else {
                words.view.if_accepted
            },
            if_refused: if_refused(complaint, policy, &words.view),
            outside: outside(complaint, policy, &words.view),
            reopen_until,
            rating,
            history: history::of(history, policy, words),
            files: Vec::new(),
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

    /// Which texts ask for the information that is waited for, the earliest first.
    pub fn questions_of<'a>(complaint: &Complaint, history: &'a [Recorded]) -> Vec<&'a TextRef> {
        if complaint.waiting_since().is_none() {
            return Vec::new();
        }
        let mut open = Vec::new();
        for recorded in history {
            match &recorded.event {
                Event::InformationAsked { text, .. } => open.push(text),
                Event::InformationAdded { resumed: Some(_), .. } | Event::WaitEnded { .. } => open.clear(),
                _ => {}
            }
        }
        open
    }

    /// Which text says why data is kept that the customer asked us to erase, as long as that is our last word.
    pub fn kept_because(history: &[Recorded]) -> Option<&TextRef> {
        history.iter().fold(None, |last, recorded| match &recorded.event {
            Event::ErasureDeclined { text } => Some(text),
            Event::ErasureAsked { .. } | Event::Restricted { .. } => None,
            _ => last,
        })
    }

    /// The same with the questions that wait for an answer.
    #[must_use]
    pub fn asking(self, asked: Vec<String>) -> CustomerView {
        CustomerView { asked, ..self }
    }

    /// The same with its texts: what the customer told us, and what explains the resolution or the refusal.
    #[must_use]
    pub fn with_texts(mut self, complaint: Option<Intake>, explanation: Option<String>) -> CustomerView {
        self.complaint = complaint;
        match &mut self.resolution {
            Some(resolution) => resolution.explanation = explanation,
            None => self.refusal = explanation.filter(|_| self.stage == StageName::Refused),
        }
        self
    }
}

/// What customers can do at their own wish, as far as there is a way for it; where their data was taken away they have
/// nothing to add.
fn allowed(complaint: &Complaint) -> Vec<Verb> {
    let ways = [
        Verb::AddInformation,
        Verb::AddEvidence,
        Verb::AskEscalation,
        Verb::Withdraw,
        Verb::EndLinks,
        Verb::AskData,
        Verb::AskErasure,
    ];
    let left = |verb: &Verb| match verb {
        Verb::AddInformation => complaint.reach != Reach::Restricted,
        // Where it has gone up already, what is left to say is information.
        Verb::AskEscalation => complaint.level == Level::One,
        _ => true,
    };
    let offered = allowed_now(complaint, &Actor::Customer).into_iter();
    offered.filter(|verb| ways.contains(verb)).filter(left).collect()
}

fn next(complaint: &Complaint) -> Next {
    match &complaint.stage {
        Stage::Received => Next::Confirm,
        Stage::Acknowledged => Next::TakeOn,
        Stage::Investigating(Investigation { waiting_since: Some(_), .. }) => Next::Inform,
        Stage::Investigating(_) => Next::FindOut,
        Stage::Proposed(_) => Next::AnswerProposal,
        Stage::Implementing { .. } => Next::CarryOut,
        Stage::FollowingUp { .. } if complaint.is_unsatisfied() => Next::LookInto,
        Stage::FollowingUp { asked: false, .. } => Next::AskSoon,
        Stage::FollowingUp { asked: true, .. } if complaint.feedback.is_none() => {
            if complaint.is_silence() {
                Next::AnswerQuestion
            } else {
                Next::SayHowItIs
            }
        }
        Stage::FollowingUp { .. } => Next::CompleteRecord,
        Stage::Closed { .. } | Stage::Withdrawn { .. } | Stage::Refused { .. } | Stage::Duplicate { .. } => {
            Next::Nothing
        }
    }
}

fn resolution(complaint: &Complaint, words: &words::View) -> Option<Resolution> {
    let (number, outcome) = match (&complaint.stage, complaint.decision()) {
        (Stage::Proposed(proposal), _) => (proposal.number, proposal.outcome),
        (_, Some(decision)) => (decision.number, decision.outcome),
        (_, None) => return None,
    };
    let remedies = complaint.remedies().iter().map(|done| remedy(done, words)).collect();
    Some(Resolution { number, outcome, words: (words.outcome)(outcome), explanation: None, remedies })
}

fn remedy(remedy: &Remedy, words: &words::View) -> RemedyView {
    RemedyView {
        kind: remedy.kind,
        words: (words.remedy)(remedy.kind),
        amount: remedy.amount,
        promised_by: remedy.promised_by,
        done_at: remedy.done_at,
        dropped_at: remedy.dropped_at,
    }
}

fn if_refused(complaint: &Complaint, policy: &Policy, words: &words::View) -> String {
    match complaint.level_if_refused() {
        Some(level) => (words.if_refused)(policy.company.level_name(level).as_str()),
        None => words.is_final.to_owned(),
    }
}

/// A decision at the highest level is our last word, and so is a refusal.
fn outside(complaint: &Complaint, policy: &Policy, words: &words::View) -> Option<Outside> {
    let words = match complaint.stage {
        Stage::Refused { .. } => words.after_refusal,
        _ if complaint.is_decided_for_good() => words.after_decision,
        _ => return None,
    };
    let body = &policy.external_body;
    Some(Outside { words, name: body.name.to_string(), url: body.url.to_string() })
}

/// As long as it is not closed it can be said that something is wrong: today, where the time for it has passed.
fn reopen_until(complaint: &Complaint, policy: &Policy, now: Timestamp) -> Option<Timestamp> {
    open_question(complaint)?;
    match &complaint.stage {
        Stage::FollowingUp { resolved_at, .. } => {
            let until = decide::reopen_until(*resolved_at, policy);
            Some(if now <= until { until } else { policy.calendar.end_of_day(now) })
        }
        Stage::Closed { resolved_at, .. } => {
            Some(decide::reopen_until(*resolved_at, policy)).filter(|until| now <= *until)
        }
        _ => None,
    }
}

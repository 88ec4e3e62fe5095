//! What happened, told to the customer. Work among staff is left out, and so are names of staff.

use jiff::Timestamp;
use serde::Serialize;

use crate::{
    command::UndeliverableReason,
    event::{Consent, Event, Recorded, WaitEnd},
    policy::Policy,
    promise::PromiseKind,
    words::{History, Words},
};

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// When.
    pub at: Timestamp,
    /// What, for programs: the event's name.
    pub event: &'static str,
    /// What, for people.
    pub words: String,
}

pub(super) fn of(history: &[Recorded], policy: &Policy, words: &Words) -> Vec<Entry> {
    let mut told_later = None;
    let entry = |recorded: &Recorded| {
        match &recorded.event {
            Event::DelayAnnounced { until, .. } => told_later = Some(*until),
            Event::Escalated { .. } => told_later = told_later.and(recorded.event.answer_told()),
            Event::Triaged { .. } | Event::Reopened { .. } => told_later = None,
            _ => {}
        }
        if is_among_staff(&recorded.event, told_later) {
            return None;
        }
        let words = in_words(&recorded.event, policy, &words.view.history)?;
        let at = recorded.event.said_at().unwrap_or(recorded.at);
        Some(Entry { at, event: recorded.event.name(), words })
    };
    let mut entries: Vec<Entry> = history.iter().filter_map(entry).collect();
    // What is taken down later stands where it was said.
    entries.sort_by_key(|entry| entry.at);
    entries
}

/// Whether a date has passed that is the customer's no more, since they were told of a later one before.
fn is_among_staff(event: &Event, told_later: Option<Timestamp>) -> bool {
    let Event::PromiseMissed { promise: PromiseKind::Answer | PromiseKind::Decide(_), due, .. } = event
    else {
        return false;
    };
    told_later.is_some_and(|told| *due < told)
}

/// An event as the customer is told it; none when it does not concern them.
fn in_words(event: &Event, policy: &Policy, words: &History) -> Option<String> {
    Some(match event {
        Event::Received { receipt, .. } => (words.received)(receipt.channel),
        Event::Acknowledged { .. } => words.acknowledged.to_owned(),
        Event::LetterUndeliverable { reason, .. } => undeliverable(*reason, words).to_owned(),
        Event::Assigned { .. } => words.assigned.to_owned(),
        Event::ContactMade { channel, .. } => (words.contacted)(*channel),
        Event::FindingRecorded { .. } => words.found.to_owned(),
        Event::Proposed { .. } => words.proposed.to_owned(),
        Event::Decided { .. } => words.decided.to_owned(),
        Event::ProposalAccepted { consent, .. } => accepted(*consent, words).to_owned(),
        Event::ProposalRefused { .. } => words.refused.to_owned(),
        Event::Escalated { from, to, .. } if from != to => {
            (words.escalated)(policy.company.level_name(*to).as_str())
        }
        Event::PromiseWarned { promise, .. } => warned(*promise, words)?.to_owned(),
        Event::PromiseMissed { promise, again: false, .. } => missed(*promise, words)?.to_owned(),
        Event::RemedyChanged { kind, promised_by: Some(_), .. } => (words.moved)(*kind),
        Event::RemedyChanged { kind, promised_by: None, .. } => (words.dropped)(*kind),
        Event::RemedyDone { kind, amount, .. } => (words.done)(*kind, *amount),
        Event::Resolved { remedies, .. } => {
            let all = remedies.iter().all(|remedy| remedy.dropped_at.is_none());
            if all { words.resolved } else { words.nothing_left }.to_owned()
        }
        Event::SatisfactionAsked { .. } => words.asked.to_owned(),
        Event::FeedbackGiven { feedback, .. } => (words.rated)(feedback.rating),
        Event::Closed { .. } => words.closed.to_owned(),
        Event::Reopened { .. } => words.reopened.to_owned(),
        Event::InformationAsked { .. } => words.information_asked.to_owned(),
        Event::InformationAdded { .. } => words.informed.to_owned(),
        Event::WaitEnded { because: WaitEnd::Silence | WaitEnd::Unheard, .. } => words.wait_ended.to_owned(),
        Event::DelayAnnounced { .. } => words.delayed.to_owned(),
        Event::Withdrawn { .. } => words.withdrawn.to_owned(),
        Event::Refused { .. } => words.not_taken_on.to_owned(),
        Event::MarkedDuplicate { .. } => words.duplicate.to_owned(),
        Event::DuplicateAbsorbed { .. } => words.absorbed.to_owned(),
        Event::EvidenceAdded { .. } => words.file_added.to_owned(),
        Event::Disowned { .. } => words.disowned.to_owned(),
        Event::LinksEnded { .. } => words.links_ended.to_owned(),
        Event::ContactCorrected { .. } => words.corrected.to_owned(),
        Event::DataAsked { .. } => words.data_asked.to_owned(),
        Event::ErasureAsked { .. } => words.erasure_asked.to_owned(),
        Event::ErasureDeclined { .. } => words.erasure_declined.to_owned(),
        Event::Restricted { .. } => words.restricted.to_owned(),
        Event::Exported { .. } => words.exported.to_owned(),
        // Said once is enough, and of a file by its coming; the rest is among staff.
        Event::PromiseMissed { again: true, .. }
        | Event::Escalated { .. }
        | Event::Triaged { .. }
        | Event::NoteAdded { .. }
        | Event::Consulted { .. }
        | Event::ConsultationAnswered { .. }
        | Event::PatternFound { .. }
        | Event::RefusalProposed { .. }
        | Event::RefusalDeclined { .. }
        | Event::WaitEnded { because: WaitEnd::File | WaitEnd::Duplicate, .. }
        | Event::EvidenceScanned { .. }
        | Event::ReplyLeftOut { .. }
        | Event::Linked { .. }
        | Event::Unlinked { .. }
        | Event::HoldSet { .. }
        | Event::HoldLifted { .. } => return None,
    })
}

fn undeliverable(reason: UndeliverableReason, words: &History) -> &'static str {
    match reason {
        UndeliverableReason::NoAddress => words.no_address,
        UndeliverableReason::Bounced
        | UndeliverableReason::Suppressed
        | UndeliverableReason::Rejected
        | UndeliverableReason::MarkedAsSpam => words.undelivered,
    }
}

fn accepted(consent: Consent, words: &History) -> &'static str {
    match consent {
        Consent::Given(_) => words.accepted,
        Consent::Silence => words.accepted_by_silence,
        Consent::NotNeeded => words.began,
    }
}

/// Warnings of dates of ours stay among staff; those of the customer's are reminders.
fn warned(promise: PromiseKind, words: &History) -> Option<&'static str> {
    match promise {
        PromiseKind::Information => Some(words.reminded_of_information),
        PromiseKind::Consent => Some(words.reminded_of_proposal),
        PromiseKind::Close => Some(words.reminded_of_question),
        PromiseKind::Acknowledge
        | PromiseKind::Own
        | PromiseKind::FirstContact
        | PromiseKind::Update
        | PromiseKind::Answer
        | PromiseKind::Decide(_)
        | PromiseKind::Notice
        | PromiseKind::Consultation(_)
        | PromiseKind::Remedy(_)
        | PromiseKind::Ask => None,
    }
}

/// A promise that was broken is said to whom it was made.
fn missed(promise: PromiseKind, words: &History) -> Option<&'static str> {
    match promise {
        PromiseKind::Answer | PromiseKind::Decide(_) => Some(words.missed_answer),
        PromiseKind::FirstContact => Some(words.missed_contact),
        PromiseKind::Update => Some(words.missed_update),
        PromiseKind::Remedy(_) => Some(words.missed_remedy),
        PromiseKind::Acknowledge
        | PromiseKind::Own
        | PromiseKind::Notice
        | PromiseKind::Information
        | PromiseKind::Consultation(_)
        | PromiseKind::Consent
        | PromiseKind::Ask
        | PromiseKind::Close => None,
    }
}

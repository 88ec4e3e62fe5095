//! What happened, told to the customer. Work among staff is left out, and so are names of staff.

use jiff::Timestamp;
use serde::Serialize;

use super::customer::remedy_words;
use crate::{
    command::UndeliverableReason,
    event::{Consent, Event, Recorded},
    policy::Policy,
    promise::PromiseKind,
    values::Channel,
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

pub(super) fn of(history: &[Recorded], policy: &Policy) -> Vec<Entry> {
    let entry = |recorded: &Recorded| {
        let words = in_words(&recorded.event, policy)?;
        Some(Entry { at: recorded.at, event: recorded.event.name(), words })
    };
    history.iter().filter_map(entry).collect()
}

/// An event as the customer is told it; none when it does not concern them.
pub fn in_words(event: &Event, policy: &Policy) -> Option<String> {
    let words = match event {
        Event::Received { receipt, .. } => format!("You complained {}.", by(receipt.channel)),
        Event::Acknowledged { .. } => "We confirmed that we have your complaint.".to_owned(),
        Event::LetterUndeliverable { reason, .. } => undeliverable(*reason).to_owned(),
        Event::Assigned { .. } => "A person took your complaint on.".to_owned(),
        Event::ContactMade { channel, .. } => format!("We got in touch with you {}.", by(*channel)),
        Event::FindingRecorded { .. } => "We found out what happened.".to_owned(),
        Event::Proposed { .. } => "We made you a proposal.".to_owned(),
        Event::Decided { .. } => "We took our final decision.".to_owned(),
        Event::ProposalAccepted { consent, .. } => accepted(*consent).to_owned(),
        Event::ProposalRefused { .. } => "You did not accept our proposal.".to_owned(),
        Event::Escalated { to, .. } => {
            format!("Your complaint went one level up, to: {}.", policy.company.level_name(*to))
        }
        Event::PromiseWarned { promise, .. } => warned(*promise)?.to_owned(),
        Event::PromiseMissed { promise, again: false, .. } => missed(*promise)?.to_owned(),
        Event::RemedyDone { kind, amount, .. } => match amount {
            Some(amount) => format!("Done: {} of {amount}.", lower(remedy_words(*kind))),
            None => format!("Done: {}.", lower(remedy_words(*kind))),
        },
        Event::Resolved { .. } => "Everything that was decided is done.".to_owned(),
        Event::SatisfactionAsked { .. } => "We asked you whether you are satisfied.".to_owned(),
        Event::FeedbackGiven { feedback, .. } => {
            format!("You told us how satisfied you are: {} of 5.", feedback.rating)
        }
        Event::Closed { .. } => "Your complaint was closed.".to_owned(),
        Event::Reopened { .. } => "Your complaint was opened again.".to_owned(),
        Event::InformationAsked { .. } => "We asked you to tell us more.".to_owned(),
        Event::InformationAdded { .. } => "You told us more.".to_owned(),
        Event::WaitEnded { .. } => {
            "We had no answer to our question, and went on with what we know.".to_owned()
        }
        Event::DelayAnnounced { .. } => "We told you that it takes longer, and the new date.".to_owned(),
        Event::Withdrawn { .. } => "You withdrew your complaint.".to_owned(),
        Event::Refused { .. } => "We told you that we cannot take your complaint on.".to_owned(),
        Event::MarkedDuplicate { .. } => "We put this together with your other complaint.".to_owned(),
        Event::DuplicateAbsorbed { .. } => "We added what you told us in another complaint.".to_owned(),
        Event::EvidenceAdded { .. } => "A file was added.".to_owned(),
        Event::Disowned { .. } => "We were told that this complaint is not yours.".to_owned(),
        Event::ErasureAsked { .. } => "You asked us to erase your data.".to_owned(),
        Event::ErasureDeclined { .. } => "We told you that your data has to be kept.".to_owned(),
        Event::Restricted { .. } => "Your data was taken away.".to_owned(),
        Event::Exported { .. } => "The data that we hold on you was handed out.".to_owned(),
        // Said once is enough; the rest is among staff.
        Event::PromiseMissed { again: true, .. }
        | Event::Triaged { .. }
        | Event::NoteAdded { .. }
        | Event::Consulted { .. }
        | Event::ConsultationAnswered { .. }
        | Event::PatternFound { .. }
        | Event::RefusalProposed { .. }
        | Event::RefusalDeclined { .. }
        | Event::EvidenceScanned { .. }
        | Event::HoldSet { .. }
        | Event::HoldLifted { .. } => {
            return None;
        }
    };
    Some(words)
}

fn by(channel: Channel) -> &'static str {
    match channel {
        Channel::Web => "on our website",
        Channel::Phone => "by phone",
        Channel::Counter => "in person",
        Channel::Letter => "by letter",
        Channel::Email => "by e-mail",
        Channel::Other => "in another way",
    }
}

fn undeliverable(reason: UndeliverableReason) -> &'static str {
    match reason {
        UndeliverableReason::NoAddress => {
            "We have no e-mail address of yours, so a person will reach you another way."
        }
        UndeliverableReason::Bounced
        | UndeliverableReason::Suppressed
        | UndeliverableReason::Rejected
        | UndeliverableReason::MarkedAsSpam => {
            "An e-mail to you could not be delivered, so a person will reach you another way."
        }
    }
}

fn accepted(consent: Consent) -> &'static str {
    match consent {
        Consent::Given(_) => "You accepted our proposal.",
        Consent::Silence => "We had no answer to our proposal, and began to carry it out.",
        Consent::NotNeeded => "We began to carry out our decision.",
    }
}

/// Warnings of dates of ours stay among staff; those of the customer's are reminders.
fn warned(promise: PromiseKind) -> Option<&'static str> {
    match promise {
        PromiseKind::Information => Some("We reminded you of what we asked."),
        PromiseKind::Consent => Some("We reminded you of our proposal."),
        PromiseKind::Close => Some("We reminded you of our question."),
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
fn missed(promise: PromiseKind) -> Option<&'static str> {
    match promise {
        PromiseKind::Answer | PromiseKind::Decide(_) => {
            Some("We did not answer by the date that we gave you. We are sorry.")
        }
        PromiseKind::FirstContact => {
            Some("We did not get in touch by the date that we gave you. We are sorry.")
        }
        PromiseKind::Update => Some("We did not keep you informed as we promised. We are sorry."),
        PromiseKind::Remedy(_) => {
            Some("We did not do everything by the date that we gave you. We are sorry.")
        }
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

fn lower(words: &str) -> String {
    let mut characters = words.chars();
    let first = characters.next().map(|first| first.to_lowercase().to_string()).unwrap_or_default();
    first + characters.as_str()
}

//! What happened to a complaint, for ever. Events are past tense and hold no personal data.

mod parts;
mod recorded;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    command::{
        EscalationReason, Feedback, Finding, Offer, Outcome, Receipt, RemedyKind, TextRef,
        UndeliverableReason,
    },
    complaint::Remedy,
    letter_kind::LetterKind,
    promise::{Promise, PromiseKind},
    values::{Channel, Level, Money, Severity, StaffId},
};

pub use parts::{ClosedBecause, Consent, Elapsed, FirstContact};
pub use recorded::Recorded;

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type")]
pub enum Event {
    /// A complaint was taken in.
    Received {
        /// As it came.
        #[serde(flatten)]
        receipt: Receipt,
        /// When it was entered; equal to `received_at` on the web form.
        entered_at: Timestamp,
        /// What the customer was told by when, and what staff owe.
        promises: Vec<Promise>,
    },
    /// The acknowledgement was sent.
    Acknowledged {
        /// When.
        at: Timestamp,
        /// Whether that was in time.
        in_time: bool,
        /// Since receipt.
        elapsed: Elapsed,
    },
    /// A letter did not reach the customer: they must be reached another way.
    LetterUndeliverable {
        /// Which letter.
        letter: LetterKind,
        /// Why not.
        reason: UndeliverableReason,
        /// When that was known.
        at: Timestamp,
    },
    /// Somebody owns it now.
    Assigned {
        /// Who.
        owner: StaffId,
    },
    /// It is known what it is about and how severe it is.
    Triaged {
        /// One of the policy's categories.
        category: String,
        /// One of the category's sub-categories.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        sub_category: Option<String>,
        /// How severe.
        severity: Severity,
        /// One of the policy's products.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        product: Option<String>,
        /// Promises that the severity brings forward.
        promises: Vec<Promise>,
    },
    /// A person spoke or wrote to the customer.
    ContactMade {
        /// By which way.
        channel: Channel,
        /// What was said.
        text: TextRef,
        /// When.
        at: Timestamp,
        /// For the first contact: how long it took, and whether that was in time.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        first: Option<FirstContact>,
        /// By when the customer hears again.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        next_update: Option<Promise>,
    },
    /// A note was added.
    NoteAdded {
        /// The note.
        text: TextRef,
    },
    /// The investigation has a result.
    FindingRecorded {
        /// The result.
        #[serde(flatten)]
        finding: Finding,
    },
    /// A resolution was offered.
    Proposed {
        /// Counted from 1 over the complaint's life.
        number: u8,
        /// What was concluded.
        outcome: Outcome,
        /// What will be done.
        remedies: Vec<Offer>,
        /// The explanation.
        text: TextRef,
        /// When.
        at: Timestamp,
        /// Whether the promised date of the answer was kept.
        in_time: bool,
        /// Since receipt.
        elapsed: Elapsed,
        /// By when the customer is asked to answer.
        consent: Promise,
    },
    /// A final decision was taken; it needs no consent.
    Decided {
        /// Counted with the proposals.
        number: u8,
        /// What was concluded.
        outcome: Outcome,
        /// What will be done.
        remedies: Vec<Offer>,
        /// The explanation.
        text: TextRef,
        /// When.
        at: Timestamp,
        /// Whether the promised date of the answer was kept.
        in_time: bool,
        /// Since receipt.
        elapsed: Elapsed,
    },
    /// The customer agrees, or is taken to agree.
    ProposalAccepted {
        /// Which proposal.
        number: u8,
        /// How.
        consent: Consent,
        /// In their words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<TextRef>,
    },
    /// The customer does not agree.
    ProposalRefused {
        /// Which proposal.
        number: u8,
        /// By which way they said so.
        channel: Channel,
        /// In their words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<TextRef>,
        /// By when the customer hears how it goes on.
        next_update: Promise,
    },
    /// It went one level up.
    Escalated {
        /// The level it was at.
        from: Level,
        /// The level it is at.
        to: Level,
        /// Why.
        reason: EscalationReason,
        /// By when the new level answers.
        decide: Promise,
    },
    /// The time of a promise nears its end, and those concerned are told.
    PromiseWarned {
        /// Which promise.
        promise: PromiseKind,
        /// Its date.
        due: Timestamp,
        /// When they are told again.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        next: Option<Timestamp>,
    },
    /// The time of a promise has passed, and those concerned are told.
    PromiseMissed {
        /// Which promise.
        promise: PromiseKind,
        /// Its date.
        due: Timestamp,
        /// When they are told again.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        next: Option<Timestamp>,
        /// For an update missed: by when the next one is due.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        renewed: Option<Promise>,
        /// Whether that was said before, and this is a reminder of it.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        again: bool,
    },
    /// A remedy was carried out.
    RemedyDone {
        /// Counted from 1.
        remedy: u8,
        /// What it was.
        kind: RemedyKind,
        /// What it cost.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        amount: Option<Money>,
        /// What was done.
        text: TextRef,
        /// When.
        at: Timestamp,
        /// Whether its date was kept.
        in_time: bool,
    },
    /// Nothing is left to carry out.
    Resolved {
        /// When; the reopening window counts from here.
        at: Timestamp,
        /// What was concluded.
        outcome: Outcome,
        /// What was carried out; nothing where the answer was all there was to give.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        remedies: Vec<Remedy>,
        /// When the customer is asked whether they are satisfied.
        ask: Promise,
    },
    /// The customer was asked whether they are satisfied.
    SatisfactionAsked {
        /// By when it is closed without an answer.
        close: Promise,
    },
    /// The customer answered.
    FeedbackGiven {
        /// What they said.
        #[serde(flatten)]
        feedback: Feedback,
        /// By which way.
        channel: Channel,
    },
    /// It is over.
    Closed {
        /// Why.
        because: ClosedBecause,
        /// When.
        at: Timestamp,
        /// Since receipt.
        elapsed: Elapsed,
        /// Why the customer was not asked, where they were not.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        follow_up_waived: Option<TextRef>,
    },
    /// Something is still wrong: it is investigated again.
    Reopened {
        /// When.
        at: Timestamp,
        /// What is promised anew.
        promises: Vec<Promise>,
    },
}

impl Event {
    /// The event's name, as the bus carries it in `detail-type`.
    pub fn name(&self) -> &'static str {
        match self {
            Event::Received { .. } => "Received",
            Event::Acknowledged { .. } => "Acknowledged",
            Event::LetterUndeliverable { .. } => "LetterUndeliverable",
            Event::Assigned { .. } => "Assigned",
            Event::Triaged { .. } => "Triaged",
            Event::ContactMade { .. } => "ContactMade",
            Event::NoteAdded { .. } => "NoteAdded",
            Event::FindingRecorded { .. } => "FindingRecorded",
            Event::Proposed { .. } => "Proposed",
            Event::Decided { .. } => "Decided",
            Event::ProposalAccepted { .. } => "ProposalAccepted",
            Event::ProposalRefused { .. } => "ProposalRefused",
            Event::Escalated { .. } => "Escalated",
            Event::PromiseWarned { .. } => "PromiseWarned",
            Event::PromiseMissed { .. } => "PromiseMissed",
            Event::RemedyDone { .. } => "RemedyDone",
            Event::Resolved { .. } => "Resolved",
            Event::SatisfactionAsked { .. } => "SatisfactionAsked",
            Event::FeedbackGiven { .. } => "FeedbackGiven",
            Event::Closed { .. } => "Closed",
            Event::Reopened { .. } => "Reopened",
        }
    }
}

#[cfg(test)]
mod tests;

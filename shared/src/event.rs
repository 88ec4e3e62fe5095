//! What happened to a complaint, for ever. Events are past tense and hold no personal data.

mod facts;
mod parts;
mod recorded;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    command::{
        ContactData, EscalationReason, Feedback, Finding, Grounds, LeftOut, Mark, NoteKind, Offer, Outcome,
        Pattern, Receipt, RemedyKind, TextRef, Triage, UndeliverableReason, Verdict,
    },
    complaint::Remedy,
    letter_kind::LetterKind,
    promise::{Promise, PromiseKind},
    values::{Channel, ComplaintId, Level, Money, Severity, StaffId, TextId},
};

pub use parts::{ClosedBecause, Consent, Draft, Elapsed, FirstContact, Moved, Resumed, WaitEnd};
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
        /// The version of the policy that it is handled under.
        #[serde(default = "first_policy")]
        policy: u32,
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
        /// Whether it had gone to an address that was put right since.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        elsewhere: bool,
    },
    /// Somebody owns it now.
    Assigned {
        /// Who.
        owner: StaffId,
    },
    /// It is known what it is about and how severe it is.
    Triaged {
        /// What was said of it.
        #[serde(flatten)]
        triage: Triage,
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
        /// When it was said, where it was taken down later.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        said_at: Option<Timestamp>,
        /// For the first contact: how long it took, and whether that was in time.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        first: Option<FirstContact>,
        /// By when the customer hears again.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        next_update: Option<Promise>,
    },
    /// A note was added.
    NoteAdded {
        /// What it notes.
        #[serde(default)]
        kind: NoteKind,
        /// The note.
        text: TextRef,
        /// Of a draft, what was to be offered with that explanation.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        draft: Option<Draft>,
    },
    /// The customer was asked for information. The promises of an answer stand still until it comes.
    InformationAsked {
        /// The question.
        text: TextRef,
        /// When.
        at: Timestamp,
        /// By when the customer is asked to answer.
        by: Promise,
        /// Where it is the first contact by a person: how long that took, and whether it was in time.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        first: Option<FirstContact>,
        /// By when the customer hears again.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        next_update: Option<Promise>,
    },
    /// The customer told us more.
    InformationAdded {
        /// What.
        text: TextRef,
        /// By which way.
        channel: Channel,
        /// When.
        at: Timestamp,
        /// When it was said, where it was taken down later.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        said_at: Option<Timestamp>,
        /// Where that was waited for: how the time to answer goes on.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        resumed: Option<Resumed>,
        /// What staff have to know of it, where it came as a mail.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        marks: Vec<Mark>,
        /// Whether the customer is written to: the complaint is closed, and they may not know how to have it taken up
        /// again.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        written: bool,
    },
    /// A mail came to the complaint's address that was not put with it.
    ReplyLeftOut {
        /// Why.
        why: LeftOut,
        /// When.
        at: Timestamp,
    },
    /// The customer did not write what they were asked for, and is not waited for any more.
    WaitEnded {
        /// Why it is not waited for any more.
        #[serde(default, skip_serializing_if = "WaitEnd::is_silence")]
        because: WaitEnd,
        /// When.
        at: Timestamp,
        /// How the time to answer goes on.
        resumed: Resumed,
    },
    /// A department was asked.
    Consulted {
        /// Counted from 1 over the complaint's life.
        number: u8,
        /// One of the policy's departments.
        department: String,
        /// The question.
        text: TextRef,
        /// By when it is asked to answer.
        by: Promise,
    },
    /// A department answered.
    ConsultationAnswered {
        /// Which consultation.
        number: u8,
        /// The answer.
        text: TextRef,
        /// When.
        at: Timestamp,
    },
    /// The customer is told that the date they have will not be kept, and the new one.
    DelayAnnounced {
        /// The date they had.
        due: Timestamp,
        /// The new one.
        until: Timestamp,
        /// Why; without it the time has announced itself.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<TextRef>,
        /// When the next such notice would be due.
        notice: Promise,
        /// By when the customer hears next how it goes on, where this reaches them.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        next_update: Option<Promise>,
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
        /// Whether that date had passed without anybody saying so.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        unseen: bool,
        /// Since receipt.
        elapsed: Elapsed,
        /// Where it is the first contact by a person: how long that took, and whether it was in time.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        first: Option<FirstContact>,
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
        /// Whether that date had passed without anybody saying so.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        unseen: bool,
        /// Since receipt.
        elapsed: Elapsed,
        /// Where it is the first contact by a person: how long that took, and whether it was in time.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        first: Option<FirstContact>,
    },
    /// The customer agrees, or is taken to agree.
    ProposalAccepted {
        /// Which proposal.
        number: u8,
        /// How.
        consent: Consent,
        /// In their words; where nothing is heard of them, what was done to get an answer, if a person says so.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<TextRef>,
        /// Remedies whose dates passed while the answer was waited for.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        moved: Vec<Moved>,
        /// When their silence was taken for a yes, where it was.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        taken_at: Option<Timestamp>,
        /// When it was said, where it was taken down later.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        said_at: Option<Timestamp>,
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
        /// When it was said, where it was taken down later.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        said_at: Option<Timestamp>,
    },
    /// It went to a higher level; or, refused where it went up while the proposal stood, is to be answered anew at its own.
    Escalated {
        /// The level it was at.
        from: Level,
        /// The level it is at.
        to: Level,
        /// Why.
        reason: EscalationReason,
        /// By when the new level answers; none while the customer has an answer, which stands.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        decide: Option<Promise>,
        /// By when the customer is told to have the answer, where that is sooner.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        told: Option<Timestamp>,
        /// When the customer is told, should that date not be kept.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        notice: Option<Promise>,
        /// By when the customer hears next how it goes on, where this reaches them and they have no answer yet.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        next_update: Option<Promise>,
    },
    /// It is one of several.
    PatternFound {
        /// Of one customer, or about one thing.
        pattern: Pattern,
        /// How many, with this one.
        count: u32,
        /// The others, the latest first; the first few.
        others: Vec<ComplaintId>,
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
        /// For an update missed: whether the customer is written to in its place. Not where another letter that says
        /// how things stand goes at the same time.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        written: bool,
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
    /// A remedy that was agreed has another date, or will not be carried out.
    RemedyChanged {
        /// Counted from 1.
        remedy: u8,
        /// What it was.
        kind: RemedyKind,
        /// What it was to cost.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        amount: Option<Money>,
        /// Who sees to it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        owner: Option<StaffId>,
        /// The date that the customer had.
        due: Timestamp,
        /// The new date; none where it will not be carried out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        promised_by: Option<Timestamp>,
        /// Whether it had been dropped before.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        again: bool,
        /// Whether it is dropped and nothing else is left to do, so that the summary says why.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        last: bool,
        /// Why, for the customer.
        text: TextRef,
        /// When.
        at: Timestamp,
    },
    /// Nothing is left to carry out.
    Resolved {
        /// When; the reopening window counts from here.
        at: Timestamp,
        /// What was concluded.
        outcome: Outcome,
        /// What was found to be its root cause, one of the policy's.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        root_cause: Option<String>,
        /// What was carried out; nothing where the answer was all there was to give.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        remedies: Vec<Remedy>,
        /// Why the last of them was dropped, where it was, for the customer.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        dropped: Option<TextRef>,
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
        /// Whether they had said already how satisfied they are.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        again: bool,
        /// Where they are not satisfied: by when a person has looked into it, and it is closed or taken up again.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        close: Option<Promise>,
        /// When it was said, where it was taken down later.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        said_at: Option<Timestamp>,
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
        /// Why our answer did not get to the customer.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        not_reached: Option<TextRef>,
    },
    /// Something is still wrong: it is investigated again.
    Reopened {
        /// When.
        at: Timestamp,
        /// How severe it is now.
        severity: Severity,
        /// What is wrong, where it was not said as feedback.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<TextRef>,
        /// What is promised anew.
        promises: Vec<Promise>,
        /// When it was said, where it was taken down later.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        said_at: Option<Timestamp>,
    },
    /// The customer took it back.
    Withdrawn {
        /// Why.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<TextRef>,
        /// By which way they said so.
        channel: Channel,
        /// When.
        at: Timestamp,
        /// Since receipt.
        elapsed: Elapsed,
    },
    /// A representative would refuse it; a manager is asked.
    RefusalProposed {
        /// On which grounds.
        grounds: Grounds,
        /// The explanation for the customer.
        text: TextRef,
    },
    /// The manager has it handled.
    RefusalDeclined {
        /// Why.
        text: TextRef,
    },
    /// It is not taken on.
    Refused {
        /// On which grounds.
        grounds: Grounds,
        /// The explanation for the customer.
        text: TextRef,
        /// Why the manager approves.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        approval: Option<TextRef>,
        /// When.
        at: Timestamp,
        /// Since receipt.
        elapsed: Elapsed,
    },
    /// It is the same as another one, which goes on.
    MarkedDuplicate {
        /// The other.
        of: ComplaintId,
        /// When.
        at: Timestamp,
        /// Since receipt.
        elapsed: Elapsed,
    },
    /// Another one is the same as this, and what was said there belongs here too.
    DuplicateAbsorbed {
        /// The other.
        duplicate: ComplaintId,
        /// What was said there, as it is kept here.
        text: TextRef,
        /// Whether the customer said it when they were asked for something here.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        answers: bool,
    },
    /// Another complaint has to do with it; each goes on by itself.
    Linked {
        /// The other.
        other: ComplaintId,
        /// What they have to do with each other, where it was said here.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<TextRef>,
    },
    /// That other complaint has nothing to do with it after all.
    Unlinked {
        /// The other.
        other: ComplaintId,
        /// Why, where it was said here.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<TextRef>,
    },
    /// A file came; it is locked away until it was scanned.
    EvidenceAdded {
        /// Its description.
        file: TextRef,
        /// By which way.
        channel: Channel,
        /// Whether the customer sent it when they were asked for something.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        answers: bool,
    },
    /// A file was scanned.
    EvidenceScanned {
        /// Which.
        file: TextId,
        /// What was found.
        verdict: Verdict,
    },
    /// Who got our mail never complained; they are not written to again, and what they were mailed opens nothing.
    Disowned {
        /// When.
        at: Timestamp,
    },
    /// The private links that were mailed are good for nothing any more.
    LinksEnded {
        /// Why, where it was not the customer who asked.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<TextRef>,
        /// When.
        at: Timestamp,
    },
    /// Who the customer is, how they are reached, or in which language, was put right.
    ContactCorrected {
        /// What is right.
        #[serde(flatten)]
        contact: ContactData,
        /// What was there before, and how staff know.
        text: TextRef,
        /// When.
        at: Timestamp,
    },
    /// The customer wants a copy of their data.
    DataAsked {
        /// By which way.
        channel: Channel,
        /// When.
        at: Timestamp,
    },
    /// The customer wants their data erased.
    ErasureAsked {
        /// By which way.
        channel: Channel,
        /// When.
        at: Timestamp,
    },
    /// The data is kept.
    ErasureDeclined {
        /// Why.
        text: TextRef,
    },
    /// Who the customer was and what they said was taken away.
    Restricted {
        /// Why.
        text: TextRef,
        /// When.
        at: Timestamp,
    },
    /// All data on the customer was handed out.
    Exported {
        /// To whom and why.
        text: TextRef,
        /// When.
        at: Timestamp,
    },
    /// It is kept beyond its time.
    HoldSet {
        /// Why.
        text: TextRef,
    },
    /// It is kept for its time only.
    HoldLifted {
        /// Why.
        text: TextRef,
    },
}

/// Before a complaint carried its version there was one.
fn first_policy() -> u32 {
    1
}

#[cfg(test)]
mod tests;

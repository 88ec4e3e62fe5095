//! What can be asked of a complaint. Commands are imperative; what came of one is an [`Event`](crate::event::Event).

mod escalation;
mod handling;
mod receipt;
mod reply;
mod resolution;
mod verb;

use serde::{Deserialize, Serialize};

use jiff::Timestamp;

use crate::{
    complaint::{Complaint, StageName},
    letter_kind::LetterKind,
    values::{Channel, ComplaintId, Digest, Level, Severity, StaffId, TextId},
};

pub use escalation::{EscalationReason, Pattern};
pub use handling::{Flag, Grounds, NoteKind, Triage, Verdict};
pub use receipt::{ContactData, Reach, Receipt, TextRef};
pub use reply::{LeftOut, Mark};
pub use resolution::{Offer, Outcome, RemedyKind};
pub use verb::Verb;

/// One thing asked of one complaint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Take a complaint in.
    Receive(Receipt),
    /// Record that the acknowledgement was sent.
    Acknowledge,
    /// Record that a letter did not reach the customer.
    ReportUndeliverable {
        /// Which letter.
        letter: LetterKind,
        /// Why not.
        reason: UndeliverableReason,
        /// The version made by the event that it was about, where the report comes later; letters go where the customer is
        /// reached at that time.
        about: Option<u32>,
    },
    /// Give it an owner.
    Assign {
        /// Who handles it from now on.
        owner: StaffId,
    },
    /// Say what it is about and how severe it is.
    Triage(Triage),
    /// Record that a person has spoken or written to the customer.
    RecordContact {
        /// By which way; `email` also sends the text as a letter.
        channel: Channel,
        /// What was said.
        text: TextRef,
    },
    /// Add a note to the investigation.
    AddNote {
        /// What it notes.
        kind: NoteKind,
        /// The note.
        text: TextRef,
    },
    /// Ask the customer for information; until it comes, the time to answer stands still.
    AskCustomer {
        /// The question.
        text: TextRef,
    },
    /// Take in what the customer adds, asked or not.
    AddInformation {
        /// What they say.
        text: TextRef,
        /// By which way it came.
        channel: Channel,
        /// What staff have to know of it, where it came as a mail.
        marks: Vec<Mark>,
    },
    /// Record that a mail came to the complaint's address which is not put with it.
    LeaveOutReply {
        /// Why.
        why: LeftOut,
    },
    /// Ask a department of the company; the time to answer runs on.
    Consult {
        /// One of the policy's departments.
        department: String,
        /// The question.
        text: TextRef,
    },
    /// Record what the department says.
    AnswerConsultation {
        /// Which consultation, counted from 1.
        consultation: u8,
        /// The answer.
        text: TextRef,
    },
    /// Tell the customer that the promised date will not be kept, and the new one.
    AnnounceDelay {
        /// The new date.
        until: Timestamp,
        /// Why, for the customer.
        text: TextRef,
    },
    /// Record what the investigation found.
    RecordFinding(Finding),
    /// Offer the customer a resolution; at level 3, decide finally.
    Propose {
        /// What was concluded.
        outcome: Outcome,
        /// What will be done.
        remedies: Vec<Offer>,
        /// The explanation for the customer.
        text: TextRef,
    },
    /// Record the customer's answer to a proposal.
    AnswerProposal {
        /// Which proposal, counted from 1.
        proposal: u8,
        /// Their answer.
        answer: Answer,
        /// Why, in their words.
        reason: Option<TextRef>,
        /// By which way the answer came.
        channel: Channel,
    },
    /// Take it that the customer agrees to a proposal, who says nothing to it or cannot be reached.
    TakeAsConsent {
        /// Which proposal, counted from 1.
        proposal: u8,
        /// What was done to get an answer.
        text: TextRef,
    },
    /// Put a straightforward complaint right at once: finding, outcome, remedies and the customer's consent in one.
    SettleAtOnce {
        /// What was found.
        finding: Finding,
        /// What was concluded.
        outcome: Outcome,
        /// What will be done.
        remedies: Vec<Offer>,
        /// The explanation for the customer.
        text: TextRef,
        /// By which way the customer agreed.
        channel: Channel,
    },
    /// Tick off a remedy.
    CompleteRemedy {
        /// Which remedy, counted from 1.
        remedy: u8,
        /// What was done, when and how.
        text: TextRef,
    },
    /// Give a remedy that was agreed another date, or drop it.
    ChangeRemedy {
        /// Which remedy, counted from 1.
        remedy: u8,
        /// By when it is done instead; none where it will not be done.
        promised_by: Option<Timestamp>,
        /// Why, for the customer.
        text: TextRef,
    },
    /// Hand it one level up.
    Escalate {
        /// Why.
        reason: TextRef,
    },
    /// Ask for a higher level, as a customer may.
    AskEscalation {
        /// Why.
        text: TextRef,
        /// By which way they asked.
        channel: Channel,
    },
    /// Record that the complaint is one of several: of one customer, or about one thing.
    RecordPattern {
        /// Which.
        pattern: Pattern,
        /// How many there are with this one, in the policy's time.
        count: u32,
        /// The others, the latest first; the first few.
        others: Vec<ComplaintId>,
    },
    /// Do what the promises' times demand now.
    WatchPromises,
    /// Do what the follow-up's times demand now.
    FollowUp,
    /// Record whether the customer is satisfied.
    RecordFeedback {
        /// What they said.
        feedback: Feedback,
        /// By which way it came.
        channel: Channel,
    },
    /// Take it up again: something is still wrong.
    Reopen {
        /// What.
        text: TextRef,
        /// By which way the customer said so.
        channel: Channel,
    },
    /// End it.
    Close {
        /// Why it ends without the customer's word on whether they are satisfied.
        waive_follow_up: Option<TextRef>,
        /// Why our answer did not get to the customer in writing, nor by anybody.
        not_reached: Option<TextRef>,
    },
    /// End it at the customer's wish.
    Withdraw {
        /// Why.
        reason: Option<TextRef>,
        /// By which way they said so.
        channel: Channel,
    },
    /// Ask the manager to refuse it; a manager refuses it thereby.
    ProposeRefusal {
        /// On which grounds.
        grounds: Grounds,
        /// The explanation for the customer.
        text: TextRef,
    },
    /// Decide on a refusal that was proposed.
    DecideRefusal {
        /// Whether it is refused.
        approve: bool,
        /// Why.
        text: TextRef,
    },
    /// End it because it is the same as another one.
    MarkDuplicate {
        /// The other, which goes on.
        other: Other,
    },
    /// Take over what a duplicate of this one says.
    Absorb {
        /// The duplicate.
        duplicate: ComplaintId,
        /// What the customer said there, as it is kept here.
        text: TextRef,
        /// When they said the first of it.
        said_at: Timestamp,
    },
    /// Say that another complaint has to do with this one; each goes on by itself.
    Link {
        /// The other.
        other: ComplaintId,
        /// What they have to do with each other.
        text: TextRef,
    },
    /// Say that it has not.
    Unlink {
        /// The other.
        other: ComplaintId,
        /// Why.
        text: TextRef,
    },
    /// Take over what was said of the two there.
    ReturnLink {
        /// The other.
        other: ComplaintId,
        /// Whether they have to do with each other.
        linked: bool,
    },
    /// Note a file; it is kept apart until it was scanned.
    AddEvidence {
        /// Its description: name, type, size, checksum.
        file: TextRef,
        /// By which way it came.
        channel: Channel,
    },
    /// Record what the scan of a file found.
    RecordScan {
        /// The file.
        file: TextId,
        /// What was found.
        verdict: Verdict,
    },
    /// Record that the recipient of our mail says they never complained: they are not written to again.
    Disown,
    /// End the private links that were mailed, and the sessions that they opened; a new one goes to the address on file.
    EndLinks {
        /// Why, where it is not the customer who asks.
        reason: Option<TextRef>,
    },
    /// Put right who the customer is, how they are reached, or in which language.
    CorrectContact {
        /// What is right.
        contact: ContactData,
        /// What was there before, and how staff know.
        text: TextRef,
    },
    /// Ask for a copy of one's data.
    AskData {
        /// By which way.
        channel: Channel,
    },
    /// Ask for one's data to be erased.
    AskErasure {
        /// By which way.
        channel: Channel,
    },
    /// Keep the record, and say why.
    DeclineErasure {
        /// Why.
        text: TextRef,
    },
    /// Take away who the customer was and what they said; the record itself stays until its time is over.
    Restrict {
        /// Why.
        text: TextRef,
    },
    /// Record that all data on the customer was handed out.
    RecordExport {
        /// To whom and why.
        text: TextRef,
    },
    /// Keep the record beyond its time, whatever else is asked.
    Hold {
        /// Why.
        text: TextRef,
    },
    /// End the hold.
    LiftHold {
        /// Why.
        text: TextRef,
    },
}

/// A complaint that another one is the same as, as it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Other {
    /// Which.
    pub id: ComplaintId,
    /// Whose it is.
    pub customer: Digest,
    /// How they can be reached.
    pub reach: Reach,
    /// Where it is.
    pub stage: StageName,
    /// Who decides on it.
    pub level: Level,
    /// How grave it is.
    pub severity: Severity,
    /// By when its customer has an answer, as they were told; none where they have it, or are waited for.
    pub answer_by: Option<Timestamp>,
}

impl From<&Complaint> for Other {
    fn from(complaint: &Complaint) -> Other {
        let Complaint { id, customer, reach, level, severity, .. } = *complaint;
        let (stage, answer_by) = (complaint.stage_name(), complaint.answer_told());
        Other { id, customer, reach, stage, level, severity, answer_by }
    }
}

/// Result of the investigation, less its text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// What was found, and by whom it was verified.
    pub text: TextRef,
    /// One of the policy's root causes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub root_cause: Option<String>,
    /// Whether it could have been prevented.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preventable: Option<bool>,
    /// Whether the company's own procedure was departed from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deviation: Option<bool>,
}

/// How an acknowledgement or another letter could not reach the customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UndeliverableReason {
    /// The customer left no e-mail address.
    NoAddress,
    /// The receiving server refused it for good.
    Bounced,
    /// The address is on the suppression list.
    Suppressed,
    /// The mail service refused it, or its fate stayed unknown after the second attempt.
    Rejected,
    /// The recipient marked it as spam.
    MarkedAsSpam,
}

/// A customer's answer to a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// Carry it out.
    Accept,
    /// Look at it again, one level up.
    Refuse,
}

/// What a customer says when asked whether they are satisfied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Feedback {
    /// From 1, very dissatisfied, to 5, very satisfied.
    pub rating: u8,
    /// In their own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<TextRef>,
    /// Whether something is still wrong: the complaint is reopened.
    pub concern: bool,
}

impl Feedback {
    /// The best rating of somebody who is not satisfied.
    const UNSATISFIED: u8 = 2;

    /// Whether they are not satisfied, whatever else they say.
    pub fn is_unsatisfied(&self) -> bool {
        self.rating <= Feedback::UNSATISFIED
    }
}

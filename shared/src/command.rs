//! What can be asked of a complaint. Commands are imperative; what came of one is an [`Event`](crate::event::Event).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::letter_kind::LetterKind;
use crate::values::{
    Channel, ComplaintId, Digest, Language, Level, Money, Reference, Severity, StaffId, TextId,
};

/// Points at a text that lies outside the record, so that erasing the text leaves the record whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextRef {
    /// Key of the text among the complaint's private items.
    pub id: TextId,
    /// Salted SHA-256 of the text; the salt is erased with it.
    pub digest: Digest,
}

/// How a customer can be written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    /// There is an e-mail address.
    Email,
    /// There is a phone number only: letters become tasks for staff.
    PhoneOnly,
}

/// A complaint as it comes in, less its personal data and long texts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The new complaint's id.
    pub id: ComplaintId,
    /// What people say on the phone.
    pub reference: Reference,
    /// When the customer complained; every clock starts here.
    pub received_at: Timestamp,
    /// By which way it came.
    pub channel: Channel,
    /// The language that letters are written in.
    pub language: Language,
    /// How the customer can be written to.
    pub reach: Reach,
    /// Keyed hash of the customer's address or phone, to find their other complaints.
    pub customer: Digest,
    /// One of the policy's products, where what the customer named is one.
    pub product: Option<String>,
    /// The form as it was posted.
    pub form: TextRef,
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

/// What the company concludes about a complaint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The customer was right.
    Upheld,
    /// The customer was right in part; counts as upheld in rates.
    PartlyUpheld,
    /// The company did nothing wrong.
    NotUpheld,
    /// Put right without deciding who was right.
    ResolvedWithoutFinding,
}

impl Outcome {
    /// All of them, in the order they are listed in.
    pub const ALL: [Outcome; 4] =
        [Outcome::Upheld, Outcome::PartlyUpheld, Outcome::NotUpheld, Outcome::ResolvedWithoutFinding];

    /// Whether rates count it as upheld.
    pub fn counts_as_upheld(self) -> bool {
        matches!(self, Outcome::Upheld | Outcome::PartlyUpheld)
    }

    /// The name used in records and figures.
    pub fn code(self) -> &'static str {
        match self {
            Outcome::Upheld => "upheld",
            Outcome::PartlyUpheld => "partly_upheld",
            Outcome::NotUpheld => "not_upheld",
            Outcome::ResolvedWithoutFinding => "resolved_without_finding",
        }
    }
}

/// What can be done for a customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RemedyKind {
    /// Words of regret.
    Apology,
    /// Why it happened.
    Explanation,
    /// Money back.
    Refund,
    /// Another one.
    Replacement,
    /// The same one, mended.
    Repair,
    /// An amount set against what is owed.
    Credit,
    /// Money without a debt.
    GoodwillPayment,
    /// A record put right.
    CorrectedRecord,
    /// A decision taken anew.
    ChangedDecision,
    /// The company works differently from now on.
    ChangedProcedure,
}

impl RemedyKind {
    /// All of them, in the order they are listed in.
    pub const ALL: [RemedyKind; 10] = [
        RemedyKind::Apology,
        RemedyKind::Explanation,
        RemedyKind::Refund,
        RemedyKind::Replacement,
        RemedyKind::Repair,
        RemedyKind::Credit,
        RemedyKind::GoodwillPayment,
        RemedyKind::CorrectedRecord,
        RemedyKind::ChangedDecision,
        RemedyKind::ChangedProcedure,
    ];

    /// The name used in records and figures.
    pub fn code(self) -> &'static str {
        match self {
            RemedyKind::Apology => "apology",
            RemedyKind::Explanation => "explanation",
            RemedyKind::Refund => "refund",
            RemedyKind::Replacement => "replacement",
            RemedyKind::Repair => "repair",
            RemedyKind::Credit => "credit",
            RemedyKind::GoodwillPayment => "goodwill_payment",
            RemedyKind::CorrectedRecord => "corrected_record",
            RemedyKind::ChangedDecision => "changed_decision",
            RemedyKind::ChangedProcedure => "changed_procedure",
        }
    }
}

/// A remedy that is offered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// What is to be done.
    pub kind: RemedyKind,
    /// What it costs, where it is money.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Money>,
    /// Who sees to it; without one, the responsible role.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<StaffId>,
    /// By when it is promised.
    pub promised_by: Timestamp,
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
    },
    /// Give it an owner.
    Assign {
        /// Who handles it from now on.
        owner: StaffId,
    },
    /// Say what it is about and how severe it is.
    Triage {
        /// One of the policy's categories.
        category: String,
        /// One of the category's sub-categories.
        sub_category: Option<String>,
        /// How severe it is.
        severity: Severity,
        /// One of the policy's products.
        product: Option<String>,
    },
    /// Record that a person has spoken or written to the customer.
    RecordContact {
        /// By which way; `email` also sends the text as a letter.
        channel: Channel,
        /// What was said.
        text: TextRef,
    },
    /// Add a note to the investigation.
    AddNote {
        /// The note.
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
    /// Tick off a remedy.
    CompleteRemedy {
        /// Which remedy, counted from 1.
        remedy: u8,
        /// What was done, when and how.
        text: TextRef,
    },
    /// Hand it one level up.
    Escalate {
        /// Why.
        reason: TextRef,
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
    /// End it.
    Close {
        /// Why the customer is not asked whether they are satisfied.
        waive_follow_up: Option<TextRef>,
    },
}

/// A command's name: what the table of legal transitions speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verb {
    /// [`Command::Receive`]
    Receive,
    /// [`Command::Acknowledge`]
    Acknowledge,
    /// [`Command::ReportUndeliverable`]
    ReportUndeliverable,
    /// [`Command::Assign`]
    Assign,
    /// [`Command::Triage`]
    Triage,
    /// [`Command::RecordContact`]
    RecordContact,
    /// [`Command::AddNote`]
    AddNote,
    /// [`Command::RecordFinding`]
    RecordFinding,
    /// [`Command::Propose`]
    Propose,
    /// [`Command::AnswerProposal`]
    AnswerProposal,
    /// [`Command::CompleteRemedy`]
    CompleteRemedy,
    /// [`Command::Escalate`]
    Escalate,
    /// [`Command::WatchPromises`]
    WatchPromises,
    /// [`Command::FollowUp`]
    FollowUp,
    /// [`Command::RecordFeedback`]
    RecordFeedback,
    /// [`Command::Close`]
    Close,
}

impl Verb {
    /// All of them.
    pub const ALL: [Verb; 16] = [
        Verb::Receive,
        Verb::Acknowledge,
        Verb::ReportUndeliverable,
        Verb::Assign,
        Verb::Triage,
        Verb::RecordContact,
        Verb::AddNote,
        Verb::RecordFinding,
        Verb::Propose,
        Verb::AnswerProposal,
        Verb::CompleteRemedy,
        Verb::Escalate,
        Verb::WatchPromises,
        Verb::FollowUp,
        Verb::RecordFeedback,
        Verb::Close,
    ];
}

impl Command {
    /// The command's name.
    pub fn verb(&self) -> Verb {
        match self {
            Command::Receive(_) => Verb::Receive,
            Command::Acknowledge => Verb::Acknowledge,
            Command::ReportUndeliverable { .. } => Verb::ReportUndeliverable,
            Command::Assign { .. } => Verb::Assign,
            Command::Triage { .. } => Verb::Triage,
            Command::RecordContact { .. } => Verb::RecordContact,
            Command::AddNote { .. } => Verb::AddNote,
            Command::RecordFinding(_) => Verb::RecordFinding,
            Command::Propose { .. } => Verb::Propose,
            Command::AnswerProposal { .. } => Verb::AnswerProposal,
            Command::CompleteRemedy { .. } => Verb::CompleteRemedy,
            Command::Escalate { .. } => Verb::Escalate,
            Command::WatchPromises => Verb::WatchPromises,
            Command::FollowUp => Verb::FollowUp,
            Command::RecordFeedback { .. } => Verb::RecordFeedback,
            Command::Close { .. } => Verb::Close,
        }
    }
}

/// Why a complaint goes one level up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "because", rename_all = "snake_case")]
pub enum EscalationReason {
    /// A representative says so.
    Staff {
        /// Why.
        text: TextRef,
    },
    /// The customer refused the proposal.
    Refused,
    /// It is critical, which starts at level 2.
    Severity,
    /// Nobody took it in the policy's time.
    Unowned,
    /// The time to answer is used up.
    Time {
        /// The level whose time it was.
        level: Level,
    },
    /// It was reopened for the second time.
    ReopenedAgain,
}

impl EscalationReason {
    /// The name used in figures.
    pub fn code(&self) -> &'static str {
        match self {
            EscalationReason::Staff { .. } => "staff",
            EscalationReason::Refused => "refused",
            EscalationReason::Severity => "severity",
            EscalationReason::Unowned => "unowned",
            EscalationReason::Time { .. } => "time",
            EscalationReason::ReopenedAgain => "reopened_again",
        }
    }
}

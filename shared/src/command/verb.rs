//! The commands by name.

use serde::{Deserialize, Serialize};

use super::Command;

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
    /// [`Command::TakeAsConsent`]
    TakeAsConsent,
    /// [`Command::CompleteRemedy`]
    CompleteRemedy,
    /// [`Command::ChangeRemedy`]
    ChangeRemedy,
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
    /// [`Command::AskCustomer`]
    AskCustomer,
    /// [`Command::AddInformation`]
    AddInformation,
    /// [`Command::LeaveOutReply`]
    LeaveOutReply,
    /// [`Command::Consult`]
    Consult,
    /// [`Command::AnswerConsultation`]
    AnswerConsultation,
    /// [`Command::AnnounceDelay`]
    AnnounceDelay,
    /// [`Command::SettleAtOnce`]
    SettleAtOnce,
    /// [`Command::AskEscalation`]
    AskEscalation,
    /// [`Command::RecordPattern`]
    RecordPattern,
    /// [`Command::Reopen`]
    Reopen,
    /// [`Command::Withdraw`]
    Withdraw,
    /// [`Command::ProposeRefusal`]
    ProposeRefusal,
    /// [`Command::DecideRefusal`]
    DecideRefusal,
    /// [`Command::MarkDuplicate`]
    MarkDuplicate,
    /// [`Command::Absorb`]
    Absorb,
    /// [`Command::Link`]
    Link,
    /// [`Command::Unlink`]
    Unlink,
    /// [`Command::ReturnLink`]
    ReturnLink,
    /// [`Command::AddEvidence`]
    AddEvidence,
    /// [`Command::RecordScan`]
    RecordScan,
    /// [`Command::Disown`]
    Disown,
    /// [`Command::EndLinks`]
    EndLinks,
    /// [`Command::CorrectContact`]
    CorrectContact,
    /// [`Command::AskData`]
    AskData,
    /// [`Command::AskErasure`]
    AskErasure,
    /// [`Command::DeclineErasure`]
    DeclineErasure,
    /// [`Command::Restrict`]
    Restrict,
    /// [`Command::RecordExport`]
    RecordExport,
    /// [`Command::Hold`]
    Hold,
    /// [`Command::LiftHold`]
    LiftHold,
}

impl Verb {
    /// All of them.
    pub const ALL: [Verb; 48] = [
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
        Verb::TakeAsConsent,
        Verb::CompleteRemedy,
        Verb::ChangeRemedy,
        Verb::Escalate,
        Verb::WatchPromises,
        Verb::FollowUp,
        Verb::RecordFeedback,
        Verb::Close,
        Verb::AskCustomer,
        Verb::AddInformation,
        Verb::LeaveOutReply,
        Verb::Consult,
        Verb::AnswerConsultation,
        Verb::AnnounceDelay,
        Verb::SettleAtOnce,
        Verb::AskEscalation,
        Verb::RecordPattern,
        Verb::Reopen,
        Verb::Withdraw,
        Verb::ProposeRefusal,
        Verb::DecideRefusal,
        Verb::MarkDuplicate,
        Verb::Absorb,
        Verb::Link,
        Verb::Unlink,
        Verb::ReturnLink,
        Verb::AddEvidence,
        Verb::RecordScan,
        Verb::Disown,
        Verb::EndLinks,
        Verb::CorrectContact,
        Verb::AskData,
        Verb::AskErasure,
        Verb::DeclineErasure,
        Verb::Restrict,
        Verb::RecordExport,
        Verb::Hold,
        Verb::LiftHold,
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
            Command::Triage(_) => Verb::Triage,
            Command::RecordContact { .. } => Verb::RecordContact,
            Command::AddNote { .. } => Verb::AddNote,
            Command::RecordFinding(_) => Verb::RecordFinding,
            Command::Propose { .. } => Verb::Propose,
            Command::AnswerProposal { .. } => Verb::AnswerProposal,
            Command::TakeAsConsent { .. } => Verb::TakeAsConsent,
            Command::CompleteRemedy { .. } => Verb::CompleteRemedy,
            Command::ChangeRemedy { .. } => Verb::ChangeRemedy,
            Command::Escalate { .. } => Verb::Escalate,
            Command::WatchPromises => Verb::WatchPromises,
            Command::FollowUp => Verb::FollowUp,
            Command::RecordFeedback { .. } => Verb::RecordFeedback,
            Command::Close { .. } => Verb::Close,
            Command::AskCustomer { .. } => Verb::AskCustomer,
            Command::AddInformation { .. } => Verb::AddInformation,
            Command::LeaveOutReply { .. } => Verb::LeaveOutReply,
            Command::Consult { .. } => Verb::Consult,
            Command::AnswerConsultation { .. } => Verb::AnswerConsultation,
            Command::AnnounceDelay { .. } => Verb::AnnounceDelay,
            Command::SettleAtOnce { .. } => Verb::SettleAtOnce,
            Command::AskEscalation { .. } => Verb::AskEscalation,
            Command::RecordPattern { .. } => Verb::RecordPattern,
            Command::Reopen { .. } => Verb::Reopen,
            Command::Withdraw { .. } => Verb::Withdraw,
            Command::ProposeRefusal { .. } => Verb::ProposeRefusal,
            Command::DecideRefusal { .. } => Verb::DecideRefusal,
            Command::MarkDuplicate { .. } => Verb::MarkDuplicate,
            Command::Absorb { .. } => Verb::Absorb,
            Command::Link { .. } => Verb::Link,
            Command::Unlink { .. } => Verb::Unlink,
            Command::ReturnLink { .. } => Verb::ReturnLink,
            Command::AddEvidence { .. } => Verb::AddEvidence,
            Command::RecordScan { .. } => Verb::RecordScan,
            Command::Disown => Verb::Disown,
            Command::EndLinks { .. } => Verb::EndLinks,
            Command::CorrectContact { .. } => Verb::CorrectContact,
            Command::AskData { .. } => Verb::AskData,
            Command::AskErasure { .. } => Verb::AskErasure,
            Command::DeclineErasure { .. } => Verb::DeclineErasure,
            Command::Restrict { .. } => Verb::Restrict,
            Command::RecordExport { .. } => Verb::RecordExport,
            Command::Hold { .. } => Verb::Hold,
            Command::LiftHold { .. } => Verb::LiftHold,
        }
    }
}

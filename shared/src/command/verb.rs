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

//! The letters to staff, in English: one file a letter, and the words they share.

mod assigned;
mod consultation;
mod deadline_missed;
mod deadline_near;
mod digest;
mod escalated;
mod reconciliation;
mod task;
mod undeliverable;
pub(crate) mod words;

use jiff::civil::Date;

use super::{Gist, StaffFacts, writing::Writing};
use crate::letter_kind::LetterKind;

pub(super) fn write(kind: LetterKind, facts: &StaffFacts<'_>) -> Option<Writing> {
    match kind {
        LetterKind::Assigned => Some(assigned::write(facts)),
        LetterKind::Task => task::write(facts),
        LetterKind::DeadlineNear => deadline_near::write(facts),
        LetterKind::DeadlineMissed => deadline_missed::write(facts),
        LetterKind::Escalated => escalated::write(facts),
        LetterKind::Undeliverable => undeliverable::write(facts),
        LetterKind::Consultation | LetterKind::ConsultationReminder => consultation::write(facts),
        LetterKind::Acknowledgement
        | LetterKind::Update
        | LetterKind::Proposal
        | LetterKind::ProposalReminder
        | LetterKind::EscalationNotice
        | LetterKind::FinalDecision
        | LetterKind::ResolutionSummary
        | LetterKind::SatisfactionQuestion
        | LetterKind::SatisfactionReminder
        | LetterKind::Closing
        | LetterKind::Reopening
        | LetterKind::InformationRequest
        | LetterKind::InformationReminder
        | LetterKind::DelayNotice
        | LetterKind::RemedyChange
        | LetterKind::Withdrawal
        | LetterKind::Refusal
        | LetterKind::Duplicate
        | LetterKind::NewLink
        | LetterKind::Digest
        | LetterKind::MonthlyReport
        | LetterKind::Reconciliation => None,
    }
}

pub(super) fn digest(letters: &[Gist], base_url: &str) -> Writing {
    digest::write(letters, base_url)
}

pub(super) fn reconciliation(day: Date, findings: &[String]) -> Writing {
    reconciliation::write(day, findings)
}

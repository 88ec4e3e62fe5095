//! The letters in English: one file a letter, and the words they share.

mod acknowledgement;
mod assigned;
mod closing;
mod deadline_missed;
mod deadline_near;
mod escalated;
mod escalation_notice;
mod final_decision;
mod new_link;
mod proposal;
mod proposal_reminder;
mod reconciliation;
mod reopening;
mod resolution_summary;
mod satisfaction_question;
mod satisfaction_reminder;
mod task;
mod undeliverable;
mod update;
mod words;

use jiff::civil::Date;

use super::{CustomerFacts, StaffFacts, writing::Writing};
use crate::letter_kind::LetterKind;

pub(super) fn to_customer(kind: LetterKind, facts: &CustomerFacts<'_>) -> Option<Writing> {
    match kind {
        LetterKind::Acknowledgement => Some(acknowledgement::write(facts)),
        LetterKind::Update => update::write(facts),
        LetterKind::Proposal => proposal::write(facts),
        LetterKind::ProposalReminder => proposal_reminder::write(facts),
        LetterKind::EscalationNotice => escalation_notice::write(facts),
        LetterKind::FinalDecision => final_decision::write(facts),
        LetterKind::ResolutionSummary => resolution_summary::write(facts),
        LetterKind::SatisfactionQuestion => satisfaction_question::write(facts),
        LetterKind::SatisfactionReminder => satisfaction_reminder::write(facts),
        LetterKind::Closing => closing::write(facts),
        LetterKind::Reopening => Some(reopening::write(facts)),
        LetterKind::NewLink => Some(new_link::write(facts)),
        LetterKind::Assigned
        | LetterKind::Task
        | LetterKind::DeadlineNear
        | LetterKind::DeadlineMissed
        | LetterKind::Escalated
        | LetterKind::Undeliverable
        | LetterKind::MonthlyReport
        | LetterKind::Reconciliation => None,
    }
}

pub(super) fn to_staff(kind: LetterKind, facts: &StaffFacts<'_>) -> Option<Writing> {
    match kind {
        LetterKind::Assigned => Some(assigned::write(facts)),
        LetterKind::Task => task::write(facts),
        LetterKind::DeadlineNear => deadline_near::write(facts),
        LetterKind::DeadlineMissed => deadline_missed::write(facts),
        LetterKind::Escalated => escalated::write(facts),
        LetterKind::Undeliverable => undeliverable::write(facts),
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
        | LetterKind::NewLink
        | LetterKind::MonthlyReport
        | LetterKind::Reconciliation => None,
    }
}

pub(super) fn reconciliation(day: Date, findings: &[String]) -> Writing {
    reconciliation::write(day, findings)
}

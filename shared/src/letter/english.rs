//! The letters in English: one file a letter, and the words they share.

mod acknowledgement;
mod assigned;
mod closing;
mod consultation;
mod deadline_missed;
mod deadline_near;
mod delay_notice;
mod duplicate;
mod escalated;
mod escalation_notice;
mod final_decision;
mod information_reminder;
mod information_request;
mod new_link;
mod proposal;
mod proposal_reminder;
mod reconciliation;
mod refusal;
mod reopening;
mod resolution_summary;
mod satisfaction_question;
mod satisfaction_reminder;
mod task;
mod undeliverable;
mod update;
mod withdrawal;
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
        LetterKind::InformationRequest => information_request::write(facts),
        LetterKind::InformationReminder => information_reminder::write(facts),
        LetterKind::DelayNotice => delay_notice::write(facts),
        LetterKind::Withdrawal => withdrawal::write(facts),
        LetterKind::Refusal => refusal::write(facts),
        LetterKind::Duplicate => duplicate::write(facts),
        LetterKind::NewLink => Some(new_link::write(facts)),
        LetterKind::Assigned
        | LetterKind::Task
        | LetterKind::DeadlineNear
        | LetterKind::DeadlineMissed
        | LetterKind::Escalated
        | LetterKind::Undeliverable
        | LetterKind::Consultation
        | LetterKind::ConsultationReminder
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
        | LetterKind::Withdrawal
        | LetterKind::Refusal
        | LetterKind::Duplicate
        | LetterKind::NewLink
        | LetterKind::MonthlyReport
        | LetterKind::Reconciliation => None,
    }
}

pub(super) fn reconciliation(day: Date, findings: &[String]) -> Writing {
    reconciliation::write(day, findings)
}

//! The letters by name. What each says is in `letter/`.

use serde::{Deserialize, Serialize};

use crate::command::Reach;

/// A letter to a customer or to staff.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LetterKind {
    /// To the customer: we have your complaint.
    Acknowledgement,
    /// To the customer: how it goes on, written by a representative.
    Update,
    /// To the customer: what we offer.
    Proposal,
    /// To the customer: please answer our offer.
    ProposalReminder,
    /// To the customer: a higher level looks at it.
    EscalationNotice,
    /// To the customer: what was finally decided, and who can look at it outside the company.
    FinalDecision,
    /// To the customer: what was done.
    ResolutionSummary,
    /// To the customer: are you satisfied?
    SatisfactionQuestion,
    /// To the customer: please tell us whether you are satisfied.
    SatisfactionReminder,
    /// To the customer: it is closed.
    Closing,
    /// To the customer: it is open again.
    Reopening,
    /// To the customer: please tell us more.
    InformationRequest,
    /// To the customer: please tell us what we asked.
    InformationReminder,
    /// To the customer: it takes longer, and this is the new date.
    DelayNotice,
    /// To the customer: what was agreed has another date, or will not be done.
    RemedyChange,
    /// To the customer: you took it back.
    Withdrawal,
    /// To the customer: we do not take it on, and why.
    Refusal,
    /// To the customer: it goes on as another one.
    Duplicate,
    /// To the customer: a new private link.
    NewLink,
    /// To staff: it is yours.
    Assigned,
    /// To staff: something has to be done.
    Task,
    /// To staff: a date is near.
    DeadlineNear,
    /// To staff: a date has passed.
    DeadlineMissed,
    /// To staff: it came up to your level.
    Escalated,
    /// To staff: a letter did not arrive, reach the customer another way.
    Undeliverable,
    /// To staff: what they would have got as many mails at once.
    Digest,
    /// To a department: please answer this question.
    Consultation,
    /// To a department: please answer our question.
    ConsultationReminder,
    /// To managers: the month in figures.
    MonthlyReport,
    /// To managers: the books do not balance.
    Reconciliation,
}

impl LetterKind {
    /// All of them.
    pub const ALL: [LetterKind; 30] = [
        LetterKind::Acknowledgement,
        LetterKind::Update,
        LetterKind::Proposal,
        LetterKind::ProposalReminder,
        LetterKind::EscalationNotice,
        LetterKind::FinalDecision,
        LetterKind::ResolutionSummary,
        LetterKind::SatisfactionQuestion,
        LetterKind::SatisfactionReminder,
        LetterKind::Closing,
        LetterKind::Reopening,
        LetterKind::InformationRequest,
        LetterKind::InformationReminder,
        LetterKind::DelayNotice,
        LetterKind::RemedyChange,
        LetterKind::Withdrawal,
        LetterKind::Refusal,
        LetterKind::Duplicate,
        LetterKind::NewLink,
        LetterKind::Assigned,
        LetterKind::Task,
        LetterKind::DeadlineNear,
        LetterKind::DeadlineMissed,
        LetterKind::Escalated,
        LetterKind::Undeliverable,
        LetterKind::Digest,
        LetterKind::Consultation,
        LetterKind::ConsultationReminder,
        LetterKind::MonthlyReport,
        LetterKind::Reconciliation,
    ];

    /// The name used in keys and mail tags.
    pub fn code(self) -> &'static str {
        match self {
            LetterKind::Acknowledgement => "acknowledgement",
            LetterKind::Update => "update",
            LetterKind::Proposal => "proposal",
            LetterKind::ProposalReminder => "proposal-reminder",
            LetterKind::EscalationNotice => "escalation-notice",
            LetterKind::FinalDecision => "final-decision",
            LetterKind::ResolutionSummary => "resolution-summary",
            LetterKind::SatisfactionQuestion => "satisfaction-question",
            LetterKind::SatisfactionReminder => "satisfaction-reminder",
            LetterKind::Closing => "closing",
            LetterKind::Reopening => "reopening",
            LetterKind::InformationRequest => "information-request",
            LetterKind::InformationReminder => "information-reminder",
            LetterKind::DelayNotice => "delay-notice",
            LetterKind::RemedyChange => "remedy-change",
            LetterKind::Withdrawal => "withdrawal",
            LetterKind::Refusal => "refusal",
            LetterKind::Duplicate => "duplicate",
            LetterKind::NewLink => "new-link",
            LetterKind::Assigned => "assigned",
            LetterKind::Task => "task",
            LetterKind::DeadlineNear => "deadline-near",
            LetterKind::DeadlineMissed => "deadline-missed",
            LetterKind::Escalated => "escalated",
            LetterKind::Undeliverable => "undeliverable",
            LetterKind::Digest => "digest",
            LetterKind::Consultation => "consultation",
            LetterKind::ConsultationReminder => "consultation-reminder",
            LetterKind::MonthlyReport => "monthly-report",
            LetterKind::Reconciliation => "reconciliation",
        }
    }

    /// The letter of this name.
    pub fn parse(code: &str) -> Option<LetterKind> {
        LetterKind::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Whether it goes to the customer.
    pub fn is_to_customer(self) -> bool {
        self <= LetterKind::NewLink
    }

    /// Whether it goes to a department that was asked.
    pub fn is_to_department(self) -> bool {
        matches!(self, LetterKind::Consultation | LetterKind::ConsultationReminder)
    }

    /// Whether the record is incomplete while it has not reached the customer: what ends or answers it, and all before
    /// silence is taken for an answer.
    pub fn must_arrive(self) -> bool {
        matches!(
            self,
            LetterKind::Acknowledgement
                | LetterKind::Proposal
                | LetterKind::ProposalReminder
                | LetterKind::FinalDecision
                | LetterKind::RemedyChange
                | LetterKind::ResolutionSummary
                | LetterKind::SatisfactionQuestion
                | LetterKind::SatisfactionReminder
                | LetterKind::Refusal
        )
    }

    /// Whether the customer is to answer it.
    pub fn asks(self) -> bool {
        matches!(
            self,
            LetterKind::Proposal
                | LetterKind::ProposalReminder
                | LetterKind::SatisfactionQuestion
                | LetterKind::SatisfactionReminder
                | LetterKind::InformationRequest
                | LetterKind::InformationReminder
        )
    }

    /// Whether it is neither written to this customer nor missed. After data was taken away that is every letter; where the
    /// address is not that of who complained, what they have to hear is told them another way, which is somebody's task:
    /// what the record is incomplete without, and what an answer is waited for.
    pub fn is_nobodys(self, reach: Reach) -> bool {
        match reach {
            Reach::Restricted => true,
            Reach::Disowned => !self.must_arrive() && !self.asks(),
            Reach::Email | Reach::PhoneOnly | Reach::Suppressed => false,
        }
    }
}

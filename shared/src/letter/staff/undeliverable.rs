//! A letter did not arrive: the customer has to be reached another way.

use super::super::{StaffFacts, writing::Writing};
use super::words;
use crate::{
    command::UndeliverableReason, complaint::StageName, event::Event, letter_kind::LetterKind,
    profile::Profile,
};

pub(super) fn write(facts: &StaffFacts<'_>) -> Option<Writing> {
    let Event::LetterUndeliverable { letter, reason, at, elsewhere } = &facts.recorded.event else {
        return None;
    };
    let writing = words::to_staff(facts, "a letter did not arrive", "A letter did not reach the customer")
        .facts([
            ("Letter", Some(name(*letter).to_owned())),
            ("Known since", Some(words::minute(*at, facts.policy))),
            ("Why", Some(why(*reason).to_owned())),
        ])
        .say(if *elsewhere {
            "It was about something from before the address was put right, and may have gone to the former one. Please make \
             sure that the customer knows of it."
        } else {
            what_to_do(*letter, &facts.recorded.after)
        });
    Some(words::case(writing, facts))
}

fn what_to_do(letter: LetterKind, stands: &Profile) -> &'static str {
    match (stands.is_open(), is_to_answer(letter, stands)) {
        (false, _) => {
            "The complaint is over, and nothing has to be recorded any more: please tell the customer another way."
        }
        (true, true) => {
            "Please ask the customer another way, and record what they answer, or at least that you reached them."
        }
        (true, false) => "Please reach the customer another way, and record the contact.",
    }
}

/// Whether what the letter asked is still waited for: not of a proposal that was agreed to on the phone before it came.
fn is_to_answer(letter: LetterKind, stands: &Profile) -> bool {
    let is_waited_for = match letter {
        LetterKind::Proposal | LetterKind::ProposalReminder => stands.stage == StageName::Proposed,
        LetterKind::InformationRequest | LetterKind::InformationReminder => stands.waiting,
        // Of the others that ask, whether they are satisfied.
        _ => stands.stage == StageName::FollowingUp,
    };
    letter.asks() && is_waited_for
}

fn why(reason: UndeliverableReason) -> &'static str {
    match reason {
        UndeliverableReason::NoAddress => {
            "There is no e-mail address at which the customer can be written to"
        }
        UndeliverableReason::Bounced => "The receiving server refused it",
        UndeliverableReason::Suppressed => "The address is on the list of those that are not written to",
        UndeliverableReason::Rejected => "The mail service did not send it",
        UndeliverableReason::MarkedAsSpam => "The recipient marked it as spam",
    }
}

fn name(letter: LetterKind) -> &'static str {
    match letter {
        LetterKind::Acknowledgement => "Acknowledgement",
        LetterKind::Update => "Update",
        LetterKind::Proposal => "Proposal",
        LetterKind::ProposalReminder => "Reminder of the proposal",
        LetterKind::EscalationNotice => "Escalation notice",
        LetterKind::FinalDecision => "Final decision",
        LetterKind::ResolutionSummary => "Summary of the resolution",
        LetterKind::SatisfactionQuestion => "Satisfaction question",
        LetterKind::SatisfactionReminder => "Reminder of the satisfaction question",
        LetterKind::Closing => "Closing",
        LetterKind::Reopening => "Reopening",
        LetterKind::InformationRequest => "Request for information",
        LetterKind::InformationReminder => "Reminder of the request for information",
        LetterKind::DelayNotice => "Notice of delay",
        LetterKind::RemedyChange => "Change of what was agreed",
        LetterKind::Withdrawal => "Confirmation of the withdrawal",
        LetterKind::Refusal => "Refusal",
        LetterKind::Duplicate => "Notice that it goes on with another one",
        LetterKind::NewLink => "New link",
        LetterKind::Assigned
        | LetterKind::Task
        | LetterKind::DeadlineNear
        | LetterKind::DeadlineMissed
        | LetterKind::Escalated
        | LetterKind::Undeliverable
        | LetterKind::Consultation
        | LetterKind::ConsultationReminder
        | LetterKind::Digest
        | LetterKind::MonthlyReport
        | LetterKind::Reconciliation => "Letter to staff",
    }
}

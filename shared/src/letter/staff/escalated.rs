//! It came up to your level.

use super::super::{StaffFacts, writing::Writing};
use super::words;
use crate::{
    command::{EscalationReason, Flag, Pattern, Reach},
    complaint::StageName,
    event::Event,
    policy::Policy,
    values::Level,
};

pub(super) fn write(facts: &StaffFacts<'_>) -> Option<Writing> {
    let Event::Escalated { from, to, reason, .. } = &facts.recorded.event else { return None };
    let StaffFacts { policy, .. } = facts;
    let writing =
        words::to_staff(facts, &format!("escalated to level {}", to.number()), "A complaint was escalated")
            .say(went(*from, *to, policy))
            .say(why(reason, policy))
            .say(owed(facts));
    Some(words::case(writing, facts))
}

fn went(from: Level, to: Level, policy: &Policy) -> String {
    let above = words::level(to, policy);
    if from == to {
        format!("It is at level {above} already, and is to be answered anew there.")
    } else {
        format!("It went from level {} to level {above}.", words::level(from, policy))
    }
}

/// What is to be done at the new level, and by when.
fn owed(facts: &StaffFacts<'_>) -> String {
    let StaffFacts { policy, complaint, .. } = facts;
    let stands = match facts.recorded.after.stage {
        StageName::Proposed => {
            "What was proposed stands, and waits for the customer's answer. If they refuse it, it is to be answered anew at \
             this level, which can also put another in its place."
        }
        StageName::Implementing => "What was agreed stands: see to it that it is carried out.",
        StageName::FollowingUp => {
            "The answer stands. What the customer still finds wrong comes to this level."
        }
        StageName::Received
        | StageName::Acknowledged
        | StageName::Investigating
        | StageName::Closed
        | StageName::Withdrawn
        | StageName::Refused
        | StageName::Duplicate => "It is to be answered at this level.",
    };
    let Some(told) = facts.recorded.event.answer_told() else { return stands.to_owned() };
    let day = words::minute(told, policy);
    // While the customer is waited for, no date can be told.
    if complaint.waiting_since().is_some() {
        "We still wait for what the customer was asked for; they are told a date when it has come.".to_owned()
    } else if complaint.reach == Reach::Email {
        format!("The customer is told that they have an answer by {day}.")
    } else {
        format!("The customer is to have an answer by {day}.")
    }
}

fn why(reason: &EscalationReason, policy: &Policy) -> String {
    match reason {
        EscalationReason::Staff { .. } => {
            "A member of staff asked for it; the reason is in the record.".to_owned()
        }
        EscalationReason::Refused => "The customer refused the proposal.".to_owned(),
        EscalationReason::Asked { .. } => {
            "The customer asked for it; what they said is in the record, and wants an answer.".to_owned()
        }
        EscalationReason::Subject => "It is about a member of staff.".to_owned(),
        EscalationReason::Outside { flag } => match flag {
            Flag::LegalLetter | Flag::Legal => "A lawyer has written.".to_owned(),
            Flag::Regulator => "A regulator or an ombudsman has taken it up.".to_owned(),
            Flag::Media => "It is in the media.".to_owned(),
            Flag::RegulatorNamed | Flag::Vulnerable | Flag::Staff => "It is grave.".to_owned(),
        },
        EscalationReason::Redress { sum } => {
            format!(
                "What was to be given, {sum}, is more than the level before may give. It is in the record as a draft, for you to look over."
            )
        }
        EscalationReason::Pattern { pattern: Pattern::Repeated } => {
            "The customer has complained several times of late.".to_owned()
        }
        EscalationReason::Pattern { pattern: Pattern::Alike } => {
            "There are several like it of late.".to_owned()
        }
        EscalationReason::Severity => "Complaints of this severity begin at this level.".to_owned(),
        EscalationReason::Unowned => {
            format!("Nobody took it on within {}.", policy.escalation.unowned_after)
        }
        EscalationReason::Time { level } => {
            format!("The time of level {} to answer is used up.", level.number())
        }
        EscalationReason::ReopenedAgain => "It was reopened for the second time.".to_owned(),
    }
}

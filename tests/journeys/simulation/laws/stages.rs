//! Which event is legal where, and by whom: a second table beside the domain's own.

use complaints::actor::Actor;
use complaints::command::EscalationReason;
use complaints::complaint::{Complaint, StageName};
use complaints::event::{ClosedBecause, Consent, Event, Recorded, WaitEnd};
use complaints::values::Role;

use super::super::coverage::Coverage;

/// Which stages a complaint can get to from each; all of it must be seen.
const MOVES: [(StageName, &[StageName]); 7] = {
    use StageName::{
        Acknowledged, Closed, Duplicate, FollowingUp, Implementing, Investigating, Proposed, Received,
        Refused, Withdrawn,
    };
    [
        (Received, &[Acknowledged, Investigating, Withdrawn, Refused, Duplicate]),
        (Acknowledged, &[Received, Investigating, Withdrawn, Refused, Duplicate]),
        (Investigating, &[Proposed, Implementing, Withdrawn, Refused, Duplicate]),
        (Proposed, &[Implementing, Investigating, Withdrawn]),
        (Implementing, &[FollowingUp, Investigating]),
        (FollowingUp, &[Closed, Investigating]),
        (Closed, &[Investigating]),
    ]
};

/// The names of all moves.
pub(in super::super) fn moves() -> Vec<String> {
    MOVES.iter().flat_map(|(from, all)| all.iter().map(|to| move_of(*from, *to))).collect()
}

fn move_of(from: StageName, to: StageName) -> String {
    format!("move from {} to {}", from.code(), to.code())
}

/// Notes an entry among what was seen.
pub(super) fn note(recorded: &Recorded, coverage: &mut Coverage) {
    coverage.note(format!("event {}", recorded.event.name()));
    let after = recorded.after.stage;
    if let Some(before) =
        recorded.before.as_ref().map(|before| before.stage).filter(|before| *before != after)
    {
        coverage.note(move_of(before, after));
    }
}

/// 12 and 13: a legal transition, by an actor who may, from the level to the next.
pub(super) fn check(
    before: Option<&Complaint>,
    recorded: &Recorded,
    after: &Complaint,
) -> Result<(), String> {
    let Some(before) = before else {
        return match (&recorded.event, &recorded.actor) {
            (Event::Received { .. }, Actor::Customer | Actor::Staff { .. }) => Ok(()),
            _ => Err("12: a trail begins with its receipt".into()),
        };
    };
    let (from, to) = (before.stage_name(), after.stage_name());
    if !is_legal(&recorded.event, before, to) {
        return Err(format!("12: from {} to {}", from.code(), to.code()));
    }
    if !is_allowed(&recorded.event, &recorded.actor, before) {
        return Err(format!("12: at {:?}", before.level));
    }
    let is_fine = match &recorded.event {
        // With its reason in the record a level may be passed by.
        Event::Escalated {
            reason:
                EscalationReason::Outside { .. } | EscalationReason::Redress { .. } | EscalationReason::Subject,
            ..
        } => after.level > before.level,
        // What went up while a proposal stood is there already when that is refused.
        Event::Escalated { from, to, reason: EscalationReason::Refused, .. } => {
            *from == before.level && after.level == *to && (from == to || Some(*to) == from.next())
        }
        Event::Escalated { .. } => Some(after.level) == before.level.next(),
        _ => after.level == before.level,
    };
    if !is_fine {
        return Err(format!("13: from {:?} to {:?}", before.level, after.level));
    }
    Ok(())
}

fn is_legal(event: &Event, before: &Complaint, to: StageName) -> bool {
    use StageName::{
        Acknowledged, Closed, Duplicate, FollowingUp, Implementing, Investigating, Proposed, Received,
        Refused, Withdrawn,
    };
    let from = before.stage_name();
    let over = matches!(from, Closed | Withdrawn | Refused | Duplicate);
    let unanswered = matches!(from, Received | Acknowledged | Investigating);
    match event {
        Event::Received { .. } => false,
        Event::Acknowledged { .. } => to == if from == Received { Acknowledged } else { from },
        Event::LetterUndeliverable { .. } => to == from || (from, to) == (Acknowledged, Received),
        Event::ContactMade { .. } => !over && (to == from || (from, to) == (Received, Acknowledged)),
        Event::NoteAdded { .. } => !over && to == if unanswered { Investigating } else { from },
        Event::InformationAsked { .. } => matches!(from, Acknowledged | Investigating) && to == Investigating,
        Event::Consulted { .. } => unanswered && to == Investigating,
        Event::FindingRecorded { .. } => {
            unanswered && to == Investigating || (from, to) == (Proposed, Proposed)
        }
        Event::WaitEnded { .. } => (from, to) == (Investigating, Investigating),
        Event::InformationAdded { resumed, .. } => to == from && (resumed.is_none() || from == Investigating),
        Event::DelayAnnounced { .. } | Event::RefusalProposed { .. } | Event::RefusalDeclined { .. } => {
            to == from && unanswered
        }
        Event::Withdrawn { .. } => (unanswered || from == Proposed) && to == Withdrawn,
        Event::Refused { .. } => unanswered && to == Refused,
        Event::MarkedDuplicate { .. } => unanswered && to == Duplicate,
        Event::Restricted { .. } => to == from && over,
        Event::PatternFound { .. }
        | Event::DuplicateAbsorbed { .. }
        | Event::Linked { .. }
        | Event::Unlinked { .. }
        | Event::EvidenceScanned { .. }
        | Event::ReplyLeftOut { .. }
        | Event::Disowned { .. }
        | Event::LinksEnded { .. }
        | Event::ContactCorrected { .. }
        | Event::DataAsked { .. }
        | Event::ErasureAsked { .. }
        | Event::ErasureDeclined { .. }
        | Event::Exported { .. }
        | Event::HoldSet { .. }
        | Event::HoldLifted { .. } => to == from,
        Event::Proposed { .. } => matches!(from, Investigating | Proposed) && to == Proposed,
        Event::Decided { .. } => matches!(from, Investigating | Proposed) && to == Implementing,
        Event::ProposalAccepted { .. } => (from, to) == (Proposed, Implementing),
        // What had come before their silence was taken for a yes is taken down later.
        Event::ProposalRefused { said_at, .. } => {
            let silence = before.silence().filter(|_| matches!(from, Implementing | FollowingUp));
            let is_late = silence.zip(*said_at).is_some_and(|(silence, said)| silence.was_broken_by(said));
            to == Investigating && (from == Proposed || is_late)
        }
        Event::EvidenceAdded { .. }
        | Event::ConsultationAnswered { .. }
        | Event::Assigned { .. }
        | Event::Triaged { .. }
        | Event::Escalated { .. }
        | Event::PromiseWarned { .. }
        | Event::PromiseMissed { .. } => to == from && !over,
        Event::RemedyDone { .. } | Event::RemedyChanged { .. } => (from, to) == (Implementing, Implementing),
        Event::Resolved { .. } => (from, to) == (Implementing, FollowingUp),
        Event::SatisfactionAsked { .. } => (from, to) == (FollowingUp, FollowingUp),
        Event::FeedbackGiven { .. } => to == from && matches!(from, FollowingUp | Closed),
        Event::Closed { .. } => (from, to) == (FollowingUp, Closed),
        Event::Reopened { .. } => matches!(from, FollowingUp | Closed) && to == Investigating,
    }
}

fn is_allowed(event: &Event, actor: &Actor, before: &Complaint) -> bool {
    let is_system = *actor == Actor::System;
    let is_staff = |least: Role| actor.role().is_some_and(|role| role >= least);
    match event {
        Event::Received { .. } => false,
        Event::Acknowledged { .. }
        | Event::LetterUndeliverable { .. }
        | Event::PromiseWarned { .. }
        | Event::PromiseMissed { .. }
        | Event::WaitEnded { because: WaitEnd::Silence | WaitEnd::File | WaitEnd::Duplicate, .. }
        | Event::PatternFound { .. }
        | Event::DuplicateAbsorbed { .. }
        | Event::EvidenceScanned { .. }
        | Event::ReplyLeftOut { .. }
        | Event::SatisfactionAsked { .. } => is_system,
        Event::DelayAnnounced { text, .. } | Event::Linked { text, .. } | Event::Unlinked { text, .. } => {
            if text.is_some() {
                is_staff(Role::Csr)
            } else {
                is_system
            }
        }
        Event::ConsultationAnswered { .. } => {
            matches!(actor, Actor::Department { .. }) || is_staff(Role::Csr)
        }
        Event::InformationAdded { .. }
        | Event::Withdrawn { .. }
        | Event::EvidenceAdded { .. }
        | Event::LinksEnded { .. }
        | Event::DataAsked { .. }
        | Event::ErasureAsked { .. } => *actor == Actor::Customer || is_staff(Role::Csr),
        Event::Disowned { .. } => *actor == Actor::Customer,
        // Who says they never complained is not waited for.
        Event::WaitEnded { because: WaitEnd::Unheard, .. } => is_system || *actor == Actor::Customer,
        Event::Refused { .. }
        | Event::RefusalDeclined { .. }
        | Event::ErasureDeclined { .. }
        | Event::Restricted { .. }
        | Event::Exported { .. }
        | Event::HoldSet { .. }
        | Event::HoldLifted { .. } => is_staff(Role::Manager),
        // Of who cannot be reached a person says it, and why.
        Event::ProposalAccepted { consent: Consent::Silence, reason: Some(_), .. } => {
            is_staff(before.level.role().max(Role::Manager))
        }
        Event::Assigned { .. }
        | Event::Triaged { .. }
        | Event::ContactMade { .. }
        | Event::NoteAdded { .. }
        | Event::FindingRecorded { .. }
        | Event::InformationAsked { .. }
        | Event::Consulted { .. }
        | Event::RefusalProposed { .. }
        | Event::MarkedDuplicate { .. }
        | Event::RemedyChanged { .. }
        | Event::ContactCorrected { .. }
        | Event::RemedyDone { .. } => is_staff(Role::Csr),
        Event::Proposed { .. } | Event::Decided { .. } => is_staff(before.level.role()),
        Event::ProposalAccepted { consent, .. } => (*consent == Consent::Silence) == is_system,
        Event::ProposalRefused { .. } | Event::FeedbackGiven { .. } | Event::Reopened { .. } => !is_system,
        Event::Escalated { reason, .. } => match reason {
            EscalationReason::Staff { .. } => is_staff(before.level.role()),
            EscalationReason::Severity
            | EscalationReason::Subject
            | EscalationReason::Outside { .. }
            | EscalationReason::Redress { .. } => is_staff(Role::Csr),
            EscalationReason::Refused | EscalationReason::Asked { .. } | EscalationReason::ReopenedAgain => {
                !is_system
            }
            EscalationReason::Unowned | EscalationReason::Time { .. } => is_system,
            // Found by the system; what was resolved by then goes up at the word that takes it up again.
            EscalationReason::Pattern { pattern } => {
                is_system || before.reopenings > 0 && before.patterns.contains(pattern)
            }
        },
        Event::Resolved { .. } => true,
        Event::Closed { because, .. } => match because {
            ClosedBecause::Feedback => !is_system,
            ClosedBecause::Silence => is_system,
            ClosedBecause::Staff => is_staff(Role::Csr),
        },
    }
}

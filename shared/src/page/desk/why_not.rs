//! Why something cannot be done with a complaint now, in words.

use crate::{
    actor::Actor,
    command::{Reach, Verb},
    complaint::Complaint,
    decide::{allowed_in, may},
    rejection::Rejection,
};

/// Why not; for what is not offered.
pub(super) fn why_not(complaint: &Complaint, actor: &Actor, verb: Verb) -> String {
    if matches!(actor, Actor::Staff { id, .. } if complaint.subject.as_ref() == Some(id)) {
        return "It is about you".to_owned();
    }
    let stage = complaint.stage_name();
    let first = match verb {
        Verb::AddNote | Verb::RecordFinding | Verb::SettleAtOnce if complaint.category.is_none() => {
            Some("Triage comes first")
        }
        Verb::Propose if complaint.finding.is_none() => Some("What was found has to be recorded first"),
        _ => None,
    };
    let first = first.filter(|_| stage.owes_answer());
    if !allowed_in(verb, stage) && first.is_none() {
        return format!("Not while it is {}", stage.title().to_lowercase());
    }
    if verb == Verb::Escalate && complaint.level.is_final() {
        return "It is at the highest level".to_owned();
    }
    if let Err(Rejection::NotAllowed { needs: Some(role) }) = may(actor, verb, complaint.level) {
        return format!("That is for the {} to do", role.title());
    }
    if let Some(first) = first {
        return first.to_owned();
    }
    match verb {
        Verb::AddNote | Verb::RecordFinding | Verb::Consult | Verb::SettleAtOnce => {
            "The acknowledgement comes first"
        }
        Verb::Assign => "Somebody else has it: giving it away is for them or the manager to do",
        Verb::Reopen if complaint.reach != Reach::Restricted => "The time for it has passed",
        Verb::AnswerConsultation => "No department has to answer",
        Verb::AskCustomer => "There is no e-mail address that a question could go to",
        Verb::MarkDuplicate => "Whoever has the address says they never complained",
        Verb::AnnounceDelay => "The time to answer stands still",
        Verb::DecideRefusal => "No refusal was proposed",
        Verb::AskData if complaint.data_asked => "It was asked for",
        Verb::AskErasure if complaint.erasure_asked => "It was asked for",
        Verb::DeclineErasure => "Nobody has asked for it",
        Verb::AnswerProposal if complaint.is_decided_for_good() => "A final decision needs no answer",
        Verb::AnswerProposal => "They have answered",
        Verb::TakeAsConsent if complaint.wrote => {
            "The customer has written since: record what they mean by it"
        }
        Verb::TakeAsConsent => "The customer still has time to answer",
        Verb::Unlink if complaint.linked.is_empty() => "No other complaint is linked",
        Verb::Hold => "It is held",
        Verb::LiftHold => "It is not held",
        Verb::Restrict if complaint.held => "It is held",
        _ => "The customer’s data is erased",
    }
    .to_owned()
}

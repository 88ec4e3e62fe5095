//! Which command is possible in which stage, and by whom. The one table of legal transitions.

use super::resolve;
use crate::{
    actor::Actor,
    command::{Command, Reach, Verb},
    complaint::{Acknowledgement, Complaint, StageName},
    rejection::Rejection,
    values::{Level, Role},
};

/// Whether a command is possible in a stage at all.
///
/// Times and letters' fates can come at any stage, and so can what a customer adds, what is asked of their data, and
/// that they never complained. A
/// closed record takes feedback (within the window it reopens), and no further handling; nor do the other ends.
pub fn allowed_in(verb: Verb, stage: StageName) -> bool {
    use StageName::{Acknowledged, Closed, FollowingUp, Implementing, Investigating, Proposed, Received};
    match verb {
        Verb::Receive => false,
        Verb::Acknowledge
        | Verb::ReportUndeliverable
        | Verb::WatchPromises
        | Verb::FollowUp
        | Verb::AddInformation
        | Verb::LeaveOutReply
        | Verb::RecordPattern
        | Verb::Absorb
        | Verb::Link
        | Verb::Unlink
        | Verb::ReturnLink
        | Verb::RecordScan
        | Verb::Disown
        | Verb::EndLinks
        | Verb::CorrectContact
        | Verb::AskData
        | Verb::AskErasure
        | Verb::DeclineErasure
        | Verb::RecordExport
        | Verb::Hold
        | Verb::LiftHold => true,
        // What it is about and at which level it is can change as long as anything is owed.
        Verb::Assign
        | Verb::Triage
        | Verb::Escalate
        | Verb::RecordContact
        | Verb::AddNote
        | Verb::Close
        | Verb::AddEvidence => !stage.is_end(),
        Verb::AnnounceDelay | Verb::ProposeRefusal | Verb::DecideRefusal | Verb::MarkDuplicate => {
            stage.owes_answer()
        }
        Verb::Consult => stage.owes_answer(),
        Verb::AskCustomer => matches!(stage, Acknowledged | Investigating),
        Verb::SettleAtOnce => matches!(stage, Received | Acknowledged),
        // One that nobody has answered can be put right, or decided above.
        Verb::Propose => matches!(stage, Investigating | Proposed),
        Verb::AnswerConsultation => matches!(stage, Investigating | Proposed | Implementing | FollowingUp),
        Verb::TakeAsConsent => stage == Proposed,
        // A no that had come before their silence was taken for a yes is one still, and so is one to what a person took so.
        Verb::AnswerProposal => matches!(stage, Proposed | Implementing | FollowingUp),
        Verb::RecordFinding | Verb::Withdraw => stage.owes_answer() || stage == Proposed,
        // Who has had all that was promised says what is wrong with it, which takes it up again.
        Verb::AskEscalation => stage.owes_answer() || matches!(stage, Proposed | Implementing),
        Verb::CompleteRemedy | Verb::ChangeRemedy => stage == Implementing,
        Verb::RecordFeedback | Verb::Reopen => matches!(stage, FollowingUp | Closed),
        Verb::Restrict => stage.is_end(),
    }
}

/// The least authority that a command needs.
enum Needs {
    Staff(Role),
    Customer,
    CustomerOrStaff,
    DepartmentOrStaff,
    System,
}

fn needs(verb: Verb, level: Level) -> Needs {
    match verb {
        Verb::Receive
        | Verb::AnswerProposal
        | Verb::RecordFeedback
        | Verb::AddInformation
        | Verb::AskEscalation
        | Verb::Reopen
        | Verb::Withdraw
        | Verb::AddEvidence
        | Verb::EndLinks
        | Verb::AskData
        | Verb::AskErasure => Needs::CustomerOrStaff,
        Verb::Disown => Needs::Customer,
        Verb::AnswerConsultation => Needs::DepartmentOrStaff,
        Verb::Acknowledge
        | Verb::ReportUndeliverable
        | Verb::WatchPromises
        | Verb::FollowUp
        | Verb::RecordPattern
        | Verb::Absorb
        | Verb::ReturnLink
        | Verb::LeaveOutReply
        | Verb::RecordScan => Needs::System,
        // Whether a level can settle it, and how, is that level's to say.
        Verb::Propose | Verb::SettleAtOnce | Verb::ChangeRemedy | Verb::Escalate | Verb::MarkDuplicate => {
            Needs::Staff(level.role())
        }
        Verb::Assign
        | Verb::Triage
        | Verb::RecordContact
        | Verb::CorrectContact
        | Verb::AddNote
        | Verb::RecordFinding
        | Verb::AskCustomer
        | Verb::Consult
        | Verb::AnnounceDelay
        | Verb::ProposeRefusal
        | Verb::CompleteRemedy
        | Verb::Link
        | Verb::Unlink
        | Verb::Close => Needs::Staff(Role::Csr),
        Verb::DecideRefusal | Verb::TakeAsConsent => Needs::Staff(refuses(level)),
        Verb::DeclineErasure | Verb::Restrict | Verb::RecordExport | Verb::Hold | Verb::LiftHold => {
            Needs::Staff(Role::Manager)
        }
    }
}

/// Who may refuse a complaint of this level, or say what a customer's silence means: a manager, and at the highest level the final decider.
pub(crate) fn refuses(level: Level) -> Role {
    level.role().max(Role::Manager)
}

/// Whether the actor may give this command on a complaint of this level.
pub fn may(actor: &Actor, verb: Verb, level: Level) -> Result<(), Rejection> {
    let (granted, least) = match (needs(verb, level), actor) {
        (Needs::Staff(least), Actor::Staff { role, .. }) => (*role >= least, Some(least)),
        (Needs::Staff(least), Actor::Customer | Actor::Department { .. } | Actor::System) => {
            (false, Some(least))
        }
        (Needs::Customer, actor) => (*actor == Actor::Customer, None),
        (Needs::CustomerOrStaff, actor) => (matches!(actor, Actor::Customer | Actor::Staff { .. }), None),
        (Needs::DepartmentOrStaff, actor) => {
            (matches!(actor, Actor::Department { .. } | Actor::Staff { .. }), None)
        }
        (Needs::System, actor) => (*actor == Actor::System, None),
    };
    if granted { Ok(()) } else { Err(Rejection::NotAllowed { needs: least }) }
}

/// What the actor can do with the complaint now.
pub fn allowed_now(complaint: &Complaint, actor: &Actor) -> Vec<Verb> {
    Verb::ALL
        .into_iter()
        .filter(|verb| is_possible(complaint, *verb, actor))
        .filter(|verb| may(actor, *verb, complaint.level).is_ok() && !complaint.is_about(actor))
        .filter(|verb| has_its_object(complaint, *verb))
        .filter(|verb| *verb != Verb::Assign || may_assign(complaint, actor))
        .filter(|verb| {
            *verb != Verb::EndLinks || *actor != Actor::Customer || complaint.reach == Reach::Email
        })
        .collect()
}

/// Whether the stage of this very complaint allows it to this actor.
fn is_possible(complaint: &Complaint, verb: Verb, actor: &Actor) -> bool {
    let stage = complaint.stage_name();
    allowed_in(verb, stage)
        && !is_of_nobody(complaint, verb)
        && !is_an_answer(stage, verb, actor)
        && !is_answered(complaint, verb, actor)
        && !waits_for_acknowledgement(complaint, verb)
}

/// Whether the acknowledgement comes first, which is on its way. Whom none reaches has their complaint looked into all the
/// same.
fn waits_for_acknowledgement(complaint: &Complaint, verb: Verb) -> bool {
    let looks_into_it =
        matches!(verb, Verb::AddNote | Verb::RecordFinding | Verb::Consult | Verb::SettleAtOnce);
    let is_owed = complaint.acknowledgement == Acknowledgement::Owed;
    looks_into_it && is_owed && complaint.stage_name() == StageName::Received
}

/// Whether it is something that only a customer can bring, or words about what they said, of whom nothing is kept any more.
fn is_of_nobody(complaint: &Complaint, verb: Verb) -> bool {
    let is_customers = matches!(
        verb,
        Verb::AddInformation
            | Verb::LeaveOutReply
            | Verb::AddEvidence
            | Verb::Reopen
            | Verb::RecordFeedback
            | Verb::RecordExport
            | Verb::CorrectContact
            | Verb::Link
            | Verb::Unlink
    );
    is_customers && complaint.reach == Reach::Restricted
}

/// Whether it would answer a proposal that the customer may not have seen yet: they answer one by its number. Staff, who
/// name the version that they see, may say in one what they are told on the phone.
fn is_an_answer(stage: StageName, verb: Verb, actor: &Actor) -> bool {
    verb == Verb::AskEscalation && stage == StageName::Proposed && *actor == Actor::Customer
}

/// Whether the proposal is answered already. Where silence was taken for an answer, staff may find one that had come before.
fn is_answered(complaint: &Complaint, verb: Verb, actor: &Actor) -> bool {
    verb == Verb::AnswerProposal
        && complaint.stage_name() != StageName::Proposed
        && (*actor == Actor::Customer || complaint.silence().is_none())
}

/// Whether there is what the command is about: nothing to refuse, answer or decline is offered to nobody.
fn has_its_object(complaint: &Complaint, verb: Verb) -> bool {
    match verb {
        Verb::AddNote | Verb::RecordFinding | Verb::SettleAtOnce => complaint.category.is_some(),
        Verb::Propose => complaint.finding.is_some(),
        Verb::Escalate => complaint.level < Level::Three,
        Verb::AskCustomer => complaint.reach == Reach::Email,
        Verb::Disown => complaint.reach.has_address(),
        Verb::MarkDuplicate => complaint.reach != Reach::Disowned,
        Verb::AnswerConsultation => !complaint.consulted.is_empty(),
        Verb::AnnounceDelay => complaint.waiting_since().is_none(),
        Verb::DecideRefusal => complaint.refusal.is_some(),
        Verb::AskData => !complaint.data_asked && complaint.reach != Reach::Restricted,
        Verb::AskErasure => !complaint.erasure_asked && complaint.reach != Reach::Restricted,
        Verb::DeclineErasure => complaint.erasure_asked,
        Verb::Restrict => !complaint.held && complaint.reach != Reach::Restricted,
        Verb::TakeAsConsent => resolve::is_consent_overdue(complaint) && !complaint.wrote,
        Verb::Unlink => !complaint.linked.is_empty(),
        Verb::Hold => !complaint.held,
        Verb::LiftHold => complaint.held,
        _ => true,
    }
}

/// Whether the actor may take in a complaint: the customer for themselves, staff for a customer.
pub(super) fn check_new(actor: &Actor) -> Result<(), Rejection> {
    may(actor, Verb::Receive, Level::One)
}

pub(super) fn check_actor(complaint: &Complaint, command: &Command, actor: &Actor) -> Result<(), Rejection> {
    may(actor, command.verb(), complaint.level)?;
    // Nobody handles a complaint about themselves.
    if complaint.is_about(actor) {
        return Err(Rejection::NotAllowed { needs: None });
    }
    assigns_another(complaint, command, actor)
}

pub(super) fn check_stage(complaint: &Complaint, command: &Command, actor: &Actor) -> Result<(), Rejection> {
    if is_possible(complaint, command.verb(), actor) {
        Ok(())
    } else {
        Err(Rejection::Illegal { stage: complaint.stage_name(), allowed: allowed_now(complaint, actor) })
    }
}

/// Whether there is anybody whom they may give it to.
fn may_assign(complaint: &Complaint, actor: &Actor) -> bool {
    let Actor::Staff { id, role: Role::Csr } = actor else { return true };
    complaint.owner.as_ref().is_none_or(|owner| owner == id)
}

/// A representative may take what nobody owns, or hand on what is theirs; giving work to others is the manager's.
fn assigns_another(complaint: &Complaint, command: &Command, actor: &Actor) -> Result<(), Rejection> {
    let (Command::Assign { owner }, Actor::Staff { id, role: Role::Csr }) = (command, actor) else {
        return Ok(());
    };
    let takes = owner == id && complaint.owner.is_none();
    let hands_on = complaint.owner.as_ref() == Some(id);
    if takes || hands_on { Ok(()) } else { Err(Rejection::NotAllowed { needs: Some(Role::Manager) }) }
}

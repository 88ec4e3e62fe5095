//! Which command is possible in which stage, and by whom. The one table of legal transitions.

use crate::{
    actor::Actor,
    command::{Command, Verb},
    complaint::{Complaint, StageName},
    rejection::Rejection,
    values::{Level, Role},
};

/// Whether a command is possible in a stage at all.
///
/// Times and letters' fates can come at any stage. A closed record takes feedback (within the window it reopens),
/// and nothing else from people.
pub fn allowed_in(verb: Verb, stage: StageName) -> bool {
    use StageName::{Acknowledged, Closed, FollowingUp, Implementing, Investigating, Proposed, Received};
    match verb {
        Verb::Receive => false,
        Verb::Acknowledge | Verb::ReportUndeliverable | Verb::WatchPromises | Verb::FollowUp => true,
        Verb::Assign | Verb::RecordContact | Verb::Close => stage != Closed,
        Verb::Triage => matches!(stage, Received | Acknowledged | Investigating),
        Verb::AddNote => stage != Closed && stage != Received,
        Verb::RecordFinding => matches!(stage, Acknowledged | Investigating),
        Verb::Escalate => matches!(stage, Received | Acknowledged | Investigating),
        Verb::Propose => stage == Investigating,
        Verb::AnswerProposal => stage == Proposed,
        Verb::CompleteRemedy => stage == Implementing,
        Verb::RecordFeedback => matches!(stage, FollowingUp | Closed),
    }
}

/// The least authority that a command needs.
enum Needs {
    Staff(Role),
    CustomerOrStaff,
    System,
}

fn needs(verb: Verb, level: Level) -> Needs {
    match verb {
        Verb::Receive | Verb::AnswerProposal | Verb::RecordFeedback => Needs::CustomerOrStaff,
        Verb::Acknowledge | Verb::ReportUndeliverable | Verb::WatchPromises | Verb::FollowUp => Needs::System,
        // Whether a level can settle it, and how, is that level's to say.
        Verb::Propose | Verb::Escalate => Needs::Staff(level.role()),
        Verb::Assign
        | Verb::Triage
        | Verb::RecordContact
        | Verb::AddNote
        | Verb::RecordFinding
        | Verb::CompleteRemedy
        | Verb::Close => Needs::Staff(Role::Csr),
    }
}

/// Whether the actor may give this command on a complaint of this level.
pub fn may(actor: &Actor, verb: Verb, level: Level) -> Result<(), Rejection> {
    let (granted, least) =
        match (needs(verb, level), actor) {
            (Needs::CustomerOrStaff, Actor::Customer | Actor::Staff { .. })
            | (Needs::System, Actor::System) => (true, None),
            (Needs::Staff(least), Actor::Staff { role, .. }) => (*role >= least, Some(least)),
            (Needs::Staff(least), Actor::Customer | Actor::System) => (false, Some(least)),
            (Needs::CustomerOrStaff, Actor::System)
            | (Needs::System, Actor::Customer | Actor::Staff { .. }) => (false, None),
        };
    if granted { Ok(()) } else { Err(Rejection::NotAllowed { needs: least }) }
}

/// What the actor can do with the complaint now.
pub fn allowed_now(complaint: &Complaint, actor: &Actor) -> Vec<Verb> {
    Verb::ALL
        .into_iter()
        .filter(|verb| allowed_in(*verb, complaint.stage_name()))
        .filter(|verb| may(actor, *verb, complaint.level).is_ok())
        .collect()
}

/// Whether the actor may take in a complaint: the customer for themselves, staff for a customer.
pub(super) fn check_new(actor: &Actor) -> Result<(), Rejection> {
    may(actor, Verb::Receive, Level::One)
}

pub(super) fn check_actor(complaint: &Complaint, command: &Command, actor: &Actor) -> Result<(), Rejection> {
    may(actor, command.verb(), complaint.level)?;
    assigns_another(complaint, command, actor)
}

pub(super) fn check_stage(complaint: &Complaint, command: &Command, actor: &Actor) -> Result<(), Rejection> {
    let stage = complaint.stage_name();
    if allowed_in(command.verb(), stage) {
        Ok(())
    } else {
        Err(Rejection::Illegal { stage, allowed: allowed_now(complaint, actor) })
    }
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

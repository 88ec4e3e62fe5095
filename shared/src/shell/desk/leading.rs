//! What only those see who lead.

use super::access;
use crate::{
    access::Access,
    actor::Actor,
    problem::Problem,
    shell::{Shell, answer::Refusal, request::Request},
    values::{Role, StaffId},
};

/// Who asks, if they get the reports: managers and final deciders. Who does not is refused, and that is recorded.
pub async fn leading(shell: &Shell, request: &Request) -> Result<Actor, Refusal> {
    from(Role::Manager, "This is for managers and final deciders.", shell, request).await
}

/// Who asks, if they decide what is done about a report: final deciders, by their id. Who does not is refused, and that is
/// recorded.
pub async fn deciding(shell: &Shell, request: &Request) -> Result<StaffId, Refusal> {
    match from(Role::Final, "What is done about a report is for final deciders to say.", shell, request)
        .await?
    {
        Actor::Staff { id, .. } => Ok(id),
        Actor::Customer | Actor::Department { .. } | Actor::System => Err(Problem::unauthorized().into()),
    }
}

async fn from(least: Role, whose: &str, shell: &Shell, request: &Request) -> Result<Actor, Refusal> {
    let actor = request.staff()?;
    if actor.role().is_some_and(|role| role >= least) {
        return Ok(actor);
    }
    let refused = Access { refused: true, ..access(shell, request, &actor)? };
    shell.ledger().note_desk_access(&refused).await?;
    Err(Problem::forbidden(whose).into())
}

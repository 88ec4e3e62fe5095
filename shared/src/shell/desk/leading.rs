//! What only those see who lead.

use super::{Noted, note};
use crate::{
    actor::Actor,
    problem::Problem,
    shell::{Shell, answer::Refusal, request::Request},
    values::{Role, StaffId},
};

/// How the records of refusals name what is about no complaint.
const SUBJECT: &str = "reports";

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
    note(shell, request, &actor, SUBJECT, Noted::Refused).await?;
    Err(Problem::forbidden(whose).into())
}

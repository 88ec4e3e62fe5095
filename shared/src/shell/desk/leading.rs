//! What only those see who lead.

use super::{Noted, note};
use crate::{
    actor::Actor,
    problem::Problem,
    shell::{Shell, answer::Refusal, request::Request},
    values::Role,
};

/// How the records of refusals name what is about no complaint.
const SUBJECT: &str = "reports";

/// Who asks, if they get the reports: managers and final deciders. Who does not is refused, and that is recorded.
pub async fn leading(shell: &Shell, request: &Request) -> Result<Actor, Refusal> {
    let actor = request.staff()?;
    if actor.role().is_some_and(|role| role > Role::Csr) {
        return Ok(actor);
    }
    note(shell, request, &actor, SUBJECT, Noted::Refused).await?;
    Err(Problem::forbidden("This is for managers and final deciders.").into())
}

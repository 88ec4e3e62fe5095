//! What only those see who lead.

use super::access;
use crate::{
    access::Access,
    actor::Actor,
    problem::Problem,
    shell::{Shell, answer::Refusal, request::Request},
    values::Role,
};

/// Who asks, if they get the reports: managers and final deciders. Who does not is refused, and that is recorded.
pub async fn leading(shell: &Shell, request: &Request) -> Result<Actor, Refusal> {
    let actor = request.staff()?;
    if actor.role().is_some_and(|role| role > Role::Csr) {
        return Ok(actor);
    }
    let refused = Access { refused: true, ..access(shell, request, &actor)? };
    shell.ledger().note_desk_access(&refused).await?;
    Err(Problem::forbidden("This is for managers and final deciders.").into())
}

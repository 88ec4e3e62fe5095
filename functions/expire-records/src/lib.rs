//! Removes records whose time is over, every day. Nothing else removes what was recorded, and nothing that is held.

use complaints::{
    shell::{Shell, StepError, ledger::Expiring, sweep::Tick},
    values::ComplaintId,
};
use serde::Serialize;

/// What a turn did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Expired {
    /// Records that were removed.
    pub removed: usize,
    /// Records that could not be removed; the next turn finds them again.
    pub failed: usize,
}

/// Removes all that are over, to the end of the list. One that fails does not keep the others; the turn as a whole then
/// fails, so that it is seen.
pub async fn handle(shell: &Shell, _: Tick) -> Result<Expired, StepError> {
    let (mut expired, mut failure) = (Expired::default(), None);
    let expiring = shell.ledger().expiring().await?;
    if expiring.is_empty() {
        return Ok(expired);
    }
    let unpublished = shell.ledger().with_unpublished_events().await?;
    for one in expiring {
        let removed = match one {
            // Others hear of its events first.
            Expiring::Complaint(id) if unpublished.contains(&id) => Ok(false),
            Expiring::Complaint(id) => remove(shell, id).await,
            Expiring::Begun(id) => finish(shell, id).await.map(|()| true),
        };
        match removed {
            Ok(removed) => expired.removed += usize::from(removed),
            Err(error) => {
                tracing::error!(%error, record = ?one, "a record was not removed");
                expired.failed += 1;
                failure = Some(error);
            }
        }
    }
    tracing::info!(removed = expired.removed, failed = expired.failed, "records expired");
    failure.map_or(Ok(expired), Err)
}

async fn remove(shell: &Shell, id: ComplaintId) -> Result<bool, StepError> {
    if !shell.ledger().begin_removal(id).await? {
        return Ok(false);
    }
    finish(shell, id).await.map(|()| true)
}

/// Files first: which there are is told by the events, which go last.
async fn finish(shell: &Shell, id: ComplaintId) -> Result<(), StepError> {
    shell.remove_files(id).await?;
    shell.ledger().finish_removal(id).await
}

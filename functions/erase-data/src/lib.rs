//! Removes what a customer told and sent, and what was written about them, once it is recorded that it is taken away. The reason
//! for that stays.

use complaints::{
    event::Event,
    shell::{Shell, StepError, notice::Notice},
};

/// Removes all there is, however often the notice comes: the second time there is nothing.
pub async fn handle(shell: &Shell, notice: Notice) -> Result<(), StepError> {
    let (id, version) = (notice.detail.complaint, notice.detail.version);
    let Some(recorded) = shell.ledger().event(id, version).await? else { return Ok(()) };
    let Event::Restricted { text: reason, .. } = recorded.event else { return Ok(()) };
    if let Some(complaint) = shell.ledger().load(id).await? {
        shell.ledger().erase_gists(&complaint).await?;
    }
    let files = shell.remove_files(id).await?;
    let removed = shell.ledger().erase_texts(id, reason.id).await?;
    tracing::info!(complaint = %id, removed, files, "a customer's data was erased");
    Ok(())
}

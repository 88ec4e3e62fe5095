//! Removes what a customer told and sent, and what was written about them, once it is recorded that it is taken away. The reason
//! for that stays.

use complaints::{
    event::{Event, Recorded},
    shell::{Shell, StepError, notice::Notice},
    values::TextId,
};

/// Removes all there is, however often the notice comes: the second time there is nothing. A hold beats it as long as it
/// lasts: the notice comes again, and at last lies where an alarm asks for somebody.
pub async fn handle(shell: &Shell, notice: Notice) -> Result<(), StepError> {
    let (id, version) = (notice.detail.complaint, notice.detail.version);
    let Some(recorded) = shell.ledger().event(id, version).await? else { return Ok(()) };
    let Event::Restricted { text: reason, .. } = recorded.event else { return Ok(()) };
    let history = shell.ledger().events(id).await?;
    if let Some(complaint) = shell.ledger().load(id).await? {
        if complaint.held {
            return Err(StepError::retry("erase data", id.to_string(), "the record is held"));
        }
        shell.ledger().erase_gists(&complaint, &history).await?;
    }
    let files = shell.remove_files(id).await?;
    let mut kept = vec![reason.id];
    kept.extend(history.iter().filter(|since| since.version > version).filter_map(of_staff));
    let removed = shell.ledger().erase_texts(id, &kept).await?;
    tracing::info!(complaint = %id, removed, files, "a customer's data was erased");
    Ok(())
}

/// Why staff did something with the record since: that is about the record, and not about the customer.
fn of_staff(recorded: &Recorded) -> Option<TextId> {
    match &recorded.event {
        Event::HoldSet { text } | Event::HoldLifted { text } => Some(text.id),
        _ => None,
    }
}

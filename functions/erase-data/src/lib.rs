//! Removes what a customer told and sent, and what was written about them, once it is recorded that it is taken away. The reason
//! for that stays.

use complaints::{
    command::Reach,
    event::{Event, Recorded},
    shell::{Shell, StepError, notice::Notice},
    values::TextId,
};

/// Removes all there is, however often the notice comes: the second time there is nothing. A hold beats it as long as it
/// lasts; the notice that it was lifted comes here as well.
pub async fn handle(shell: &Shell, notice: Notice) -> Result<(), StepError> {
    let id = notice.detail.complaint;
    let Some(complaint) = shell.ledger().load(id).await? else { return Ok(()) };
    if complaint.reach != Reach::Restricted {
        return Ok(());
    }
    if complaint.held {
        tracing::warn!(complaint = %id, "the record is held, and its data stays until it is not");
        return Ok(());
    }
    let history = shell.ledger().events(id).await?;
    shell.ledger().erase_gists(&complaint, &history).await?;
    let files = shell.remove_files(id).await?;
    let kept: Vec<TextId> = history
        .iter()
        .skip_while(|recorded| !matches!(recorded.event, Event::Restricted { .. }))
        .filter_map(of_staff)
        .collect();
    let removed = shell.ledger().erase_texts(id, &kept).await?;
    tracing::info!(complaint = %id, removed, files, "a customer's data was erased");
    Ok(())
}

/// Why staff took the data away, and what they did with the record since: that is about the record, and not about the
/// customer.
fn of_staff(recorded: &Recorded) -> Option<TextId> {
    match &recorded.event {
        Event::Restricted { text, .. } | Event::HoldSet { text } | Event::HoldLifted { text } => {
            Some(text.id)
        }
        _ => None,
    }
}

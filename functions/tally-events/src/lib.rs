//! Folds what happened into the figures that reports are made of, each event once.

use complaints::{
    event::Recorded,
    shell::{
        Shell, StepError,
        stream::{self, Batch, BatchAnswer},
    },
};
use serde_json::Value;

/// Counts a batch, all of it together. Where that fails, record by record: the first that fails is named, and it and all
/// after it come again; those before it are counted.
pub async fn handle(shell: &Shell, batch: Batch) -> Result<BatchAnswer, StepError> {
    let (mut events, mut broken) = (Vec::with_capacity(batch.records.len()), None);
    for record in &batch.records {
        match stream::inserted(record) {
            Ok(inserted) => events.push(inserted.recorded),
            Err(error) => {
                broken = Some((record, error));
                break;
            }
        }
    }
    if let Err(error) = shell.ledger().tally(&events).await {
        tracing::warn!(%error, events = events.len(), "events were not counted together");
        if let Some(failed) = one_by_one(shell, &events).await {
            broken = Some((&batch.records[failed.0], failed.1));
        }
    }
    broken.map_or(Ok(BatchAnswer::default()), |(record, error)| named(&batch, record, error))
}

/// The first that is not counted, and why.
async fn one_by_one(shell: &Shell, events: &[Recorded]) -> Option<(usize, StepError)> {
    for (place, recorded) in events.iter().enumerate() {
        if let Err(error) = shell.ledger().tally(std::slice::from_ref(recorded)).await {
            return Some((place, error));
        }
    }
    None
}

/// A record can be named as failed only by its number; without one the whole batch fails.
fn named(batch: &Batch, record: &Value, error: StepError) -> Result<BatchAnswer, StepError> {
    tracing::error!(%error, "an event was not counted");
    let number = stream::sequence_number(record).ok_or(error)?;
    batch.failed_at(number)
}

//! Folds what happened into the figures that reports are made of, each event once.

use complaints::shell::{
    Shell, StepError,
    stream::{self, Batch, BatchAnswer},
};

/// Counts a batch, record by record. The first that fails is named, and it and all after it come again; those before
/// it are counted.
pub async fn handle(shell: &Shell, batch: Batch) -> Result<BatchAnswer, StepError> {
    for record in &batch.records {
        let counted = match stream::inserted(record) {
            Ok(inserted) => shell.ledger().tally(&inserted.recorded).await.map(|_| ()),
            Err(error) => Err(error),
        };
        if let Err(error) = counted {
            tracing::error!(%error, "an event was not counted");
            // A record can be named as failed only by its number; without one the whole batch fails.
            let number = stream::sequence_number(record).ok_or(error)?;
            return Ok(BatchAnswer::failed_at(number));
        }
    }
    Ok(BatchAnswer::default())
}

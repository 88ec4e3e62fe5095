//! Puts every recorded event onto the bus, from the table's stream and nowhere else, and removes its outbox pointer.

use complaints::shell::{
    Shell, StepError,
    bus::{MOST_ENTRIES, Unpublished},
    stream::{self, Batch, BatchAnswer, Inserted},
};
use serde_json::Value;

/// Publishes a batch group by group. The first record that fails is named, and it and all after it come again; those
/// before it are done. Where it is the first of several the batch fails whole, to be halved. A broken record fails by itself and ends, after its retries, in the queue of the failed.
pub async fn handle(shell: &Shell, batch: Batch) -> Result<BatchAnswer, StepError> {
    for group in batch.records.chunks(MOST_ENTRIES) {
        if let Some(failed) = publish(shell, group).await? {
            return batch.failed_at(&failed);
        }
    }
    Ok(BatchAnswer::default())
}

/// Publishes a group; the sequence number of the first record that failed, if one did.
async fn publish(shell: &Shell, group: &[Value]) -> Result<Option<String>, StepError> {
    let (mut numbers, mut events) = (Vec::new(), Vec::new());
    let mut broken = None;
    for record in group {
        match stream::inserted(record) {
            Ok(Inserted { sequence_number, recorded, pointer }) => {
                numbers.push(sequence_number);
                events.push(Unpublished { recorded, pointer });
            }
            Err(error) => {
                tracing::error!(%error, "a stream record was not understood");
                broken = Some(named(record, error)?);
                break;
            }
        }
    }
    if events.is_empty() {
        return Ok(broken);
    }
    let taken = match shell.bus().publish_and_forget(&events).await {
        Ok(taken) => taken,
        Err(error) => {
            tracing::error!(%error, "the group was not published");
            return Ok(numbers.into_iter().next());
        }
    };
    let refused = numbers.into_iter().zip(taken).find(|(_, taken)| !taken);
    Ok(refused.map(|(number, _)| number).or(broken))
}

/// A record can be named as failed only by its number; without one the whole batch fails.
fn named(record: &Value, error: StepError) -> Result<String, StepError> {
    stream::sequence_number(record).map(str::to_owned).ok_or(error)
}

//! Publishing: the only way an event gets onto the bus is from the table, with its outbox pointer removed after.

use aws_sdk_eventbridge::types::PutEventsRequestEntry;

use super::{
    Shell, StepError,
    error::code_of,
    keys::Key,
    notice::{Detail, SOURCE},
};
use crate::event::Recorded;

/// What one `PutEvents` takes.
pub const MOST_ENTRIES: usize = 10;

/// The bus.
#[derive(Clone, Copy, Debug)]
pub struct Bus<'a> {
    shell: &'a Shell,
}

/// An event to be published, and the pointer that says it is not yet.
#[derive(Clone, Debug)]
pub struct Unpublished {
    /// The event.
    pub recorded: Recorded,
    /// Its outbox pointer.
    pub pointer: Key,
}

impl<'a> Bus<'a> {
    pub(super) fn new(shell: &'a Shell) -> Bus<'a> {
        Bus { shell }
    }

    /// Publishes up to ten events and says of each whether the bus took it: one answer of 200 can hold refusals.
    pub async fn publish(&self, events: &[Unpublished]) -> Result<Vec<bool>, StepError> {
        let bus = self.shell.config.bus()?;
        let first = events.first().map(|event| event.recorded.id().to_string()).unwrap_or_default();
        let entries =
            events.iter().map(|event| entry(bus, &event.recorded)).collect::<Result<Vec<_>, _>>()?;
        let sent = self
            .shell
            .events
            .put_events()
            .set_entries(Some(entries))
            .send()
            .await
            .map_err(|error| StepError::retry("publish", &first, code_of(&error)))?;
        let answers = sent.entries();
        Ok((0..events.len())
            .map(|index| {
                answers
                    .get(index)
                    .is_some_and(|entry| entry.error_code().is_none() && entry.event_id().is_some())
            })
            .collect())
    }

    /// Removes the pointer of an event that was published.
    pub async fn forget(&self, pointer: &Key) -> Result<(), StepError> {
        self.shell
            .dynamo
            .delete_item()
            .table_name(self.shell.config.table()?)
            .set_key(Some(pointer.item()))
            .send()
            .await
            .map(|_| ())
            .map_err(|error| StepError::call("forget", &pointer.to_string(), &error))
    }

    /// Publishes all, in groups, and removes the pointers of those that the bus took. Says of each whether it did.
    pub async fn publish_and_forget(&self, events: &[Unpublished]) -> Result<Vec<bool>, StepError> {
        let mut taken = Vec::with_capacity(events.len());
        for group in events.chunks(MOST_ENTRIES) {
            let answers = self.publish(group).await?;
            for (event, ok) in group.iter().zip(&answers) {
                if *ok {
                    self.forget(&event.pointer).await?;
                }
            }
            taken.extend(answers);
        }
        Ok(taken)
    }
}

fn entry(bus: &str, recorded: &Recorded) -> Result<PutEventsRequestEntry, StepError> {
    let id = recorded.id().to_string();
    let detail = Detail { event: id.clone(), complaint: recorded.complaint, version: recorded.version };
    let detail =
        serde_json::to_string(&detail).map_err(|error| StepError::give_up("write as JSON", id, error))?;
    Ok(PutEventsRequestEntry::builder()
        .event_bus_name(bus)
        .source(SOURCE)
        .detail_type(recorded.event.name())
        .detail(detail)
        .build())
}

//! Publishes what stayed unpublished: events whose outbox pointer is older than a minute. Should a stream record have
//! been lost, or its retries used up, the event still gets out.

use complaints::shell::{
    Shell, StepError,
    bus::{MOST_ENTRIES, Unpublished},
    sweep::Tick,
};
use serde::Serialize;

/// What the sweep did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Swept {
    /// Events that were found unpublished.
    pub found: usize,
    /// Of these, how many the bus took.
    pub published: usize,
}

/// Publishes all that is found, to the end of the list.
pub async fn handle(shell: &Shell, _: Tick) -> Result<Swept, StepError> {
    let pointers = shell.ledger().unpublished().await?;
    let mut swept = Swept { found: pointers.len(), ..Swept::default() };
    let mut failure = None;
    for group in pointers.chunks(MOST_ENTRIES) {
        let mut events = Vec::with_capacity(group.len());
        for pointer in group {
            match shell.ledger().event(pointer.complaint, pointer.version).await {
                Ok(Some(recorded)) => events.push(Unpublished { recorded, pointer: pointer.key.clone() }),
                // The complaint was removed after its retention: there is nothing to tell any more.
                Ok(None) => shell.bus().forget(&pointer.key).await?,
                // One that cannot be read keeps neither the others nor itself from being told of.
                Err(error) => {
                    tracing::error!(%error, "an unpublished event cannot be read");
                    failure = Some(error);
                }
            }
        }
        if !events.is_empty() {
            let taken = shell.bus().publish_and_forget(&events).await?;
            swept.published += taken.iter().filter(|taken| **taken).count();
        }
    }
    if swept.found > 0 {
        tracing::warn!(found = swept.found, published = swept.published, "events had stayed unpublished");
    }
    failure.map_or(Ok(swept), Err)
}

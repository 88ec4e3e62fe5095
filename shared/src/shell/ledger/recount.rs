//! Adds to the figures what they lack: events that the step on the stream gave up on, so that nothing comes again.

use std::fmt;

use jiff::{SignedDuration, Timestamp};

use super::{Ledger, read::record, write::EFFECTS_KEPT};
use crate::{
    event::Recorded,
    shell::{
        StepError,
        keys::{Item, Key, get_text, text},
    },
};

/// The mark that an event was counted is kept for longer than this, so that no event is taken for an uncounted one.
pub const RECOUNTED_WITHIN: SignedDuration = SignedDuration::from_hours(24 * 60);

const _: () = assert!(RECOUNTED_WITHIN.as_secs() < EFFECTS_KEPT.as_secs());

/// What a recount did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Recounted {
    /// Events that were looked at.
    pub events: usize,
    /// Those of them that were not in the figures, and are now.
    pub added: usize,
}

impl fmt::Display for Recounted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Recounted { events, added } = self;
        write!(f, "Events: {events}. Added to the figures: {added}.")
    }
}

impl Ledger<'_> {
    /// Counts each event recorded since then that was not counted yet. To be repeated as often as one likes.
    pub async fn recount(self, since: Timestamp) -> Result<Recounted, StepError> {
        let now = self.shell.now();
        if now.duration_since(since) > RECOUNTED_WITHIN {
            let days = RECOUNTED_WITHIN.as_hours() / 24;
            let why = format!("what was counted is known for the last {days} days only");
            return Err(StepError::give_up("recount", since.to_string(), why));
        }
        let (mut recounted, mut from) = (Recounted::default(), None);
        loop {
            let (page, next) = self.page_of_events(from).await?;
            let events: Vec<Recorded> = page.into_iter().filter(|recorded| recorded.at >= since).collect();
            recounted.events += events.len();
            recounted.added += self.tally(&events).await?;
            from = next;
            if from.is_none() {
                return Ok(recounted);
            }
        }
    }

    async fn page_of_events(self, from: Option<Item>) -> Result<(Vec<Recorded>, Option<Item>), StepError> {
        let table = self.table()?;
        let page = self
            .client()
            .scan()
            .table_name(table)
            .consistent_read(true)
            .filter_expression("begins_with(pk, :e)")
            .expression_attribute_values(":e", text("E#"))
            .set_exclusive_start_key(from)
            .send()
            .await
            .map_err(|error| StepError::call("scan", table, &error))?;
        let events = page.items.unwrap_or_default();
        let events = events.iter().map(|item| {
            let part = |name| get_text(item, name).unwrap_or_default();
            record(item, &Key::new(part("pk"), part("sk")))
        });
        Ok((events.collect::<Result<_, _>>()?, page.last_evaluated_key))
    }
}

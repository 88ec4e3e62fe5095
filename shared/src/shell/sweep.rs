//! Sweeps: woken by a schedule, told nothing. What is due is in the table, so a sweep may come late, twice, or not at
//! all, and the next one finds what this one missed.

use serde::{Deserialize, Serialize};

use super::{
    Shell, StepError,
    ledger::{Change, NotDone},
};
use crate::command::Command;

/// What wakes a sweep; nothing in it is looked at.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub struct Tick {}

/// What a sweep over the complaints that are due did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Swept {
    /// Complaints that were due.
    pub due: usize,
    /// Complaints for which something was recorded.
    pub changed: usize,
    /// Complaints that could not be looked after; they stay due.
    pub failed: usize,
}

impl Shell {
    /// Gives the command to every complaint that is due, to the end of the list. One that fails does not keep the
    /// others; the sweep as a whole then fails, so that it is seen.
    pub async fn sweep(&self, command: &Command) -> Result<Swept, StepError> {
        let due = self.ledger().due_complaints(self.now()).await?;
        let mut swept = Swept { due: due.len(), ..Swept::default() };
        let mut failure = None;
        for id in due {
            let change = Change::by_system(self, id, command.clone(), None)?;
            match self.ledger().execute(change).await {
                Ok(done) => swept.changed += usize::from(!done.events.is_empty()),
                Err(NotDone::Failed(error)) => {
                    tracing::error!(%error, complaint = %id, "a complaint was not looked after");
                    swept.failed += 1;
                    failure = Some(error);
                }
                // Removed since the list was read.
                Err(NotDone::Rejected(_) | NotDone::Stale { .. }) => {}
            }
        }
        if swept.due > 0 {
            tracing::info!(due = swept.due, changed = swept.changed, failed = swept.failed, "swept");
        }
        failure.map_or(Ok(swept), Err)
    }
}

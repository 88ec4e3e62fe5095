//! Warns, reminds and escalates when the time of a promise comes. Woken every five minutes.

use complaints::{
    command::Command,
    shell::{
        Shell, StepError,
        sweep::{Swept, Tick},
    },
};

/// Looks after every complaint that is due.
pub async fn handle(shell: &Shell, _: Tick) -> Result<Swept, StepError> {
    shell.sweep(&Command::WatchPromises).await
}

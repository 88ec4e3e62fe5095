//! Asks customers whether they are satisfied, reminds them, and closes what stays unanswered. Woken every five minutes.

use complaints::{
    command::Command,
    shell::{
        Shell, StepError,
        sweep::{Swept, Tick},
    },
};

/// Looks after every complaint whose follow-up is due.
pub async fn handle(shell: &Shell, _: Tick) -> Result<Swept, StepError> {
    shell.sweep(&Command::FollowUp).await
}

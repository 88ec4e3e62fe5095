//! Brings every mail to its end: sends again what SES did not want for now, and, once only, what may not have been
//! taken; sends acknowledgements that were gathered; gives up what is used up, so that a person reaches the customer.

use complaints::{
    command::UndeliverableReason,
    shell::{
        Shell, StepError,
        correspondence::Posted,
        mailer::{MailName, Next, Report},
        sweep::Tick,
    },
};
use serde::Serialize;

/// What the sweep did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Swept {
    /// Mails whose fate was open.
    pub open: usize,
    /// Sent again.
    pub sent: usize,
    /// Given up.
    pub given_up: usize,
    /// Could not be looked after; they stay open.
    pub failed: usize,
}

/// Looks after every mail whose time to be settled has come. One that fails does not keep the others.
pub async fn handle(shell: &Shell, _: Tick) -> Result<Swept, StepError> {
    let open = shell.mailer().unsettled().await?;
    let mut swept = Swept { open: open.len(), ..Swept::default() };
    for name in &open {
        // Boxed: the complaints of a mail, and their letters, stand in it.
        if let Err(error) = Box::pin(settle(shell, name, &mut swept)).await {
            // SES may be out for hours; the mail stays due, and its record knows when to give up.
            tracing::warn!(%error, mail = %name.key(), "a mail is not settled yet");
            swept.failed += 1;
        }
    }
    if swept != Swept::default() {
        tracing::info!(
            open = swept.open,
            sent = swept.sent,
            given_up = swept.given_up,
            failed = swept.failed,
            "swept"
        );
    }
    Ok(swept)
}

async fn settle(shell: &Shell, name: &MailName, swept: &mut Swept) -> Result<(), StepError> {
    match shell.mailer().next(name).await? {
        Next::Nothing => {}
        Next::Send(attempt) => {
            if shell.write_again(name, attempt).await? == Posted::Nothing {
                // What it was about is over, or its customer erased.
                shell.mailer().drop(name).await?;
            } else {
                swept.sent += 1;
            }
        }
        Next::Tell(fate) => shell.tell_gathered(name, fate).await?,
        Next::GiveUp => {
            shell.take_report(name, Report::Failed(UndeliverableReason::Rejected)).await?;
            swept.given_up += 1;
        }
    }
    Ok(())
}

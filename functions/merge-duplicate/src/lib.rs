//! Puts what a customer said in a duplicate with the complaint that goes on.

use complaints::{
    command::{Command, Reach},
    complaint::Stage,
    duplicate::{joined, said_since, told_in},
    shell::{
        Shell, StepError,
        ledger::{Change, NotDone, PrivateText},
        notice::Notice,
    },
};

/// The step whose effect it is that the other complaint has what was said here.
const MERGED: &str = "merge-duplicate";

/// Does it once, however often the notice comes.
pub async fn handle(shell: &Shell, notice: Notice) -> Result<(), StepError> {
    let ledger = shell.ledger();
    let Some(duplicate) = ledger.load(notice.detail.complaint).await? else { return Ok(()) };
    let Stage::Duplicate { of, .. } = duplicate.stage else { return Ok(()) };
    // What is to be erased, or was, is not to be had any more, here or there.
    if duplicate.reach == Reach::Restricted {
        return Ok(());
    }
    let Some(intake) = ledger.intake(duplicate.id).await? else { return Ok(()) };
    let mut said = told_in(&intake);
    for text in said_since(&ledger.events(duplicate.id).await?) {
        said.extend(ledger.text(duplicate.id, text).await?);
    }
    let said = PrivateText::new(shell, joined(&said))?;
    let command =
        Command::Absorb { duplicate: duplicate.id, text: said.reference(), said_at: duplicate.received_at };
    let change = Change::by_system(shell, of, command, Some((notice.detail.event, MERGED)))?;
    match ledger.execute(Change { texts: vec![said], ..change }).await {
        Err(NotDone::Failed(error)) => Err(error),
        // It is refused only where the other was removed after its time: what was said stays with the duplicate.
        Ok(_) | Err(NotDone::Rejected(_) | NotDone::Stale { .. }) => Ok(()),
    }
}

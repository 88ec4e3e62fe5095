//! Takes over to the other of two complaints what was said here of both: all that a customer said in a duplicate, or that
//! one has to do with the other.

use complaints::{
    command::{Command, Reach},
    complaint::{Complaint, Stage},
    duplicate::{joined, said_since, told_in},
    event::Event,
    shell::{
        Shell, StepError,
        ledger::{Change, NotDone, PrivateText},
        notice::Notice,
    },
    values::ComplaintId,
};

/// The step whose effect it is that the other complaint has what was said here.
const CARRIED: &str = "carry-over";

/// Does it once, however often the notice comes. What is so by now is taken over, so that notices may come in any order.
pub async fn handle(shell: &Shell, notice: Notice) -> Result<(), StepError> {
    let (ledger, id) = (shell.ledger(), notice.detail.complaint);
    let Some(complaint) = ledger.load(id).await? else { return Ok(()) };
    let recorded = ledger.event(id, notice.detail.version).await?;
    let (other, command, texts) = match recorded.map(|recorded| recorded.event) {
        Some(Event::MarkedDuplicate { of, .. }) => {
            let Some(said) = said_in(shell, &complaint).await? else { return Ok(()) };
            let (text, said_at) = (said.reference(), complaint.received_at);
            (of, Command::Absorb { duplicate: id, text, said_at }, vec![said])
        }
        Some(event) => {
            let Some(other) = linked_here(&event) else { return Ok(()) };
            let linked = complaint.linked.contains(&other);
            (other, Command::ReturnLink { other: id, linked }, Vec::new())
        }
        None => return Ok(()),
    };
    let is_link = matches!(command, Command::ReturnLink { .. });
    let change = Change::by_system(shell, other, command, Some((notice.detail.event, CARRIED)))?;
    carry(shell, Change { texts, ..change }).await?;
    if is_link { stays_so(shell, &complaint, other).await } else { Ok(()) }
}

/// It is refused only where the other was removed after its time: what was said stays here.
async fn carry(shell: &Shell, change: Change) -> Result<(), StepError> {
    match shell.ledger().execute(change).await {
        Err(NotDone::Failed(error)) => Err(error),
        Ok(_) | Err(NotDone::Rejected(_) | NotDone::Stale { .. }) => Ok(()),
    }
}

/// Where the link was made or taken away again while this was on its way, the later notice may have found it done: then
/// what is so by now is taken over once more.
async fn stays_so(shell: &Shell, before: &Complaint, other: ComplaintId) -> Result<(), StepError> {
    let Some(now) = shell.ledger().load(before.id).await? else { return Ok(()) };
    let linked = now.linked.contains(&other);
    if linked == before.linked.contains(&other) {
        return Ok(());
    }
    let command = Command::ReturnLink { other: before.id, linked };
    carry(shell, Change::by_system(shell, other, command, None)?).await
}

/// What the customer said in a duplicate. What is to be erased, or was, is not to be had any more, here or there.
async fn said_in(shell: &Shell, duplicate: &Complaint) -> Result<Option<PrivateText>, StepError> {
    let ledger = shell.ledger();
    if !matches!(duplicate.stage, Stage::Duplicate { .. }) || duplicate.reach == Reach::Restricted {
        return Ok(None);
    }
    let Some(intake) = ledger.intake(duplicate.id).await? else { return Ok(None) };
    let mut said = told_in(&intake);
    for text in said_since(&ledger.events(duplicate.id).await?) {
        said.extend(ledger.text(duplicate.id, text).await?);
    }
    Ok(Some(PrivateText::new(shell, joined(&said))?))
}

/// The complaint that a person linked here, or took the link to away; what was taken over from there goes no further.
fn linked_here(event: &Event) -> Option<ComplaintId> {
    match event {
        Event::Linked { other, text: Some(_) } | Event::Unlinked { other, text: Some(_) } => Some(*other),
        _ => None,
    }
}

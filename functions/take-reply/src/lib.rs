//! Takes in a customer's answer to one of our mails: the mail service has put the message into the bucket.
//!
//! A message that was dealt with is removed from there. One that names no complaint, that is beyond the day's number or
//! that cannot be read stays, for people to look at, until the bucket removes it by its age. Nothing here answers a
//! mail: whatever is written to customers goes to the address on file, for what was recorded.

mod files;
mod taking;

use complaints::{
    reply::{Addressee, Automatic, Content, Envelope, MESSAGE},
    shell::{Shell, StepError},
    values::Digest,
};
use serde::Deserialize;

use taking::{Came, take};

/// An event of the bucket as EventBridge delivers it, as far as it is looked at.
#[derive(Debug, Deserialize)]
pub struct Arrival {
    detail: Detail,
}

#[derive(Debug, Deserialize)]
struct Detail {
    object: Object,
}

#[derive(Debug, Deserialize)]
struct Object {
    key: String,
}

/// What is done with the message once it was dealt with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Then {
    Remove,
    Keep,
}

/// Puts the words with the complaint that the address names, once however often the message comes. A message that is
/// not there any more was dealt with.
pub async fn handle(shell: &Shell, event: Arrival) -> Result<(), StepError> {
    let key = &event.detail.object.key;
    let Some((_, content)) = shell.inbox().read(key, MESSAGE as u64).await? else { return Ok(()) };
    let Some(raw) = content else {
        tracing::warn!(object = key, "a message is larger than any that the mail service hands over");
        return Ok(());
    };
    match read(shell, key, &raw).await? {
        Then::Remove => shell.inbox().delete(key).await,
        Then::Keep => Ok(()),
    }
}

async fn read(shell: &Shell, object: &str, raw: &[u8]) -> Result<Then, StepError> {
    let secret = shell.config().link_secret()?.bytes();
    let envelope = Envelope::read(raw);
    let addressee = match shell.config().inbound_domain() {
        Some(domain) => envelope.addressee(secret, domain),
        None => Addressee::Nobody,
    };
    let name = envelope.name(secret, "");
    let Addressee::Complaint(reference) = addressee else {
        // It may be a complaint by somebody who has found the address; it may be anything. It gets no answer.
        tracing::warn!(object, "a mail names no complaint");
        return counted(shell, &name, "nobody", Then::Keep).await;
    };
    let Some(id) = shell.ledger().find(reference).await? else {
        return counted(shell, &name, "removed", Then::Remove).await;
    };
    let kind = envelope.automatic(&ours(shell)?);
    match kind {
        Some(Automatic::Ours) => return counted(shell, &name, "ours", Then::Remove).await,
        Some(Automatic::Report) => return counted(shell, &name, "report", Then::Remove).await,
        Some(Automatic::List) => return counted(shell, &name, "list", Then::Remove).await,
        Some(Automatic::Response) | None => {}
    }
    let is_automatic = kind.is_some();
    take(shell, Came { id, envelope: &envelope, is_automatic, content: || Content::read(raw) }).await
}

async fn counted(shell: &Shell, mail: &Digest, kind: &str, then: Then) -> Result<Then, StepError> {
    shell.ledger().count_mail(mail, kind).await?;
    tracing::info!(kind, "a mail was counted");
    Ok(then)
}

/// What we write from ourselves.
fn ours(shell: &Shell) -> Result<Vec<&str>, StepError> {
    let sender = shell.config().sender()?.as_str();
    Ok([sender].into_iter().chain(shell.config().inbound_domain()).collect())
}

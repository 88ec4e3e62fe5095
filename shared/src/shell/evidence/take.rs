//! Taking in what arrived: is it what it may be, whose is it, and on to quarantine.

use super::{Place, Sender, Stored};
use crate::{
    actor::Actor,
    command::{Command, Verdict},
    evidence::{Described, FileKind, FileName, Unfit, judge},
    shell::{
        Shell, StepError,
        files::Description,
        ledger::{Change, NotDone, PrivateText},
    },
    values::{ComplaintId, Digest, TextId},
};

/// The step whose effect it is that a file is in the record.
const TAKEN: &str = "take-file";
/// The type of what its sender says nothing of.
pub(super) const ANY: &str = "application/octet-stream";
/// The same, and what the bucket itself calls what was posted without a type.
const UNSAID: [&str; 2] = [ANY, "binary/octet-stream"];

/// What became of an arrival.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It waits for its scan.
    Waiting,
    /// It is in the record as one that was not taken, and removed.
    Unfit,
    /// Nobody wants it: there is no such complaint, it takes none, or too many came. It was removed.
    Unwanted,
    /// It is not there, or not any more.
    Gone,
}

impl Shell {
    /// Takes in what arrived at this key, once however often it is told. It is in the record before it is scanned, so
    /// that no scan is of a file that is not known.
    pub async fn take_file(&self, arrived: Stored) -> Result<Taken, StepError> {
        let (files, key) = (self.files(), arrived.to_string());
        let Some((sent, content)) = files.read(&key, self.policy().evidence.max_bytes).await? else {
            return Ok(Taken::Gone);
        };
        let Some((sender, name)) = Sender::read(&sent.metadata) else {
            tracing::warn!(complaint = %arrived.complaint, "what arrived was not sent by a link or form of ours");
            files.delete_seen(&key, &sent.etag).await?;
            return Ok(Taken::Unwanted);
        };
        if !self.is_still_open_to(&sender, arrived.complaint).await? {
            files.delete_seen(&key, &sent.etag).await?;
            return Ok(Taken::Unwanted);
        }
        let declared = Some(sent.content_type.as_str()).filter(|declared| !UNSAID.contains(declared));
        let judged = match &content {
            Some(content) => judge(content, declared, &self.policy().evidence),
            None => Err(Unfit::TooLarge),
        };
        let file = id_of(arrived, &sent);
        let described = describe(name, judged.ok(), &sent, content.as_deref().unwrap_or_default());
        if !self.enter(arrived, (file, &described), sender, &sent.etag).await? {
            files.delete_seen(&key, &sent.etag).await?;
            return Ok(Taken::Unwanted);
        }
        let waits = Stored { file, ..arrived.at(Place::Quarantine) };
        if judged.is_err() {
            self.record_verdict(arrived.complaint, file, Verdict::Unfit).await?;
        } else if !files.copy(&key, &sent.etag, &waits.to_string(), ANY).await? {
            // Another instance has moved it; or something else came to the same key, a file of its own, and nothing will be
            // heard of this one in its time. Which of both cannot be told here.
            return Ok(Taken::Gone);
        }
        files.delete_seen(&key, &sent.etag).await?;
        tracing::info!(complaint = %arrived.complaint, %file, size = sent.size, why = ?judged.err(), "a file came");
        Ok(if judged.is_ok() { Taken::Waiting } else { Taken::Unfit })
    }

    /// Whether the links of the page that a file was sent from have not been ended since.
    async fn is_still_open_to(&self, sender: &Sender, complaint: ComplaintId) -> Result<bool, StepError> {
        let Some(links) = sender.links else { return Ok(true) };
        let is_open = self.ledger().load(complaint).await?.is_some_and(|complaint| complaint.links == links);
        if !is_open {
            tracing::info!(%complaint, "a file was sent from a page whose links were ended");
        }
        Ok(is_open)
    }

    /// Enters a file in the record; says no where the complaint does not take it.
    async fn enter(
        &self,
        arrived: Stored,
        (file, described): (TextId, &Described),
        sender: Sender,
        etag: &str,
    ) -> Result<bool, StepError> {
        let text = serde_json::to_string(described)
            .map_err(|error| StepError::give_up("write as JSON", "description", error))?;
        let text = PrivateText::named(self, file, text)?;
        let command = Command::AddEvidence { file: text.reference(), channel: sender.channel };
        let change = Change {
            texts: vec![text],
            effect: Some((format!("{arrived} {etag}"), TAKEN)),
            ..Change::by(self, sender.actor, arrived.complaint, command)?
        };
        match self.ledger().execute(change).await {
            Ok(_) => Ok(true),
            Err(NotDone::Rejected(rejection)) => {
                tracing::info!(complaint = %arrived.complaint, %rejection, "a file was not taken");
                Ok(false)
            }
            Err(NotDone::Stale { now }) => {
                Err(StepError::retry("take a file", arrived.to_string(), format!("it is at version {now}")))
            }
            Err(NotDone::Failed(error)) => Err(error),
        }
    }

    /// Records what became of a file. That there is no such complaint any more is no error.
    pub(super) async fn record_verdict(
        &self,
        complaint: ComplaintId,
        file: TextId,
        verdict: Verdict,
    ) -> Result<bool, StepError> {
        let command = Command::RecordScan { file, verdict };
        let change = Change::by_system(self, complaint, command, None)?;
        debug_assert_eq!(change.actor, Actor::System);
        match self.ledger().execute(change).await {
            Ok(done) => Ok(!done.events.is_empty()),
            Err(NotDone::Rejected(_) | NotDone::Stale { .. }) => Ok(false),
            Err(NotDone::Failed(error)) => Err(error),
        }
    }
}

/// The same content under the same key is the same file, whoever tells of it and however often. Its instant is the one at
/// which it arrived, since that is when the time for its scan begins: what it came by may be much older.
fn id_of(arrived: Stored, sent: &Description) -> TextId {
    let digest = Digest::of(format!("{arrived} {}", sent.etag).as_bytes());
    let mut bytes = [0; 10];
    bytes.copy_from_slice(&digest.as_bytes()[..10]);
    TextId::from_parts(sent.at, bytes)
}

fn describe(name: FileName, kind: Option<FileKind>, sent: &Description, content: &[u8]) -> Described {
    let name = match kind {
        Some(kind) => name.ending_as(kind),
        None => name,
    };
    Described { name, kind, size: sent.size, sha256: Digest::of(content) }
}

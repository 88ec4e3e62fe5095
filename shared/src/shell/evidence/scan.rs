//! What the scan found: on to what is kept, or away.

use super::{Place, Stored};
use crate::{
    command::{Reach, Verdict},
    evidence::{FileState, files_of},
    shell::{Shell, StepError},
};

/// What became of a file whose scan is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scanned {
    /// It is kept, and can be opened.
    Kept,
    /// It was removed.
    Removed,
}

impl Shell {
    /// Takes account of what was found in the file that waits at this key, once however often it is told. A file is
    /// removed where it was given up before, and where nothing of the customer is kept any more.
    pub async fn take_scan(&self, waits: Stored, etag: &str, verdict: Verdict) -> Result<Scanned, StepError> {
        let is_awaited = self.awaits(waits).await?;
        let mut verdict = verdict;
        let kept = waits.at(Place::Kept);
        if is_awaited && verdict == Verdict::Clean {
            let copied =
                self.files().copy(&waits.to_string(), etag, &kept.to_string(), super::take::ANY).await?;
            verdict = if copied { Verdict::Clean } else { Verdict::Failed };
        }
        if is_awaited {
            self.record_verdict(waits.complaint, waits.file, verdict).await?;
        }
        // Decided by what is in the record now, whoever wrote it.
        let stays = self.stays(waits).await?;
        self.files().delete(&waits.to_string()).await?;
        if !stays {
            self.files().delete(&kept.to_string()).await?;
        }
        tracing::info!(complaint = %waits.complaint, file = %waits.file, ?verdict, stays, "a file was scanned");
        Ok(if stays { Scanned::Kept } else { Scanned::Removed })
    }

    async fn awaits(&self, waits: Stored) -> Result<bool, StepError> {
        let complaint = self.ledger().load(waits.complaint).await?;
        Ok(complaint.is_some_and(|complaint| {
            complaint.reach != Reach::Restricted && complaint.unscanned.contains(&waits.file)
        }))
    }

    async fn stays(&self, waits: Stored) -> Result<bool, StepError> {
        let Some(complaint) = self.ledger().load(waits.complaint).await? else { return Ok(false) };
        if complaint.reach == Reach::Restricted {
            return Ok(false);
        }
        let files = files_of(&self.ledger().events(waits.complaint).await?);
        Ok(files.iter().any(|known| known.file.id == waits.file && known.state == FileState::Kept))
    }
}

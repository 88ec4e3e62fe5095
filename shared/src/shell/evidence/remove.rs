//! Removing files with the record that they belong to.

use super::{Place, Stored};
use crate::{
    evidence::files_of,
    shell::{Shell, StepError},
    values::ComplaintId,
};

impl Shell {
    /// Removes the files of a complaint, wherever they are on their way; says how many the record tells of. What has not
    /// been taken in yet finds that nobody wants it.
    pub async fn remove_files(&self, complaint: ComplaintId) -> Result<usize, StepError> {
        let files = files_of(&self.ledger().events(complaint).await?);
        for record in &files {
            // In this order, so that no scan brings back what is gone.
            for place in [Place::Quarantine, Place::Kept] {
                let stored = Stored { place, complaint, file: record.file.id };
                self.files().delete(&stored.to_string()).await?;
            }
        }
        Ok(files.len())
    }
}

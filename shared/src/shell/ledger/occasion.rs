//! What a letter is written from.

use super::{
    Ledger,
    read::{Loaded, posted, record},
};
use crate::{
    event::Recorded,
    intake::Intake,
    shell::{
        StepError,
        keys::{self, Key},
    },
    values::ComplaintId,
};

/// An event, and its complaint as it is now.
pub(in crate::shell) struct Occasion {
    pub(in crate::shell) loaded: Loaded,
    pub(in crate::shell) recorded: Recorded,
    /// None when it was not asked for, or is erased.
    pub(in crate::shell) intake: Option<Intake>,
}

/// Who the letter is to: the customer's form is read for theirs alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::shell) enum Reader {
    Customer,
    Staff,
}

impl Ledger<'_> {
    /// All of it in one request; none where there is no such event.
    pub(in crate::shell) async fn occasion(
        self,
        id: ComplaintId,
        version: u32,
        reader: Reader,
    ) -> Result<Option<Occasion>, StepError> {
        let (event, complaint, form) = (keys::event(id, version), keys::complaint(id), keys::intake(id));
        let mut wanted = vec![event.clone(), complaint.clone()];
        wanted.extend((reader == Reader::Customer).then(|| form.clone()));
        let items = self.get_all(&wanted).await?;
        let item = |key: &Key| items.iter().find(|item| key.names(item));
        let (Some(recorded), Some(loaded)) = (item(&event), item(&complaint)) else { return Ok(None) };
        Ok(Some(Occasion {
            loaded: Loaded::of(loaded, &complaint)?,
            recorded: record(recorded, &event)?,
            intake: item(&form).map(|item| posted(item, &form)).transpose()?,
        }))
    }
}

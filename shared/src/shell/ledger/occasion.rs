//! What a letter is written from.

use super::{
    Ledger,
    contact::ADDRESSES,
    read::{Loaded, posted, record},
};
use crate::{
    event::Recorded,
    intake::Intake,
    shell::{
        StepError,
        keys::{self, Item, Key, get_number},
    },
    values::ComplaintId,
};

/// How often what is not of one moment is read again.
const MOST_READINGS: u32 = 3;

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
        for _ in 0..MOST_READINGS {
            let items = self.get_all(&wanted).await?;
            let item = |key: &Key| items.iter().find(|item| key.names(item));
            let (Some(recorded), Some(loaded)) = (item(&event), item(&complaint)) else { return Ok(None) };
            let loaded = Loaded::of(loaded, &complaint)?;
            // Read one by one, the form may be of before its address was put right, and the complaint of after it: a link that
            // is good now must not go where it went before.
            if item(&form).is_some_and(|form| addresses_in(form) != loaded.complaint.addresses) {
                continue;
            }
            return Ok(Some(Occasion {
                loaded,
                recorded: record(recorded, &event)?,
                intake: item(&form).map(|item| posted(item, &form)).transpose()?,
            }));
        }
        Err(StepError::retry("read", complaint.to_string(), "its contact data is being put right"))
    }
}

/// How often the address of this form had been put right; one that was never corrected does not say.
fn addresses_in(form: &Item) -> u8 {
    get_number(form, ADDRESSES).and_then(|addresses| u8::try_from(addresses).ok()).unwrap_or_default()
}

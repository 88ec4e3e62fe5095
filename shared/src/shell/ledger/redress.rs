//! How cases were put right, kept by what makes them alike: one small item a case, in place of the one before where it
//! was put right anew. TTL removes them when they say nothing about how things are done now.

use jiff::SignedDuration;

use super::{Ledger, write};
use crate::{
    event::Recorded,
    redress::{Like, Settled},
    shell::{
        StepError,
        keys::{self, Item, Key, text},
    },
};

/// The latest so many like cases are looked at.
const MOST_LOOKED_AT: i32 = 100;
/// Two years.
const KEPT: SignedDuration = SignedDuration::from_hours(24 * 731);

/// What is to be kept of an event that says how a case was put right, and where.
pub(super) fn item_of(recorded: &Recorded) -> Result<Option<(Key, Item)>, StepError> {
    let Some((like, settled)) = Settled::of(recorded) else { return Ok(None) };
    let key = keys::redress(&like, recorded.complaint);
    let mut item = key.item();
    item.insert("record".to_owned(), text(write::json(&settled, &key)?));
    item.insert("expires".to_owned(), write::expires(recorded.at, KEPT));
    Ok(Some((key, item)))
}

impl Ledger<'_> {
    /// How the latest like cases were put right.
    pub async fn redress(self, like: &Like) -> Result<Vec<Settled>, StepError> {
        self.latest(&keys::redress_of(like), MOST_LOOKED_AT).await
    }
}

//! The records of who looked at what: written once, never changed, kept as long as what they are about.

use super::{Ledger, write::json};
use crate::{
    access::Access,
    shell::{
        StepError,
        keys::{self, text},
    },
};

/// How many of the latest accesses are shown.
const MOST_SHOWN: i32 = 50;

impl Ledger<'_> {
    /// Records an access to what `subject` names. Until it is recorded, nothing may be shown.
    pub async fn note_access(self, subject: &str, access: &Access) -> Result<(), StepError> {
        let key = keys::access(subject, access.at, &access.request);
        let mut item = key.item();
        item.insert("record".to_owned(), text(json(access, &key)?));
        // The key names the request: what is there already is the answer to an earlier attempt that was lost on the way.
        self.put_new(&key, item).await.map(drop)
    }

    /// The latest accesses to what `subject` names, the newest first.
    pub async fn accesses(self, subject: &str) -> Result<Vec<Access>, StepError> {
        self.latest(&keys::accesses(subject), MOST_SHOWN).await
    }
}

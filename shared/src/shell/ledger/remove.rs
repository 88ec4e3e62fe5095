//! Removing what is not kept any longer: many items at a time, and as often as it is begun.

use super::{Ledger, transaction};
use crate::{
    shell::{
        StepError,
        keys::{self, Key, get_text, text},
    },
    values::{ComplaintId, Digest, TextId},
};

/// A transaction takes as many.
const MOST_WRITES: usize = 100;

impl Ledger<'_> {
    /// Takes away what a customer told and what was written about them, but for these reasons why; before, what they are
    /// found by. Says how many texts there were.
    pub async fn erase_texts(self, id: ComplaintId, but: &[TextId]) -> Result<usize, StepError> {
        self.remove_from_found(id).await?;
        let kept: Vec<Key> = but.iter().map(|text| keys::private_text(id, *text)).collect();
        let mut keys = self.keys_of(&keys::private(id)).await?;
        keys.retain(|key| !kept.contains(key));
        self.remove_all(&keys).await?;
        Ok(keys.len())
    }

    /// The keys of a partition, page by page to the end.
    pub(super) async fn keys_of(self, pk: &str) -> Result<Vec<Key>, StepError> {
        let (mut keys, mut from) = (Vec::new(), None);
        loop {
            let page = self
                .client()
                .query()
                .table_name(self.table()?)
                .consistent_read(true)
                .key_condition_expression("pk = :pk")
                .projection_expression("pk, sk")
                .expression_attribute_values(":pk", text(pk))
                .set_exclusive_start_key(from)
                .send()
                .await
                .map_err(|error| StepError::call("query", pk, &error))?;
            let items = page.items.unwrap_or_default();
            keys.extend(items.iter().filter_map(|item| get_text(item, "sk").map(|sk| Key::new(pk, sk))));
            from = page.last_evaluated_key;
            if from.is_none() {
                return Ok(keys);
            }
        }
    }

    /// Removes these items, as many at a time as a transaction takes.
    pub(super) async fn remove_all(self, keys: &[Key]) -> Result<(), StepError> {
        for some in keys.chunks(MOST_WRITES) {
            let Some(first) = some.first() else { continue };
            let writes = some.iter().map(|key| transaction::delete(self.table()?, key));
            let writes = writes.collect::<Result<Vec<_>, _>>()?;
            let token = Digest::of(format!("remove {} {}", self.shell.new_command_id()?, first).as_bytes());
            // None of them has a condition that could fail.
            let _done = self.transact(writes, &token, first).await?;
        }
        Ok(())
    }
}

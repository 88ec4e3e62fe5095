//! The end of a record: when its time is over and it is not held, it is removed whole. Figures stay.
//!
//! One transaction decides: under the condition that the complaint is as it was seen, it takes the complaint, its
//! reference and its place among its customer's away, and leaves a mark. From then on there is no such complaint. What
//! is left of it is then removed at leisure, and the mark last, so that a removal that was cut short is taken up again.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use super::{
    Ledger,
    group::of_customer,
    transaction::{self, Cancelled},
};
use crate::{
    complaint::Complaint,
    shell::{
        StepError,
        keys::{self, text},
    },
    values::{ComplaintId, Digest},
};

/// A day more than any calendar is off where years are taken away instead of added, on leap days.
const A_DAY: SignedDuration = SignedDuration::from_hours(24);

/// A record whose time may be over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expiring {
    /// Whether it is, is still to be seen.
    Complaint(ComplaintId),
    /// Its removal was begun.
    Begun(ComplaintId),
}

impl Ledger<'_> {
    /// The records whose time may be over, found by when it began.
    pub async fn expiring(self) -> Result<Vec<Expiring>, StepError> {
        let mut found = Vec::new();
        for shard in 0..self.shell.config.shards {
            for key in self.due(&keys::kept_complaints(shard), self.begun_before()).await? {
                let id = |prefix| ComplaintId::parse(key.pk.strip_prefix(prefix)?).ok();
                found.extend(id("C#").map(Expiring::Complaint).or(id("X#").map(Expiring::Begun)));
            }
        }
        Ok(found)
    }

    /// The complaints with events that are not published: they stay until they are.
    pub async fn with_unpublished_events(self) -> Result<BTreeSet<ComplaintId>, StepError> {
        Ok(self.unpublished().await?.into_iter().map(|pointer| pointer.complaint).collect())
    }

    /// Begins to remove a record if its time is over and nothing holds it; says whether it did. From then on there is no
    /// such complaint; what is left of it is to be removed by [`finish_removal`](Self::finish_removal).
    pub async fn begin_removal(self, id: ComplaintId) -> Result<bool, StepError> {
        let Some(complaint) = self.load(id).await? else { return Ok(false) };
        let Some(from) = self.is_over(&complaint) else { return Ok(false) };
        let (table, key) = (self.table()?, keys::complaint(id));
        let mut mark = keys::removal(id).item();
        let shard = keys::shard(id.as_bytes(), self.shell.config.shards);
        mark.insert("due_shard".to_owned(), text(keys::kept_complaints(shard)));
        mark.insert("due_at".to_owned(), text(keys::instant(from)));
        let writes = vec![
            transaction::delete_seen(table, &key, complaint.version)?,
            transaction::delete(table, &keys::reference(complaint.reference))?,
            transaction::delete(table, &of_customer(&complaint))?,
            transaction::put(table, mark)?,
        ];
        let token = Digest::of(self.shell.new_command_id()?.to_string().as_bytes());
        match self.transact(writes, &token, &key).await? {
            Ok(()) => Ok(true),
            // Somebody was at it, or an earlier attempt was carried out and its answer lost: the next turn sees.
            Err(Cancelled::Condition(..)) => Ok(false),
        }
    }

    /// Removes what is left of a record whose removal was begun: what it is found by first, then texts, events last.
    pub async fn finish_removal(self, id: ComplaintId) -> Result<(), StepError> {
        self.remove_from_found(id).await?;
        let subject = id.to_string();
        for partition in
            [keys::private(id), keys::mails(&subject), keys::accesses(&subject), keys::events(id)]
        {
            let keys = self.keys_of(&partition).await?;
            self.remove_all(&keys).await?;
        }
        self.remove_all(&[keys::removal(id)]).await
    }

    /// Since when the time of this record has counted, if it is over now and nothing holds it.
    fn is_over(self, complaint: &Complaint) -> Option<Timestamp> {
        let (policy, now) = (self.shell.policy(), self.shell.now());
        let from = complaint.kept_from().filter(|_| !complaint.held)?;
        (policy.retention.until(from, policy.calendar.zone()) <= now).then_some(from)
    }

    /// What began later cannot be over.
    fn begun_before(self) -> Timestamp {
        let (policy, now) = (self.shell.policy(), self.shell.now());
        let years = jiff::Span::new().years(policy.retention.years);
        let before = now.to_zoned(policy.calendar.zone().clone()).checked_sub(years);
        before.map_or(Timestamp::MIN, |before| {
            before.timestamp().saturating_add(A_DAY).unwrap_or(Timestamp::MAX)
        })
    }
}

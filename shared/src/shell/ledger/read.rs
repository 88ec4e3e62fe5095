//! Reading: by id, by reference, and what is due. Every query is paged to its end.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::KeysAndAttributes;
use jiff::{SignedDuration, Timestamp};
use serde::de::DeserializeOwned;

use super::Ledger;
use crate::{
    command::TextRef,
    complaint::Complaint,
    event::{Event, Recorded},
    intake::Intake,
    shell::{
        StepError,
        keys::{self, Item, Key, get_text, text},
    },
    values::{ComplaintId, Digest, Reference, TextId},
};

/// A complaint as its item has it.
#[derive(Clone)]
pub(in crate::shell) struct Loaded {
    pub(in crate::shell) complaint: Complaint,
    pub(super) head: Digest,
    pub(super) command: Option<String>,
}

impl Loaded {
    pub(super) fn of(item: &Item, key: &Key) -> Result<Loaded, StepError> {
        let head = get_text(item, "head").and_then(|head| Digest::parse(head).ok()).ok_or_else(|| {
            StepError::give_up("read", key.to_string(), "the item has no head of its chain")
        })?;
        let command = get_text(item, "command").map(str::to_owned);
        Ok(Loaded { complaint: record(item, key)?, head, command })
    }
}

/// How many keys a request takes.
const MOST_KEYS: usize = 100;

/// How often what a batch left unread is asked for again.
const MOST_BATCHES: u32 = 8;

/// How long the stream has to publish an event before the sweep does.
const PUBLISHED_WITHIN: SignedDuration = SignedDuration::from_mins(1);

/// Points to an event that is not known to be published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pointer {
    /// The pointer's own key.
    pub key: Key,
    /// Whose event.
    pub complaint: ComplaintId,
    /// The version it made.
    pub version: u32,
}

impl Pointer {
    pub(super) fn of(item: &Item) -> Option<Pointer> {
        let key = Key::new(get_text(item, "pk")?, get_text(item, "sk")?);
        let mut parts = key.sk.splitn(3, '#').skip(1);
        let complaint = ComplaintId::parse(parts.next()?).ok()?;
        let version = parts.next()?.parse().ok()?;
        Some(Pointer { key, complaint, version })
    }
}

impl Ledger<'_> {
    /// One item, as it is now.
    pub(crate) async fn get(self, key: &Key) -> Result<Option<Item>, StepError> {
        let got = self
            .client()
            .get_item()
            .table_name(self.table()?)
            .set_key(Some(key.item()))
            .consistent_read(true)
            .send()
            .await
            .map_err(|error| StepError::call("read", &key.to_string(), &error))?;
        Ok(got.item)
    }

    /// All items of a partition, as they are now, page by page to the end.
    pub(crate) async fn partition(self, pk: &str) -> Result<Vec<Item>, StepError> {
        let mut items = Vec::new();
        let mut from = None;
        loop {
            let page = self
                .client()
                .query()
                .table_name(self.table()?)
                .consistent_read(true)
                .key_condition_expression("pk = :pk")
                .expression_attribute_values(":pk", text(pk))
                .set_exclusive_start_key(from)
                .send()
                .await
                .map_err(|error| StepError::call("query", pk, &error))?;
            items.extend(page.items.unwrap_or_default());
            from = page.last_evaluated_key;
            if from.is_none() {
                return Ok(items);
            }
        }
    }

    /// The last records of a partition, the last first.
    pub(super) async fn latest<T: DeserializeOwned>(self, pk: &str, most: i32) -> Result<Vec<T>, StepError> {
        let key = Key::new(pk, "*");
        self.last_items(pk, most).await?.iter().map(|item| record(item, &key)).collect()
    }

    /// The last items of a partition, the last first.
    pub(super) async fn last_items(self, pk: &str, most: i32) -> Result<Vec<Item>, StepError> {
        let page = self
            .client()
            .query()
            .table_name(self.table()?)
            .consistent_read(true)
            .key_condition_expression("pk = :pk")
            .expression_attribute_values(":pk", text(pk))
            .scan_index_forward(false)
            .limit(most)
            .send()
            .await
            .map_err(|error| StepError::call("query", pk, &error))?;
        Ok(page.items.unwrap_or_default())
    }

    pub(in crate::shell) async fn load_item(self, id: ComplaintId) -> Result<Option<Loaded>, StepError> {
        let key = keys::complaint(id);
        self.get(&key).await?.map(|item| Loaded::of(&item, &key)).transpose()
    }

    /// Those of some complaints that there are, each once, as they are now and in the order of these ids.
    pub async fn load_all(self, ids: &[ComplaintId]) -> Result<Vec<Complaint>, StepError> {
        let mut keys: Vec<Key> = Vec::with_capacity(ids.len());
        for key in ids.iter().map(|id| keys::complaint(*id)) {
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
        let items = self.get_all(&keys).await?;
        let found = keys.iter().filter_map(|key| Some((items.iter().find(|item| key.names(item))?, key)));
        found.map(|(item, key)| record(item, key)).collect()
    }

    /// Those of some items that are there, each as it is now, in any order. No key may be there twice.
    pub(super) async fn get_all(self, wanted: &[Key]) -> Result<Vec<Item>, StepError> {
        let mut found = Vec::with_capacity(wanted.len());
        for keys in wanted.chunks(MOST_KEYS) {
            found.extend(self.get_batch(keys).await?);
        }
        Ok(found)
    }

    async fn get_batch(self, keys: &[Key]) -> Result<Vec<Item>, StepError> {
        let named = || keys.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        let mut found = Vec::with_capacity(keys.len());
        let wanted = KeysAndAttributes::builder().consistent_read(true);
        let wanted = keys.iter().fold(wanted, |wanted, key| wanted.keys(key.item())).build();
        let wanted = wanted.map_err(|error| StepError::give_up("read", named(), error))?;
        let mut left = HashMap::from([(self.table()?.to_owned(), wanted)]);
        for attempt in 0..MOST_BATCHES {
            let got = self.client().batch_get_item().set_request_items(Some(left)).send().await;
            let got = got.map_err(|error| StepError::call("read", &named(), &error))?;
            found.extend(got.responses.into_iter().flat_map(HashMap::into_values).flatten());
            left = got.unprocessed_keys.unwrap_or_default();
            if left.is_empty() {
                return Ok(found);
            }
            self.shell.pause(attempt).await?;
        }
        Err(StepError::retry("read", named(), "the table leaves some unread all the time"))
    }

    /// A complaint as it is now.
    pub async fn load(self, id: ComplaintId) -> Result<Option<Complaint>, StepError> {
        Ok(self.load_item(id).await?.map(|loaded| loaded.complaint))
    }

    /// Whose reference this is.
    pub async fn find(self, reference: Reference) -> Result<Option<ComplaintId>, StepError> {
        let item = self.get(&keys::reference(reference)).await?;
        Ok(item.as_ref().and_then(|item| get_text(item, "id")).and_then(|id| ComplaintId::parse(id).ok()))
    }

    /// The complaint that people call so, as it is now.
    pub async fn called(self, reference: Reference) -> Result<Option<Complaint>, StepError> {
        match self.find(reference).await? {
            Some(id) => self.load(id).await,
            None => Ok(None),
        }
    }

    /// Which complaint goes on in the stead of the one that this event ends, where it does.
    pub(in crate::shell) async fn goes_on_as(
        self,
        recorded: Option<&Recorded>,
    ) -> Result<Option<Reference>, StepError> {
        match recorded.map(|recorded| &recorded.event) {
            Some(Event::MarkedDuplicate { of, .. }) => Ok(self.load(*of).await?.map(|other| other.reference)),
            _ => Ok(None),
        }
    }

    /// The form as it was posted; none once it is erased.
    pub async fn intake(self, id: ComplaintId) -> Result<Option<Intake>, StepError> {
        let key = keys::intake(id);
        self.get(&key).await?.map(|item| posted(&item, &key)).transpose()
    }

    /// A private text; none once it is erased.
    pub async fn text(self, id: ComplaintId, reference: &TextRef) -> Result<Option<String>, StepError> {
        let item = self.get(&keys::private_text(id, reference.id)).await?;
        Ok(item.as_ref().and_then(|item| get_text(item, "text")).map(str::to_owned))
    }

    /// All private texts of a complaint that are not erased, the form aside.
    pub async fn texts(self, id: ComplaintId) -> Result<HashMap<TextId, String>, StepError> {
        let items = self.partition(&keys::private(id)).await?;
        Ok(items
            .iter()
            .filter_map(|item| {
                let id = TextId::parse(get_text(item, "sk")?.strip_prefix("text#")?).ok()?;
                Some((id, get_text(item, "text")?.to_owned()))
            })
            .collect())
    }

    /// One entry of the audit trail.
    pub async fn event(self, id: ComplaintId, version: u32) -> Result<Option<Recorded>, StepError> {
        let key = keys::event(id, version);
        self.get(&key).await?.map(|item| record(&item, &key)).transpose()
    }

    /// The audit trail, from the first entry.
    pub async fn events(self, id: ComplaintId) -> Result<Vec<Recorded>, StepError> {
        let items = self.partition(&keys::events(id)).await?;
        items.iter().map(|item| record(item, &Key::new(keys::events(id), "*"))).collect()
    }

    /// The keys in one partition of the due index whose time has come, page by page to the end.
    pub(crate) async fn due(self, partition: &str, now: Timestamp) -> Result<Vec<Key>, StepError> {
        let mut due = Vec::new();
        let mut from = None;
        loop {
            let page = self
                .client()
                .query()
                .table_name(self.table()?)
                .index_name("due")
                .key_condition_expression("due_shard = :shard AND due_at <= :now")
                .expression_attribute_values(":shard", text(partition))
                .expression_attribute_values(":now", text(keys::instant(now)))
                .set_exclusive_start_key(from)
                .send()
                .await
                .map_err(|error| StepError::call("query what is due", partition, &error))?;
            let keys = page.items.unwrap_or_default();
            due.extend(
                keys.iter().filter_map(|item| Some(Key::new(get_text(item, "pk")?, get_text(item, "sk")?))),
            );
            from = page.last_evaluated_key;
            if from.is_none() {
                return Ok(due);
            }
        }
    }

    /// The complaints about which somebody is to be told something now.
    pub async fn due_complaints(self, now: Timestamp) -> Result<Vec<ComplaintId>, StepError> {
        let mut due = Vec::new();
        for shard in 0..self.shell.config.shards {
            let keys = self.due(&keys::due_complaints(shard), now).await?;
            due.extend(keys.iter().filter_map(|key| ComplaintId::parse(key.pk.strip_prefix("C#")?).ok()));
        }
        Ok(due)
    }

    /// The outbox pointers that are older than a minute: by then the stream has published what it could.
    pub async fn unpublished(self) -> Result<Vec<Pointer>, StepError> {
        let before = self.shell.now().checked_sub(PUBLISHED_WITHIN).unwrap_or(Timestamp::UNIX_EPOCH);
        let mut pointers = Vec::new();
        for shard in 0..self.shell.config.shards {
            for item in self.partition(&keys::outbox_shard(shard)).await? {
                let pointer = Pointer::of(&item);
                pointers.extend(pointer.filter(|pointer| pointer.key.sk < keys::instant(before)));
            }
        }
        Ok(pointers)
    }
}

/// The form in its item.
pub(super) fn posted(item: &Item, key: &Key) -> Result<Intake, StepError> {
    let posted = get_text(item, "text")
        .ok_or_else(|| StepError::give_up("read", key.to_string(), "the item has no text"))?;
    parse(posted, key)
}

/// The record in an item.
pub(in crate::shell) fn record<T: DeserializeOwned>(item: &Item, key: &Key) -> Result<T, StepError> {
    parse(record_text(item, key)?, key)
}

/// The record in an item, as it is written.
pub(in crate::shell) fn record_text<'i>(item: &'i Item, key: &Key) -> Result<&'i str, StepError> {
    get_text(item, "record")
        .ok_or_else(|| StepError::give_up("read", key.to_string(), "the item has no record"))
}

pub(super) fn parse<T: DeserializeOwned>(json: &str, key: &Key) -> Result<T, StepError> {
    // serde's messages can quote values; where it went wrong is enough to find the cause.
    serde_json::from_str(json).map_err(|error| {
        let place = format!("the record does not fit at line {}, column {}", error.line(), error.column());
        StepError::give_up("read", key.to_string(), place)
    })
}

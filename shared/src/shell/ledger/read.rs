//! Reading: by id, by reference, by stage, owner and date due. Every query is paged to the end or hands out a cursor.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;
use jiff::{SignedDuration, Timestamp};
use serde::de::DeserializeOwned;

use super::Ledger;
use crate::{
    command::TextRef,
    complaint::{Complaint, StageName},
    event::Recorded,
    intake::Intake,
    shell::{
        StepError,
        keys::{self, Item, Key, get_text, text},
    },
    values::{ComplaintId, Digest, Reference, StaffId, TextId},
};

/// A complaint as its item has it.
pub(super) struct Loaded {
    pub(super) complaint: Complaint,
    pub(super) head: Digest,
    pub(super) command: Option<String>,
}

/// A page of a list, with where the next one begins.
#[derive(Clone, Debug)]
pub struct Page<T> {
    /// What is on it.
    pub rows: Vec<T>,
    /// Opaque; none on the last page.
    pub cursor: Option<String>,
}

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
    fn of(item: &Item) -> Option<Pointer> {
        let key = Key::new(get_text(item, "pk")?, get_text(item, "sk")?);
        let mut parts = key.sk.splitn(3, '#').skip(1);
        let complaint = ComplaintId::parse(parts.next()?).ok()?;
        let version = parts.next()?.parse().ok()?;
        Some(Pointer { key, complaint, version })
    }
}

/// How many lines a list's page has.
const PAGE: i32 = 50;

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

    pub(super) async fn load_item(self, id: ComplaintId) -> Result<Option<Loaded>, StepError> {
        let key = keys::complaint(id);
        let Some(item) = self.get(&key).await? else { return Ok(None) };
        let head = get_text(&item, "head").and_then(|head| Digest::parse(head).ok()).ok_or_else(|| {
            StepError::give_up("read", key.to_string(), "the item has no head of its chain")
        })?;
        let command = get_text(&item, "command").map(str::to_owned);
        Ok(Some(Loaded { complaint: record(&item, &key)?, head, command }))
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

    /// The form as it was posted; none once it is erased.
    pub async fn intake(self, id: ComplaintId) -> Result<Option<Intake>, StepError> {
        let key = keys::intake(id);
        let Some(item) = self.get(&key).await? else { return Ok(None) };
        let posted = get_text(&item, "text")
            .ok_or_else(|| StepError::give_up("read", key.to_string(), "the item has no text"))?;
        parse(posted, &key).map(Some)
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

    /// The mails about a complaint, as their items have them.
    pub async fn mails(self, id: ComplaintId) -> Result<Vec<Item>, StepError> {
        self.partition(&keys::mails(&id.to_string())).await
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

    /// Complaints in a stage, the oldest first.
    pub async fn by_stage(
        self,
        stage: StageName,
        cursor: Option<&str>,
    ) -> Result<Page<Complaint>, StepError> {
        self.list("stage", "stage_key", stage.code(), cursor).await
    }

    /// Open complaints of an owner, the next due first.
    pub async fn by_owner(self, owner: &StaffId, cursor: Option<&str>) -> Result<Page<Complaint>, StepError> {
        self.list("owner", "owner", owner.as_str(), cursor).await
    }

    /// Open complaints, the next due first; with `until`, those due by then.
    pub async fn by_due(
        self,
        until: Option<Timestamp>,
        cursor: Option<&str>,
    ) -> Result<Page<Complaint>, StepError> {
        let from = cursor.map(decode_cursor).transpose()?;
        let shard = from.as_ref().map_or(Some(0), shard_of).ok_or_else(foreign_cursor)?;
        // A cursor of a shard's name alone points to the shard's beginning.
        let from = from.filter(|key| key.contains_key("pk"));
        let page = self
            .client()
            .query()
            .table_name(self.table()?)
            .index_name("due")
            .key_condition_expression("due_shard = :shard AND due_at <= :until")
            .expression_attribute_values(":shard", text(keys::due_complaints(shard)))
            .expression_attribute_values(":until", text(keys::instant(until.unwrap_or(Timestamp::MAX))))
            .limit(PAGE)
            .set_exclusive_start_key(from)
            .send()
            .await
            .map_err(|error| StepError::call("list", "due", &error))?;
        let keys = page.items.unwrap_or_default();
        let mut rows = Vec::with_capacity(keys.len());
        for key in &keys {
            let id = get_text(key, "pk").and_then(|pk| ComplaintId::parse(pk.strip_prefix("C#")?).ok());
            if let Some(id) = id {
                rows.extend(self.load(id).await?);
            }
        }
        let next_shard = || {
            let next = shard + 1;
            (next < self.shell.config.shards)
                .then(|| Item::from([("due_shard".to_owned(), text(keys::due_complaints(next)))]))
        };
        Ok(Page { rows, cursor: page.last_evaluated_key.or_else(next_shard).as_ref().map(encode_cursor) })
    }

    async fn list(
        self,
        index: &str,
        attribute: &str,
        value: &str,
        cursor: Option<&str>,
    ) -> Result<Page<Complaint>, StepError> {
        let page = self
            .client()
            .query()
            .table_name(self.table()?)
            .index_name(index)
            .key_condition_expression("#a = :v")
            .expression_attribute_names("#a", attribute)
            .expression_attribute_values(":v", text(value))
            .limit(PAGE)
            .set_exclusive_start_key(cursor.map(decode_cursor).transpose()?)
            .send()
            .await
            .map_err(|error| StepError::call("list", value, &error))?;
        let items = page.items.unwrap_or_default();
        let key = Key::new(index, value);
        let rows = items.iter().map(|item| record(item, &key));
        let rows = rows.collect::<Result<Vec<_>, StepError>>()?;
        Ok(Page { rows, cursor: page.last_evaluated_key.as_ref().map(encode_cursor) })
    }
}

/// A cursor is the last key, all of whose parts are strings.
fn encode_cursor(key: &Item) -> String {
    let mut parts: Vec<(&String, &String)> =
        key.iter().filter_map(|(name, value)| Some((name, value.as_s().ok()?))).collect();
    parts.sort();
    form_urlencoded::Serializer::new(String::new()).extend_pairs(parts).finish()
}

fn decode_cursor(cursor: &str) -> Result<Item, StepError> {
    let key: Item = form_urlencoded::parse(cursor.as_bytes())
        .map(|(name, value)| (name.into_owned(), AttributeValue::S(value.into_owned())))
        .collect();
    if key.contains_key("pk") || key.contains_key("due_shard") { Ok(key) } else { Err(foreign_cursor()) }
}

/// The key that an error about a cursor names.
pub const CURSOR: &str = "cursor";

fn foreign_cursor() -> StepError {
    StepError::give_up("list", CURSOR, "it is none of ours")
}

fn shard_of(cursor: &Item) -> Option<u32> {
    get_text(cursor, "due_shard")?.strip_prefix("DUE#")?.parse().ok()
}

/// The record in an item.
pub(in crate::shell) fn record<T: DeserializeOwned>(item: &Item, key: &Key) -> Result<T, StepError> {
    let json = get_text(item, "record")
        .ok_or_else(|| StepError::give_up("read", key.to_string(), "the item has no record"))?;
    parse(json, key)
}

fn parse<T: DeserializeOwned>(json: &str, key: &Key) -> Result<T, StepError> {
    // serde's messages can quote values; where it went wrong is enough to find the cause.
    serde_json::from_str(json).map_err(|error| {
        let place = format!("the record does not fit at line {}, column {}", error.line(), error.column());
        StepError::give_up("read", key.to_string(), place)
    })
}

//! Lists: by stage, by owner, by date due, a page at a time.

use aws_sdk_dynamodb::{
    error::{ProvideErrorMetadata, SdkError},
    operation::query::QueryError,
    types::{AttributeValue, Select},
};
use aws_smithy_runtime_api::http::Response;
use jiff::Timestamp;

use super::{Ledger, read::record};
use crate::{
    complaint::{Complaint, StageName},
    shell::{
        StepError,
        keys::{self, Item, Key, get_text, text},
    },
    values::{ComplaintId, StaffId},
};

/// A page of a list, with where the next one begins.
#[derive(Clone, Debug)]
pub struct Page<T> {
    /// What is on it.
    pub rows: Vec<T>,
    /// Opaque; none on the last page.
    pub cursor: Option<String>,
}

/// How many there are, as far as they were counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    /// So many.
    pub number: i64,
    /// Whether that is all.
    pub is_all: bool,
}

/// How many lines a list's page has.
const PAGE: i32 = 50;
/// More lines of a partition of the due index than these are not counted.
const MOST_COUNTED: i32 = 1_000;

impl Ledger<'_> {
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
            .map_err(|error| refused_list("due", cursor, &error))?;
        let keys = page.items.unwrap_or_default();
        let id = |key: &Item| ComplaintId::parse(get_text(key, "pk")?.strip_prefix("C#")?).ok();
        let ids: Vec<ComplaintId> = keys.iter().filter_map(id).collect();
        let rows = self.load_all(&ids).await?;
        let next_shard = || {
            let next = shard.saturating_add(1);
            (next < self.shell.config.shards)
                .then(|| Item::from([("due_shard".to_owned(), text(keys::due_complaints(next)))]))
        };
        Ok(Page { rows, cursor: page.last_evaluated_key.or_else(next_shard).as_ref().map(encode_cursor) })
    }

    /// How many open complaints are next due until an instant. Only the index is read, one request for each of its
    /// partitions, and no more than a thousand of each are counted.
    pub async fn count_due(self, until: Timestamp) -> Result<Counted, StepError> {
        let mut counted = Counted { number: 0, is_all: true };
        for shard in 0..self.shell.config.shards {
            let page = self
                .client()
                .query()
                .table_name(self.table()?)
                .index_name("due")
                .select(Select::Count)
                .key_condition_expression("due_shard = :shard AND due_at <= :until")
                .expression_attribute_values(":shard", text(keys::due_complaints(shard)))
                .expression_attribute_values(":until", text(keys::instant(until)))
                .limit(MOST_COUNTED)
                .send()
                .await
                .map_err(|error| refused_list("due", None, &error))?;
            counted.number += i64::from(page.count);
            counted.is_all &= page.count < MOST_COUNTED;
        }
        Ok(counted)
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
            .map_err(|error| refused_list(value, cursor, &error))?;
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

/// With a cursor that does not fit the list, DynamoDB finds the request malformed.
fn refused_list(list: &str, cursor: Option<&str>, error: &SdkError<QueryError, Response>) -> StepError {
    match error.as_service_error().and_then(ProvideErrorMetadata::code) {
        Some("ValidationException") if cursor.is_some() => foreign_cursor(),
        _ => StepError::call("list", list, error),
    }
}

fn foreign_cursor() -> StepError {
    StepError::give_up("list", CURSOR, "it is none of ours")
}

fn shard_of(cursor: &Item) -> Option<u32> {
    get_text(cursor, "due_shard")?.strip_prefix("DUE#")?.parse().ok()
}

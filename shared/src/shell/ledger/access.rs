//! The records of who looked at what: written once, never changed, kept as long as what they are about. Those that are
//! about no single complaint are kept for the policy's years, by month.

use std::{fmt, str::FromStr};

use jiff::Timestamp;
use serde::Serialize;

use super::{Ledger, read::record, write::json};
use crate::{
    access::Access,
    figures::Period,
    shell::{
        StepError,
        keys::{self, Item, Key, get_text, number, text},
    },
};

/// How many of the latest accesses are shown.
const MOST_SHOWN: i32 = 50;

/// A page of a month's accesses to what is no single complaint's, the newest first.
#[derive(Clone, Debug, Serialize)]
pub struct AccessPage {
    /// The accesses.
    pub accesses: Vec<Access>,
    /// Where the next page begins; none on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<AccessPlace>,
}

/// The place of an access in its month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(into = "String")]
pub struct AccessPlace(String);

/// A text is no place in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is no place in the list of accesses")]
pub struct NoAccessPlace;

/// So long a place can be.
const LONGEST_PLACE: usize = 200;

impl FromStr for AccessPlace {
    type Err = NoAccessPlace;

    fn from_str(text: &str) -> Result<AccessPlace, NoAccessPlace> {
        let at = text.split_once('#').map(|(at, _)| at.parse::<Timestamp>());
        let is_one = matches!(at, Some(Ok(_))) && text.len() <= LONGEST_PLACE;
        if is_one { Ok(AccessPlace(text.to_owned())) } else { Err(NoAccessPlace) }
    }
}

impl fmt::Display for AccessPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<AccessPlace> for String {
    fn from(place: AccessPlace) -> String {
        place.0
    }
}

impl Ledger<'_> {
    /// Records an access to the complaint that `subject` names. Until it is recorded, nothing may be shown.
    pub async fn note_access(self, subject: &str, access: &Access) -> Result<(), StepError> {
        let key = keys::access(subject, access.at, &access.request);
        self.put_access(&key, access, key.item()).await
    }

    /// Records an access to what is no single complaint's, for the policy's years.
    pub async fn note_desk_access(self, access: &Access) -> Result<(), StepError> {
        let policy = self.shell.policy();
        let month = Period::of(access.at, &policy.calendar);
        let key = keys::access(&keys::desk_accesses(month), access.at, &access.request);
        let mut item = key.item();
        let until = policy.retention.until(access.at, policy.calendar.zone());
        item.insert("expires".to_owned(), number(until.as_second()));
        self.put_access(&key, access, item).await
    }

    async fn put_access(self, key: &Key, access: &Access, mut item: Item) -> Result<(), StepError> {
        item.insert("record".to_owned(), text(json(access, key)?));
        // The key names the request: what is there already is the answer to an earlier attempt that was lost on the way.
        self.put_new(key, item).await.map(drop)
    }

    /// The latest accesses to the complaint that `subject` names, the newest first.
    pub async fn accesses(self, subject: &str) -> Result<Vec<Access>, StepError> {
        self.latest(&keys::accesses(subject), MOST_SHOWN).await
    }

    /// A page of a month's accesses to what is no single complaint's, the newest first; those before a place.
    pub async fn desk_accesses(
        self,
        month: Period,
        before: Option<&AccessPlace>,
    ) -> Result<AccessPage, StepError> {
        let pk = keys::accesses(&keys::desk_accesses(month));
        let condition = if before.is_some() { "pk = :pk AND sk < :before" } else { "pk = :pk" };
        let mut query = self
            .client()
            .query()
            .table_name(self.table()?)
            .consistent_read(true)
            .key_condition_expression(condition)
            .expression_attribute_values(":pk", text(&pk))
            .scan_index_forward(false)
            .limit(MOST_SHOWN);
        if let Some(before) = before {
            query = query.expression_attribute_values(":before", text(before.to_string()));
        }
        let page = query.send().await.map_err(|error| StepError::call("query", &pk, &error))?;
        let key = Key::new(&pk, "*");
        let items = page.items.unwrap_or_default();
        let kept = items.iter().filter(|item| !self.has_expired(item));
        let accesses = kept.map(|item| record(item, &key)).collect::<Result<Vec<_>, _>>()?;
        let last = page.last_evaluated_key.as_ref().and_then(|key| get_text(key, "sk"));
        Ok(AccessPage { accesses, cursor: last.and_then(|last| last.parse().ok()) })
    }
}

//! Posts held back as suspected spam: answered like any other, visible to staff, counted apart, no complaint and no mail.
//! They wait for a person for the policy's days; TTL removes them then.

use std::{fmt, str::FromStr};

use aws_sdk_dynamodb::types::{AttributeValue, TransactWriteItem};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{
    Ledger,
    read::record,
    receive::{Receiving, Suspicion},
    transaction, write,
};
use crate::{
    complaint::Complaint,
    figures::Period,
    intake::Intake,
    shell::{
        StepError,
        keys::{self, Item, Key, get_number, get_text, number, text},
    },
    values::{ComplaintId, Reference},
};

/// The item of the figures that counts held posts.
const COUNTED: &str = "held#all";
/// How many posts a page has at most.
const PAGE: i32 = 50;

/// A post that is held.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct HeldPost {
    /// The id it would have as a complaint.
    pub id: ComplaintId,
    /// The reference that was answered.
    pub reference: Reference,
    /// When it came.
    pub received_at: Timestamp,
    /// Why it is held.
    pub suspicion: Suspicion,
    /// What was posted.
    pub complaint: Intake,
}

/// A page of held posts of one month.
#[derive(Clone, Debug, Serialize)]
pub struct HeldPage {
    /// The posts.
    pub held: Vec<HeldPost>,
    /// Where the next page begins; none on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

/// Where a page of held posts begins: `2026-10`, or `2026-10.<id>` for what comes after that post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeldFrom {
    /// Posts of this month.
    pub month: Period,
    /// The last one of the page before.
    pub after: Option<ComplaintId>,
}

/// A text is no place in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is no place in the list of held posts")]
pub struct NoPlace;

impl FromStr for HeldFrom {
    type Err = NoPlace;

    fn from_str(text: &str) -> Result<HeldFrom, NoPlace> {
        let (month, after) = text.split_once('.').map_or((text, None), |(month, id)| (month, Some(id)));
        let after = after.map(ComplaintId::parse).transpose().map_err(|_| NoPlace)?;
        Ok(HeldFrom { month: month.parse().map_err(|_| NoPlace)?, after })
    }
}

impl fmt::Display for HeldFrom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.month)?;
        self.after.map_or(Ok(()), |id| write!(f, ".{id}"))
    }
}

impl Ledger<'_> {
    /// The items of a post that is held, in place of a complaint's.
    pub(super) fn held_writes(
        self,
        receiving: &Receiving,
        complaint: &Complaint,
        suspicion: Suspicion,
    ) -> Result<Vec<TransactWriteItem>, StepError> {
        let post = HeldPost {
            id: complaint.id,
            reference: complaint.reference,
            received_at: receiving.received_at,
            suspicion,
            complaint: receiving.intake.clone(),
        };
        let key = self.held_key(complaint.id);
        let mut item = key.item();
        item.insert("record".to_owned(), text(write::json(&post, &key)?));
        let days = SignedDuration::from_hours(24 * i64::from(self.shell.policy().limits.held_days));
        item.insert("expires".to_owned(), write::expires(self.shell.now(), days));
        Ok(vec![transaction::put_new(self.table()?, item)?, self.count_held("held")?])
    }

    /// Held posts of a month, the earliest first, a page at a time, and then those of the month before.
    pub async fn held(self, from: HeldFrom) -> Result<HeldPage, StepError> {
        let partition = keys::held_month(&from.month.to_string());
        let start = from.after.map(|id| Key::new(&partition, id.to_string()).item());
        let page = self
            .client()
            .query()
            .table_name(self.table()?)
            .consistent_read(true)
            .key_condition_expression("pk = :pk")
            .filter_expression("attribute_not_exists(decision)")
            .expression_attribute_values(":pk", text(&partition))
            .limit(PAGE)
            .set_exclusive_start_key(start)
            .send()
            .await
            .map_err(|error| StepError::call("query", &partition, &error))?;
        let key = Key::new(&partition, "*");
        let waiting = page.items.unwrap_or_default();
        let waiting = waiting.iter().filter(|item| !self.has_expired(item));
        let held = waiting.map(|item| record(item, &key)).collect::<Result<Vec<_>, _>>()?;
        let last = page.last_evaluated_key.as_ref().and_then(|key| get_text(key, "sk"));
        let next = match last.and_then(|id| ComplaintId::parse(id).ok()) {
            Some(id) => Some(HeldFrom { month: from.month, after: Some(id) }),
            None => self.month_before(from.month),
        };
        Ok(HeldPage { held, cursor: next.map(|next| next.to_string()) })
    }

    /// TTL removes what has expired within days, not at once.
    pub(super) fn has_expired(self, item: &Item) -> bool {
        get_number(item, "expires").is_some_and(|at| at <= self.shell.now().as_second())
    }

    /// Where a held post lies: by the month that its id was made in.
    pub(super) fn held_key(self, id: ComplaintId) -> Key {
        keys::held(&Period::of(id.made_at(), &self.shell.policy().calendar).to_string(), id)
    }

    /// One more was held, released or discarded this month.
    pub(super) fn count_held(self, counter: &str) -> Result<TransactWriteItem, StepError> {
        let month = Period::of(self.shell.now(), &self.shell.policy().calendar);
        let figure = Key::new(keys::figures(&month.to_string()), format!("{COUNTED}#0"));
        let one: [(&str, AttributeValue); 1] = [(":one", number(1))];
        transaction::update(self.table()?, &figure, &format!("ADD {counter} :one"), None, one)
    }

    /// None where that is too long ago for anything to be held still.
    fn month_before(self, month: Period) -> Option<HeldFrom> {
        let before = month.previous();
        let oldest = self.shell.now().checked_sub(SignedDuration::from_hours(24 * 366)).ok()?;
        let oldest = Period::of(oldest, &self.shell.policy().calendar);
        (before >= oldest).then_some(HeldFrom { month: before, after: None })
    }
}

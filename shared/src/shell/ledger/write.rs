//! The items that a command writes.

use aws_sdk_dynamodb::{operation::put_item::PutItemError, types::TransactWriteItem};
use jiff::{SignedDuration, Timestamp};

use super::{Ledger, PrivateText, transaction};
use crate::{
    actor::Actor,
    complaint::Complaint,
    event::{Event, Recorded},
    evolve::evolve,
    shell::{
        StepError,
        keys::{self, Item, Key, number, text},
    },
    trail::nothing_before,
    values::{CommandId, ComplaintId, Digest},
};

/// What the marks of done effects are kept for: longer than any event is delivered again.
pub(super) const EFFECTS_KEPT: SignedDuration = SignedDuration::from_hours(24 * 90);

/// Who recorded, when, by which command.
pub(super) struct Entry<'a> {
    pub(super) at: Timestamp,
    pub(super) actor: &'a Actor,
    pub(super) command: CommandId,
    pub(super) policy: u32,
}

impl Ledger<'_> {
    /// Writes an item by itself that is never written over. Whether it was written: false where one is there already.
    pub(in crate::shell) async fn put_new(self, key: &Key, item: Item) -> Result<bool, StepError> {
        let put = self.client().put_item().table_name(self.table()?).set_item(Some(item));
        match put.condition_expression("attribute_not_exists(pk)").send().await {
            Ok(_) => Ok(true),
            Err(error)
                if error
                    .as_service_error()
                    .is_some_and(PutItemError::is_conditional_check_failed_exception) =>
            {
                Ok(false)
            }
            Err(error) => Err(StepError::call("store", &key.to_string(), &error)),
        }
    }
}

/// Applies the events one by one and makes the audit trail's entries of them.
pub(super) fn record(
    before: Option<&Complaint>,
    head: Digest,
    events: Vec<Event>,
    entry: &Entry<'_>,
) -> Option<(Complaint, Vec<Recorded>)> {
    let mut complaint = before.cloned();
    let mut head = head;
    let mut recorded = Vec::with_capacity(events.len());
    for event in events {
        let profile_before = complaint.as_ref().map(Complaint::profile);
        let after = evolve(complaint, &event)?;
        let sealed = Recorded {
            complaint: after.id,
            version: after.version,
            at: entry.at,
            actor: entry.actor.clone(),
            command: entry.command,
            policy: entry.policy.to_string(),
            event,
            before: profile_before,
            after: after.profile(),
            previous: head,
            hash: nothing_before(),
        }
        .seal();
        head = sealed.hash;
        recorded.push(sealed);
        complaint = Some(after);
    }
    complaint.map(|complaint| (complaint, recorded))
}

impl Ledger<'_> {
    /// The complaint's item: what is loaded and queried.
    pub(super) fn complaint_item(
        self,
        complaint: &Complaint,
        head: &Digest,
        command: CommandId,
    ) -> Result<Item, StepError> {
        let key = keys::complaint(complaint.id);
        let mut item = key.item();
        item.insert("version".to_owned(), number(complaint.version));
        item.insert("record".to_owned(), text(json(complaint, &key)?));
        item.insert("head".to_owned(), text(head.to_string()));
        item.insert("command".to_owned(), text(command.to_string()));
        item.insert("stage_key".to_owned(), text(complaint.stage_name().code()));
        item.insert("received_at".to_owned(), text(keys::instant(complaint.received_at)));
        let shard = keys::shard(complaint.id.as_bytes(), self.shell.config.shards);
        if let Some(due) = complaint.next_due() {
            item.insert("due_shard".to_owned(), text(keys::due_complaints(shard)));
            item.insert("due_at".to_owned(), text(keys::instant(due)));
            if let Some(owner) = &complaint.owner {
                item.insert("owner".to_owned(), text(owner.to_string()));
            }
        } else if let Some(from) = complaint.kept_from().filter(|_| !complaint.held) {
            item.insert("due_shard".to_owned(), text(keys::kept_complaints(shard)));
            item.insert("due_at".to_owned(), text(keys::instant(from)));
        }
        Ok(item)
    }

    /// The audit trail's entries, each with its outbox pointer.
    pub(super) fn event_writes(self, events: &[Recorded]) -> Result<Vec<TransactWriteItem>, StepError> {
        let table = self.table()?;
        let mut writes = Vec::with_capacity(events.len() * 2);
        for event in events {
            let key = keys::event(event.complaint, event.version);
            let shard = keys::shard(event.complaint.as_bytes(), self.shell.config.shards);
            let pointer = keys::outbox(shard, event.at, event.complaint, event.version);
            let mut item = key.item();
            item.insert("record".to_owned(), text(json(event, &key)?));
            item.insert("type".to_owned(), text(event.event.name()));
            item.insert("outbox".to_owned(), text(format!("{} {}", pointer.pk, pointer.sk)));
            writes.push(transaction::put_new(table, item)?);
            writes.push(transaction::put(table, pointer.item())?);
        }
        Ok(writes)
    }

    /// The private texts' items.
    pub(super) fn text_writes(
        self,
        complaint: ComplaintId,
        texts: &[PrivateText],
    ) -> Result<Vec<TransactWriteItem>, StepError> {
        let table = self.table()?;
        texts
            .iter()
            .map(|private| {
                let item = private_item(&keys::private_text(complaint, private.id), private);
                transaction::put(table, item)
            })
            .collect()
    }

    /// The mark that a step has taken account of an event.
    pub(super) fn effect_write(self, event: &str, step: &str) -> Result<TransactWriteItem, StepError> {
        let mut item = keys::effect(event, step).item();
        item.insert("expires".to_owned(), expires(self.shell.now(), EFFECTS_KEPT));
        transaction::put_new(self.table()?, item)
    }
}

/// A private text's item; its salt goes when it goes.
pub(super) fn private_item(key: &Key, private: &PrivateText) -> Item {
    use aws_sdk_dynamodb::{primitives::Blob, types::AttributeValue};
    let mut item = key.item();
    item.insert("text".to_owned(), text(&private.text));
    item.insert("salt".to_owned(), AttributeValue::B(Blob::new(private.salt)));
    item
}

/// The attribute after which DynamoDB may remove an item, in seconds.
pub(super) fn expires(now: Timestamp, after: SignedDuration) -> aws_sdk_dynamodb::types::AttributeValue {
    number(now.as_second() + after.as_secs())
}

/// The one record format.
pub(in crate::shell) fn json<T: serde::Serialize>(value: &T, key: &Key) -> Result<String, StepError> {
    serde_json::to_string(value).map_err(|error| StepError::give_up("write as JSON", key.to_string(), error))
}

//! Checks the whole table, and only reads it: whether each complaint's events are all there and unchanged, whether
//! they give the complaint that stands, whether it is found by what it is found by, and whether all was published.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use aws_sdk_dynamodb::types::AttributeValue;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::{
    Ledger,
    group::of_customer,
    read::{Pointer, record},
};
use crate::{
    command::{Reach, TextRef},
    complaint::Complaint,
    event::{Event, Recorded},
    shell::{
        StepError,
        keys::{self, Item, Key, get_text, text},
    },
    trail::{self, Trail},
    values::{CommandId, ComplaintId, Digest, TextId},
};

/// How often a complaint with faults is read again: a command may have come between two readings.
const MOST_READINGS: usize = 3;
/// How old an outbox pointer gets at most: the sweep comes every five minutes.
const PUBLISHED_WITHIN: SignedDuration = SignedDuration::from_mins(15);

/// Something in the table that is not as it should be. Without personal data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What it is about: a complaint's id, or a key.
    pub subject: String,
    /// What is wrong, in words.
    pub what: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.subject, self.what)
    }
}

/// What was checked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Verified {
    /// Complaints.
    pub complaints: usize,
    /// Their events.
    pub events: usize,
    /// Things that are not as they should be.
    pub faults: usize,
}

impl fmt::Display for Verified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Verified { complaints, events, faults } = self;
        write!(f, "Complaints: {complaints}. Events: {events}. Faults: {faults}.")
    }
}

impl Ledger<'_> {
    /// Checks everything, page by page, and tells each fault as it is found.
    pub async fn verify(self, mut tell: impl FnMut(&Fault)) -> Result<Verified, StepError> {
        let (mut verified, mut seen, mut from) = (Verified::default(), BTreeSet::new(), None);
        let before = self.shell.now().checked_sub(PUBLISHED_WITHIN).unwrap_or(Timestamp::UNIX_EPOCH);
        loop {
            let (page, next) = self.page_of_keys(from).await?;
            for item in page {
                let (events, faults) = match subject(&item, before) {
                    Subject::Case(id) if seen.insert(id) => {
                        verified.complaints += 1;
                        self.check(id, before).await?
                    }
                    Subject::Found(key, id) if self.is_left_behind(&key, id).await? => {
                        let what = "this leads to a complaint that is not to be found by it".to_owned();
                        (0, vec![Fault { subject: key.to_string(), what }])
                    }
                    Subject::Case(_) | Subject::Found(..) | Subject::Fine => continue,
                    Subject::Wrong(fault) => (0, vec![fault]),
                };
                verified.events += events;
                verified.faults += faults.len();
                faults.iter().for_each(&mut tell);
            }
            from = next;
            if from.is_none() {
                return Ok(verified);
            }
        }
    }

    /// The keys of complaints, events, outbox pointers, and what complaints are found by.
    async fn page_of_keys(self, from: Option<Item>) -> Result<(Vec<Item>, Option<Item>), StepError> {
        let table = self.table()?;
        let page = self
            .client()
            .scan()
            .table_name(table)
            .consistent_read(true)
            .projection_expression("pk, sk")
            .filter_expression(
                "begins_with(pk, :c) OR begins_with(pk, :e) OR begins_with(pk, :o) OR begins_with(pk, :n)",
            )
            .expression_attribute_values(":c", text("C#"))
            .expression_attribute_values(":e", text("E#"))
            .expression_attribute_values(":o", text("O#"))
            .expression_attribute_values(":n", text(keys::FOUND_BY))
            .set_exclusive_start_key(from)
            .send()
            .await
            .map_err(|error| StepError::call("scan", table, &error))?;
        Ok((page.items.unwrap_or_default(), page.last_evaluated_key))
    }

    /// The number of a complaint's events, and what is wrong with it however often it is read.
    async fn check(self, id: ComplaintId, before: Timestamp) -> Result<(usize, Vec<Fault>), StepError> {
        for _ in 1..MOST_READINGS {
            let read = self.read(id, before).await?;
            if read.1.is_empty() {
                return Ok(read);
            }
        }
        self.read(id, before).await
    }

    async fn read(self, id: ComplaintId, before: Timestamp) -> Result<(usize, Vec<Fault>), StepError> {
        let item = self.get(&keys::complaint(id)).await?;
        let events = self.partition(&keys::events(id)).await?;
        if item.is_none() && self.get(&keys::removal(id)).await?.is_some() {
            // Its time was over; what is left of it is on its way out.
            return Ok((events.len(), Vec::new()));
        }
        let compared = compare(id, item.as_ref(), &events);
        // A hold beats an erasure that had not begun.
        let is_held = compared.as_ref().is_ok_and(|(trail, _)| trail.complaint.held);
        let mut faults = match (&item, compared) {
            (_, Err(what)) => vec![what],
            (None, Ok(_)) => Vec::new(),
            (Some(item), Ok((trail, command))) => {
                let mut faults = self.stands(item, &trail, command).await?;
                if trail.complaint.reach != Reach::Restricted {
                    faults.extend(self.unfaithful(id, &events).await?);
                }
                faults
            }
        };
        if !is_held && self.has_unerased(id, &events, before).await? {
            faults.push("what its customer told was to be erased and is there".to_owned());
        }
        let fault = |what| Fault { subject: format!("complaint {id}"), what };
        Ok((events.len(), faults.into_iter().map(fault).collect()))
    }

    /// Whether what a complaint is found by is as its events say.
    async fn stands(self, item: &Item, trail: &Trail, command: CommandId) -> Result<Vec<String>, StepError> {
        let complaint = &trail.complaint;
        let mut expected = self.complaint_item(complaint, &trail.head, command)?;
        // Those written while there were fewer partitions stay in theirs.
        if let (Some(shard), true) = (item.get("due_shard"), expected.contains_key("due_shard")) {
            let was = (1..=self.shell.config.shards)
                .map(|shards| keys::shard(complaint.id.as_bytes(), shards))
                .flat_map(|number| [keys::due_complaints(number), keys::kept_complaints(number)])
                .any(|partition| *shard == text(partition));
            if was {
                expected.insert("due_shard".to_owned(), shard.clone());
            }
        }
        let names: BTreeSet<&String> = item.keys().chain(expected.keys()).collect();
        // The record was compared as what it means: its text may be of an earlier version of this software.
        let names = names.into_iter().filter(|name| *name != "record");
        let mut faults: Vec<String> =
            names.filter_map(|name| differs(name, item.get(name), expected.get(name))).collect();
        if self.find(complaint.reference).await? != Some(complaint.id) {
            faults.push(format!("the reference {} does not lead to it", complaint.reference));
        }
        if self.get(&of_customer(complaint)).await?.is_none() {
            faults.push("it is not among those of its customer".to_owned());
        }
        if complaint.reach != Reach::Restricted && !self.is_found(complaint.id).await? {
            faults.push("it is not found by all that its customer told".to_owned());
        }
        Ok(faults)
    }
}

impl Ledger<'_> {
    /// Whether a complaint is found by the words of names and the number that it is to be found by.
    async fn is_found(self, id: ComplaintId) -> Result<bool, StepError> {
        for key in self.keys_found_by(id).await? {
            if self.get(&key).await?.is_none() {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Whether this is there although the complaint is not to be found by it. The form that says so goes last, so that
    /// it is read first.
    async fn is_left_behind(self, key: &Key, id: ComplaintId) -> Result<bool, StepError> {
        Ok(!self.keys_found_by(id).await?.contains(key) && self.get(key).await?.is_some())
    }

    /// The texts that are not there, or do not say what they said when events were recorded that point to them.
    async fn unfaithful(self, id: ComplaintId, events: &[Item]) -> Result<Vec<String>, StepError> {
        let items = self.partition(&keys::private(id)).await?;
        let sealed: BTreeMap<&str, Digest> = items.iter().filter_map(sealed).collect();
        let mut faults = Vec::new();
        let events: Vec<_> = events.iter().filter_map(|item| entry(item).ok()).collect();
        let form = events.iter().rev().find_map(|(_, recorded)| recorded.event.form()).cloned();
        for (version, recorded) in events {
            let event = serde_json::to_value(&recorded.event)
                .map_err(|error| StepError::give_up("write as JSON", id.to_string(), error))?;
            for text in pointed_to(&event) {
                let key = match recorded.event.form() {
                    Some(of_event) if *of_event == text && form.as_ref() == Some(&text) => keys::intake(id),
                    // Another took its place since.
                    Some(of_event) if *of_event == text => continue,
                    _ => keys::private_text(id, text.id),
                };
                match sealed.get(key.sk.as_str()) {
                    Some(digest) if *digest == text.digest => {}
                    Some(_) => faults.push(format!("a text of event {version} is not what it was")),
                    None => faults.push(format!("a text of event {version} is missing")),
                }
            }
        }
        Ok(faults)
    }

    /// Whether a text is still there that was taken away before this time. What is told afterwards is another matter.
    async fn has_unerased(
        self,
        id: ComplaintId,
        events: &[Item],
        before: Timestamp,
    ) -> Result<bool, StepError> {
        let restricted = events.iter().filter_map(|item| entry(item).ok()).find_map(|(_, recorded)| {
            if let Event::Restricted { text, at } = recorded.event { Some((text.id, at)) } else { None }
        });
        let Some((reason, at)) = restricted.filter(|(_, at)| *at < before) else { return Ok(false) };
        let keys = self.keys_of(&keys::private(id)).await?;
        Ok(keys.iter().any(|key| match key.sk.strip_prefix("text#").map(TextId::parse) {
            Some(Ok(text)) => text != reason && text.made_at() < at,
            Some(Err(_)) | None => true,
        }))
    }
}

/// Where a text stands, and the digest that events have of it.
fn sealed(item: &Item) -> Option<(&str, Digest)> {
    let salt = item.get("salt")?.as_b().ok()?;
    Some((get_text(item, "sk")?, Digest::keyed(salt.as_ref(), get_text(item, "text")?.as_bytes())))
}

/// All texts that an event points to, wherever in it.
fn pointed_to(event: &Value) -> Vec<TextRef> {
    match event {
        Value::Object(fields) => match serde_json::from_value(event.clone()) {
            Ok(text) if fields.len() == 2 => vec![text],
            _ => fields.values().flat_map(pointed_to).collect(),
        },
        Value::Array(values) => values.iter().flat_map(pointed_to).collect(),
        _ => Vec::new(),
    }
}

/// What a key of the scan is about.
enum Subject {
    Case(ComplaintId),
    Found(Key, ComplaintId),
    Fine,
    Wrong(Fault),
}

fn subject(item: &Item, before: Timestamp) -> Subject {
    let part = |name| get_text(item, name).unwrap_or_default();
    let key = Key::new(part("pk"), part("sk"));
    let wrong = |what: &str| Subject::Wrong(Fault { subject: key.to_string(), what: what.to_owned() });
    match key.pk.split_once('#') {
        Some(("O", _)) if Pointer::of(item).is_none() => wrong("this points to no event"),
        Some(("O", _)) if key.sk < keys::instant(before) => wrong("this event is still unpublished"),
        Some(("O", _)) => Subject::Fine,
        Some(("N", _)) => ComplaintId::parse(&key.sk)
            .map_or_else(|_| wrong("this is no complaint's id"), |id| Subject::Found(key.clone(), id)),
        Some((_, id)) => {
            ComplaintId::parse(id).map_or_else(|_| wrong("this is no complaint's id"), Subject::Case)
        }
        None => wrong("this is no key of ours"),
    }
}

/// The trail, when it is whole and gives what the item says; else what is wrong. The command is that of the last event.
fn compare(id: ComplaintId, item: Option<&Item>, events: &[Item]) -> Result<(Trail, CommandId), String> {
    let entries = events.iter().map(entry).collect::<Result<Vec<_>, _>>()?;
    let stored = item.map(|item| record::<Complaint>(item, &keys::complaint(id)));
    let stored = stored.transpose().map_err(|error| format!("its item cannot be read: {error}"))?;
    let trail = trail::follow(id, &entries).map_err(|broken| broken.to_string())?;
    let (Some((_, last)), Some(stored)) = (entries.last(), stored) else {
        return Err("it has events and no item".to_owned());
    };
    if stored.version > last.version {
        Err(trail::Break::Missing(last.version + 1).to_string())
    } else if stored.version < last.version {
        Err(format!("its item is at version {}, and there are {} events", stored.version, last.version))
    } else if stored != trail.complaint {
        Err("its item is not what its events give".to_owned())
    } else {
        Ok((trail, last.command))
    }
}

/// An entry of the trail with the version in whose place it stands.
fn entry(item: &Item) -> Result<(u32, Recorded), String> {
    let key = Key::new(get_text(item, "pk").unwrap_or_default(), get_text(item, "sk").unwrap_or_default());
    let place = key.sk.parse().map_err(|_| format!("an event stands in the place {:?}", key.sk))?;
    let recorded = record(item, &key).map_err(|error| format!("event {place} cannot be read: {error}"))?;
    Ok((place, recorded))
}

/// How an attribute is not what it should be.
fn differs(name: &str, is: Option<&AttributeValue>, expected: Option<&AttributeValue>) -> Option<String> {
    match (is, expected) {
        (Some(is), Some(expected)) if is == expected => None,
        (Some(is), Some(expected)) => {
            Some(format!("{name} is {} and should be {}", shown(is), shown(expected)))
        }
        (Some(is), None) => Some(format!("{name} is {} and should not be there", shown(is))),
        (None, Some(expected)) => Some(format!("{name} is missing and should be {}", shown(expected))),
        (None, None) => None,
    }
}

fn shown(value: &AttributeValue) -> &str {
    match value {
        AttributeValue::S(value) | AttributeValue::N(value) => value,
        _ => "of another type",
    }
}

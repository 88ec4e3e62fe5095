//! The table as it stands, read past the clients: after each move, the partitions that the door saw written to.

use std::collections::{BTreeMap, BTreeSet};

use complaints::complaint::Complaint;
use complaints::event::Recorded;
use jiff::Timestamp;
use local::World;
use local::door::{Cloud, Request, Service};
use serde_json::Value;

use super::canary;

/// An item as DynamoDB writes it in JSON.
pub(super) type Item = serde_json::Map<String, Value>;

/// All that the table holds about one complaint.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Case {
    pub(super) item: Option<Item>,
    pub(super) complaint: Option<Complaint>,
    pub(super) events: Vec<Recorded>,
    /// The same as they are written.
    entries: Vec<String>,
    /// By place: `intake`, `text#<id>`.
    pub(super) private: BTreeMap<String, String>,
    /// By place: `<letter>#<cause>`.
    pub(super) mails: BTreeMap<String, Item>,
    /// Whose it is, by the canary of what they told first.
    pub(super) customer: Option<usize>,
}

/// What is read of the table.
#[derive(Clone)]
pub(super) struct Books {
    cloud: Cloud,
    pub(super) table: String,
    /// By id.
    pub(super) cases: BTreeMap<String, Case>,
    /// Whose each reference is.
    pub(super) references: BTreeMap<String, String>,
    /// Complaints that were there and were removed, as they were last.
    pub(super) removed: BTreeMap<String, Complaint>,
    /// What an operator put there, which is no complaint of ours.
    pub(super) foreign: BTreeSet<String>,
}

impl Books {
    pub(super) fn new(world: &World) -> Books {
        Books {
            cloud: world.cloud().clone(),
            table: world.wiring().table.name.clone(),
            cases: BTreeMap::new(),
            references: BTreeMap::new(),
            removed: BTreeMap::new(),
            foreign: BTreeSet::new(),
        }
    }

    /// Reads anew what these requests may have changed; says which complaints that concerns.
    pub(super) fn follow(&mut self, requests: &[Request]) -> Result<BTreeSet<String>, String> {
        let written = requests.iter().filter(|request| is_write(request)).flat_map(|request| &request.keys);
        let partitions: BTreeSet<&String> = written.collect();
        self.read(partitions.into_iter().map(String::as_str))
    }

    /// Reads these partitions anew.
    fn read<'p>(&mut self, partitions: impl Iterator<Item = &'p str>) -> Result<BTreeSet<String>, String> {
        let mut touched = BTreeSet::new();
        for partition in partitions {
            let Some((kind, name)) = partition.split_once('#') else { continue };
            if self.foreign.contains(name) || self.removed.contains_key(name) {
                continue;
            }
            match kind {
                // Reports have mails too, and are no complaints.
                "C" | "E" | "P" | "M" if uuid::Uuid::parse_str(name).is_ok() => {
                    let items = self.lines(partition)?;
                    let case = self.cases.entry(name.to_owned()).or_default();
                    case.take(kind, items).map_err(|error| format!("{partition}: {error}"))?;
                    // A write that changed nothing of what was never there makes no complaint.
                    if *case == Case::default() {
                        self.cases.remove(name);
                    } else {
                        touched.insert(name.to_owned());
                    }
                }
                "R" => {
                    for item in self.partition(partition)? {
                        self.references.insert(name.to_owned(), text(&item, "id")?.to_owned());
                    }
                }
                _ => {}
            }
        }
        Ok(touched)
    }

    /// Reads everything from the beginning: the table is another one.
    pub(super) fn begin_anew(&mut self) -> Result<BTreeSet<String>, String> {
        let customers: BTreeMap<String, usize> =
            self.cases.iter().filter_map(|(id, case)| Some((id.clone(), case.customer?))).collect();
        self.cases.clear();
        self.references.clear();
        let all = self.all()?;
        let partitions: BTreeSet<&str> = all.iter().filter_map(|item| text(item, "pk").ok()).collect();
        let touched = self.read(partitions.into_iter())?;
        // Of whom everything was erased it cannot be read any more.
        for (id, case) in &mut self.cases {
            case.customer = case.customer.or(customers.get(id).copied());
        }
        Ok(touched)
    }

    /// Whose record was taken away since it was read; it must have been over, for as long as it is kept, and not held.
    pub(super) fn take_removed(
        &mut self,
        touched: &mut BTreeSet<String>,
        is_over: impl Fn(&Complaint) -> bool,
    ) -> Result<(), String> {
        for id in touched.clone() {
            let case = &self.cases[&id];
            if case.item.is_some() {
                continue;
            }
            // One that is not there yet is looked at with the others.
            let Some(complaint) = case.complaint.clone() else { continue };
            if !is_over(&complaint) {
                return Err(format!(
                    "17: {} was removed before its time, or while it was held",
                    complaint.reference
                ));
            }
            self.references.remove(&complaint.reference.to_string().replace('-', ""));
            self.cases.remove(&id);
            touched.remove(&id);
            self.removed.insert(id, complaint);
        }
        Ok(())
    }

    fn lines(&self, partition: &str) -> Result<Vec<String>, String> {
        self.cloud.items_of(&self.table, partition).map_err(|error| error.to_string())
    }

    /// A partition as it stands.
    pub(super) fn partition(&self, partition: &str) -> Result<Vec<Item>, String> {
        self.lines(partition)?.iter().map(|line| read(line)).collect()
    }

    /// Everything there is.
    pub(super) fn all(&self) -> Result<Vec<Item>, String> {
        let lines = self.cloud.items(&self.table).map_err(|error| error.to_string())?;
        lines.iter().map(|line| read(line)).collect()
    }

    /// The complaint with its events, of all that there are.
    pub(super) fn complaints(&self) -> impl Iterator<Item = (&Complaint, &Case)> {
        self.cases.values().filter_map(|case| case.complaint.as_ref().map(|complaint| (complaint, case)))
    }

    /// The complaint of this reference, as people write it.
    pub(super) fn named(&self, reference: &str) -> Option<&Complaint> {
        let id = self.references.get(&reference.replace('-', ""))?;
        self.cases.get(id)?.complaint.as_ref()
    }
}

impl Case {
    /// What happened to it, and what is known of its mails: for who reads of a failure.
    pub(super) fn story(&self) -> String {
        let event = |recorded: &Recorded| {
            let event = format!("{:?}", recorded.event).chars().take(110).collect::<String>();
            format!("  {:>3} {} {:?}: {event}\n", recorded.version, recorded.at, recorded.actor)
        };
        let part = |item: &Item, name: &str| {
            let value = item.get(name).and_then(|value| value.get("S").or(value.get("N")));
            value.and_then(Value::as_str).unwrap_or_default().to_owned()
        };
        let mail = |(place, item): (&String, &Item)| {
            let parts = ["state", "attempts", "created", "due_at"].map(|name| part(item, name));
            format!("  {place} {}\n", parts.join(" "))
        };
        self.events.iter().map(event).chain(self.mails.iter().map(mail)).collect()
    }

    /// When its customer's data was taken away.
    pub(super) fn erased_at(&self) -> Option<Timestamp> {
        let erased =
            |recorded: &&Recorded| matches!(recorded.event, complaints::event::Event::Restricted { .. });
        self.events.iter().find(erased).map(|recorded| recorded.at)
    }

    fn take(&mut self, kind: &str, lines: Vec<String>) -> Result<(), String> {
        match kind {
            "C" => {
                self.item = lines.first().map(|line| read(line)).transpose()?;
                if let Some(item) = &self.item {
                    self.complaint = Some(read(text(item, "record")?)?);
                }
            }
            "E" => self.take_events(lines)?,
            "P" => {
                self.private.clear();
                for line in lines {
                    let item: Item = read(&line)?;
                    self.private.insert(text(&item, "sk")?.to_owned(), text(&item, "text")?.to_owned());
                }
                if let Some(intake) = self.private.get("intake") {
                    self.customer = canary::heard(intake).next();
                }
            }
            _ => {
                for line in lines {
                    let item: Item = read(&line)?;
                    self.mails.insert(text(&item, "sk")?.to_owned(), item);
                }
            }
        }
        Ok(())
    }

    fn take_events(&mut self, lines: Vec<String>) -> Result<(), String> {
        if self.item.is_none() && self.complaint.is_some() && lines.len() < self.entries.len() {
            // The record is being removed: whether it may be is asked elsewhere.
            return Ok(());
        }
        if !lines.starts_with(&self.entries) {
            return Err("15: an entry of the audit trail was changed or removed".into());
        }
        for line in &lines[self.entries.len()..] {
            let item: Item = read(line)?;
            self.events.push(read(text(&item, "record")?)?);
        }
        self.entries = lines;
        Ok(())
    }
}

/// Whether a request changed the table.
pub(super) fn is_write(request: &Request) -> bool {
    let writes = ["PutItem", "UpdateItem", "DeleteItem", "TransactWriteItems", "BatchWriteItem"];
    request.call.service == Service::DynamoDb
        && request.status == 200
        && writes.contains(&request.call.operation.as_str())
}

/// A text of an item.
pub(super) fn text<'a>(item: &'a Item, name: &str) -> Result<&'a str, String> {
    let value = item.get(name).and_then(|value| value.get("S")?.as_str());
    value.ok_or_else(|| format!("no text {name} in {item:?}"))
}

/// A number of an item, as it is written.
pub(super) fn number<'a>(item: &'a Item, name: &str) -> Option<&'a str> {
    item.get(name)?.get("N")?.as_str()
}

fn read<T: serde::de::DeserializeOwned>(json: &str) -> Result<T, String> {
    serde_json::from_str(json).map_err(|error| format!("{error}: {json}"))
}

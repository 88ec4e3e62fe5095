//! The table as it stands, read through the SDK: after each move, the partitions that the door saw written to.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::AttributeValue;
use complaints::complaint::Complaint;
use complaints::event::Recorded;
use local::World;
use local::door::{Request, Service};

use super::weather::Weather;

pub(super) type Item = HashMap<String, AttributeValue>;

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
}

/// What is read of the table.
pub(super) struct Books {
    client: Client,
    table: String,
    weather: Weather,
    /// By id.
    pub(super) cases: BTreeMap<String, Case>,
    /// Whose each reference is.
    pub(super) references: BTreeMap<String, String>,
}

impl Books {
    pub(super) fn new(world: &World, weather: &Weather) -> Books {
        let client = Client::new(&world.cloud().sdk_config());
        let table = world.wiring().table.name.clone();
        Books { client, table, weather: weather.clone(), cases: BTreeMap::new(), references: BTreeMap::new() }
    }

    /// Reads anew what these requests may have changed; says which complaints that concerns.
    pub(super) async fn follow(&mut self, requests: &[Request]) -> Result<BTreeSet<String>, String> {
        let written = requests.iter().filter(|request| is_write(request)).flat_map(|request| &request.keys);
        let partitions: BTreeSet<&String> = written.collect();
        self.weather.hold(true);
        let mut touched = BTreeSet::new();
        for partition in partitions {
            let Some((kind, name)) = partition.split_once('#') else { continue };
            match kind {
                "C" | "E" | "P" | "M" => {
                    let items = self.partition(partition).await?;
                    let case = self.cases.entry(name.to_owned()).or_default();
                    case.take(kind, items).map_err(|error| format!("{partition}: {error}"))?;
                    touched.insert(name.to_owned());
                }
                "R" => {
                    for item in self.partition(partition).await? {
                        self.references.insert(name.to_owned(), text(&item, "id")?.to_owned());
                    }
                }
                _ => {}
            }
        }
        self.weather.hold(false);
        // Reports have mails too, and are no complaints.
        self.cases.retain(|name, _| uuid::Uuid::parse_str(name).is_ok());
        touched.retain(|name| self.cases.contains_key(name));
        Ok(touched)
    }

    /// The records of who looked at a case or was refused, in fair weather.
    pub(super) async fn accesses(&self, partition: &str) -> Result<Vec<Item>, String> {
        self.weather.hold(true);
        let items = self.partition(partition).await;
        self.weather.hold(false);
        items
    }

    /// A partition as it stands.
    pub(super) async fn partition(&self, partition: &str) -> Result<Vec<Item>, String> {
        let query = self
            .client
            .query()
            .table_name(&self.table)
            .key_condition_expression("pk = :pk")
            .expression_attribute_values(":pk", AttributeValue::S(partition.to_owned()))
            .consistent_read(true);
        let pages = query.into_paginator().items().send().collect::<Result<Vec<_>, _>>();
        pages.await.map_err(|error| format!("{partition}: {error:?}"))
    }

    /// Everything there is.
    pub(super) async fn all(&self) -> Result<Vec<Item>, String> {
        let scan = self.client.scan().table_name(&self.table).consistent_read(true).into_paginator();
        let pages = scan.items().send().collect::<Result<Vec<_>, _>>();
        pages.await.map_err(|error| format!("{error:?}"))
    }

    /// The complaint with its events, of all that there are.
    pub(super) fn complaints(&self) -> impl Iterator<Item = (&Complaint, &Case)> {
        self.cases.values().filter_map(|case| case.complaint.as_ref().map(|complaint| (complaint, case)))
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
            let value = item.get(name);
            value.and_then(|value| value.as_s().or_else(|_| value.as_n()).ok().cloned()).unwrap_or_default()
        };
        let mail = |(place, item): (&String, &Item)| {
            let parts = ["state", "attempts", "created", "due_at"].map(|name| part(item, name));
            format!("  {place} {}\n", parts.join(" "))
        };
        self.events.iter().map(event).chain(self.mails.iter().map(mail)).collect()
    }

    fn take(&mut self, kind: &str, items: Vec<Item>) -> Result<(), String> {
        match kind {
            "C" => {
                self.item = items.into_iter().next();
                let record = self.item.as_ref().map(|item| text(item, "record")).transpose()?;
                self.complaint = record.map(read).transpose()?;
            }
            "E" => {
                let entries = items.iter().map(|item| text(item, "record").map(str::to_owned));
                let entries = entries.collect::<Result<Vec<_>, _>>()?;
                if !entries.starts_with(&self.entries) {
                    return Err("15: an entry of the audit trail was changed or removed".into());
                }
                for entry in &entries[self.entries.len()..] {
                    self.events.push(read(entry)?);
                }
                self.entries = entries;
            }
            "P" => {
                for item in items {
                    self.private.insert(text(&item, "sk")?.to_owned(), text(&item, "text")?.to_owned());
                }
            }
            _ => {
                for item in items {
                    self.mails.insert(text(&item, "sk")?.to_owned(), item);
                }
            }
        }
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

pub(super) fn text<'a>(item: &'a Item, name: &str) -> Result<&'a str, String> {
    let value = item.get(name).and_then(|value| value.as_s().ok());
    value.map(String::as_str).ok_or_else(|| format!("no text {name} in {item:?}"))
}

fn read<T: serde::de::DeserializeOwned>(json: &str) -> Result<T, String> {
    serde_json::from_str(json).map_err(|error| format!("{error}: {json}"))
}

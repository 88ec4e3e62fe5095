//! The figures of the reports: each event added once, in one transaction with the mark that it was.
//!
//! A mark is a set of events in an item of the ten seconds in which they were recorded, so that few marks are written
//! for many events. Which one an event is in follows from the event, whenever and with whatever others it comes.

mod place;

use std::collections::{BTreeMap, BTreeSet};

use aws_sdk_dynamodb::types::{AttributeValue, TransactWriteItem, Update};

use super::{
    Ledger, redress, transaction,
    transaction::Cancelled,
    write::{EFFECTS_KEPT, expires},
};
use crate::{
    event::Recorded,
    figures::{self, Figures, Period},
    shell::{
        StepError,
        keys::{self, Item, Key, get_text, number},
    },
    values::Digest,
};

/// The step whose effect it is.
const STEP: &str = "tally";
/// A transaction takes as many writes.
const MOST_WRITES: usize = 100;
/// The condition on a mark names each event: an expression takes 300 operators, and three are used for one.
const MOST_EVENTS: usize = 90;

/// Which events are counted where: a set for each mark.
type Marks = BTreeMap<(String, String), BTreeSet<String>>;

impl Ledger<'_> {
    /// Adds what events count for, as many together as a transaction takes, so that what they add to the same item is
    /// written once. An event that was added before adds nothing. Says how many were added now.
    pub async fn tally(self, recorded: &[Recorded]) -> Result<usize, StepError> {
        let mut added = 0;
        let mut known = BTreeSet::new();
        let mut left: Vec<&Recorded> =
            recorded.iter().filter(|recorded| known.insert(recorded.id().to_string())).collect();
        while !left.is_empty() {
            let (together, marks, writes) = self.fitting(&left)?;
            // The writes carry the time, and DynamoDB refuses a token that comes with other writes than before.
            let named: Vec<String> =
                left[..together].iter().map(|recorded| recorded.id().to_string()).collect();
            let token = Digest::of(format!("{STEP} {} {}", named.join(" "), self.shell.now()).as_bytes());
            let key = Key::new("S#", STEP);
            match self.transact(writes, &token, &key).await? {
                Ok(()) => added += left.drain(..together).count(),
                Err(Cancelled::Condition(place, before)) => {
                    let counted = counted(place, before.as_ref(), &marks)?;
                    left.retain(|recorded| !counted.contains(&recorded.id().to_string()));
                }
            }
        }
        Ok(added)
    }

    /// How many of these events are counted by one transaction, where, and by which writes: first those of the marks.
    fn fitting(self, left: &[&Recorded]) -> Result<(usize, Marks, Vec<TransactWriteItem>), StepError> {
        let mut together = left.len().min(MOST_EVENTS);
        loop {
            let (marks, writes) = self.count(&left[..together])?;
            if writes.len() <= MOST_WRITES || together == 1 {
                return Ok((together, marks, writes));
            }
            together /= 2;
        }
    }

    fn count(self, events: &[&Recorded]) -> Result<(Marks, Vec<TransactWriteItem>), StepError> {
        let (mut marks, mut settled) = (Marks::new(), BTreeMap::new());
        let mut sums: BTreeMap<(String, String), BTreeMap<String, i64>> = BTreeMap::new();
        for recorded in events {
            let shard = keys::shard(recorded.complaint.as_bytes(), self.shell.config.shards);
            let Key { pk, sk } = keys::counted(recorded.at, recorded.complaint);
            marks.entry((pk, sk)).or_default().insert(recorded.id().to_string());
            // Of one complaint the latest stands.
            settled.extend(redress::item_of(recorded)?.map(|(key, item)| ((key.pk, key.sk), item)));
            for delta in figures::count(recorded, self.shell.policy()) {
                let place = place::of(&delta.item, &delta.counter);
                let key = (keys::figures(&delta.period.to_string()), format!("{}#{shard}", place.item));
                *sums.entry(key).or_default().entry(place.attribute).or_default() += delta.by;
            }
        }
        let mut writes = Vec::with_capacity(marks.len() + sums.len());
        for ((pk, sk), events) in &marks {
            writes.push(self.mark(&Key::new(pk, sk), events)?);
        }
        for ((pk, sk), mut counters) in sums {
            counters.retain(|_, by| *by != 0);
            if !counters.is_empty() {
                writes.push(add(self.table()?, &Key::new(pk, sk), &counters)?);
            }
        }
        for item in settled.into_values() {
            writes.push(transaction::put(self.table()?, item)?);
        }
        Ok((marks, writes))
    }

    /// Marks events as counted, if none of them is.
    fn mark(self, key: &Key, events: &BTreeSet<String>) -> Result<TransactWriteItem, StepError> {
        let names: Vec<String> = (0..events.len()).map(|place| format!(":e{place}")).collect();
        let none: Vec<String> = names.iter().map(|name| format!("NOT contains(counted, {name})")).collect();
        let each = events.iter().cloned().map(AttributeValue::S);
        let values = names.iter().map(String::as_str).zip(each).chain([
            (":all", AttributeValue::Ss(events.iter().cloned().collect())),
            (":expires", expires(self.shell.now(), EFFECTS_KEPT)),
        ]);
        let set = "SET expires = :expires ADD counted :all";
        transaction::update(self.table()?, key, set, Some(&none.join(" AND ")), values)
    }

    /// The figures of a period, all shards together.
    pub async fn figures(self, period: Period) -> Result<Figures, StepError> {
        let mut figures = Figures::default();
        for item in self.partition(&keys::figures(&period.to_string())).await? {
            let name =
                get_text(&item, "sk").and_then(|sk| sk.rsplit_once('#')).map(|(name, _)| name.to_owned());
            let Some(name) = name else { continue };
            for (attribute, value) in &item {
                if let AttributeValue::N(sum) = value {
                    let sum = sum.parse().map_err(|_| {
                        StepError::give_up("read the figures", &name, "a counter is no whole number")
                    })?;
                    let (figure, counter) = place::figure(&name, attribute);
                    figures.add(figure, counter, sum);
                }
            }
        }
        Ok(figures)
    }
}

/// Which of the events were counted before, by the mark that stood in the way.
fn counted(place: usize, before: Option<&Item>, marks: &Marks) -> Result<BTreeSet<String>, StepError> {
    let broken = |why: &str| StepError::give_up("count", STEP, why);
    let events =
        marks.values().nth(place).ok_or_else(|| broken("a write without a condition was refused"))?;
    let stands = before.and_then(|item| item.get("counted")).and_then(|counted| counted.as_ss().ok());
    let stands: BTreeSet<&String> = stands.into_iter().flatten().collect();
    let counted: BTreeSet<String> = events.iter().filter(|event| stands.contains(event)).cloned().collect();
    if counted.is_empty() { Err(broken("a mark stood in the way of none")) } else { Ok(counted) }
}

/// Adds to counters of one item, whose names are aliased: they are words of DynamoDB, or hold more than letters.
fn add(table: &str, key: &Key, counters: &BTreeMap<String, i64>) -> Result<TransactWriteItem, StepError> {
    let names = counters.keys().enumerate();
    let parts: Vec<String> = names.map(|(index, _)| format!("#c{index} :c{index}")).collect();
    let mut update = Update::builder()
        .table_name(table)
        .set_key(Some(key.item()))
        .update_expression(format!("ADD {}", parts.join(", ")));
    for (index, (counter, by)) in counters.iter().enumerate() {
        update = update
            .expression_attribute_names(format!("#c{index}"), counter)
            .expression_attribute_values(format!(":c{index}"), number(by));
    }
    let update =
        update.build().map_err(|error| StepError::give_up("build a write", key.to_string(), error))?;
    Ok(TransactWriteItem::builder().update(update).build())
}

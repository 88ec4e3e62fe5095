//! The figures of the reports: each event added once, in one transaction with the mark that it was.

mod place;

use std::collections::BTreeMap;

use aws_sdk_dynamodb::types::{AttributeValue, TransactWriteItem, Update};

use super::{Ledger, transaction::Cancelled};
use crate::{
    event::Recorded,
    figures::{self, Figures, Period},
    shell::{
        StepError,
        keys::{self, Key, get_text, number},
    },
    values::Digest,
};

/// The step whose effect it is.
const STEP: &str = "tally";

impl Ledger<'_> {
    /// Adds what an event counts for; an event that was added before adds nothing. Says whether it was added now.
    pub async fn tally(self, recorded: &Recorded) -> Result<bool, StepError> {
        let deltas = figures::count(recorded, self.shell.policy());
        let event = recorded.id().to_string();
        let shard = keys::shard(recorded.complaint.as_bytes(), self.shell.config.shards);
        let mut sums: BTreeMap<(Period, String), BTreeMap<String, i64>> = BTreeMap::new();
        for delta in deltas {
            let place = place::of(&delta.item, &delta.counter);
            *sums.entry((delta.period, place.item)).or_default().entry(place.attribute).or_default() +=
                delta.by;
        }
        let mut writes = vec![self.effect_write(&event, STEP)?];
        for ((period, item), attributes) in &sums {
            let key = Key::new(keys::figures(&period.to_string()), format!("{item}#{shard}"));
            writes.push(add(self.table()?, &key, attributes)?);
        }
        writes.extend(self.redress_write(recorded)?);
        // The writes carry the time, and DynamoDB refuses a token that comes with other writes than before.
        let token = Digest::of(format!("{STEP} {event} {}", self.shell.now()).as_bytes());
        match self.transact(writes, &token, &keys::effect(&event, STEP)).await? {
            Ok(()) => Ok(true),
            Err(Cancelled::Condition(..)) => Ok(false),
        }
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

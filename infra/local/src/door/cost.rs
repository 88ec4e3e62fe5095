//! What a call on the table touches and costs, for the tests that count.

use std::collections::HashMap;

use dynoxide::Item;
use dynoxide::actions::query;
use dynoxide::types::{AttributeValue, ConsumedCapacity};

use super::store::Store;

pub(super) fn partition(store: &Store, table: &str, item: &Item) -> String {
    let Ok(keys) = store.keys(table) else { return String::new() };
    keys.first().and_then(|key| item.get(key)).map(plain).unwrap_or_default()
}

/// The first value that a query's key condition names, which is the partition's where it is written first.
pub(super) fn queried(request: &query::QueryRequest) -> Option<String> {
    let condition = request.key_condition_expression.as_ref()?;
    let values: &HashMap<String, AttributeValue> = request.expression_attribute_values.as_ref()?;
    let start = condition.find(':')?;
    let name =
        condition[start..].split(|c: char| !(c == ':' || c == '_' || c.is_ascii_alphanumeric())).next()?;
    values.get(name).map(plain)
}

fn plain(value: &AttributeValue) -> String {
    match value {
        AttributeValue::S(text) | AttributeValue::N(text) => text.clone(),
        other => format!("{other:?}"),
    }
}

/// Has the cost computed, and says whether the caller wants to know it too.
pub(super) fn weigh(mode: &mut Option<String>) -> bool {
    let asked = mode.as_deref().is_some_and(|mode| mode != "NONE");
    if !asked {
        *mode = Some("TOTAL".into());
    }
    asked
}

/// The units of a response, taken out of it when nobody asked for them.
pub(super) trait Cost {
    fn cost(&mut self, asked: bool) -> f64;
}

impl Cost for Option<ConsumedCapacity> {
    fn cost(&mut self, asked: bool) -> f64 {
        let units = self.as_ref().map_or(0.0, |capacity| capacity.capacity_units);
        if !asked {
            *self = None;
        }
        units
    }
}

impl Cost for Option<Vec<ConsumedCapacity>> {
    fn cost(&mut self, asked: bool) -> f64 {
        let units = self.iter().flatten().map(|capacity| capacity.capacity_units).sum();
        if !asked {
            *self = None;
        }
        units
    }
}

//! What reports are made of: counters that events add to, one small item per period, dimension and value.
//!
//! Each event stands for itself: what it adds follows from it alone, so that events may come in any order and from any
//! number of hands, and their sums are the same. What stands at a moment (how many are pending in which stage, and so
//! on) is counted as differences between the complaint [before and after](crate::profile::Profile) the event; the
//! sum of all differences up to a moment is what stood then. The number of items follows from stages, categories,
//! products, staff and days, never from the number of complaints; how they lie in the table is the ledger's to say.
//!
//! | item | counters |
//! | --- | --- |
//! | `total#all`, `channel#…`, `product#…`, `category#…`, `severity#…` | `received`, `reopened`, `moved_in`, `closed`, `moved_out`, and of what stands `pending` |
//! | `stage#…`, `level#…`, `owner#…`, `state#overdue` | `pending` |
//! | `acknowledgement#…` | `complaints` that stand so, closed ones too; `owed_yyyy-mm` are those owed whose 24 hours end in that month |
//! | `received#yyyy-mm` | `pending_dd`: of those received on that day |
//! | `speed#…` | `count`, `in_time` of `timed`, and how long it took: `calendar_…`, `working_…` |
//! | `speed#acknowledgement` | of those made, `within_24h`; never made: `undeliverable`, of these `no_address`; made and come back: `back_within_24h`, `back_in_time` |
//! | `promise#…` | `missed` |
//! | `escalation#…`, `consent#…`, `reopening#…`, `closing#…`, `undeliverable#…` | `count` and the like |
//! | `outcome#…` | `count`, and of what was upheld by root cause `cause_…`, or `no_cause` |
//! | `remedy#…` | `count`, `in_time`, `amount` in minor units, `paid`, and how much: `amount_…` |
//! | `satisfaction#all` | `asked`, `answered`, of these before silence closed it `responded`, `concern`, `comment`, `rating_…` |

mod count;
mod histogram;
mod measure;
mod period;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use count::count;
pub(crate) use count::owed_until;
pub use histogram::{Histogram, Quantile};
pub(crate) use histogram::{MOST_DAYS, MOST_HOURS, amount_range};
pub use period::{InvalidPeriod, Period};

/// The value of a dimension for complaints that have none yet: no category, product or owner.
pub const NONE: &str = "(none)";

/// What the counters of root causes begin with, before the key that the policy gives one.
pub(crate) const CAUSE: &str = "cause_";
/// The counter of what was upheld without a root cause.
pub(crate) const NO_CAUSE: &str = "no_cause";

/// One addition to one counter.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Delta {
    /// The month, in the policy's time zone, that the event falls into.
    pub period: Period,
    /// Dimension and value, joined by `#`.
    pub item: String,
    /// Which counter of the item: small letters, digits and `_`.
    pub counter: String,
    /// How much is added; may be negative for what stands, never zero.
    pub by: i64,
}

/// The sums of one period, or of any others.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Figures(BTreeMap<String, BTreeMap<String, i64>>);

impl Figures {
    /// Adds to a counter, as read from one of its shards or as counted.
    pub fn add(&mut self, item: &str, counter: &str, value: i64) {
        let counters = self.0.entry(item.to_owned()).or_default();
        let sum = counters.entry(counter.to_owned()).or_default();
        *sum = sum.saturating_add(value);
    }

    /// A counter; one that nothing was added to is zero.
    pub fn get(&self, item: &str, counter: &str) -> i64 {
        self.0.get(item).and_then(|counters| counters.get(counter)).copied().unwrap_or_default()
    }

    /// Whether nothing was added to any counter.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All counters as item, counter and sum, in a fixed order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str, i64)> {
        self.0.iter().flat_map(|(item, counters)| {
            counters.iter().map(|(counter, sum)| (item.as_str(), counter.as_str(), *sum))
        })
    }

    /// The values that a dimension has, in their order.
    pub fn values<'f>(&'f self, dimension: &'f str) -> impl Iterator<Item = &'f str> {
        self.0
            .keys()
            .filter_map(move |item| item.split_once('#').filter(|(of, _)| *of == dimension))
            .map(|(_, value)| value)
    }

    /// How often something took how much: the counters `<prefix>_<number>` of an item.
    pub fn histogram(&self, item: &str, prefix: &str) -> Histogram {
        let counters = self.0.get(item).into_iter().flatten();
        counters
            .filter_map(|(counter, sum)| Some((counter.strip_prefix(prefix)?.strip_prefix('_')?, *sum)))
            .collect()
    }
}

impl Extend<Delta> for Figures {
    /// Adds what was counted, whatever its period.
    fn extend<T: IntoIterator<Item = Delta>>(&mut self, deltas: T) {
        for delta in deltas {
            self.add(&delta.item, &delta.counter, delta.by);
        }
    }
}

/// What stands at the end of a period: the sum of all differences until then.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Balances(Figures);

impl Balances {
    /// What stands when these figures have come to what stood.
    #[must_use]
    pub fn plus(&self, figures: &Figures) -> Balances {
        let mut sums = self.0.clone();
        for (item, counter, sum) in figures.iter().filter(|(_, counter, _)| stands(counter)) {
            sums.add(item, counter, sum);
        }
        for counters in sums.0.values_mut() {
            counters.retain(|_, sum| *sum != 0);
        }
        sums.0.retain(|_, counters| !counters.is_empty());
        Balances(sums)
    }

    /// How many stand so; `counter` is `pending` unless the item has others.
    pub fn get(&self, item: &str, counter: &str) -> i64 {
        self.0.get(item, counter)
    }

    /// The values that a dimension has, in their order.
    pub fn values<'f>(&'f self, dimension: &'f str) -> impl Iterator<Item = &'f str> {
        self.0.values(dimension)
    }

    /// All that stands, as item, counter and number, in a fixed order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str, i64)> {
        self.0.iter()
    }
}

/// Whether a counter says what stands, not what happened.
fn stands(counter: &str) -> bool {
    counter == "pending" || counter == "complaints" || counter.starts_with("pending_")
}

#[cfg(test)]
mod laws;
#[cfg(test)]
mod tests;

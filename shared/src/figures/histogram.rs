//! How often something took how much, in a bounded number of counters, so that medians and percentiles can be read
//! from sums.

use crate::{
    calendar::{WorkCalendar, WorkingTime},
    values::Money,
};
use jiff::Timestamp;

/// Whole units by how often they occurred; what is above the bound is counted together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Histogram {
    /// Upper bound of a bucket, and how many fell into it, in order.
    buckets: Vec<(i64, i64)>,
    /// How many were above all bounds.
    above: i64,
}

/// The least bound that a share of all stays within.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantile {
    /// There is nothing to count.
    Nothing,
    /// Within this bucket's upper bound.
    Within(i64),
    /// Above the highest bound.
    Above,
}

/// Longer than this is counted together.
pub(crate) const MOST_HOURS: i64 = 72;
/// Longer than this is counted together.
pub(crate) const MOST_DAYS: i64 = 90;
const ABOVE: &str = "above";

impl Histogram {
    /// How many there are.
    pub fn count(&self) -> i64 {
        self.buckets.iter().map(|(_, times)| times).sum::<i64>() + self.above
    }

    /// How many are at most this.
    pub fn within(&self, bound: i64) -> i64 {
        self.buckets.iter().filter(|(upper, _)| *upper <= bound).map(|(_, times)| times).sum()
    }

    /// The least bound that so many hundredths of all stay within (nearest rank): 50 is the median.
    pub fn quantile(&self, percent: i64) -> Quantile {
        let count = self.count();
        if count <= 0 {
            return Quantile::Nothing;
        }
        let rank = (count * percent + 99) / 100;
        let mut seen = 0;
        for (upper, times) in &self.buckets {
            seen += times;
            if seen >= rank {
                return Quantile::Within(*upper);
            }
        }
        Quantile::Above
    }

    /// Both taken together.
    #[must_use]
    pub fn plus(mut self, other: &Histogram) -> Histogram {
        self.above += other.above;
        for (upper, times) in &other.buckets {
            self.add(*upper, *times);
        }
        self
    }

    fn add(&mut self, upper: i64, times: i64) {
        match self.buckets.binary_search_by_key(&upper, |(bound, _)| *bound) {
            Ok(place) => self.buckets[place].1 += times,
            Err(place) => self.buckets.insert(place, (upper, times)),
        }
    }
}

impl<'a> FromIterator<(&'a str, i64)> for Histogram {
    fn from_iter<T: IntoIterator<Item = (&'a str, i64)>>(counters: T) -> Histogram {
        let mut histogram = Histogram::default();
        for (bound, times) in counters {
            match bound.parse() {
                Ok(upper) => histogram.add(upper, times),
                Err(_) => histogram.above += times,
            }
        }
        histogram
    }
}

/// The counter for something that took so many units, begun ones counted whole.
pub(super) fn bucket(prefix: &str, units: i64, most: i64) -> String {
    if units > most { format!("{prefix}_{ABOVE}") } else { format!("{prefix}_{}", units.max(0)) }
}

/// Minutes as units of so many minutes, begun ones counted whole.
pub(super) fn begun(minutes: i64, unit: i64) -> i64 {
    (minutes.max(0) + unit - 1) / unit
}

/// The least number of working days within which it happened, counted as promises are: what happened by the end of
/// work on the n-th working day after the day of receipt took n days.
pub(super) fn working_days(from: Timestamp, at: Timestamp, calendar: &WorkCalendar) -> i64 {
    let within = |days: u32| at <= calendar.add_working(from, WorkingTime::Days(days));
    let most = u32::try_from(MOST_DAYS).unwrap_or(u32::MAX);
    let (mut low, mut high) = (0, 0);
    while !within(high) {
        if high > most {
            return MOST_DAYS + 1;
        }
        low = high + 1;
        high = high * 2 + 1;
    }
    while low < high {
        let middle = low.midpoint(high);
        if within(middle) { high = middle } else { low = middle + 1 }
    }
    i64::from(low)
}

/// The counter for an amount: bounds rise as 1, 2, 5, 10 of the currency's units.
pub(super) fn amount_bucket(amount: Money) -> String {
    let mut unit = 10_i64.pow(amount.currency().digits());
    let minor = amount.minor();
    if minor == 0 {
        return "amount_0".to_owned();
    }
    while let Some(next) = unit.checked_mul(10) {
        for bound in [unit, 2 * unit, 5 * unit] {
            if minor <= bound {
                return format!("amount_{bound}");
            }
        }
        if unit >= 1_000_000_000_000 {
            break;
        }
        unit = next;
    }
    format!("amount_{ABOVE}")
}

/// The amounts that a bucket holds, as the lowest and the highest in minor units, `unit` being one whole.
pub(crate) fn amount_range(upper: i64, unit: i64) -> (i64, i64) {
    let mut below = 0;
    let mut whole = unit;
    while whole <= upper {
        for bound in [whole, 2 * whole, 5 * whole] {
            if bound < upper {
                below = bound;
            }
        }
        match whole.checked_mul(10) {
            Some(next) => whole = next,
            None => break,
        }
    }
    if upper == 0 { (0, 0) } else { (below + 1, upper) }
}

//! Everything that is left to chance, from one seed, and the hours that people keep.

use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan, Zoned};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// The dice.
pub(crate) struct Dice {
    source: ChaCha8Rng,
    zone: TimeZone,
}

impl Dice {
    pub(crate) fn seeded(seed: u64, zone: TimeZone) -> Dice {
        Dice { source: ChaCha8Rng::seed_from_u64(seed), zone }
    }

    /// A whole number, both ends included.
    pub(crate) fn between(&mut self, from: i64, to: i64) -> i64 {
        self.source.random_range(from..=to)
    }

    /// True so many times in a hundred.
    pub(crate) fn percent(&mut self, percent: i64) -> bool {
        self.between(1, 100) <= percent
    }

    /// One of them, each as likely as its weight says.
    pub(crate) fn weighted<T: Copy>(&mut self, choices: &[(i64, T)]) -> T {
        let all = choices.iter().map(|(weight, _)| weight).sum();
        let mut left = self.between(1, all);
        let found = choices.iter().find(|(weight, _)| {
            left -= weight;
            left <= 0
        });
        found.unwrap_or(&choices[0]).1
    }

    /// One of them.
    pub(crate) fn one<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.source.random_range(0..choices.len())]
    }

    /// After so many minutes, drawn between two bounds.
    pub(crate) fn minutes_after(&mut self, at: Timestamp, from: i64, to: i64) -> Timestamp {
        at + SignedDuration::from_secs(self.between(from * 60, to * 60))
    }

    /// When staff get to it: after so many minutes, or when they are at work next.
    pub(crate) fn at_work(&mut self, at: Timestamp, from: i64, to: i64) -> Timestamp {
        let at = self.minutes_after(at, from, to).to_zoned(self.zone.clone());
        if is_at_work(&at) {
            return at.timestamp();
        }
        let mut day = if at.hour() < 9 { at.date() } else { at.date().saturating_add(1.day()) };
        while matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) {
            day = day.saturating_add(1.day());
        }
        let opening = day.at(9, 0, 0, 0).to_zoned(self.zone.clone());
        let opening = opening.map_or(at.timestamp(), |opening| opening.timestamp());
        self.minutes_after(opening, 1, 90)
    }

    /// The day so many days after an instant, as staff write it.
    pub(crate) fn day_after(&mut self, at: Timestamp, from: i64, to: i64) -> String {
        let days = self.between(from, to);
        at.to_zoned(self.zone.clone()).date().saturating_add(days.days()).to_string()
    }
}

/// Monday to Friday from nine to five; October has no holiday here.
fn is_at_work(at: &Zoned) -> bool {
    !matches!(at.weekday(), Weekday::Saturday | Weekday::Sunday) && (9..17).contains(&at.hour())
}

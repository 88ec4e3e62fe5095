//! Delivery gone wrong on purpose, drawn from a seed: what AWS's "at least once" allows, and what machines do.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::door::Pace;

/// In milliseconds.
const MOST_SKEW: i64 = 5_000;

/// How likely each fault is, from 0 (never) to 1 (always).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rates {
    /// An event or a batch is delivered once more.
    pub duplicate: f64,
    /// An event waits for up to ten minutes, a batch of the stream for up to one.
    pub delay: f64,
    /// A record of the stream overtakes up to three records of other items.
    pub reorder: f64,
    /// A rule's or schedule's delivery is refused and tried again later.
    pub refuse: f64,
    /// The function dies before it does anything.
    pub crash_before: f64,
    /// The function dies when everything is done, before it answers.
    pub crash_after: f64,
    /// A schedule's turn comes up to an hour late.
    pub late: f64,
    /// A schedule's turn comes twice.
    pub doubled: f64,
    /// A schedule's turn never comes.
    pub missed: f64,
    /// A schedule's turn does not come, and for up to eight hours none of its turns does.
    pub outage: f64,
    /// A function that nobody waits for runs in two instances at once, which take turns at the door.
    pub twice: f64,
    /// The clock of the machine that a function runs on is off by up to five seconds.
    pub skew: f64,
}

/// The kinds of fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// See [`Rates::duplicate`].
    Duplicate,
    /// See [`Rates::delay`].
    Delay,
    /// See [`Rates::reorder`].
    Reorder,
    /// See [`Rates::refuse`].
    Refuse,
    /// See [`Rates::crash_before`].
    CrashBefore,
    /// See [`Rates::crash_after`].
    CrashAfter,
    /// See [`Rates::late`].
    Late,
    /// See [`Rates::doubled`].
    Doubled,
    /// See [`Rates::missed`].
    Missed,
    /// See [`Rates::outage`].
    Outage,
    /// See [`Rates::twice`].
    Twice,
    /// See [`Rates::skew`].
    Skew,
}

impl Kind {
    /// All of them.
    pub const ALL: [Kind; 12] = [
        Kind::Duplicate,
        Kind::Delay,
        Kind::Reorder,
        Kind::Refuse,
        Kind::CrashBefore,
        Kind::CrashAfter,
        Kind::Late,
        Kind::Doubled,
        Kind::Missed,
        Kind::Outage,
        Kind::Twice,
        Kind::Skew,
    ];
}

impl Rates {
    fn of(&self, kind: Kind) -> f64 {
        match kind {
            Kind::Duplicate => self.duplicate,
            Kind::Delay => self.delay,
            Kind::Reorder => self.reorder,
            Kind::Refuse => self.refuse,
            Kind::CrashBefore => self.crash_before,
            Kind::CrashAfter => self.crash_after,
            Kind::Late => self.late,
            Kind::Doubled => self.doubled,
            Kind::Missed => self.missed,
            Kind::Outage => self.outage,
            Kind::Twice => self.twice,
            Kind::Skew => self.skew,
        }
    }
}

/// The source of faults; one per world.
#[derive(Debug)]
pub(crate) struct Faults(Mutex<Dice>);

#[derive(Debug)]
struct Dice {
    rates: Rates,
    source: ChaCha8Rng,
    drawn: BTreeMap<Kind, u64>,
}

impl Faults {
    pub(crate) fn new(rates: Rates, seed: u64) -> Self {
        Self(Mutex::new(Dice { rates, source: ChaCha8Rng::seed_from_u64(seed), drawn: BTreeMap::new() }))
    }

    pub(crate) fn set(&self, rates: Rates) {
        self.dice().rates = rates;
    }

    /// Whether this fault can happen at all.
    pub(crate) fn is_on(&self, kind: Kind) -> bool {
        self.dice().rates.of(kind) > 0.0
    }

    /// Whether this fault happens now.
    pub(crate) fn strike(&self, kind: Kind) -> bool {
        let mut dice = self.dice();
        let rate = dice.rates.of(kind);
        // A fault that is switched off draws nothing, so that it can be left out of a run without changing the rest.
        let strikes = rate > 0.0 && dice.source.random_bool(rate.min(1.0));
        if strikes {
            *dice.drawn.entry(kind).or_default() += 1;
        }
        strikes
    }

    /// The instant, later by up to `most` when the fault strikes.
    pub(crate) fn put_off(&self, kind: Kind, at: Timestamp, most: SignedDuration) -> Timestamp {
        if !self.strike(kind) {
            return at;
        }
        let seconds = self.dice().source.random_range(1..=most.as_secs().max(1));
        at.checked_add(SignedDuration::from_secs(seconds)).unwrap_or(at)
    }

    /// How far the clock of the next function is off.
    pub(crate) fn skew(&self) -> SignedDuration {
        if !self.strike(Kind::Skew) {
            return SignedDuration::ZERO;
        }
        SignedDuration::from_millis(self.dice().source.random_range(-MOST_SKEW..=MOST_SKEW))
    }

    /// Draws for two instances at once who goes first at each call.
    pub(crate) fn pace(&self) -> Pace {
        Pace::new(ChaCha8Rng::seed_from_u64(self.dice().source.random()))
    }

    /// A number from 1 to `most`.
    pub(crate) fn up_to(&self, most: usize) -> usize {
        self.dice().source.random_range(1..=most)
    }

    /// How often each kind has struck.
    pub(crate) fn drawn(&self) -> BTreeMap<Kind, u64> {
        self.dice().drawn.clone()
    }

    fn dice(&self) -> MutexGuard<'_, Dice> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_draws_the_same_faults() {
        let draw = |seed| {
            let faults = Faults::new(Rates { delay: 0.5, ..Rates::default() }, seed);
            (0..64).map(|_| faults.strike(Kind::Delay)).collect::<Vec<_>>()
        };
        assert_eq!(draw(7), draw(7));
        assert_ne!(draw(7), draw(8));
    }

    #[test]
    fn a_fault_without_a_rate_never_strikes_and_one_that_is_certain_always_does() {
        let faults = Faults::new(Rates { refuse: 1.0, ..Rates::default() }, 1);
        assert!(!faults.strike(Kind::Missed));
        assert!(faults.strike(Kind::Refuse));
        assert_eq!(faults.drawn(), BTreeMap::from([(Kind::Refuse, 1)]));
    }
}

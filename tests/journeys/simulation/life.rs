//! What is to be lived.

use super::planted::Bug;

/// A run before it begins.
#[derive(Clone, Debug)]
pub(super) struct Life {
    pub(super) seed: u64,
    /// How many people complain.
    pub(super) complaints: usize,
    /// How long people go on.
    pub(super) days: i64,
    pub(super) faults: Faults,
    pub(super) bug: Option<Bug>,
}

/// Whether anything goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Faults {
    /// All that the seed draws; most turns of the schedules never come.
    Drawn,
    /// Nothing; every turn comes in time.
    None,
}

impl Life {
    /// A seed's whole life.
    pub(super) fn of(seed: u64) -> Life {
        Life { seed, complaints: 30, days: 120, faults: Faults::Drawn, bug: None }
    }

    /// A short one, of fewer people.
    pub(super) fn short(seed: u64) -> Life {
        Life { complaints: 8, days: 20, ..Life::of(seed) }
    }

    /// Lives it again.
    pub(super) fn command(&self) -> String {
        let seed = self.seed;
        let life = if self.days < Life::of(seed).days { "SHORT=1 SEED" } else { "SEED" };
        let profile = if cfg!(debug_assertions) { "" } else { " --profile ci" };
        format!("{life}={seed} cargo test{profile} -p journeys --test simulation whatever -- --nocapture")
    }
}

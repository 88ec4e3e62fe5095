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
    /// When it begins; if it is not said the seed says it.
    pub(super) beginning: Option<&'static str>,
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
        Life { seed, complaints: 30, days: 120, beginning: None, faults: Faults::Drawn, bug: None }
    }

    /// One in which this bug has its time to show.
    pub(super) fn with(bug: Bug, seed: u64) -> Life {
        let (days, beginning) = match bug {
            // In London a summer month has begun; by UTC it has not.
            Bug::CountsByUtc => (1, Some("2026-05-31T23:02:00Z")),
            Bug::ErasesNothing => (40, None),
            Bug::LinksForEver => (35, None),
            Bug::RemovesAtOnce | Bug::BelievesAnybody => (25, None),
            _ => (12, None),
        };
        // Two have to be due at once.
        let complaints = if matches!(bug, Bug::SweepsOnePage) { 30 } else { 8 };
        Life { complaints, days, beginning, bug: Some(bug), ..Life::of(seed) }
    }

    /// A short one, of fewer people.
    pub(super) fn short(seed: u64) -> Life {
        Life { complaints: 8, days: 20, ..Life::of(seed) }
    }

    /// Lives it again.
    pub(super) fn command(&self) -> String {
        let seed = self.seed;
        let life = if self.days < Life::of(seed).days { "SHORT=1 SEED" } else { "SEED" };
        let profile = if cfg!(debug_assertions) { "" } else { " --profile simulation" };
        format!("{life}={seed} cargo test{profile} -p journeys --test simulation whatever -- --nocapture")
    }
}

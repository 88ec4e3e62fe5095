//! What one running instance of a function has of its own: its clock's error, and its pace beside another instance.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::SignedDuration;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;

/// How many steps of others a call waits for at most, beside another instance.
const MOST_STEPS: u32 = 3;

tokio::task_local! {
    static INSTANCE: Instance;
}

/// An instance while it runs.
#[derive(Clone)]
pub(crate) struct Instance {
    /// Counts the instances of this process from 1.
    pub(crate) number: u64,
    /// How far its clock is off.
    pub(crate) skew: SignedDuration,
    /// Beside another instance: how the two take turns, drawn call by call.
    pub(crate) pace: Option<Pace>,
}

/// How instances that run at once take turns. Clones are the same one.
#[derive(Clone)]
pub(crate) struct Pace(Arc<Mutex<ChaCha8Rng>>);

impl fmt::Debug for Pace {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Pace").finish_non_exhaustive()
    }
}

impl Pace {
    pub(crate) fn new(dice: ChaCha8Rng) -> Self {
        Self(Arc::new(Mutex::new(dice)))
    }

    fn steps(&self) -> u32 {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).random_range(0..=MOST_STEPS)
    }
}

impl Instance {
    /// Runs as this instance.
    pub(crate) async fn run<F: Future>(self, work: F) -> F::Output {
        INSTANCE.scope(self, work).await
    }
}

/// Which instance is running here; none outside of functions.
pub(super) fn number() -> Option<u64> {
    INSTANCE.try_with(|instance| instance.number).ok()
}

/// How far the clock is off for whoever runs here.
pub(super) fn skew() -> SignedDuration {
    INSTANCE.try_with(|instance| instance.skew).unwrap_or_default()
}

/// Lets others that run at the same time go some steps ahead.
pub(super) fn steps_of_others() -> u32 {
    INSTANCE.try_with(|instance| instance.pace.as_ref().map_or(0, Pace::steps)).unwrap_or(0)
}

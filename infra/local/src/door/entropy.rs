//! Randomness that can be repeated: one seed gives one sequence on every machine.

use std::sync::{Mutex, PoisonError};

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha20Rng;

/// The source of every id, token and key at the door and in the steps behind it.
#[derive(Debug)]
pub(super) struct Entropy(Mutex<ChaCha20Rng>);

impl Entropy {
    /// A sequence of its own for every start, so that a seeded twin does not give one id twice after a restart.
    pub(super) fn seeded(seed: u64, start: u64) -> Self {
        let mut source = ChaCha20Rng::seed_from_u64(seed);
        source.set_stream(start);
        Self(Mutex::new(source))
    }

    /// Fills `bytes`.
    pub(super) fn fill(&self, bytes: &mut [u8]) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).fill_bytes(bytes);
    }

    /// A UUID of random bits.
    pub(super) fn uuid(&self) -> String {
        let mut bytes = [0; 16];
        self.fill(&mut bytes);
        uuid::Builder::from_random_bytes(bytes).into_uuid().to_string()
    }
}

/// A seed from the machine, for a twin that was given none.
#[expect(clippy::disallowed_methods, reason = "the twin's entropy is where its randomness comes from")]
pub(super) fn machine_seed() -> Result<u64, getrandom::Error> {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes)?;
    Ok(u64::from_le_bytes(bytes))
}

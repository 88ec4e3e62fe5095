//! Randomness: the operating system's, or a test's.

use std::{fmt, sync::Arc};

use super::StepError;

/// Fills a buffer.
type Fill = dyn Fn(&mut [u8]) + Send + Sync;

/// Where random bytes come from.
#[derive(Clone, Default)]
pub enum Chance {
    /// The operating system.
    #[default]
    System,
    /// A function that fills the buffer, the same in every run.
    Given(Arc<Fill>),
}

impl fmt::Debug for Chance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Chance::System => "Chance::System",
            Chance::Given(_) => "Chance::Given",
        })
    }
}

impl Chance {
    /// So many random bytes.
    pub fn bytes<const N: usize>(&self) -> Result<[u8; N], StepError> {
        let mut bytes = [0; N];
        match self {
            Chance::System => system(&mut bytes)?,
            Chance::Given(fill) => fill(&mut bytes),
        }
        Ok(bytes)
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the one place where randomness comes in")]
fn system(bytes: &mut [u8]) -> Result<(), StepError> {
    getrandom::fill(bytes).map_err(|error| StepError::retry("draw random bytes", "system", error))
}

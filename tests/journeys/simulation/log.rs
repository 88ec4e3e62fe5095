//! What the steps log: no line of it holds anything that a customer said.

use std::io;
use std::sync::{Arc, Mutex, MutexGuard};

use tracing::subscriber::DefaultGuard;
use tracing_subscriber::fmt::MakeWriter;

use super::canary;

/// Listens to everything that is logged on this thread as long as it lives: a run is on one.
pub(super) struct Log {
    heard: Heard,
    _guard: DefaultGuard,
}

#[derive(Clone, Default)]
struct Heard(Arc<Mutex<Lines>>);

#[derive(Default)]
struct Lines {
    count: u64,
    /// The first line that says what it must not.
    wrong: Option<String>,
}

impl Log {
    pub(super) fn listen() -> Log {
        let heard = Heard::default();
        let subscriber = tracing_subscriber::fmt()
            .json()
            .without_time()
            .with_max_level(tracing::Level::INFO)
            .with_writer(heard.clone());
        Log { heard, _guard: tracing::subscriber::set_default(subscriber.finish()) }
    }

    /// How many lines there were.
    pub(super) fn count(&self) -> u64 {
        self.heard.lines().count
    }

    /// 19: no line holds a canary.
    pub(super) fn check(&self) -> Result<(), String> {
        let wrong = self.heard.lines().wrong.clone();
        wrong.map_or(Ok(()), |line| Err(format!("19: a customer's words are in the log: {line}")))
    }
}

impl Heard {
    fn lines(&self) -> MutexGuard<'_, Lines> {
        self.0.lock().unwrap()
    }
}

impl io::Write for Heard {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        let mut lines = self.lines();
        lines.count += 1;
        if lines.wrong.is_none() && canary::is_in(line) {
            lines.wrong = Some(String::from_utf8_lossy(line).into_owned());
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Heard {
    type Writer = Heard;

    fn make_writer(&'a self) -> Heard {
        self.clone()
    }
}

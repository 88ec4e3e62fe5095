//! Runs functions as Lambda does: within their time, and apart, so that one that panics harms nobody else.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::Value;
use sha2::{Digest, Sha256};
use tokio::time::timeout;

use crate::door::{Clock, Instance, Pace};
use crate::faults::{Faults, Kind};
use crate::handler::Handlers;
use crate::template::Wiring;

pub(crate) struct Runner {
    pub(crate) wiring: Arc<Wiring>,
    pub(crate) faults: Faults,
    handlers: Handlers,
    clock: Clock,
    instances: AtomicU64,
    /// How instances that run at once take turns, while some do.
    pace: Mutex<Option<Pace>>,
    /// What ran, when, on what, with which result: two runs with one seed must agree on it.
    trace: Mutex<Sha256>,
}

impl Runner {
    pub(crate) fn new(wiring: Arc<Wiring>, handlers: Handlers, clock: Clock, faults: Faults) -> Self {
        let (instances, pace) = (AtomicU64::new(0), Mutex::default());
        Self { wiring, faults, handlers, clock, instances, pace, trace: Mutex::default() }
    }

    /// The function's answer, or its error in words.
    pub(crate) async fn run(&self, function: &str, event: Value) -> Result<Value, String> {
        let told = event.to_string();
        let result = if self.faults.strike(Kind::CrashBefore) {
            Err("the function died before it began".to_owned())
        } else {
            let result = self.attempt(function, event).await;
            if self.faults.strike(Kind::CrashAfter) {
                Err("the function died before it answered".into())
            } else {
                result
            }
        };
        self.note(function, &told, &result);
        if let Err(error) = &result {
            tracing::warn!(function, error, "a function failed");
        }
        result
    }

    /// Runs a function that nobody waits for: in two instances at once where that fault strikes, of which the second is
    /// a delivery come twice.
    pub(crate) async fn deliver(&self, function: &str, event: Value) -> Result<Value, String> {
        if !self.faults.strike(Kind::Twice) {
            return self.run(function, event).await;
        }
        let (one, _again) = self.at_once(self.run(function, event.clone()), self.run(function, event)).await;
        one
    }

    /// Lets two run at once: at each call to the door one may overtake the other.
    pub(crate) async fn at_once<A, B>(
        &self,
        one: impl Future<Output = A>,
        other: impl Future<Output = B>,
    ) -> (A, B) {
        *self.pace.lock().unwrap_or_else(PoisonError::into_inner) = Some(self.faults.pace());
        let both = tokio::join!(one, other);
        *self.pace.lock().unwrap_or_else(PoisonError::into_inner) = None;
        both
    }

    /// A digest of everything that ran so far.
    pub(crate) fn trace(&self) -> String {
        let digest = self.trace.lock().unwrap_or_else(PoisonError::into_inner).clone().finalize();
        digest.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
    }

    async fn attempt(&self, function: &str, event: Value) -> Result<Value, String> {
        let (Some(handler), Some(bounds)) =
            (self.handlers.get(function), self.wiring.functions.get(function))
        else {
            return Err(format!("there is no function {function}"));
        };
        let instance = Instance {
            number: self.instances.fetch_add(1, Ordering::Relaxed) + 1,
            skew: self.faults.skew(),
            pace: self.pace.lock().unwrap_or_else(PoisonError::into_inner).clone(),
        };
        let running = tokio::spawn(instance.run(handler(event)));
        let stop = running.abort_handle();
        match timeout(bounds.timeout, running).await {
            Ok(Ok(result)) => result,
            Ok(Err(error)) => Err(format!("the function panicked: {}", words_of(error))),
            Err(_) => {
                stop.abort();
                Err(format!("Task timed out after {:.2} seconds", bounds.timeout.as_secs_f64()))
            }
        }
    }

    fn note(&self, function: &str, told: &str, result: &Result<Value, String>) {
        let (outcome, words) = match result {
            Ok(answer) => ("answered", answer.to_string()),
            Err(error) => ("failed", error.clone()),
        };
        let mut trace = self.trace.lock().unwrap_or_else(PoisonError::into_inner);
        trace.update(format!("{} {function} ", self.clock.now()));
        trace.update(told);
        trace.update(format!(" {outcome} "));
        trace.update(words);
        trace.update("\n");
    }
}

/// What a panic says; without the task's number, which differs from run to run.
fn words_of(error: tokio::task::JoinError) -> String {
    let Ok(panic) = error.try_into_panic() else { return "it was stopped".to_owned() };
    let words = panic.downcast_ref::<&str>().map(|words| (*words).to_owned());
    words.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "without words".to_owned())
}

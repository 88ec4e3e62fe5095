//! Runs functions as Lambda does: within their time, and apart, so that one that panics harms nobody else.

use std::sync::{Arc, Mutex, PoisonError};

use serde_json::Value;
use sha2::{Digest, Sha256};
use tokio::time::timeout;

use crate::door::Clock;
use crate::faults::{Faults, Kind};
use crate::handler::Handlers;
use crate::template::Wiring;

pub(crate) struct Runner {
    pub(crate) wiring: Arc<Wiring>,
    pub(crate) faults: Faults,
    handlers: Handlers,
    clock: Clock,
    /// What ran, when, on what, with which result: two runs with one seed must agree on it.
    trace: Mutex<Sha256>,
}

impl Runner {
    pub(crate) fn new(wiring: Arc<Wiring>, handlers: Handlers, clock: Clock, faults: Faults) -> Self {
        Self { wiring, faults, handlers, clock, trace: Mutex::default() }
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
        let running = tokio::spawn(handler(event));
        let stop = running.abort_handle();
        match timeout(bounds.timeout, running).await {
            Ok(Ok(result)) => result,
            Ok(Err(error)) => Err(format!("the function panicked: {error}")),
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

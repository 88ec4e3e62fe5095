//! Functions that nobody waits for: run, tried again after one minute and after two more, and where failure ends.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::Delivery;
use super::agenda::{Errand, Work};
use super::reader::later;

impl Delivery {
    /// Runs a function once.
    pub(super) async fn invoke(&mut self, mut work: Work, now: Timestamp) {
        let Errand::Run { function, event, request } = &work.errand else { return };
        let Err(error) = self.runner.deliver(function, event.clone()).await else {
            return self.finish(work.effect);
        };
        work.failures += 1;
        let bounds = self.runner.wiring.functions[function].asynchronous.clone();
        let next = later(now, pause(work.failures));
        let exhausted = bounds.retry.attempts.is_some_and(|most| work.failures > most);
        let too_old = bounds.retry.age.is_some_and(|age| later(work.since, age) < next);
        if !exhausted && !too_old {
            return self.put_off(next, work);
        }
        let condition = if exhausted { "RetriesExhausted" } else { "EventAgeExceeded" };
        let record = self.record(function, event, request, (condition, work.failures, &error), now);
        let event = event.clone();
        if bounds.on_failure.is_none() && bounds.dead_letters.is_none() {
            tracing::error!(function, error, "an event is lost");
        }
        if let Some(queue) = bounds.on_failure {
            self.drop_into(&queue, now, record, BTreeMap::new());
        }
        if let Some(queue) = bounds.dead_letters {
            let attributes = BTreeMap::from([("ErrorMessage".to_owned(), error)]);
            self.drop_into(&queue, now, event, attributes);
        }
        self.finish(work.effect);
    }

    /// What Lambda tells the on-failure destination.
    fn record(
        &self,
        function: &str,
        event: &Value,
        request: &str,
        (condition, invocations, error): (&str, u32, &str),
        now: Timestamp,
    ) -> Value {
        json!({
            "version": "1.0",
            "timestamp": now,
            "requestContext": {
                "requestId": request,
                "functionArn": format!("{}:$LATEST", self.runner.wiring.functions[function].arn),
                "condition": condition,
                "approximateInvokeCount": invocations,
            },
            "requestPayload": event,
            "responseContext": {"statusCode": 200, "executedVersion": "$LATEST", "functionError": "Unhandled"},
            "responsePayload": {"errorMessage": error},
        })
    }
}

/// As Lambda waits: one minute before the first retry, two before the second.
fn pause(failures: u32) -> Duration {
    Duration::from_secs(if failures == 1 { 60 } else { 120 })
}

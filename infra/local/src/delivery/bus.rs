//! Rules and schedules: an event is handed to its function, tried again when it cannot be, and ends in a queue.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::Delivery;
use super::agenda::{Errand, Work};
use super::reader::later;
use crate::faults::Kind;
use crate::template::Retry;

/// Where a delivery goes, and where it ends when it fails.
struct Target {
    function: String,
    retry: Retry,
    dead_letters: Option<String>,
}

impl Delivery {
    /// Enters an event for each rule that it matches, and says for how many deliveries.
    pub(super) fn enroll_event(&mut self, effect: i64, bus: &str, event: &Value) -> usize {
        let now = self.cloud.clock().now();
        let wiring = std::sync::Arc::clone(&self.runner.wiring);
        let mut deliveries = 0;
        for rule in wiring.rules.iter().filter(|rule| rule.bus == bus && rule.pattern.matches(event)) {
            let twice = self.runner.faults.strike(Kind::Duplicate);
            for _ in 0..=usize::from(twice) {
                let errand = Errand::Rule { name: rule.name.clone(), event: event.clone() };
                let work = Work { errand, failures: 0, since: now, effect: Some(effect) };
                let due = self.runner.faults.put_off(Kind::Delay, now, SignedDuration::from_mins(10));
                self.agenda.enter(due, work);
                deliveries += 1;
            }
        }
        deliveries
    }

    /// Hands an event or a turn to its function. Lambda takes in whatever it is given to run by itself, so this fails
    /// only when it is made to.
    pub(super) async fn hand(&mut self, work: Work, now: Timestamp) {
        let Some((target, event)) = self.target(&work.errand) else {
            tracing::error!(?work, "the template no longer has this rule or schedule");
            return self.finish(work.effect);
        };
        if self.runner.faults.strike(Kind::Refuse) {
            return self.refused(work, target, now);
        }
        let errand = Errand::Run { function: target.function, event, request: self.id() };
        self.invoke(Work { errand, failures: 0, since: now, effect: work.effect }, now).await;
    }

    fn target(&self, errand: &Errand) -> Option<(Target, Value)> {
        let wiring = &self.runner.wiring;
        match errand {
            Errand::Rule { name, event } => {
                let rule = wiring.rules.iter().find(|rule| rule.name == *name)?;
                let (function, dead_letters) = (rule.function.clone(), rule.dead_letters.clone());
                Some((Target { function, retry: rule.retry, dead_letters }, event.clone()))
            }
            Errand::Turn { schedule, event } => {
                let schedule = wiring.schedules.iter().find(|one| one.name == *schedule)?;
                let (function, dead_letters) = (schedule.function.clone(), schedule.dead_letters.clone());
                Some((Target { function, retry: schedule.retry, dead_letters }, event.clone()))
            }
            Errand::Run { .. } => None,
        }
    }

    fn refused(&mut self, mut work: Work, target: Target, now: Timestamp) {
        let next = later(now, pause(work.failures));
        let exhausted = target.retry.attempts.is_some_and(|most| work.failures >= most);
        let too_old = target.retry.age.is_some_and(|age| later(work.since, age) < next);
        if !exhausted && !too_old {
            work.failures += 1;
            return self.put_off(next, work);
        }
        let effect = work.effect;
        match (target.dead_letters, work.errand) {
            (Some(queue), Errand::Rule { name, event }) => {
                let why = if exhausted { "MaximumRetryAttempts" } else { "MaximumEventAgeInSeconds" };
                self.drop_into(&queue, now, event, attributes(&name, &target.function, work.failures, why));
            }
            (Some(queue), Errand::Turn { schedule, event }) => {
                let why = if exhausted { "MaximumRetryAttempts" } else { "MaximumEventAgeInSeconds" };
                self.drop_into(
                    &queue,
                    now,
                    event,
                    attributes(&schedule, &target.function, work.failures, why),
                );
            }
            (_, errand) => tracing::error!(?errand, "an event is lost"),
        }
        self.finish(effect);
    }
}

/// What EventBridge says of a dead letter.
fn attributes(rule: &str, function: &str, failures: u32, why: &str) -> BTreeMap<String, String> {
    let entries = [
        ("RULE_ARN", rule.to_owned()),
        ("TARGET_ARN", function.to_owned()),
        ("ERROR_CODE", "THROTTLING".to_owned()),
        ("ERROR_MESSAGE", "the delivery was refused".to_owned()),
        ("RETRY_ATTEMPTS", failures.to_string()),
        ("EXHAUSTED_RETRY_CONDITION", why.to_owned()),
    ];
    entries.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// A second at first, twice as long each time, at most a quarter of an hour.
fn pause(failures: u32) -> Duration {
    Duration::from_secs(1 << failures.min(10)).min(Duration::from_mins(15))
}

//! A date is near.

use super::super::{StaffFacts, writing::Writing};
use super::words;
use crate::event::Event;

pub(super) fn write(facts: &StaffFacts<'_>) -> Option<Writing> {
    let Event::PromiseWarned { promise, due, .. } = &facts.recorded.event else {
        return None;
    };
    let StaffFacts { policy, .. } = facts;
    let writing = words::to_staff(facts, "a date is near", "A promised date is near").say(format!(
        "Promised: {}, by {}. {} % of the time is used.",
        words::promise(*promise, policy),
        words::minute(*due, policy),
        policy.escalation.warn_at_percent
    ));
    Some(words::case(writing, facts))
}

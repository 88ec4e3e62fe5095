//! What was concluded and done, in writing.

use super::super::{CustomerFacts, writing::Writing};
use super::words;
use crate::event::Event;

pub(super) fn write(facts: &CustomerFacts<'_>) -> Option<Writing> {
    let Event::Resolved { at, outcome, remedies, ask } = &facts.recorded?.event else {
        return None;
    };
    let CustomerFacts { policy, .. } = facts;
    let done = if remedies.is_empty() {
        "Nothing is left to be done from our side."
    } else {
        "Everything that we promised you is done:"
    };
    let writing = words::to_customer(facts, "what we have done", "What we have done")
        .say(done)
        .list(remedies.iter().map(|remedy| words::done(remedy, policy)))
        .about("What we concluded");
    let writing = words::conclusion(writing, *outcome, facts.text)
        .about("How it goes on")
        .say(format!("We will ask you on {} whether you are satisfied.", words::day(ask.due, policy)))
        .say(format!(
            "If something is still wrong, you can tell us on your own page until {}, and we open your complaint again.",
            words::day(policy.reopening.within.deadline(*at, &policy.calendar), policy)
        ));
    Some(words::signed(words::page(writing, facts, "Open your complaint's page"), facts))
}

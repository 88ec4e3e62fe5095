//! Please tell us whether you are satisfied.

use super::super::{CustomerFacts, writing::Writing};
use super::words;
use crate::event::Event;

pub(super) fn write(facts: &CustomerFacts<'_>) -> Option<Writing> {
    let Event::PromiseWarned { due, next, .. } = &facts.recorded?.event else {
        return None;
    };
    let writing = words::to_customer(facts, "please tell us whether you are satisfied", "Is everything in order?")
        .say(
            "We have asked you whether you are satisfied with what we have done about your complaint, and have not \
             heard from you yet. If everything is in order, there is nothing that you need to do.",
        )
        .say("If something is still wrong, please tell us, and we open your complaint again:");
    let writing = words::page(writing, facts, "Tell us on your own page").say(format!(
        "If we hear nothing from you by {}, we close your complaint.",
        words::day(next.unwrap_or(*due), facts.policy)
    ));
    Some(words::signed(writing, facts))
}

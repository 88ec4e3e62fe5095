//! Please tell us what we asked.

use super::super::{CustomerFacts, writing::Writing};
use super::words;
use crate::event::Event;

pub(super) fn write(facts: &CustomerFacts<'_>) -> Option<Writing> {
    let Event::PromiseWarned { next, .. } = &facts.recorded?.event else {
        return None;
    };
    let writing = words::to_customer(facts, "a reminder of our question", "We still need something from you")
        .say("We asked you for more information about your complaint, and have not heard from you yet.");
    let writing = match next {
        Some(until) => writing.say(format!(
            "Please answer on your own page, or reply to this e-mail, by {}. After that we go on with what we know.",
            words::day(*until, facts.policy)
        )),
        None => writing.say("Please answer on your own page, or reply to this e-mail."),
    };
    Some(words::signed(words::page(writing, facts, "Answer our question"), facts))
}

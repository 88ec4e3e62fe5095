//! It goes on as another one.

use super::super::{CustomerFacts, writing::Writing};
use super::words;
use crate::event::Event;

pub(super) fn write(facts: &CustomerFacts<'_>) -> Option<Writing> {
    let Event::MarkedDuplicate { .. } = &facts.recorded?.event else {
        return None;
    };
    let writing = words::to_customer(facts, "it goes on with another one", "We have put your complaints together")
        .say(
            "You have complained about the same thing before, and that complaint is being handled. We have put what \
             you told us now with it, and have ended this one, so that you get one answer.",
        )
        .say("You will hear from us about the first one. There is nothing that you need to do.");
    Some(words::signed(words::page(writing, facts, "Open this complaint's page"), facts))
}

//! You took it back.

use super::super::{CustomerFacts, writing::Writing};
use super::words;
use crate::event::Event;

pub(super) fn write(facts: &CustomerFacts<'_>) -> Option<Writing> {
    let Event::Withdrawn { .. } = &facts.recorded?.event else {
        return None;
    };
    let writing = words::to_customer(facts, "you have withdrawn it", "You have withdrawn your complaint")
        .say("You have told us that you do not want to go on with your complaint. We have ended it.")
        .say(
            "Thank you for having told us what went wrong. Should you change your mind, complain again and give the \
             reference of this complaint.",
        );
    Some(words::signed(words::page(writing, facts, "Open your complaint's page"), facts))
}

//! It takes longer than we said, and this is the new date.

use super::super::{CustomerFacts, writing::Writing};
use super::words;
use crate::event::Event;

pub(super) fn write(facts: &CustomerFacts<'_>) -> Option<Writing> {
    let Event::DelayAnnounced { due, until, .. } = &facts.recorded?.event else {
        return None;
    };
    let CustomerFacts { policy, .. } = facts;
    let writing = words::to_customer(facts, "it takes longer", "Your complaint takes longer than we said")
        .say(format!(
            "We told you that you would have our answer by {}. We will not manage that, and we are sorry.",
            words::day(*due, policy)
        ))
        .passage(facts.text)
        .say(format!("You will have our answer by {}.", words::day(*until, policy)))
        .say("There is nothing that you need to do.");
    Some(words::signed(words::page(writing, facts, "Open your complaint's page"), facts))
}

//! Are you satisfied?

use super::super::{CustomerFacts, writing::Writing};
use super::words;
use crate::event::Event;

pub(super) fn write(facts: &CustomerFacts<'_>) -> Option<Writing> {
    let Event::SatisfactionAsked { close } = &facts.recorded?.event else {
        return None;
    };
    let writing = words::to_customer(facts, "are you satisfied?", "Are you satisfied?").say(
        "We have done what we promised you, and would like to know how you feel about it. It takes a minute: one \
         mark from 1 to 5, and a comment if you like.",
    );
    let writing = words::page(writing, facts, "Tell us on your own page")
        .say("If something is still wrong, tell us there as well, and we open your complaint again.")
        .say(format!(
            "If we hear nothing from you by {}, we take it that your complaint is settled, and close it.",
            words::day(close.due, facts.policy)
        ));
    Some(words::signed(writing, facts))
}

//! Please tell us more; so long the time to answer stands still.

use super::super::{CustomerFacts, writing::Writing};
use super::words;
use crate::event::Event;

pub(super) fn write(facts: &CustomerFacts<'_>) -> Option<Writing> {
    let Event::InformationAsked { by, .. } = &facts.recorded?.event else {
        return None;
    };
    let writing = words::to_customer(facts, "please tell us more", "We need something from you")
        .say("To settle your complaint we need to know more:")
        .passage(Some(facts.text?))
        .say(format!(
            "Please answer on your own page, or reply to this e-mail, by {}. Until then the time in which we answer \
             you stands still; as soon as we hear from you it goes on, and we tell you the new date.",
            words::day(by.due, facts.policy)
        ))
        .say("Should you not be able to tell us, we go on with what we know.");
    Some(words::signed(words::page(writing, facts, "Answer our question"), facts))
}

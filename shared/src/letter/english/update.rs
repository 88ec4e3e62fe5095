//! How it goes on: in the words of the one who handles the complaint, or what time itself has to say.

use super::super::{CustomerFacts, writing::Writing};
use super::words;
use crate::event::Event;

pub(super) fn write(facts: &CustomerFacts<'_>) -> Option<Writing> {
    let writing = words::to_customer(facts, "how things stand", "How your complaint stands");
    let writing = match &facts.recorded?.event {
        Event::ContactMade { .. } => {
            writing.say("We would like to tell you how things stand:").passage(Some(facts.text?))
        }
        Event::InformationAdded { .. } => {
            writing.say("Thank you: we have what you sent us, and go on with your complaint.")
        }
        Event::WaitEnded { .. } => writing.say(
            "We asked you for more information and have not heard from you. We go on with what we know; you can still \
             tell us more on your own page.",
        ),
        Event::PromiseMissed { .. } => writing
            .say("We are still working on your complaint. We are sorry that you have not heard more from us yet."),
        _ => return None,
    };
    let writing = writing.list(words::dates(facts));
    Some(words::signed(words::page(writing, facts, "Open your complaint's page"), facts))
}

//! We do not take it on, and why.

use super::super::{CustomerFacts, writing::Writing};
use super::words;
use crate::{command::Grounds, event::Event};

pub(super) fn write(facts: &CustomerFacts<'_>) -> Option<Writing> {
    let Event::Refused { grounds, .. } = &facts.recorded?.event else {
        return None;
    };
    let writing = words::to_customer(facts, "we cannot take it on", "We cannot take on your complaint")
        .say(why(*grounds))
        .passage(facts.text);
    let writing = words::page(writing, facts, "Open your complaint's page")
        .say(format!("If you do not agree, {}", words::external_body(facts.policy)));
    Some(words::signed(writing, facts))
}

fn why(grounds: Grounds) -> &'static str {
    match grounds {
        Grounds::NotAComplaint => {
            "We have read what you sent us with care. It is not something that we can handle as a complaint."
        }
        Grounds::OutOfScope => {
            "We have read your complaint with care. It is about something that is not for us to settle."
        }
        Grounds::TooOld => {
            "We have read your complaint with care. What happened lies too far back for us to look into it now."
        }
    }
}

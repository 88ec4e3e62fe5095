//! We do not take it on, and why.

use super::external_body;
use crate::{
    command::Grounds,
    letter::{CustomerFacts, Writing},
};

pub(super) fn write(facts: &CustomerFacts<'_>, grounds: Grounds) -> Writing {
    Writing::about("we cannot take it on", "We cannot take on your complaint")
        .say(why(grounds))
        .passage(facts.text)
        .link("Open your complaint's page", facts.link)
        .say(format!("If you do not agree, {}", external_body(facts.policy)))
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

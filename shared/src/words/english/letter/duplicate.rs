//! It goes on as another one.

use crate::letter::{CustomerFacts, Writing};

pub(super) fn write(facts: &CustomerFacts<'_>) -> Writing {
    let other = facts.other.map_or_else(String::new, |reference| format!(", {reference}"));
    Writing::about("it goes on with another one", "We have put your complaints together")
        .say(format!(
            "We have two complaints of yours about the same thing. So that you get one answer, we have ended this one \
             and go on with the other one{other}. What you told us here is with it now."
        ))
        .say("You will hear from us about the other one. If we have asked you something about it, we still need your answer there.")
        .link("Open this complaint's page", facts.link)
}

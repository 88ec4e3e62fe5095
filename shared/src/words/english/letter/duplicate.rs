//! It goes on as another one.

use crate::letter::{CustomerFacts, Writing};

pub(super) fn write(facts: &CustomerFacts<'_>) -> Writing {
    Writing::about("it goes on with another one", "We have put your complaints together")
        .say(
            "You have complained about the same thing before, and that complaint is being handled. We have put what \
             you told us now with it, and have ended this one, so that you get one answer.",
        )
        .say("You will hear from us about the other one. There is nothing that you need to do.")
        .link("Open this complaint's page", facts.link)
}

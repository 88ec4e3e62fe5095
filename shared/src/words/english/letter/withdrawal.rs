//! You took it back.

use crate::letter::{CustomerFacts, Writing};

pub(super) fn write(facts: &CustomerFacts<'_>) -> Writing {
    Writing::about("you have withdrawn it", "You have withdrawn your complaint")
        .say("You have told us that you do not want to go on with your complaint. We have ended it.")
        .say(
            "Thank you for having told us what went wrong. Should you change your mind, complain again and give the \
             reference of this complaint.",
        )
        .link("Open your complaint's page", facts.link)
}

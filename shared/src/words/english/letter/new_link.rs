//! A new private link, in place of one that is too old.

use crate::letter::{CustomerFacts, Writing};

pub(super) fn write(facts: &CustomerFacts<'_>) -> Writing {
    Writing::about("your new link", "Your new link")
        .say(
            "Somebody has asked for a new link to your complaint's page, since the old one has expired. Here it is:",
        )
        .link("Open your complaint's page", facts.link)
        .say("If it was not you who asked for it, you need not do anything.")
}

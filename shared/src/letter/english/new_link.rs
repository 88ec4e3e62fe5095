//! A new private link, in place of one that is too old.

use super::super::{CustomerFacts, writing::Writing};
use super::words;

pub(super) fn write(facts: &CustomerFacts<'_>) -> Writing {
    let writing = words::to_customer(facts, "your new link", "Your new link").say(
        "Somebody has asked for a new link to your complaint's page, since the old one has expired. Here it is:",
    );
    let writing = words::page(writing, facts, "Open your complaint's page")
        .say("If it was not you who asked for it, you need not do anything.");
    words::signed(writing, facts)
}

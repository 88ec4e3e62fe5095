//! How it goes on, in the words of the one who handles the complaint.

use crate::letter::{CustomerFacts, Writing};

pub(super) fn write(facts: &CustomerFacts<'_>, text: &str) -> Writing {
    Writing::about("how things stand", "How your complaint stands")
        .say("We would like to tell you how things stand:")
        .passage(Some(text))
        .list(facts.expected())
        .link("Open your complaint's page", facts.link)
}

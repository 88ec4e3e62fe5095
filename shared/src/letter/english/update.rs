//! How it goes on, in the words of the one who handles the complaint.

use super::super::{CustomerFacts, writing::Writing};
use super::words;

pub(super) fn write(facts: &CustomerFacts<'_>) -> Option<Writing> {
    let text = facts.text?;
    let writing = words::to_customer(facts, "how things stand", "How your complaint stands")
        .say("We would like to tell you how things stand:")
        .passage(Some(text))
        .list(words::dates(facts));
    Some(words::signed(words::page(writing, facts, "Open your complaint's page"), facts))
}

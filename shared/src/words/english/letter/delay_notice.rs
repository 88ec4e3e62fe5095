//! It takes longer than we said, and this is the new date.

use crate::letter::{CustomerFacts, DelayNotice, Writing};

pub(super) fn write(facts: &CustomerFacts<'_>, told: &DelayNotice) -> Writing {
    let phrases = facts.phrases();
    Writing::about("it takes longer", "Your complaint takes longer than we said")
        .say(format!(
            "We told you that you would have our answer by {}. We will not manage that, and we are sorry.",
            phrases.day(told.due)
        ))
        .passage(facts.text)
        .say(format!("You will have our answer by {}.", phrases.day(told.until)))
        .say("There is nothing that you need to do.")
        .link("Open your complaint's page", facts.link)
}

//! Please tell us what we asked.

use jiff::Timestamp;

use crate::letter::{CustomerFacts, Writing};

pub(super) fn write(facts: &CustomerFacts<'_>, answer_by: Timestamp) -> Writing {
    Writing::about("a reminder of our question", "We still need something from you")
        .say("We asked you for more information about your complaint, and have not heard from you yet.")
        .say(format!(
            "Please answer on your own page, or reply to this e-mail, by {}. After that we go on with what we know.",
            facts.phrases().until(answer_by)
        ))
        .link("Answer our question", facts.link)
}

//! Please tell us whether you are satisfied.

use crate::letter::{CustomerFacts, SatisfactionAsked, Writing};

pub(super) fn write(facts: &CustomerFacts<'_>, told: &SatisfactionAsked) -> Writing {
    Writing::about("please tell us whether you are satisfied", "Is everything in order?")
        .say(
            "We have asked you whether you are satisfied with what we have done about your complaint, and do not \
             have your answer to it yet. If everything is in order, there is nothing that you need to do.",
        )
        .say("If something is still wrong, please tell us, and we open your complaint again:")
        .link("Tell us on your own page", facts.link)
        .say_some(told.close_at.map(|at| {
            format!("If we hear nothing from you by {}, we close your complaint.", facts.phrases().until(at))
        }))
}

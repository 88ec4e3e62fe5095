//! Are you satisfied?

use crate::letter::{CustomerFacts, SatisfactionAsked, Writing};

pub(super) fn write(facts: &CustomerFacts<'_>, told: &SatisfactionAsked) -> Writing {
    Writing::about("are you satisfied?", "Are you satisfied?")
        .say(
            "We have answered your complaint, and would like to know how you feel about it. It takes a minute: one \
             mark from 1 to 5, and a comment if you like.",
        )
        .link("Tell us on your own page", facts.link)
        .say("If something is still wrong, tell us there as well, and we open your complaint again.")
        .say_some(told.close_at.map(|at| {
            format!(
                "If we hear nothing from you by {}, we take it that your complaint is settled, and close it.",
                facts.phrases().until(at)
            )
        }))
}

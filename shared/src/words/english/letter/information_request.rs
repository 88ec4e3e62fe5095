//! Please tell us more; so long the time to answer stands still.

use crate::letter::{CustomerFacts, InformationRequest, Writing};

pub(super) fn write(facts: &CustomerFacts<'_>, told: &InformationRequest<'_>) -> Writing {
    Writing::about("please tell us more", "We need something from you")
        .say("To settle your complaint we need to know more:")
        .passage(Some(told.question))
        .say(format!(
            "Please answer on your own page, or reply to this e-mail, by {}. Until then the time in which we answer \
             you stands still; as soon as we hear from you it goes on, and we tell you the new date.",
            facts.phrases().until(told.answer_by)
        ))
        .say("Should you not be able to tell us, we go on with what we know.")
        .link("Answer our question", facts.link)
}

//! It is closed; what can still be done.

use super::external_body;
use crate::{
    event::ClosedBecause,
    letter::{Closing, CustomerFacts, Writing},
};

pub(super) fn write(facts: &CustomerFacts<'_>, told: &Closing) -> Writing {
    Writing::about("it is closed", "Your complaint is closed")
        .say(why(told.because))
        .say(
            "Thank you for having told us what went wrong. It helps us to do better, and we are sorry for the trouble \
             that it gave you.",
        )
        .say_some(told.reopen_until.map(|until| {
            format!(
                "Should something still be wrong, you can tell us on your own page until {}, and we open your \
                 complaint again:",
                facts.phrases().until(until)
            )
        }))
        .link("Open your complaint's page", facts.link)
        .say(format!(
            "If you are not satisfied with how we have handled it, {}",
            external_body(facts.policy)
        ))
}

fn why(because: ClosedBecause) -> &'static str {
    match because {
        ClosedBecause::Feedback => "Thank you for telling us what you think. Your complaint is closed now.",
        ClosedBecause::Silence => {
            "We have asked you whether you are satisfied, and have not heard from you. So we have closed your \
             complaint."
        }
        ClosedBecause::Staff => "Everything is done, and we have closed your complaint.",
    }
}

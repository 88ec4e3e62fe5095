//! What was finally decided, and who can look at it outside the company.

use super::{external_body, proposal::INSTEAD};
use crate::letter::{CustomerFacts, FinalDecision, Writing};

pub(super) fn write(facts: &CustomerFacts<'_>, told: &FinalDecision<'_>) -> Writing {
    let phrases = facts.phrases();
    Writing::about("our final decision", "Our final decision")
        .say("Your complaint has been looked at by our highest level. Thank you for your patience.")
        .say_if(told.replaces, INSTEAD)
        .conclusion(facts, told.outcome)
        .list_under("What we will do", told.remedies.iter().map(|offer| phrases.offered(offer)))
        .under("If you do not agree")
        .say(format!(
            "This is our final decision. If you are not satisfied with it, {}",
            external_body(facts.policy)
        ))
        .link("Open your complaint's page", facts.link)
}

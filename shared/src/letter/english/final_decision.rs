//! What was finally decided, and who can look at it outside the company.

use super::super::{CustomerFacts, writing::Writing};
use super::words;
use crate::event::Event;

pub(super) fn write(facts: &CustomerFacts<'_>) -> Option<Writing> {
    let Event::Decided { outcome, remedies, .. } = &facts.recorded?.event else {
        return None;
    };
    let CustomerFacts { policy, .. } = facts;
    let writing = words::to_customer(facts, "our final decision", "Our final decision")
        .say("Your complaint has been looked at by our highest level. Thank you for your patience.");
    let writing = words::conclusion(writing, *outcome, facts.text);
    let writing = if remedies.is_empty() {
        writing
    } else {
        writing.about("What we will do").list(remedies.iter().map(|offer| words::offered(offer, policy)))
    };
    let writing = writing.about("If you do not agree").say(format!(
        "This is our final decision. If you are not satisfied with it, {}",
        words::external_body(policy)
    ));
    Some(words::signed(words::page(writing, facts, "Open your complaint's page"), facts))
}

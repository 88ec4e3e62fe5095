//! It is closed; what can still be done.

use super::super::{CustomerFacts, writing::Writing};
use super::words;
use crate::{
    complaint::Stage,
    event::{ClosedBecause, Event},
};

pub(super) fn write(facts: &CustomerFacts<'_>) -> Option<Writing> {
    let CustomerFacts { policy, complaint, .. } = facts;
    let (Event::Closed { because, .. }, Stage::Closed { resolved_at, .. }) =
        (&facts.recorded?.event, &complaint.stage)
    else {
        return None;
    };
    let until = policy.reopening.within.deadline(*resolved_at, &policy.calendar);
    let writing = words::to_customer(facts, "it is closed", "Your complaint is closed")
        .say(why(*because))
        .say(
            "Thank you for having told us what went wrong. It helps us to do better, and we are sorry for the trouble \
             that it gave you.",
        )
        .say(format!(
            "Should something still be wrong, you can tell us on your own page until {}, and we open your complaint \
             again:",
            words::day(until, policy)
        ));
    let writing = words::page(writing, facts, "Open your complaint's page").say(format!(
        "If you are not satisfied with how we have handled it, {}",
        words::external_body(policy)
    ));
    Some(words::signed(writing, facts))
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

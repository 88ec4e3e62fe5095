//! Please answer our offer.

use super::super::{CustomerFacts, writing::Writing};
use super::{proposal, words};
use crate::{complaint::Stage, event::Event};

pub(super) fn write(facts: &CustomerFacts<'_>) -> Option<Writing> {
    let CustomerFacts { policy, complaint, .. } = facts;
    let (Event::PromiseWarned { due, next, .. }, Stage::Proposed(proposal)) =
        (&facts.recorded?.event, &complaint.stage)
    else {
        return None;
    };
    let date = words::day(next.unwrap_or(*due), policy);
    let writing = words::to_customer(facts, "please answer our proposal", "We are waiting for your answer")
        .say("We have made you a proposal to settle your complaint, and have not heard from you yet.")
        .list(proposal.remedies.iter().map(|remedy| words::promised(remedy, policy)))
        .say(format!(
            "Please tell us by {date} whether you accept it. The whole proposal is on your own page:"
        ));
    let writing = words::page(writing, facts, "Answer our proposal").say(proposal::on_silence(policy, &date));
    Some(words::signed(writing, facts))
}

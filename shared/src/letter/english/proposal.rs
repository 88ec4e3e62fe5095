//! What we offer, why, and by when we ask for an answer.

use super::super::{CustomerFacts, writing::Writing};
use super::words;
use crate::{
    complaint::{Complaint, Stage},
    event::Event,
    policy::{Policy, Silence},
};

pub(super) fn write(facts: &CustomerFacts<'_>) -> Option<Writing> {
    let Event::Proposed { number, outcome, remedies, consent, .. } = &facts.recorded?.event else {
        return None;
    };
    let CustomerFacts { policy, complaint, .. } = facts;
    let writing = words::to_customer(facts, "our proposal", "Our proposal")
        .say("We have looked into your complaint. Thank you for your patience.");
    let writing = words::conclusion(writing, *outcome, facts.text);
    let writing = if remedies.is_empty() {
        writing
    } else {
        writing
            .about("What we would like to do")
            .list(remedies.iter().map(|offer| words::offered(offer, policy)))
    };
    let writing = if is_standing(complaint, *number) {
        let date = words::day(consent.due, policy);
        let question =
            format!("Please tell us by {date} whether you accept this. You can answer on your own page:");
        let writing = words::page(writing.about("Your answer").say(question), facts, "Answer our proposal");
        writing.say(if_not(complaint, policy)).say(on_silence(policy, &date))
    } else {
        let writing =
            writing.say("You have answered this proposal already: this letter is for your records.");
        words::page(writing, facts, "Open your complaint's page")
    };
    Some(words::signed(writing, facts))
}

fn is_standing(complaint: &Complaint, number: u8) -> bool {
    matches!(&complaint.stage, Stage::Proposed(proposal) if proposal.number == number)
}

/// What becomes of a refusal.
fn if_not(complaint: &Complaint, policy: &Policy) -> String {
    let higher = complaint.level.next().map_or_else(String::new, |level| {
        format!(
            " Your complaint then goes up to our next level: {}.",
            policy.company.level_name(level).as_str()
        )
    });
    format!(
        "If this does not settle your complaint, please say so there, and tell us why if you like.{higher}"
    )
}

/// What becomes of silence, in the policy's way.
pub(super) fn on_silence(policy: &Policy, date: &str) -> String {
    let then = match policy.consent.on_silence {
        Silence::Implement => "we take it that you agree, and do what we have proposed",
        Silence::AskStaff => "one of us will get in touch with you",
    };
    format!("If we hear nothing from you by {date}, {then}.")
}

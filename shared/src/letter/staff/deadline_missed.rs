//! A date has passed.

use super::super::{StaffFacts, writing::Writing};
use super::words;
use crate::{complaint::Complaint, decide::missing, event::Event, promise::PromiseKind};

pub(super) fn write(facts: &StaffFacts<'_>) -> Option<Writing> {
    let Event::PromiseMissed { promise, due, again, .. } = &facts.recorded.event else {
        return None;
    };
    let StaffFacts { policy, .. } = facts;
    let heading = if *again { "A promised date has passed, still" } else { "A promised date has passed" };
    let writing = words::to_staff(facts, "a date has passed", heading).say(format!(
        "Promised: {}, by {}.",
        words::promise(*promise, policy),
        words::minute(*due, policy)
    ));
    Some(words::case(writing.say(what_to_do(*promise, facts.complaint)), facts))
}

fn what_to_do(promise: PromiseKind, complaint: &Complaint) -> &'static str {
    match promise {
        PromiseKind::Acknowledge => {
            "The acknowledgement was not sent. Please reach the customer and record the contact."
        }
        PromiseKind::Own => "Nobody has taken the complaint on. Please take it or assign it.",
        PromiseKind::FirstContact => "Please get in touch with the customer and record the contact.",
        PromiseKind::Update => "Please tell the customer how things stand and record the contact.",
        PromiseKind::Answer | PromiseKind::Decide(_) => {
            "Please decide, or tell the customer why it takes longer."
        }
        PromiseKind::Notice => "Please tell the customer by when they will have the answer.",
        PromiseKind::Information => "Please go on with what is known.",
        PromiseKind::Consultation(_) => "Please ask the department for its answer.",
        PromiseKind::Consent if complaint.wrote => {
            "The customer has written since they were asked, and not accepted or refused on their page. Please read it; \
             where it is their answer, record it as that, and otherwise reach them for one."
        }
        PromiseKind::Consent => "The customer has not answered. Please reach them and record their answer.",
        PromiseKind::Remedy(_) => {
            "Please carry it out and tick it off, or tell the customer why it takes longer."
        }
        PromiseKind::Ask | PromiseKind::Close if complaint.is_unsatisfied() => {
            "The customer has said that they are not satisfied. Please get in touch with them; then take the complaint up \
             again, or close it."
        }
        PromiseKind::Ask | PromiseKind::Close if missing(complaint, true).is_empty() => {
            "The customer has written since they were asked whether they are satisfied. Please read it, and record it as \
             their feedback, or close the complaint."
        }
        PromiseKind::Ask | PromiseKind::Close => {
            "The record is incomplete, so that it cannot be closed. Please complete it."
        }
    }
}

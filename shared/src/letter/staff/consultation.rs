//! A question to a department, which answers by the link, and the reminder of it.

use super::super::{StaffFacts, writing::Writing};
use super::words;
use crate::event::Event;

pub(super) fn write(facts: &StaffFacts<'_>) -> Option<Writing> {
    let (heading, opening, due) = match &facts.recorded.event {
        Event::Consulted { by, .. } => {
            ("A question about a complaint", "We need your answer to settle a customer's complaint:", by.due)
        }
        Event::PromiseMissed { due, .. } => (
            "Our question still waits",
            "We asked you about a customer's complaint, and need your answer:",
            *due,
        ),
        _ => return None,
    };
    let writing = words::to_staff(facts, "a question to you", heading)
        .say(opening)
        .passage(Some(facts.text?))
        .say(format!("Asked for by {}.", words::minute(due, facts.policy)))
        .link("Answer the question", facts.link?)
        .footer("The link is for your department only: please do not pass it on.")
        .footer("This e-mail was sent by the complaints system.");
    Some(writing)
}

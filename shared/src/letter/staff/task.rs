//! Something has to be done: remedies to carry out, a complaint that came back, one that the manager has to know of.

use super::super::{StaffFacts, writing::Writing};
use super::words;
use crate::{complaint::Stage, event::Event};

pub(super) fn write(facts: &StaffFacts<'_>) -> Option<Writing> {
    let writing = match &facts.recorded.event {
        Event::Triaged { .. } => {
            words::to_staff(facts, "for your attention", "A severe complaint, for your attention").say(
                "Triage has found this complaint to be of a severity that the manager is told of at once.",
            )
        }
        Event::ProposalAccepted { .. } | Event::Decided { .. } => remedies(facts),
        Event::Reopened { .. } => words::to_staff(facts, "open again", "A complaint is open again")
            .say("The customer says that something is still wrong. It has to be investigated again."),
        _ => return None,
    };
    Some(words::case(writing, facts))
}

fn remedies(facts: &StaffFacts<'_>) -> Writing {
    let remedies = match &facts.complaint.stage {
        Stage::Implementing { remedies, .. } => remedies.as_slice(),
        _ => &[],
    };
    let to_do = (1..).zip(remedies).filter(|(_, remedy)| remedy.done_at.is_none()).map(|(number, remedy)| {
        let owner = remedy.owner.as_ref().map_or("whoever handles the complaint", |owner| owner.as_str());
        format!("Remedy {number}: {} – {owner}", words::phrases(facts.policy).promised(remedy))
    });
    words::to_staff(facts, "remedies to carry out", "Remedies to carry out")
        .say("The resolution stands. Please carry these out, and tick each off with what was done:")
        .list(to_do)
}

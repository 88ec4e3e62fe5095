//! A higher level looks at it, and this is the new date.

use super::super::{CustomerFacts, writing::Writing};
use super::words;
use crate::{command::EscalationReason, event::Event};

pub(super) fn write(facts: &CustomerFacts<'_>) -> Option<Writing> {
    let Event::Escalated { to, reason, decide, .. } = &facts.recorded?.event else {
        return None;
    };
    let CustomerFacts { policy, .. } = facts;
    let level = policy.company.level_name(*to).as_str();
    let writing = words::to_customer(facts, "it has gone up a level", "Your complaint has gone up a level")
        .say(why(reason))
        .say(format!(
            "Your complaint now lies with our next level: {level}. There is nothing that you need to do."
        ))
        .say(if facts.complaint.waiting_since().is_some() {
            "We still wait for what we asked you. When we have it, we tell you by which date we answer."
                .to_owned()
        } else {
            format!("You will have our answer by {}.", words::day(decide.due, policy))
        });
    Some(words::signed(words::page(writing, facts, "Open your complaint's page"), facts))
}

fn why(reason: &EscalationReason) -> &'static str {
    match reason {
        EscalationReason::Staff { .. } => {
            "The one who handles your complaint has asked for it to be looked at by somebody who can decide more."
        }
        EscalationReason::Refused => {
            "You have told us that our proposal does not settle your complaint. Thank you for saying so; we look at \
             it again."
        }
        EscalationReason::Asked { .. } => {
            "You have asked for your complaint to be looked at by a higher level."
        }
        EscalationReason::Subject | EscalationReason::Redress { .. } | EscalationReason::Pattern { .. } => {
            "Your complaint should be looked at by somebody who can decide more."
        }
        EscalationReason::Outside { .. } => "What you have told us is serious, and we treat it as urgent.",
        EscalationReason::Severity => "What you have told us is serious, and we treat it as urgent.",
        EscalationReason::Unowned => "We want your complaint to be taken on without delay.",
        EscalationReason::Time { .. } => {
            "We have not answered you within the time that we promised. We are sorry for the delay."
        }
        EscalationReason::ReopenedAgain => {
            "You have told us again that something is still wrong. We are sorry that we have not put it right yet."
        }
    }
}

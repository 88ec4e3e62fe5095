//! A higher level looks at it, and this is the new date.

use crate::{
    command::EscalationReason,
    letter::{CustomerFacts, EscalationNotice, Owed, Writing},
};

pub(super) fn write(facts: &CustomerFacts<'_>, told: &EscalationNotice<'_>) -> Writing {
    Writing::about("a higher level looks at it", "A higher level looks at your complaint")
        .say(why(told.reason, told.owed))
        .say(format!("Your complaint now lies with a higher level of ours: {}.", told.level))
        .say(match told.owed {
            Owed::Answer { by, .. } => {
                let date = facts.phrases().day(by);
                format!("There is nothing that you need to do. You will have our answer by {date}.")
            }
            Owed::Date => {
                "We still wait for what we asked you. When we have it, we tell you by which date we answer."
                    .to_owned()
            }
            Owed::Consent => {
                "What we have proposed to you stands, and so does your time to answer it. If it does not settle your \
                 complaint, please say so on your page: then it is looked at again there."
                    .to_owned()
            }
            Owed::Remedies => {
                "What we have promised you stands, with its dates. There is nothing that you need to do.".to_owned()
            }
            Owed::Nothing => {
                "Our answer to you stands. If something is not right with it, please say so on your page: then it is \
                 looked at again there."
                    .to_owned()
            }
        })
        .link("Open your complaint's page", facts.link)
}

fn why(reason: &EscalationReason, owed: Owed) -> &'static str {
    match reason {
        EscalationReason::Staff { .. } => {
            "The one who handles your complaint has asked for it to be looked at by somebody who can decide more."
        }
        EscalationReason::Refused => {
            "You have told us that our proposal does not settle your complaint. Thank you for saying so; we look at \
             it again."
        }
        EscalationReason::Asked { .. } => "You have asked for a higher level to look at your complaint.",
        EscalationReason::Subject | EscalationReason::Redress { .. } | EscalationReason::Pattern { .. } => {
            "Your complaint should be looked at by somebody who can decide more."
        }
        EscalationReason::Severity | EscalationReason::Outside { .. } => {
            "What you have told us is serious, and we treat it as urgent."
        }
        EscalationReason::Unowned => "We want your complaint to be taken on without delay.",
        EscalationReason::Time { .. } if matches!(owed, Owed::Answer { is_as_told: true, .. }) => {
            "As we have written to you, our answer takes longer than we first said. So that you have it by then, somebody \
             who can decide more looks at your complaint."
        }
        EscalationReason::Time { .. } => {
            "We have not answered you within the time that we promised. We are sorry for the delay."
        }
        EscalationReason::ReopenedAgain => {
            "You have told us again that something is still wrong. We are sorry that we have not put it right yet."
        }
    }
}

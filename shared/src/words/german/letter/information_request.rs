//! Please tell us more; so long the time to answer stands still.

use crate::letter::{CustomerFacts, InformationRequest, Writing};

pub(super) fn write(facts: &CustomerFacts<'_>, told: &InformationRequest<'_>) -> Writing {
    Writing::about("bitte teilen Sie uns mehr mit", "Wir brauchen noch etwas von Ihnen")
        .say("Um Ihre Beschwerde zu klären, müssen wir mehr wissen:")
        .passage(Some(told.question))
        .say(format!(
            "Bitte antworten Sie bis {} auf Ihrer eigenen Seite oder auf diese E-Mail. Bis dahin ruht die Frist, in \
             der wir Ihnen antworten; sobald wir von Ihnen hören, läuft sie weiter, und wir nennen Ihnen den neuen \
             Termin.",
            facts.phrases().until(told.answer_by)
        ))
        .say("Sollten Sie es uns nicht sagen können, machen wir mit dem weiter, was wir wissen.")
        .link("Unsere Frage beantworten", facts.link)
}

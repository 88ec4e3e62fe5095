//! Are you satisfied? In German a mark from 1 to 5 would be read as one of school, where 1 is the best: so it says
//! which end is which.

use crate::letter::{CustomerFacts, SatisfactionAsked, Writing};

pub(super) fn write(facts: &CustomerFacts<'_>, told: &SatisfactionAsked) -> Writing {
    Writing::about("sind Sie zufrieden?", "Sind Sie zufrieden?")
        .say(
            "Wir haben Ihre Beschwerde beantwortet und möchten wissen, wie Sie das sehen. Es dauert eine Minute: eine \
             Zahl von 1 (sehr unzufrieden) bis 5 (sehr zufrieden) und, wenn Sie mögen, einige Worte dazu.",
        )
        .link("Auf Ihrer eigenen Seite antworten", facts.link)
        .say("Wenn noch etwas nicht stimmt, sagen Sie es uns bitte auch dort. Wir öffnen Ihre Beschwerde dann wieder.")
        .say_some(told.close_at.map(|at| {
            format!(
                "Wenn wir bis {}, nichts von Ihnen hören, gehen wir davon aus, dass Ihre Beschwerde erledigt ist, und \
                 schließen sie ab.",
                facts.phrases().until(at)
            )
        }))
}

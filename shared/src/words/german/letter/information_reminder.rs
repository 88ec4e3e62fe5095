//! Please tell us what we asked.

use jiff::Timestamp;

use crate::letter::{CustomerFacts, Writing};

pub(super) fn write(facts: &CustomerFacts<'_>, answer_by: Timestamp) -> Writing {
    Writing::about("eine Erinnerung an unsere Frage", "Wir brauchen noch immer etwas von Ihnen")
        .say("Wir haben Sie um weitere Angaben zu Ihrer Beschwerde gebeten und noch nichts von Ihnen gehört.")
        .say(format!(
            "Bitte antworten Sie bis {} auf Ihrer eigenen Seite oder auf diese E-Mail. Danach machen wir mit dem \
             weiter, was wir wissen.",
            facts.phrases().until(answer_by)
        ))
        .link("Unsere Frage beantworten", facts.link)
}

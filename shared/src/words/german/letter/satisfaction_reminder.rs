//! Please tell us whether you are satisfied.

use crate::letter::{CustomerFacts, SatisfactionAsked, Writing};

pub(super) fn write(facts: &CustomerFacts<'_>, told: &SatisfactionAsked) -> Writing {
    Writing::about("bitte sagen Sie uns, ob Sie zufrieden sind", "Ist alles in Ordnung?")
        .say(
            "Wir haben Sie gefragt, ob Sie mit dem zufrieden sind, was wir auf Ihre Beschwerde hin getan haben. \
             Ihre Antwort darauf haben wir noch nicht. Wenn alles in Ordnung ist, brauchen Sie nichts zu tun.",
        )
        .say("Wenn noch etwas nicht stimmt, sagen Sie es uns bitte. Wir öffnen Ihre Beschwerde dann wieder:")
        .link("Auf Ihrer eigenen Seite antworten", facts.link)
        .say_some(told.close_at.map(|at| {
            format!(
                "Wenn wir bis {}, nichts von Ihnen hören, schließen wir Ihre Beschwerde ab.",
                facts.phrases().until(at)
            )
        }))
}

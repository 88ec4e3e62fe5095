//! It takes longer than we said, and this is the new date.

use crate::letter::{CustomerFacts, DelayNotice, Writing};

pub(super) fn write(facts: &CustomerFacts<'_>, told: &DelayNotice) -> Writing {
    let phrases = facts.phrases();
    Writing::about("es dauert länger", "Ihre Beschwerde dauert länger als angekündigt")
        .say(format!(
            "Wir haben Ihnen unsere Antwort bis {} zugesagt. Das schaffen wir nicht, und das tut uns leid.",
            phrases.day(told.due)
        ))
        .passage(facts.text)
        .say(format!("Unsere Antwort erhalten Sie bis {}.", phrases.day(told.until)))
        .say("Sie brauchen nichts zu tun.")
        .link("Seite Ihrer Beschwerde öffnen", facts.link)
}

//! What was concluded and done, in writing.

use crate::letter::{CustomerFacts, ResolutionSummary, Writing};

pub(super) fn write(facts: &CustomerFacts<'_>, told: &ResolutionSummary<'_>) -> Writing {
    let phrases = facts.phrases();
    let done = if told.remedies.is_empty() {
        "Von unserer Seite ist nichts mehr zu tun."
    } else if told.remedies.iter().any(|remedy| remedy.dropped_at.is_some()) {
        "Das ist aus allem geworden, was wir Ihnen zugesagt haben:"
    } else {
        "Alles, was wir Ihnen zugesagt haben, ist erledigt:"
    };
    let writing = Writing::about("was wir getan haben", "Was wir getan haben")
        .say(done)
        .list(told.remedies.iter().map(|remedy| phrases.done(remedy)));
    let writing = if told.is_dropped {
        writing
            .say("Es tut uns leid, dass wir nicht alles umsetzen konnten. Der Grund:")
            .passage(facts.text)
            .under("Zu welchem Ergebnis wir gekommen sind")
            .say((facts.words().letters.common.conclusion)(told.outcome))
    } else {
        writing.under("Zu welchem Ergebnis wir gekommen sind").conclusion(facts, told.outcome)
    };
    writing
        .under("Wie es weitergeht")
        .say(format!("Wir fragen Sie am {}, ob Sie zufrieden sind.", phrases.day(told.ask_at)))
        .say(format!(
            "Wenn noch etwas nicht stimmt, können Sie uns das bis {}, auf Ihrer eigenen Seite sagen. Wir öffnen Ihre \
             Beschwerde dann wieder.",
            phrases.until(told.reopen_until)
        ))
        .link("Seite Ihrer Beschwerde öffnen", facts.link)
}

//! A new private link, in place of one that is too old or was ended.

use crate::letter::{CustomerFacts, Writing};

pub(super) fn write(facts: &CustomerFacts<'_>) -> Writing {
    let writing = Writing::about("Ihr neuer Link", "Ihr neuer Link");
    if facts.recorded.is_some() {
        return writing
            .say(
                "Die bisherigen Links zur Seite Ihrer Beschwerde gelten nicht mehr: Sie haben darum gebeten, oder wir haben \
             es zum Schutz Ihrer Daten getan. Hier ist der neue:",
            )
            .link("Seite Ihrer Beschwerde öffnen", facts.link);
    }
    writing
        .say(
            "Jemand hat einen neuen Link zur Seite Ihrer Beschwerde angefordert, weil der alte abgelaufen ist. Hier \
             ist er:",
        )
        .link("Seite Ihrer Beschwerde öffnen", facts.link)
        .say("Wenn Sie das nicht waren, brauchen Sie nichts zu tun.")
}

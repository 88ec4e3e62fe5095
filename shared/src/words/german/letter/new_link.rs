//! A new private link, in place of one that is too old.

use crate::letter::{CustomerFacts, Writing};

pub(super) fn write(facts: &CustomerFacts<'_>) -> Writing {
    Writing::about("Ihr neuer Link", "Ihr neuer Link")
        .say(
            "Jemand hat einen neuen Link zur Seite Ihrer Beschwerde angefordert, weil der alte abgelaufen ist. Hier \
             ist er:",
        )
        .link("Seite Ihrer Beschwerde öffnen", facts.link)
        .say("Wenn Sie das nicht waren, brauchen Sie nichts zu tun.")
}

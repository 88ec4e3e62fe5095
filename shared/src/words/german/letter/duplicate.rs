//! It goes on as another one.

use crate::letter::{CustomerFacts, Writing};

pub(super) fn write(facts: &CustomerFacts<'_>) -> Writing {
    Writing::about("sie läuft mit einer anderen weiter", "Wir haben Ihre Beschwerden zusammengelegt")
        .say(
            "Sie haben sich in derselben Sache schon einmal beschwert, und diese Beschwerde wird bearbeitet. Wir haben \
             hinzugefügt, was Sie uns jetzt mitgeteilt haben, und diese beendet, damit Sie eine Antwort erhalten.",
        )
        .say("Sie hören von uns zu der anderen. Sie brauchen nichts zu tun.")
        .link("Seite dieser Beschwerde öffnen", facts.link)
}

//! You took it back.

use crate::letter::{CustomerFacts, Writing};

pub(super) fn write(facts: &CustomerFacts<'_>) -> Writing {
    Writing::about("Sie haben sie zurückgezogen", "Sie haben Ihre Beschwerde zurückgezogen")
        .say("Sie haben uns gesagt, dass Sie Ihre Beschwerde nicht weiterverfolgen möchten. Wir haben sie beendet.")
        .say(
            "Vielen Dank, dass Sie uns gesagt haben, was nicht in Ordnung war. Sollten Sie es sich anders überlegen, \
             beschweren Sie sich erneut und nennen Sie die Vorgangsnummer dieser Beschwerde.",
        )
        .link("Seite Ihrer Beschwerde öffnen", facts.link)
}

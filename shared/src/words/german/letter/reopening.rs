//! It is open again, with new dates.

use crate::letter::{CustomerFacts, Reopening, Writing};

pub(super) fn write(facts: &CustomerFacts<'_>, told: &Reopening<'_>) -> Writing {
    Writing::about("sie ist wieder offen", "Ihre Beschwerde ist wieder offen").say(
        "Vielen Dank, dass Sie uns sagen, dass noch etwas nicht stimmt. Es tut uns leid, dass wir es noch nicht in \
         Ordnung gebracht haben. Wir gehen der Sache noch einmal nach.",
    )
        .say_some(told.higher_level.map(|level| format!("Ihre Beschwerde liegt bei einer höheren Stufe: {level}.")))
        .list(facts.expected()).link("Seite Ihrer Beschwerde öffnen", facts.link)
}

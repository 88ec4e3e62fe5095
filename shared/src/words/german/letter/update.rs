//! How it goes on, in the words of the one who handles the complaint.

use crate::letter::{CustomerFacts, Writing};

pub(super) fn write(facts: &CustomerFacts<'_>, text: &str) -> Writing {
    Writing::about("der Stand der Dinge", "So steht es um Ihre Beschwerde")
        .say("Wir möchten Ihnen sagen, wie es um Ihre Beschwerde steht:")
        .passage(Some(text))
        .list(facts.expected())
        .link("Seite Ihrer Beschwerde öffnen", facts.link)
}

//! We do not take it on, and why.

use super::external_body;
use crate::{
    command::Grounds,
    letter::{CustomerFacts, Writing},
};

pub(super) fn write(facts: &CustomerFacts<'_>, grounds: Grounds) -> Writing {
    Writing::about("wir können sie nicht bearbeiten", "Wir können Ihre Beschwerde nicht bearbeiten")
        .say(why(grounds))
        .passage(facts.text)
        .link("Seite Ihrer Beschwerde öffnen", facts.link)
        .say(format!("Wenn Sie damit nicht einverstanden sind, {}", external_body(facts.policy)))
}

fn why(grounds: Grounds) -> &'static str {
    match grounds {
        Grounds::NotAComplaint => {
            "Wir haben sorgfältig gelesen, was Sie uns geschickt haben. Wir können es nicht als Beschwerde bearbeiten."
        }
        Grounds::OutOfScope => {
            "Wir haben Ihre Beschwerde sorgfältig gelesen. Es geht darin um etwas, worüber wir nicht entscheiden \
             können."
        }
        Grounds::TooOld => {
            "Wir haben Ihre Beschwerde sorgfältig gelesen. Was geschehen ist, liegt zu weit zurück, als dass wir es \
             jetzt noch klären könnten."
        }
    }
}

//! What was finally decided, and who can look at it outside the company.

use super::{external_body, proposal::INSTEAD};
use crate::letter::{CustomerFacts, FinalDecision, Writing};

pub(super) fn write(facts: &CustomerFacts<'_>, told: &FinalDecision<'_>) -> Writing {
    let phrases = facts.phrases();
    Writing::about("unsere abschließende Entscheidung", "Unsere abschließende Entscheidung")
        .say("Unsere höchste Stufe hat Ihre Beschwerde geprüft. Vielen Dank für Ihre Geduld.")
        .say_if(told.replaces, INSTEAD)
        .conclusion(facts, told.outcome)
        .list_under("Was wir tun werden", told.remedies.iter().map(|offer| phrases.offered(offer)))
        .under("Wenn Sie nicht einverstanden sind")
        .say(format!(
            "Dies ist unsere abschließende Entscheidung. Wenn Sie damit nicht zufrieden sind, {}",
            external_body(facts.policy)
        ))
        .link("Seite Ihrer Beschwerde öffnen", facts.link)
}

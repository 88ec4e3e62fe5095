//! It goes on as another one.

use crate::letter::{CustomerFacts, Writing};

pub(super) fn write(facts: &CustomerFacts<'_>) -> Writing {
    let other = facts.other.map_or_else(String::new, |reference| format!(", {reference},"));
    Writing::about("sie läuft mit einer anderen weiter", "Wir haben Ihre Beschwerden zusammengelegt")
        .say(format!(
            "Wir haben zwei Beschwerden von Ihnen in derselben Sache. Damit Sie eine Antwort erhalten, haben wir diese \
             beendet und führen die andere{other} weiter. Was Sie uns hier mitgeteilt haben, haben wir ihr hinzugefügt."
        ))
        .say("Sie hören von uns zu der anderen. Wenn wir Sie dazu etwas gefragt haben, brauchen wir Ihre Antwort dort weiterhin.")
        .link("Seite dieser Beschwerde öffnen", facts.link)
}

//! What we offer, why, and by when we ask for an answer.

use crate::{
    letter::{CustomerFacts, Proposal, Writing},
    policy::Silence,
};

/// Of an offer whose dates may have passed when it is accepted.
pub(super) const IF_PASSED: &str = "Wenn Sie erst nach einem der genannten Termine antworten, gilt für diesen die gleiche Zeit ab Ihrer Antwort.";

/// That a letter is no answer.
pub(super) const BY_PAGE: &str = "Wenn Sie uns stattdessen schreiben, lesen wir das; angenommen oder abgelehnt wird der \
                                  Vorschlag aber auf dieser Seite, oder indem Sie es jemandem von uns sagen.";

/// Of what takes the place of a proposal.
pub(super) const INSTEAD: &str =
    "Dies tritt an die Stelle dessen, was wir Ihnen zuvor vorgeschlagen haben; das gilt nicht mehr.";

pub(super) fn write(facts: &CustomerFacts<'_>, told: &Proposal<'_>) -> Writing {
    let phrases = facts.phrases();
    let writing = Writing::about("unser Vorschlag", "Unser Vorschlag")
        .say("Wir haben Ihre Beschwerde geprüft. Vielen Dank für Ihre Geduld.")
        .say_if(told.replaces, INSTEAD)
        .conclusion(facts, told.outcome)
        .list_under("Was wir tun möchten", told.remedies.iter().map(|offer| phrases.offered(offer)));
    let Some(question) = told.question else {
        return writing
            .say(
                "Sie haben auf diesen Vorschlag schon geantwortet: Dieses Schreiben ist für Ihre Unterlagen.",
            )
            .link("Seite Ihrer Beschwerde öffnen", facts.link);
    };
    let date = phrases.until(question.answer_by);
    writing
        .under("Ihre Antwort")
        .say(format!(
            "Bitte sagen Sie uns bis {date}, ob Sie den Vorschlag annehmen. Antworten können Sie auf Ihrer eigenen \
             Seite:"
        ))
        .link("Auf unseren Vorschlag antworten", facts.link)
        .say(BY_PAGE)
        .say_if(question.may_pass, IF_PASSED)
        .say(if_not(question.next_level))
        .say(on_silence(question.on_silence, told.remedies, &date))
}

/// What becomes of a refusal.
fn if_not(next_level: Option<&str>) -> String {
    let higher = next_level
        .map_or_else(String::new, |level| format!(" Dann prüft eine höhere Stufe Ihre Beschwerde: {level}."));
    format!(
        "Wenn der Vorschlag Ihre Beschwerde nicht erledigt, sagen Sie uns das bitte dort, gern auch mit Ihren \
         Gründen.{higher}"
    )
}

/// What becomes of silence, in the policy's way.
pub(super) fn on_silence<T>(silence: Silence, remedies: &[T], date: &str) -> String {
    let then = match silence {
        Silence::Implement if remedies.is_empty() => "gehen wir davon aus, dass Sie einverstanden sind",
        Silence::Implement => "gehen wir davon aus, dass Sie einverstanden sind, und setzen den Vorschlag um",
        Silence::AskStaff => "meldet sich jemand aus unserem Team bei Ihnen",
    };
    format!("Wenn wir bis {date}, nichts von Ihnen hören, {then}.")
}

//! Please answer our offer.

use super::proposal::{BY_PAGE, IF_PASSED, on_silence};
use crate::letter::{CustomerFacts, ProposalReminder, Writing};

pub(super) fn write(facts: &CustomerFacts<'_>, told: &ProposalReminder<'_>) -> Writing {
    let phrases = facts.phrases();
    let date = phrases.until(told.answer_by);
    Writing::about("bitte antworten Sie auf unseren Vorschlag", "Wir warten auf Ihre Antwort")
        .say(
            "Wir haben Ihnen vorgeschlagen, wie sich Ihre Beschwerde erledigen lässt. Ihre Antwort darauf haben wir noch \
             nicht.",
        )
        .list(told.remedies.iter().map(|remedy| phrases.promised(remedy)))
        .say(format!(
            "Bitte sagen Sie uns bis {date}, ob Sie den Vorschlag annehmen. Sie finden ihn vollständig auf Ihrer \
             eigenen Seite:"
        ))
        .link("Auf unseren Vorschlag antworten", facts.link)
        .say(BY_PAGE)
        .say_if(told.may_pass, IF_PASSED)
        .say(on_silence(told.on_silence, told.remedies, &date))
}

//! What was concluded and done, in writing.

use crate::letter::{CustomerFacts, ResolutionSummary, Writing};

pub(super) fn write(facts: &CustomerFacts<'_>, told: &ResolutionSummary<'_>) -> Writing {
    let phrases = facts.phrases();
    let done = if told.remedies.is_empty() {
        "Nothing is left to be done from our side."
    } else if told.remedies.iter().any(|remedy| remedy.dropped_at.is_some()) {
        "This is what has become of all that we promised you:"
    } else {
        "Everything that we promised you is done:"
    };
    let writing = Writing::about("what we have done", "What we have done")
        .say(done)
        .list(told.remedies.iter().map(|remedy| phrases.done(remedy)));
    let writing = if told.is_dropped {
        writing
            .say("We are sorry that we could not do all of it. This is why:")
            .passage(facts.text)
            .under("What we concluded")
            .say((facts.words().letters.common.conclusion)(told.outcome))
    } else {
        writing.under("What we concluded").conclusion(facts, told.outcome)
    };
    writing
        .under("How it goes on")
        .say(format!("We will ask you on {} whether you are satisfied.", phrases.day(told.ask_at)))
        .say(format!(
            "If something is still wrong, you can tell us on your own page until {}, and we open your complaint again.",
            phrases.until(told.reopen_until)
        ))
        .link("Open your complaint's page", facts.link)
}

//! A new private link, in place of one that is too old or was ended.

use crate::letter::{CustomerFacts, Writing};

pub(super) fn write(facts: &CustomerFacts<'_>) -> Writing {
    let writing = Writing::about("your new link", "Your new link");
    if facts.recorded.is_some() {
        return writing
            .say(
                "The links to your complaint's page that you had do not work any more: you asked for that, or we did it to keep your data safe. Here is the new one:",
            )
            .link("Open your complaint's page", facts.link);
    }
    writing
        .say(
            "Somebody has asked for a new link to your complaint's page, since the old one has expired. Here it is:",
        )
        .link("Open your complaint's page", facts.link)
        .say("If it was not you who asked for it, you need not do anything.")
}

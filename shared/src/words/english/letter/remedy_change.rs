//! What was agreed has another date, or will not be done.

use crate::letter::{Becomes, CustomerFacts, RemedyChange, Writing};

pub(super) fn write(facts: &CustomerFacts<'_>, told: &RemedyChange) -> Writing {
    let phrases = facts.phrases();
    let what = phrases.what(told.kind, told.amount);
    let writing = Writing::about("what we promised changes", "Something that we promised you changes");
    let writing = match told.becomes {
        Becomes::By { after_all: true, .. } => writing
            .say("We told you that we would not do this:")
            .list([what])
            .say("We can do it after all. This is why:"),
        Becomes::By { after_all: false, .. } => writing
            .say(format!("We promised you, by {}:", phrases.day(told.due)))
            .list([what])
            .say("That date has changed. This is why:"),
        Becomes::Dropped { .. } => writing
            .say(format!("We promised you, by {}:", phrases.day(told.due)))
            .list([what])
            .say("We will not do this after all, and we are sorry. This is why:"),
    };
    let writing = writing.passage(facts.text);
    let writing = match told.becomes {
        Becomes::By { date, .. } => writing
            .say(format!("It will be done by {}.", phrases.day(date)))
            .say("There is nothing that you need to do."),
        Becomes::Dropped { may_go_up: true } => writing.say(
            "If you do not agree, you can tell us on your own page, and ask there for somebody at a higher level to look at your complaint.",
        ),
        Becomes::Dropped { may_go_up: false } => {
            writing.say("If you do not agree, you can tell us on your own page.")
        }
    };
    writing.link("Open your complaint's page", facts.link)
}

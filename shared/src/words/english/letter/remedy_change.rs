//! What was agreed has another date, or will not be done.

use crate::letter::{Becomes, CustomerFacts, RemedyChange, Writing};

pub(super) fn write(facts: &CustomerFacts<'_>, told: &RemedyChange) -> Writing {
    let phrases = facts.phrases();
    let what = phrases.what(told.kind, told.amount);
    let writing = Writing::about("what we promised changes", "Something that we promised you changes")
        .say(format!("We promised you, by {}:", phrases.day(told.due)))
        .list([what]);
    let writing = match told.becomes {
        Becomes::By(_) => writing.say("That date has changed. This is why:"),
        Becomes::Dropped { .. } | Becomes::Over { .. } => {
            writing.say("We will not do this after all, and we are sorry. This is why:")
        }
    };
    let writing = writing.passage(facts.text);
    let writing = match told.becomes {
        Becomes::By(date) => writing
            .say(format!("It will be done by {}.", phrases.day(date)))
            .say("There is nothing that you need to do."),
        Becomes::Dropped { may_go_up } => writing
            .say_if(may_go_up, "If you do not agree, you can tell us on your own page, and ask there for somebody at a higher level to look at your complaint.")
            .say_if(!may_go_up, "If you do not agree, you can tell us on your own page."),
        Becomes::Over { ask_at, reopen_until } => writing
            .say("Nothing else is left to be done from our side.")
            .under("How it goes on")
            .say(format!("We will ask you on {} whether you are satisfied.", phrases.day(ask_at)))
            .say(format!(
                "If you do not agree, you can tell us on your own page until {}, and we open your complaint again.",
                phrases.until(reopen_until)
            )),
    };
    writing.link("Open your complaint's page", facts.link)
}

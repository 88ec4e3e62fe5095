//! What was agreed has another date, or will not be done.

use crate::letter::{Becomes, CustomerFacts, RemedyChange, Writing};

pub(super) fn write(facts: &CustomerFacts<'_>, told: &RemedyChange) -> Writing {
    let phrases = facts.phrases();
    let what = phrases.what(told.kind, told.amount);
    let writing =
        Writing::about("eine Zusage ändert sich", "Etwas, das wir Ihnen zugesagt haben, ändert sich");
    let writing = match told.becomes {
        Becomes::By { after_all: true, .. } => writing
            .say("Wir haben Ihnen mitgeteilt, dass wir das nicht umsetzen:")
            .list([what])
            .say("Wir können es nun doch. Der Grund:"),
        Becomes::By { after_all: false, .. } => writing
            .say(format!("Wir haben Ihnen bis {} zugesagt:", phrases.day(told.due)))
            .list([what])
            .say("Dieser Termin ändert sich. Der Grund:"),
        Becomes::Dropped { .. } => writing
            .say(format!("Wir haben Ihnen bis {} zugesagt:", phrases.day(told.due)))
            .list([what])
            .say("Das können wir nun doch nicht umsetzen, und das tut uns leid. Der Grund:"),
    };
    let writing = writing.passage(facts.text);
    let writing = match told.becomes {
        Becomes::By { date, .. } => {
            writing.say(format!("Es geschieht bis {}.", phrases.day(date))).say("Sie brauchen nichts zu tun.")
        }
        Becomes::Dropped { may_go_up: true } => writing.say(
            "Wenn Sie damit nicht einverstanden sind, können Sie uns das auf Ihrer eigenen Seite sagen und dort darum bitten, \
             dass eine höhere Stufe Ihre Beschwerde prüft.",
        ),
        Becomes::Dropped { may_go_up: false } => writing.say(
            "Wenn Sie damit nicht einverstanden sind, können Sie uns das auf Ihrer eigenen Seite sagen.",
        ),
    };
    writing.link("Seite Ihrer Beschwerde öffnen", facts.link)
}

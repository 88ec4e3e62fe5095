//! What was agreed has another date, or will not be done.

use crate::letter::{Becomes, CustomerFacts, RemedyChange, Writing};

pub(super) fn write(facts: &CustomerFacts<'_>, told: &RemedyChange) -> Writing {
    let phrases = facts.phrases();
    let what = phrases.what(told.kind, told.amount);
    let writing =
        Writing::about("eine Zusage ändert sich", "Etwas, das wir Ihnen zugesagt haben, ändert sich")
            .say(format!("Wir haben Ihnen bis {} zugesagt:", phrases.day(told.due)))
            .list([what]);
    let writing = match told.becomes {
        Becomes::By(_) => writing.say("Dieser Termin ändert sich. Der Grund:"),
        Becomes::Dropped { .. } | Becomes::Over { .. } => {
            writing.say("Das können wir nun doch nicht umsetzen, und das tut uns leid. Der Grund:")
        }
    };
    let writing = writing.passage(facts.text);
    let writing = match told.becomes {
        Becomes::By(date) => writing
            .say(format!("Es geschieht bis {}.", phrases.day(date)))
            .say("Sie brauchen nichts zu tun."),
        Becomes::Dropped { may_go_up } => writing
            .say_if(may_go_up, "Wenn Sie damit nicht einverstanden sind, können Sie uns das auf Ihrer eigenen Seite sagen und dort \
                 darum bitten, dass eine höhere Stufe Ihre Beschwerde prüft.")
            .say_if(!may_go_up, "Wenn Sie damit nicht einverstanden sind, können Sie uns das auf Ihrer eigenen Seite sagen."),
        Becomes::Over { ask_at, reopen_until } => writing
            .say("Von unserer Seite ist sonst nichts mehr zu tun.")
            .under("Wie es weitergeht")
            .say(format!("Wir fragen Sie am {}, ob Sie zufrieden sind.", phrases.day(ask_at)))
            .say(format!(
                "Wenn Sie damit nicht einverstanden sind, können Sie uns das bis {}, auf Ihrer eigenen Seite sagen. Wir öffnen \
                 Ihre Beschwerde dann wieder.",
                phrases.until(reopen_until)
            )),
    };
    writing.link("Seite Ihrer Beschwerde öffnen", facts.link)
}

//! A new private link, in place of one that is too old or was ended, or to an address that we have only now.

use crate::letter::{CustomerFacts, NewLink, Writing};

pub(super) fn write(facts: &CustomerFacts<'_>, why: NewLink) -> Writing {
    let writing = Writing::about("Ihr neuer Link", "Ihr neuer Link");
    let link = |writing: Writing| writing.link("Seite Ihrer Beschwerde öffnen", facts.link);
    match why {
        NewLink::AskedFor => {
            let because = "Jemand hat einen neuen Link zur Seite Ihrer Beschwerde angefordert, weil der alte abgelaufen ist. \
                           Hier ist er:";
            link(writing.say(because)).say("Wenn Sie das nicht waren, brauchen Sie nichts zu tun.")
        }
        NewLink::InPlaceOfEnded => link(writing.say(
            "Die bisherigen Links zur Seite Ihrer Beschwerde gelten nicht mehr: Sie haben darum gebeten, oder wir haben \
             es zum Schutz Ihrer Daten getan. Hier ist der neue:",
        )),
        NewLink::ToNewAddress => {
            let writing = writing
                .say("Für Ihre Beschwerde haben wir jetzt diese Adresse und schreiben Ihnen von nun an hierher.")
                .list(facts.expected())
                .say(
                    "Auf Ihrer Seite steht, wie es um Ihre Beschwerde steht und ob wir auf Sie warten. Links, die Sie \
                     bisher hatten, gelten nicht mehr.",
                );
            link(writing)
                .say(
                    "Falls diese Beschwerde nicht Ihre ist, hat uns jemand versehentlich Ihre Adresse genannt. Sagen Sie es \
                     uns über diesen Link, und wir schreiben Ihnen dazu nicht mehr:",
                )
                .link("Ich habe diese Beschwerde nicht eingereicht", facts.not_me)
        }
    }
}

//! How it goes on: in the words of the one who handles the complaint, or what time itself has to say.

use crate::letter::{CustomerFacts, News, Writing};

pub(super) fn write(facts: &CustomerFacts<'_>, news: News<'_>) -> Writing {
    let writing = Writing::about("der Stand der Dinge", "So steht es um Ihre Beschwerde");
    let writing = match news {
        News::Words(text) => {
            writing.say("Wir möchten Ihnen sagen, wie es um Ihre Beschwerde steht:").passage(Some(text))
        }
        News::Informed => {
            writing.say("Vielen Dank: Ihre Angaben sind angekommen, und wir setzen die Prüfung fort.")
        }
        News::NotInformed => writing.say(
            "Wir haben Sie um weitere Angaben gebeten und noch nichts von Ihnen gehört. Wir machen mit dem weiter, was \
             wir wissen; auf Ihrer eigenen Seite können Sie uns noch immer mehr mitteilen.",
        ),
        News::Over { reopen_until } => writing
            .say(
                "Ihre E-Mail ist angekommen und liegt nun bei Ihrer Beschwerde, die abgeschlossen ist. Eine E-Mail \
                 allein nimmt sie nicht wieder auf, aber jemand aus unserem Team liest sie.",
            )
            .say(format!(
                "Wenn etwas noch immer nicht in Ordnung ist, sagen Sie es uns bis {}, auf Ihrer eigenen Seite: Damit \
                 wird Ihre Beschwerde wieder aufgenommen.",
                facts.phrases().until(reopen_until)
            )),
        News::Waiting => writing.say(
            "Ihre Beschwerde geht weiter, sobald wir die Angaben haben, um die wir Sie gebeten haben. Auf Ihrer eigenen \
             Seite können Sie sie uns mitteilen.",
        ),
        News::StillAtWork => writing.say(
            "Wir arbeiten noch an Ihrer Beschwerde. Es tut uns leid, dass Sie noch nicht mehr von uns gehört haben.",
        ),
    };
    writing.list(facts.expected()).link("Seite Ihrer Beschwerde öffnen", facts.link)
}

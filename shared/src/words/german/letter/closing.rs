//! It is closed; what can still be done.

use super::external_body;
use crate::{
    event::ClosedBecause,
    letter::{Closing, CustomerFacts, Writing},
};

pub(super) fn write(facts: &CustomerFacts<'_>, told: &Closing) -> Writing {
    Writing::about("sie ist abgeschlossen", "Ihre Beschwerde ist abgeschlossen")
        .say(why(told.because))
        .say(
            "Vielen Dank, dass Sie uns gesagt haben, was nicht in Ordnung war. Das hilft uns, besser zu werden. Der \
             Ärger, den Sie damit hatten, tut uns leid.",
        )
        .say_some(told.reopen_until.map(|until| {
            format!(
                "Sollte doch noch etwas nicht stimmen, können Sie uns das bis {}, auf Ihrer eigenen Seite sagen. Wir \
                 öffnen Ihre Beschwerde dann wieder:",
                facts.phrases().until(until)
            )
        }))
        .link("Seite Ihrer Beschwerde öffnen", facts.link)
        .say(format!(
            "Wenn Sie nicht damit zufrieden sind, wie wir Ihre Beschwerde behandelt haben, {}",
            external_body(facts.policy)
        ))
}

fn why(because: ClosedBecause) -> &'static str {
    match because {
        ClosedBecause::Feedback => {
            "Vielen Dank für Ihre Rückmeldung. Ihre Beschwerde ist jetzt abgeschlossen."
        }
        ClosedBecause::Silence => {
            "Wir haben Sie gefragt, ob Sie zufrieden sind, und nichts von Ihnen gehört. Deshalb haben wir Ihre \
             Beschwerde abgeschlossen."
        }
        ClosedBecause::Staff => "Alles ist erledigt, und wir haben Ihre Beschwerde abgeschlossen.",
    }
}

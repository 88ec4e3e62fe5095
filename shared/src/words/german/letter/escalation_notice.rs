//! A higher level looks at it, and this is the new date.

use crate::{
    command::EscalationReason,
    letter::{CustomerFacts, EscalationNotice, Writing},
};

pub(super) fn write(facts: &CustomerFacts<'_>, told: &EscalationNotice<'_>) -> Writing {
    Writing::about("eine höhere Stufe prüft sie", "Eine höhere Stufe prüft Ihre Beschwerde")
        .say(why(told.reason, told.is_as_told))
        .say(format!("Ihre Beschwerde liegt jetzt bei einer höheren Stufe: {}.", told.level))
        .say(match told.answer_by {
            Some(date) => {
                let date = facts.phrases().day(date);
                format!("Sie brauchen nichts zu tun. Unsere Antwort erhalten Sie bis {date}.")
            }
            None => "Wir warten noch auf das, worum wir Sie gebeten haben. Sobald wir es haben, nennen wir Ihnen den \
                     Termin für unsere Antwort."
                .to_owned(),
        })
        .link("Seite Ihrer Beschwerde öffnen", facts.link)
}

fn why(reason: &EscalationReason, is_as_told: bool) -> &'static str {
    match reason {
        EscalationReason::Staff { .. } => {
            "Wer Ihre Beschwerde bearbeitet, hat darum gebeten, dass jemand mit mehr Entscheidungsbefugnis sie prüft."
        }
        EscalationReason::Refused => {
            "Sie haben uns gesagt, dass unser Vorschlag Ihre Beschwerde nicht erledigt. Vielen Dank für Ihre \
             Offenheit; wir prüfen sie noch einmal."
        }
        EscalationReason::Asked { .. } => {
            "Sie haben darum gebeten, dass sich eine höhere Stufe mit Ihrer Beschwerde befasst."
        }
        EscalationReason::Subject | EscalationReason::Redress { .. } | EscalationReason::Pattern { .. } => {
            "Jemand mit mehr Entscheidungsbefugnis soll Ihre Beschwerde prüfen."
        }
        EscalationReason::Severity | EscalationReason::Outside { .. } => {
            "Was Sie uns geschildert haben, ist ernst, und wir behandeln es als dringend."
        }
        EscalationReason::Unowned => "Wir möchten, dass Ihre Beschwerde ohne Verzögerung bearbeitet wird.",
        EscalationReason::Time { .. } if is_as_told => {
            "Wie wir Ihnen geschrieben haben, dauert unsere Antwort länger als zuerst gesagt. Damit Sie sie bis dahin \
             erhalten, befasst sich jetzt jemand mit mehr Entscheidungsbefugnis mit Ihrer Beschwerde."
        }
        EscalationReason::Time { .. } => {
            "Wir haben Ihnen nicht in der zugesagten Zeit geantwortet. Diese Verzögerung tut uns leid."
        }
        EscalationReason::ReopenedAgain => {
            "Sie haben uns erneut gesagt, dass noch etwas nicht stimmt. Es tut uns leid, dass wir es noch nicht in \
             Ordnung gebracht haben."
        }
    }
}

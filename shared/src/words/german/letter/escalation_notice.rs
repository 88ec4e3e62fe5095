//! A higher level looks at it, and this is the new date.

use crate::{
    command::EscalationReason,
    letter::{CustomerFacts, EscalationNotice, Owed, Writing},
};

pub(super) fn write(facts: &CustomerFacts<'_>, told: &EscalationNotice<'_>) -> Writing {
    Writing::about("eine höhere Stufe prüft sie", "Eine höhere Stufe prüft Ihre Beschwerde")
        .say(why(told.reason, told.owed))
        .say(format!("Ihre Beschwerde liegt jetzt bei einer höheren Stufe: {}.", told.level))
        .say(match told.owed {
            Owed::Answer { by, .. } => {
                let date = facts.phrases().day(by);
                format!("Sie brauchen nichts zu tun. Unsere Antwort erhalten Sie bis {date}.")
            }
            Owed::Date => "Wir warten noch auf das, worum wir Sie gebeten haben. Sobald wir es haben, nennen wir Ihnen den \
                           Termin für unsere Antwort."
                .to_owned(),
            Owed::Consent => {
                "Unser Vorschlag gilt weiter, und Ihre Zeit für die Antwort ebenso. Wenn er Ihre Beschwerde nicht \
                 erledigt, sagen Sie es uns bitte auf Ihrer Seite: Dann wird sie dort noch einmal geprüft."
                    .to_owned()
            }
            Owed::Remedies => {
                "Was wir Ihnen zugesagt haben, gilt weiter, mit seinen Terminen. Sie brauchen nichts zu tun.".to_owned()
            }
            Owed::Nothing => {
                "Unsere Antwort gilt weiter. Wenn etwas daran nicht stimmt, sagen Sie es uns bitte auf Ihrer Seite: Dann \
                 wird sie dort noch einmal geprüft."
                    .to_owned()
            }
        })
        .link("Seite Ihrer Beschwerde öffnen", facts.link)
}

fn why(reason: &EscalationReason, owed: Owed) -> &'static str {
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
        EscalationReason::Time { .. } if matches!(owed, Owed::Answer { is_as_told: true, .. }) => {
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

//! The letters in German: one file a letter, and what they have in common.

mod acknowledgement;
mod acknowledgements;
mod closing;
mod delay_notice;
mod duplicate;
mod escalation_notice;
mod final_decision;
mod information_reminder;
mod information_request;
mod new_link;
mod proposal;
mod proposal_reminder;
mod refusal;
mod remedy_change;
mod reopening;
mod resolution_summary;
mod satisfaction_question;
mod satisfaction_reminder;
mod update;
mod withdrawal;

use crate::{
    command::{Outcome, RemedyKind},
    letter::{Common, Expected, Letters},
    policy::Policy,
};

pub(super) const LETTERS: Letters = Letters {
    common: COMMON,
    acknowledgement: acknowledgement::write,
    acknowledgements: acknowledgements::write,
    update: update::write,
    information_request: information_request::write,
    information_reminder: information_reminder::write,
    delay_notice: delay_notice::write,
    remedy_change: remedy_change::write,
    withdrawal: withdrawal::write,
    refusal: refusal::write,
    duplicate: duplicate::write,
    proposal: proposal::write,
    proposal_reminder: proposal_reminder::write,
    escalation_notice: escalation_notice::write,
    final_decision: final_decision::write,
    resolution_summary: resolution_summary::write,
    satisfaction_question: satisfaction_question::write,
    satisfaction_reminder: satisfaction_reminder::write,
    closing: closing::write,
    reopening: reopening::write,
    new_link: new_link::write,
};

const COMMON: Common = Common {
    subject: |reference, about| format!("Ihre Beschwerde {reference}: {about}"),
    // Says nothing of gender, which nobody asked for.
    greeting: |name| match name {
        Some(name) => format!("Guten Tag {name},"),
        None => "Guten Tag,".to_owned(),
    },
    regards: "Mit freundlichen Grüßen",
    desk: |company| format!("{company}, Beschwerdestelle"),
    contact: |reference, address| {
        format!(
            "Ihre Vorgangsnummer ist {reference}. Bitte nennen Sie sie, wenn Sie uns anrufen oder schreiben. Sie \
             können auf diese E-Mail antworten: Ihre Antwort geht an {address}."
        )
    },
    contact_here: |reference| {
        format!(
            "Ihre Vorgangsnummer ist {reference}. Bitte nennen Sie sie, wenn Sie uns anrufen. Sie können auf diese \
             E-Mail antworten: Was Sie oberhalb unseres Textes schreiben, kommt zu Ihrer \
             Beschwerde."
        )
    },
    above: "##- Bitte schreiben Sie Ihre Antwort oberhalb dieser Zeile -##",
    link: |days| {
        let time = if days == 1 { "1 Tag".to_owned() } else { format!("{days} Tage") };
        format!(
            "Der Link in dieser E-Mail ist persönlich: Bitte geben Sie ihn nicht weiter. Er gilt {time}; danach bietet \
             er Ihnen einen neuen an."
        )
    },
    expected: |what, day| match what {
        Expected::Contact => format!("Spätestens am {day}, meldet sich jemand aus unserem Team bei Ihnen."),
        Expected::News => format!("Spätestens am {day}, hören Sie von uns, wie es steht."),
        Expected::Answer => format!("Spätestens am {day}, erhalten Sie unsere Antwort."),
    },
    conclusion,
    remedy,
    by: |what, day| format!("{what}, bis {day}"),
    on: |what, day| format!("{what}, am {day}"),
    dropped: |what| format!("{what}: nicht umgesetzt"),
};

fn conclusion(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Upheld => {
            "Ihre Beschwerde ist berechtigt. Wir haben einen Fehler gemacht, und das tut uns leid."
        }
        Outcome::PartlyUpheld => {
            "Ihre Beschwerde ist zum Teil berechtigt. Was wir falsch gemacht haben, tut uns leid."
        }
        Outcome::NotUpheld => {
            "Wir wissen, dass Ihnen die Sache wichtig ist, und haben sie sorgfältig geprüft. Wir haben nicht \
             festgestellt, dass wir etwas falsch gemacht haben."
        }
        Outcome::ResolvedWithoutFinding => {
            "Wir möchten die Sache für Sie in Ordnung bringen, ohne zu entscheiden, bei wem der Fehler lag."
        }
    }
}

fn remedy(kind: RemedyKind) -> &'static str {
    match kind {
        RemedyKind::Apology => "Eine Entschuldigung",
        RemedyKind::Explanation => "Eine Erklärung, was geschehen ist",
        RemedyKind::Refund => "Eine Erstattung",
        RemedyKind::Replacement => "Ein Ersatz",
        RemedyKind::Repair => "Eine Reparatur",
        RemedyKind::Credit => "Eine Gutschrift auf Ihr Konto",
        RemedyKind::GoodwillPayment => "Eine Zahlung aus Kulanz",
        RemedyKind::CorrectedRecord => "Eine Berichtigung unserer Unterlagen",
        RemedyKind::ChangedDecision => "Eine Änderung unserer Entscheidung",
        RemedyKind::ChangedProcedure => "Eine Änderung unserer Arbeitsweise",
    }
}

/// Who outside the company can be turned to.
fn external_body(policy: &Policy) -> String {
    let body = &policy.external_body;
    format!(
        "kann eine unabhängige Stelle außerhalb unseres Unternehmens Ihre Beschwerde prüfen: {}, {}",
        body.name.as_str(),
        body.url.as_str()
    )
}

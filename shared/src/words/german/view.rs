//! Where a complaint stands, in German.

use super::super::{History, Next, Promises, View};
use crate::{
    command::{Outcome, RemedyKind},
    complaint::StageName,
    values::Channel,
};

pub(super) const VIEW: View = View {
    status,
    waiting: "Wir brauchen noch etwas von Ihnen",
    next,
    promises: Promises {
        acknowledge: "Wir bestätigen den Eingang Ihrer Beschwerde",
        first_contact: "Jemand meldet sich persönlich bei Ihnen",
        update: "Sie erfahren, wie es steht",
        answer: "Sie haben unsere Antwort",
        ask: "Wir fragen Sie, ob Sie zufrieden sind",
        information: "Bitte beantworten Sie unsere Frage",
        consent: "Bitte antworten Sie auf unseren Vorschlag",
        close: "Bitte sagen Sie uns, ob Sie zufrieden sind",
    },
    outcome,
    remedy,
    if_accepted: "Wir setzen ihn bis zu den genannten Terminen um.",
    if_accepted_words: "Weiter ist dann nichts zu tun, und wir bestätigen es Ihnen schriftlich.",
    if_accepted_late: "Wir setzen ihn bis zu den genannten Terminen um; für bereits verstrichene gilt die gleiche Zeit ab \
                       jetzt.",
    if_refused: |level| format!("Dann prüft eine höhere Stufe Ihre Beschwerde: {level}."),
    is_final: "Diese Entscheidung ist abschließend.",
    after_decision: "Dies ist unsere abschließende Entscheidung. Wenn Sie damit nicht zufrieden sind, kann eine \
                     unabhängige Stelle außerhalb unseres Unternehmens Ihre Beschwerde prüfen:",
    after_refusal: "Wenn Sie damit nicht einverstanden sind, kann eine unabhängige Stelle außerhalb unseres \
                    Unternehmens Ihre Beschwerde prüfen:",
    history: HISTORY,
};

const HISTORY: History = History {
    received: |channel| format!("Sie haben sich {} beschwert.", by(channel)),
    acknowledged: "Wir haben den Eingang Ihrer Beschwerde bestätigt.",
    no_address: "Wir haben keine E-Mail-Adresse von Ihnen. Deshalb meldet sich jemand auf anderem Weg bei Ihnen.",
    undelivered: "Eine E-Mail an Sie ließ sich nicht zustellen. Deshalb meldet sich jemand auf anderem Weg bei Ihnen.",
    assigned: "Jemand hat Ihre Beschwerde übernommen.",
    contacted: |channel| format!("Wir haben uns {} bei Ihnen gemeldet.", by(channel)),
    found: "Wir haben geklärt, was geschehen ist.",
    proposed: "Wir haben Ihnen einen Vorschlag gemacht.",
    decided: "Wir haben abschließend entschieden.",
    accepted: "Sie haben unseren Vorschlag angenommen.",
    accepted_by_silence: "Wir haben keine Antwort auf unseren Vorschlag erhalten und sind davon ausgegangen, dass Sie einverstanden sind.",
    began: "Wir haben begonnen, unsere Entscheidung umzusetzen.",
    refused: "Sie haben unseren Vorschlag nicht angenommen.",
    escalated: |level| format!("Ihre Beschwerde ging weiter nach oben, an: {level}."),
    reminded_of_information: "Wir haben Sie an unsere Bitte um Angaben erinnert.",
    reminded_of_proposal: "Wir haben Sie an unseren Vorschlag erinnert.",
    reminded_of_question: "Wir haben Sie an unsere Frage erinnert.",
    missed_answer: "Wir haben Ihnen nicht zum genannten Termin geantwortet. Das tut uns leid.",
    missed_contact: "Wir haben uns nicht zum genannten Termin gemeldet. Das tut uns leid.",
    missed_update: "Wir haben Sie nicht wie versprochen auf dem Laufenden gehalten. Das tut uns leid.",
    missed_remedy: "Wir haben nicht alles zum genannten Termin getan. Das tut uns leid.",
    done: |kind, amount| {
        let what = remedy(kind);
        match amount {
            Some(amount) => format!("Erledigt: {what} über {}.", super::amount(amount)),
            None => format!("Erledigt: {what}."),
        }
    },
    moved: |kind| format!("Wir haben den Termin für eine Zusage geändert: {}.", remedy(kind)),
    dropped: |kind| {
        format!("Eine Zusage können wir doch nicht umsetzen: {}. Das tut uns leid.", remedy(kind))
    },
    nothing_left: "Von dem, was entschieden wurde, ist nichts mehr zu tun.",
    resolved: "Alles, was entschieden wurde, ist erledigt.",
    asked: "Wir haben Sie gefragt, ob Sie zufrieden sind.",
    rated: |rating| format!("Sie haben uns gesagt, wie zufrieden Sie sind: {rating} von 5."),
    closed: "Ihre Beschwerde wurde abgeschlossen.",
    reopened: "Ihre Beschwerde wurde wieder geöffnet.",
    information_asked: "Wir haben Sie um weitere Angaben gebeten.",
    informed: "Sie haben uns mehr mitgeteilt.",
    wait_ended: "Wir haben keine Antwort auf unsere Frage erhalten und mit dem weitergemacht, was wir wissen.",
    delayed: "Wir haben Ihnen gesagt, dass es länger dauert, und den neuen Termin genannt.",
    withdrawn: "Sie haben Ihre Beschwerde zurückgezogen.",
    not_taken_on: "Wir haben Ihnen gesagt, dass wir Ihre Beschwerde nicht bearbeiten können.",
    duplicate: "Wir haben dies mit Ihrer anderen Beschwerde zusammengelegt.",
    absorbed: "Wir haben hinzugefügt, was Sie uns in einer anderen Beschwerde mitgeteilt haben.",
    file_added: "Eine Datei kam hinzu.",
    disowned: "Uns wurde gesagt, dass diese Beschwerde nicht von Ihnen stammt.",
    links_ended: "Die bis dahin verschickten Links zu dieser Seite gelten nicht mehr.",
    corrected: "Wir haben berichtigt, was wir von Ihnen haben und wie wir Sie erreichen.",
    data_asked: "Sie haben um eine Kopie Ihrer Daten gebeten.",
    erasure_asked: "Sie haben uns gebeten, Ihre Daten zu löschen.",
    erasure_declined: "Wir haben entschieden, dass Ihre Daten aufbewahrt werden müssen.",
    restricted: "Ihre Daten wurden entfernt.",
    exported: "Die Daten, die wir über Sie haben, wurden herausgegeben.",
};

fn status(stage: StageName) -> &'static str {
    match stage {
        StageName::Received => "Wir haben Ihre Beschwerde erhalten",
        StageName::Acknowledged => "Ihre Beschwerde wartet auf die Prüfung",
        StageName::Investigating => "Wir prüfen Ihre Beschwerde",
        StageName::Proposed => "Wir haben einen Vorschlag für Sie",
        StageName::Implementing => "Wir bringen die Sache in Ordnung",
        StageName::FollowingUp => "Alles ist erledigt",
        StageName::Closed => "Ihre Beschwerde ist abgeschlossen",
        StageName::Withdrawn => "Sie haben Ihre Beschwerde zurückgezogen",
        StageName::Refused => "Wir können Ihre Beschwerde nicht bearbeiten",
        StageName::Duplicate => "Dies läuft als eine andere Ihrer Beschwerden weiter",
    }
}

fn next(next: Next) -> &'static str {
    match next {
        Next::Confirm => {
            "Wir bestätigen den Eingang und geben sie an jemanden weiter, der Ihnen helfen kann."
        }
        Next::TakeOn => "Jemand, der Ihnen helfen kann, übernimmt sie und klärt, was geschehen ist.",
        Next::FindOut => {
            "Wir klären, was geschehen ist, und sagen Ihnen dann, was wir vorschlagen. Bis dahin halten wir Sie auf \
             dem Laufenden."
        }
        Next::Inform => {
            "Bitte sagen Sie uns, worum wir Sie gebeten haben. Sobald wir es haben, geht es weiter, und wir nennen Ihnen den neuen Termin."
        }
        Next::AnswerProposal => "Bitte lesen Sie unseren Vorschlag und sagen Sie uns, ob Sie ihn annehmen.",
        Next::CarryOut => {
            "Wir setzen um, was entschieden wurde, und schreiben Ihnen, wenn alles erledigt ist."
        }
        Next::AskSoon => "In einigen Tagen fragen wir Sie, ob Sie zufrieden sind.",
        Next::AnswerQuestion => {
            "Bitte sagen Sie uns, ob Sie zufrieden sind. Ohne Antwort schließen wir Ihre Beschwerde ab."
        }
        Next::SayHowItIs => "Bitte sagen Sie uns, ob Sie zufrieden sind oder was noch nicht stimmt.",
        Next::LookInto => {
            "Es tut uns leid, dass Sie nicht zufrieden sind. Ein Mensch geht dem nach, was Sie uns gesagt haben."
        }
        Next::CompleteRecord => {
            "Vielen Dank für Ihre Rückmeldung. Wir schließen Ihre Beschwerde ab, sobald unsere Unterlagen vollständig \
             sind."
        }
        Next::Nothing => "Sie brauchen nichts zu tun.",
    }
}

fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Upheld => "Ihre Beschwerde ist berechtigt.",
        Outcome::PartlyUpheld => "Ihre Beschwerde ist zum Teil berechtigt.",
        Outcome::NotUpheld => "Wir haben festgestellt, dass wir richtig gehandelt haben.",
        Outcome::ResolvedWithoutFinding => {
            "Wir bringen die Sache in Ordnung, ohne zu entscheiden, bei wem der Fehler lag."
        }
    }
}

fn remedy(kind: RemedyKind) -> &'static str {
    match kind {
        RemedyKind::Apology => "Entschuldigung",
        RemedyKind::Explanation => "Erklärung",
        RemedyKind::Refund => "Erstattung",
        RemedyKind::Replacement => "Ersatz",
        RemedyKind::Repair => "Reparatur",
        RemedyKind::Credit => "Gutschrift",
        RemedyKind::GoodwillPayment => "Zahlung aus Kulanz",
        RemedyKind::CorrectedRecord => "Berichtigung unserer Unterlagen",
        RemedyKind::ChangedDecision => "Änderung unserer Entscheidung",
        RemedyKind::ChangedProcedure => "Änderung unserer Arbeitsweise",
    }
}

fn by(channel: Channel) -> &'static str {
    match channel {
        Channel::Web => "über unsere Website",
        Channel::Phone => "telefonisch",
        Channel::Counter => "persönlich",
        Channel::Letter => "per Brief",
        Channel::Email => "per E-Mail",
        Channel::Other => "auf anderem Weg",
    }
}

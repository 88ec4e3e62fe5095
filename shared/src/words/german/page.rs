//! The pages in German.

mod files;
mod ways;

use super::super::{Answered, Department, Failure, Field, Form, Frame, Link, My, NotMe, Thanks};

pub(super) use files::FILES;
pub(super) use ways::WAYS;

pub(super) const FRAME: Frame = Frame {
    skip: "Zum Inhalt springen",
    complaints: "Beschwerden",
    rather_talk: "Sie möchten lieber mit einem Menschen sprechen? Schreiben Sie an",
    languages: "Diese Seite in anderen Sprachen",
    error: "Fehler",
    check_entries: "Bitte prüfen Sie Ihre Angaben",
    by: "bis",
    late: "Wir sind in Verzug, und das tut uns leid.",
};

pub(super) const FORM: Form = Form {
    title: "Beschwerde einreichen",
    lead: "Sagen Sie uns, was nicht in Ordnung war. Ein Mensch liest jede Beschwerde, und Sie erfahren sofort, bis \
           wann Sie unsere Antwort haben.",
    leave_empty: "Lassen Sie dieses Feld leer",
    contact: "Wie können wir Ihnen antworten?",
    contact_hint: "Wir brauchen eine E-Mail-Adresse oder eine Telefonnummer. Mit einer E-Mail-Adresse können Sie Ihre \
                   Beschwerde online verfolgen.",
    more: "Weitere Angaben, mit denen wir schneller antworten können",
    optional: "(freiwillig)",
    description: Field {
        label: "Was ist geschehen?",
        hint: "In Ihren eigenen Worten. Wann und wo war es, und was kam dabei heraus?",
        short: "Was geschehen ist",
    },
    name: Field { label: "Ihr Name", hint: "So, wie wir Sie ansprechen sollen.", short: "Ihr Name" },
    email: Field { label: "E-Mail-Adresse", hint: "Zum Beispiel name@example.com", short: "E-Mail-Adresse" },
    phone: Field {
        label: "Telefonnummer",
        hint: "Mit Vorwahl, damit wir Sie anrufen können.",
        short: "Telefonnummer",
    },
    product: Field {
        label: "Produkt oder Dienstleistung",
        hint: "Worum geht es?",
        short: "Produkt oder Dienstleistung",
    },
    product_choice: "Worum geht es? Lassen Sie das Feld offen, wenn nichts passt.",
    incident_date: Field {
        label: "Wann ist es geschehen?",
        hint: "Der Tag als Jahr-Monat-Tag, zum Beispiel 2026-03-31",
        short: "Wann es geschehen ist",
    },
    order_reference: Field {
        label: "Auftrags- oder Kontonummer",
        hint: "Niemals ein Passwort, eine PIN oder eine vollständige Kartennummer.",
        short: "Auftrags- oder Kontonummer",
    },
    people_involved: Field {
        label: "Wer war beteiligt?",
        hint: "Namen oder Aufgaben der Menschen, mit denen Sie zu tun hatten.",
        short: "Wer beteiligt war",
    },
    remedy_wanted: Field {
        label: "Womit wäre die Sache für Sie in Ordnung?",
        hint: "Zum Beispiel mit einer Entschuldigung, einer Erstattung oder einer Berichtigung.",
        short: "Womit die Sache in Ordnung wäre",
    },
    on_behalf_of: Field {
        label: "Beschweren Sie sich für jemand anderen?",
        hint: "Dann schreiben Sie bitte den Namen hierher.",
        short: "In wessen Namen",
    },
    needs: Field {
        label: "Gibt es etwas, worauf wir achten sollen?",
        hint: "Zum Beispiel große Schrift, ein Anruf statt Briefen oder eine schwierige Lage, in der Sie sind.",
        short: "Worauf wir achten sollen",
    },
    send: "Beschwerde absenden",
    privacy: "Wir verwenden Ihre Angaben, um Ihre Beschwerde zu bearbeiten, und für nichts anderes.",
    sent_before: "Sie haben dieses Formular schon einmal abgesendet",
    sent_before_detail: "Was Sie zuerst gesendet haben, ist bei uns. Wenn dies eine andere Beschwerde ist, senden Sie \
                         sie jetzt noch einmal ab.",
    failed: "Das konnte gerade nicht gesendet werden. Nichts von dem, was Sie geschrieben haben, ist verloren: Bitte \
             versuchen Sie es gleich noch einmal.",
};

pub(super) const THANKS: Thanks = Thanks {
    title: "Wir haben Ihre Beschwerde",
    reference: "Es tut uns leid, dass etwas nicht in Ordnung war. Dies ist Ihre Vorgangsnummer:",
    by_mail: "Wir senden Ihnen eine E-Mail mit dieser Nummer, den Terminen unten und einem persönlichen Link zu Ihrer \
              Beschwerde.",
    note_it: "Bitte notieren Sie die Nummer: Sie brauchen sie, wenn Sie uns anrufen oder schreiben.",
    next: "Wie es weitergeht",
    follow: "Ihre Beschwerde verfolgen",
    follow_hint: "Auf Ihrer persönlichen Seite sehen Sie, wie es um Ihre Beschwerde steht, und können uns antworten. \
                  Geben Sie diesen Link nicht weiter: Wer ihn hat, kann Ihre Beschwerde lesen.",
    open: "Meine persönliche Seite öffnen",
};

pub(super) const LINK: Link = Link {
    open_title: "Ihre persönliche Seite",
    open_lead: "Damit öffnen Sie Ihre Beschwerde für kurze Zeit in diesem Browser. Schließen Sie den Browser danach, \
                wenn auch andere dieses Gerät benutzen.",
    open: "Meine Beschwerde öffnen",
    expired_title: "Dieser Link ist abgelaufen",
    expired_lead: "Links gelten nur für eine bestimmte Zeit, damit Ihre Beschwerde vertraulich bleibt. Wir können \
                   Ihnen einen neuen senden.",
    expired_where: "Er geht an die E-Mail-Adresse, die zu dieser Beschwerde hinterlegt ist, und nirgendwohin sonst.",
    renew: "Neuen Link senden",
    sent_title: "Bitte sehen Sie in Ihre E-Mails",
    sent_lead: "Wenn dieser Link zu einer Beschwerde gehört hat, ist ein neuer unterwegs an die E-Mail-Adresse, die \
                bei uns hinterlegt ist.",
    sent_nothing: "Nach ein paar Minuten noch nichts da? Sehen Sie in den Ordner für unerwünschte E-Mails, oder \
                   schreiben Sie uns an die Adresse unten.",
    closed_title: "Ihre Seite hat sich inzwischen geschlossen",
    closed_lead: "Sie schließt sich nach einer Weile von selbst, damit Ihre Beschwerde vertraulich bleibt. Was Sie \
                  geschrieben haben, ist noch da.",
    closed_then: "Öffnen Sie den Link in unserer E-Mail noch einmal, in einem anderen Tab. Kommen Sie dann auf diese \
                  Seite zurück und senden Sie es noch einmal. Wenn Sie keine E-Mail von uns haben, rufen Sie uns mit Ihrer \
                  Vorgangsnummer an.",
    send_again: "Noch einmal senden",
};

pub(super) const NOT_ME: NotMe = NotMe {
    title: "Haben Sie diese Beschwerde nicht eingereicht?",
    lead: "Jemand hat uns mit einer Beschwerde Ihre E-Mail-Adresse genannt. Wenn Sie das nicht waren, sagen Sie es \
           hier: Dann schreiben wir Ihnen dazu nicht mehr.",
    if_it_was: "Wenn Sie es waren, schließen Sie diese Seite einfach.",
    confirm: "Ich war es nicht",
    done: "Vielen Dank für den Hinweis",
    done_then: "Zu dieser Beschwerde schreiben wir Ihnen nicht mehr. Ein Mensch klärt, wie Ihre Adresse dorthin kam.",
};

pub(super) const DEPARTMENT: Department = Department {
    title: "Eine Frage zu einer Beschwerde",
    lead: "Damit die Beschwerdestelle eine Beschwerde klären kann, braucht sie Ihre Antwort. Die Vorgangsnummer ist",
    question: "Die Frage",
    answer: Field {
        label: "Ihre Antwort",
        hint: "Schreiben Sie, was Sie wissen und woher. Es wird Teil der Unterlagen.",
        short: "Ihre Antwort",
    },
    send: "Antwort absenden",
    thanks: "Vielen Dank für Ihre Antwort",
    thanks_then: "Sie steht jetzt in den Unterlagen der Beschwerde, und wer sie bearbeitet, wird benachrichtigt.",
    answered: "Diese Frage ist schon beantwortet",
    answered_then: "Die Antwort Ihrer Abteilung ist bei uns und bleibt, wie sie ist. Wenn etwas zu ergänzen ist, \
                    antworten Sie auf unsere E-Mail.",
    over: "Diese Antwort wird nicht mehr gebraucht",
    over_then: "Die Beschwerde ist weitergegangen, seit wir gefragt haben. Trotzdem vielen Dank.",
};

pub(super) const MY: My = My {
    title: "Ihre Beschwerde",
    note_reference: "Bitte notieren Sie Ihre Vorgangsnummer:",
    received: |time| format!("Eingegangen am {time}"),
    proposal: "Unser Vorschlag",
    decision: "Was entschieden wurde",
    dropped: "nicht umgesetzt",
    will_do: "Was wir tun werden",
    remedies: "Was wir tun",
    of: "über",
    done_on: |day| format!("erledigt am {day}"),
    accept_question: "Nehmen Sie ihn an?",
    accept_short: "Ob Sie ihn annehmen",
    yes: "Ja, ich nehme ihn an.",
    no: "Nein, ich nehme ihn nicht an.",
    reason: Field {
        label: "Warum? (freiwillig)",
        hint: "Wenn Sie ihn nicht annehmen, hilft es uns zu wissen, was fehlt.",
        short: "Warum",
    },
    send_answer: "Antwort absenden",
    still_wrong_question: "Stimmt noch etwas nicht?",
    still_wrong_until: |day| {
        format!("Schreiben Sie es uns, dann prüfen wir Ihre Beschwerde noch einmal. Das geht bis {day}.")
    },
    still_wrong: Field {
        label: "Was stimmt noch nicht?",
        hint: "Mit dem, was Sie hier schreiben, ist Ihre Beschwerde wieder offen.",
        short: "Was noch nicht stimmt",
    },
    send_concern: "Bitte noch einmal prüfen",
    satisfied_question: "Sind Sie zufrieden?",
    rating: "Wie zufrieden sind Sie damit, wie wir Ihre Beschwerde bearbeitet haben?",
    rating_short: "Wie zufrieden Sie sind",
    ratings: ["Sehr unzufrieden", "Unzufrieden", "Weder noch", "Zufrieden", "Sehr zufrieden"],
    comment: Field {
        label: "Möchten Sie uns mehr sagen? (freiwillig)",
        hint: "Was war gut, und was sollten wir besser machen?",
        short: "Was Sie uns noch sagen möchten",
    },
    concern: "Es stimmt noch etwas nicht.",
    concern_until: |day| {
        format!("Bitte prüfen Sie meine Beschwerde noch einmal. Darum können Sie uns bis {day}, bitten.")
    },
    concern_short: "Es stimmt noch etwas nicht",
    send_feedback: "Rückmeldung absenden",
    history: "Was bisher geschehen ist",
    copy: "Was Sie uns geschrieben haben",
};

pub(super) const ANSWERED: Answered = Answered {
    accepted: "Vielen Dank für Ihre Zustimmung",
    accepted_then: "Wir setzen unseren Vorschlag jetzt um und schreiben Ihnen, wenn alles erledigt ist.",
    agreed_then: "Mehr ist nicht zu tun; Sie erhalten unsere Antwort noch schriftlich.",
    refused: "Vielen Dank für Ihre Antwort",
    refused_then: "Es tut uns leid, dass unser Vorschlag die Sache nicht erledigt. Eine höhere Stufe prüft Ihre \
                   Beschwerde noch einmal. Sie hören von uns.",
    feedback: "Vielen Dank für Ihre Rückmeldung",
    feedback_then: "Sie hilft uns, besser zu werden.",
    unsatisfied_then: "Es tut uns leid, dass Sie nicht zufrieden sind. Ein Mensch liest, was Sie sagen. Wenn noch etwas nicht \
                       stimmt, können Sie es uns auf Ihrer Seite mitteilen, und wir prüfen es noch einmal.",
    concern: "Wir prüfen es noch einmal",
    concern_then: "Es tut uns leid, dass noch etwas nicht stimmt. Ihre Beschwerde ist wieder offen, und Sie hören von \
                   uns.",
    informed: "Vielen Dank, es ist bei uns",
    informed_then: "Es gehört jetzt zu Ihrer Beschwerde. Wenn wir darauf gewartet haben, geht es nun weiter, und wir \
                    nennen Ihnen den neuen Termin.",
    went_up: "Ihre Beschwerde geht eine Stufe höher",
    went_up_then: "Dort prüft sie jemand anderes noch einmal. Sie hören von uns.",
    seen_to_then: "Was vereinbart ist, gilt weiter. Auf der höheren Stufe liest jemand, was Sie geschrieben haben, und sorgt \
                   dafür, dass es umgesetzt wird.",
    withdrawn: "Sie haben Ihre Beschwerde zurückgezogen",
    withdrawn_then: "Wir haben sie beendet. Vielen Dank, dass Sie uns gesagt haben, was nicht in Ordnung war.",
    links: "Die Links gelten nicht mehr",
    links_then: "Wir haben einen neuen an die Adresse geschickt, die wir von Ihnen haben. Nur er öffnet jetzt Ihre \
                 Seite.",
    data: "Ihre Bitte ist bei uns",
    data_then: "Ein Mensch prüft, dass Sie es sind, und sendet Ihnen alles, was wir über Sie haben. Auf Ihrer Seite steht, \
                wann das geschehen ist.",
    erasure: "Ihre Bitte ist bei uns",
    erasure_then: "Ein Mensch entscheidet, was gelöscht werden kann und wann. Auf Ihrer Seite steht, was entschieden \
                   wurde.",
    reference: "Ihre Vorgangsnummer ist",
    back: "Zurück zu meiner Beschwerde",
};

pub(super) const FAILURE: Failure = Failure {
    wait: |seconds| {
        let time = match seconds {
            0..=119 => "ein bis zwei Minuten".to_owned(),
            120..=7_199 => format!("etwa {} Minuten", seconds.div_ceil(60)),
            7_200.. => format!("etwa {} Stunden", seconds.div_ceil(3_600)),
        };
        format!("Bitte warten Sie {time}, bevor Sie es noch einmal versuchen.")
    },
    help: "Wenn Sie Hilfe brauchen, schreiben Sie an",
    quote: "und nennen Sie diese Nummer:",
    written: "Was Sie geschrieben haben",
    to_form: "Zum Beschwerdeformular",
};

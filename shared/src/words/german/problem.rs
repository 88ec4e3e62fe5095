//! Problems in German. What is said to staff and programs only is here as well, for who opens their addresses in a
//! browser.

use super::super::Said;
use crate::problem::{Kind, Problem};

pub(super) fn said(problem: &Problem) -> Said {
    let (title, detail) = match problem.kind {
        Kind::Malformed => (
            "Die Anfrage ist nicht lesbar",
            "Etwas an der Übertragung war nicht in Ordnung. Bitte gehen Sie zurück und senden Sie das Formular noch \
             einmal ab.",
        ),
        Kind::Unauthorized => {
            ("Bitte melden Sie sich zuerst an", "Dies ist nur für angemeldete Beschäftigte möglich.")
        }
        Kind::Forbidden => ("Das dürfen Sie nicht tun", "Dies ist die Aufgabe von jemand anderem."),
        Kind::NotFound => (
            "Nicht gefunden",
            "Hier ist nichts, oder es ist nicht für Sie offen. Prüfen Sie die Adresse, oder öffnen Sie Ihren Link noch \
             einmal.",
        ),
        Kind::Expired => (
            "Dieser Link ist abgelaufen",
            "Dies gilt nur für eine bestimmte Zeit, damit es vertraulich bleibt. Öffnen Sie den Link in unserer E-Mail \
             noch einmal. Ist auch er zu alt, bietet er Ihnen einen neuen an, oder Sie antworten auf die E-Mail.",
        ),
        Kind::Stale => (
            "Inzwischen geändert",
            "Die Beschwerde wurde inzwischen geändert. Laden Sie sie neu, und wiederholen Sie Ihren Schritt, wenn Sie \
             das dann noch möchten.",
        ),
        Kind::TooLarge => (
            "Zu umfangreich",
            "Was Sie gesendet haben, ist zu umfangreich. Bitte kürzen Sie es; weitere Angaben sind später möglich.",
        ),
        Kind::UnsupportedMediaType => (
            "Format nicht unterstützt",
            "In diesem Format können wir nichts annehmen. Bitte verwenden Sie unser Formular.",
        ),
        Kind::Invalid => (
            "Bitte prüfen Sie Ihre Angaben",
            "Einige Angaben fehlen oder stimmen nicht; gespeichert wurde nichts.",
        ),
        Kind::KeyReused => (
            "Dieses Formular wurde schon verwendet",
            "Mit diesem Formular wurde schon etwas anderes gesendet. Bitte öffnen Sie es für eine neue Beschwerde neu.",
        ),
        Kind::PreconditionRequired => (
            "Welche Fassung haben Sie gesehen?",
            "Die Anfrage sagt nicht, auf welche Fassung der Beschwerde sie sich bezieht.",
        ),
        Kind::TooMany => (
            "Zu viele Nachrichten",
            "Wir haben heute sehr viele Nachrichten von Ihnen erhalten. Bitte versuchen Sie es später noch einmal, oder \
             rufen Sie uns an.",
        ),
        Kind::Internal => (
            "Bei uns ist etwas schiefgegangen",
            "Wir wurden benachrichtigt. Sie können es noch einmal versuchen: Nichts wird doppelt gespeichert.",
        ),
        Kind::Unavailable => (
            "Bitte versuchen Sie es gleich noch einmal",
            "Im Moment ist das nicht möglich. Bitte versuchen Sie es gleich noch einmal: Nichts wird doppelt \
             gespeichert.",
        ),
        Kind::IllegalTransition => {
            ("Jetzt nicht möglich", "Beim jetzigen Stand Ihrer Beschwerde ist das nicht möglich.")
        }
        Kind::TooEarly => (
            "Etwas anderes kommt zuerst",
            "Das ist noch nicht möglich: Vorher ist noch etwas anderes zu tun.",
        ),
        Kind::Incomplete => (
            "Die Unterlagen sind unvollständig",
            "Die Beschwerde lässt sich erst abschließen, wenn ihre Unterlagen vollständig sind.",
        ),
        Kind::AlreadyAnswered => (
            "Schon beantwortet",
            "Sie haben schon geantwortet, und dabei bleibt es; was Sie jetzt gesendet haben, ist nicht gespeichert. Wenn \
             Sie es sich anders überlegt haben oder mehr sagen möchten, antworten Sie auf unsere E-Mail oder rufen Sie \
             uns an: Ein Mensch hilft Ihnen weiter.",
        ),
        Kind::TakenAsConsent => (
            "Wir haben ohne Ihre Antwort weitergemacht",
            "Wir hatten bis zum genannten Tag keine Antwort von Ihnen und haben mit unserem Vorschlag \
             weitergemacht; was Sie jetzt gesendet haben, ist nicht gespeichert. Wenn Sie nicht einverstanden sind oder mehr \
             sagen möchten, sagen Sie es uns bitte auf Ihrer Seite, antworten Sie auf unsere E-Mail oder rufen Sie uns an: \
             Ein Mensch sieht es sich an.",
        ),
        Kind::Held => {
            ("Die Unterlagen sind gesperrt", "Nichts wird entfernt, bevor die Sperre aufgehoben ist.")
        }
        Kind::Decided => ("Schon entschieden", "Darüber hat schon jemand entschieden."),
        Kind::WindowPassed => (
            "Die Zeit dafür ist vorbei",
            "Diese Beschwerde lässt sich nicht mehr öffnen. Antworten Sie auf unsere E-Mail, rufen Sie uns an, oder \
             reichen Sie eine neue Beschwerde ein.",
        ),
    };
    Said { title: title.to_owned(), detail: detail.to_owned() }
}

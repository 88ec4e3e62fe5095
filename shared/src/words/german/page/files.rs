//! The page of a complaint's files, in German.

use super::super::super::Files;
use crate::evidence::FileState;

pub(in super::super) const FILES: Files = Files {
    title: "Dateien",
    lead: "Ein Foto, eine Rechnung, ein Brief: Was zeigt, was geschehen ist, hilft uns.",
    open: "Dateien ansehen oder senden",
    sent: "Ihre Datei ist gesendet",
    sent_then: "Sie wird geprüft, bevor jemand sie öffnen kann. Auf dieser Seite steht, was daraus geworden ist; sehen \
                Sie in einer Minute wieder nach.",
    none: "Zu dieser Beschwerde gibt es noch keine Dateien.",
    nameless: "Eine Datei, deren Name gelöscht wurde",
    state: |state| match state {
        FileState::Waiting => "Wartet auf die Prüfung. Gesendet am",
        FileState::Kept => "Ist bei uns. Gesendet am",
        FileState::Unfit => {
            "Nicht angenommen: Sie ist zu groß oder von einer Art, die wir nicht annehmen, oder nicht das, was ihr Name \
             sagt. Gesendet am"
        }
        FileState::Infected => "Nicht angenommen: Unsere Prüfung hat etwas Schädliches gefunden. Gesendet am",
        FileState::Erased => "Mit Ihren Daten gelöscht. Gesendet am",
        FileState::Unscanned => {
            "Nicht angenommen: Sie konnte nicht geprüft werden. Bitte senden Sie sie in anderer Form. Gesendet am"
        }
    },
    send_title: "Eine Datei senden",
    choose: "Datei auswählen",
    bounds: |files, megabytes, types| {
        format!(
            "Höchstens {files} Dateien insgesamt, jede höchstens {megabytes} MB groß: {types}. Niemals ein Passwort, eine \
             PIN oder eine vollständige Kartennummer."
        )
    },
    send: "Datei senden",
    no_more: "Hier können keine weiteren Dateien gesendet werden: Es sind so viele, wie wir annehmen, oder Ihre Beschwerde \
              ist beendet. Wenn Sie noch etwas haben, schreiben Sie uns an die Adresse unten.",
};

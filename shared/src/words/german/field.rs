//! What is wrong with a field, in German.

use crate::fields::FieldError;

/// Said of what has no words of its own.
pub(in crate::words) const OTHERWISE: &str = "Bitte prüfen Sie diese Angabe.";

pub(super) fn wrong(error: &FieldError) -> String {
    let words = match (error.code.as_str(), error.pointer.as_str()) {
        ("required", pointer) => required(pointer),
        ("too_long", "/email") => {
            "Die E-Mail-Adresse ist zu lang: höchstens 254 Zeichen, davon 64 vor dem @."
        }
        ("too_long", _) => return too_long(error.limit),
        ("empty", _) => "Das ist leer.",
        ("control_characters", "/email") => {
            "Die E-Mail-Adresse enthält Zeilenumbrüche oder andere Steuerzeichen."
        }
        ("control_characters", _) => "Das enthält Steuerzeichen.",
        ("several_lines", _) => "Das ist mehr als eine Zeile.",
        ("not_one_address", _) => "Geben Sie genau eine E-Mail-Adresse an, mit einem @.",
        ("malformed_local_part", _) => {
            "Vor dem @ stehen Zeichen, die es in einer E-Mail-Adresse dort nicht gibt."
        }
        ("malformed_domain", _) => "Nach dem @ steht kein Domainname wie example.com.",
        ("phone_digits", _) => "Eine Telefonnummer hat 5 bis 20 Ziffern.",
        ("phone_character", _) => {
            "Eine Telefonnummer besteht aus Ziffern, + am Anfang, ( ) - . / und Leerzeichen."
        }
        ("malformed_date", _) => "Schreiben Sie den Tag als Jahr, Monat und Tag, zum Beispiel 2026-03-31.",
        ("in_future", _) => "Der Tag des Vorfalls kann nicht in der Zukunft liegen.",
        ("too_early", _) => "Der Tag des Vorfalls liegt vor 1900.",
        ("malformed_language", _) => "Diese Sprache kennen wir nicht.",
        ("key_length" | "key_character", _) => {
            "Dieses Formular ist nicht mehr vollständig. Bitte öffnen Sie es neu."
        }
        ("unknown_value" | "wrong_type", "/answer") => "Wählen Sie, ob Sie unseren Vorschlag annehmen.",
        ("unknown_value" | "out_of_range" | "wrong_type", "/proposal") => {
            "Diesen Vorschlag gibt es nicht. Bitte laden Sie die Seite neu."
        }
        ("not_standing", _) => {
            "Dieser Vorschlag gilt nicht mehr: Auf der Seite Ihrer Beschwerde steht der, der gilt."
        }
        ("out_of_range" | "wrong_type", "/rating") => "Wählen Sie eine Zahl von 1 bis 5.",
        ("unknown_value", _) => "Das steht nicht zur Auswahl.",
        ("wrong_type" | "out_of_range", _) => "Das ist nicht von der erwarteten Art.",
        ("too_many", "/text") => {
            "Mehr Nachrichten werden hier zu einer Beschwerde nicht angenommen. Bitte antworten Sie auf unsere E-Mail \
             oder rufen Sie uns an."
        }
        ("unknown_field", _) => "Ein solches Feld gibt es nicht.",
        _ => OTHERWISE,
    };
    words.to_owned()
}

fn required(pointer: &str) -> &'static str {
    match pointer {
        "/description" => "Sagen Sie uns, was geschehen ist.",
        "/email" => {
            "Geben Sie eine E-Mail-Adresse oder eine Telefonnummer an, damit wir Ihnen antworten können."
        }
        "/answer" => "Wählen Sie, ob Sie unseren Vorschlag annehmen.",
        "/rating" => "Wählen Sie eine Zahl von 1 bis 5.",
        "/text" => "Schreiben Sie, was Sie uns sagen möchten.",
        "/comment" => "Sagen Sie uns, was noch nicht stimmt.",
        _ => "Diese Angabe fehlt.",
    }
}

fn too_long(limit: Option<usize>) -> String {
    match limit {
        Some(limit) => format!("Das ist länger als {limit} Zeichen."),
        None => "Das ist zu lang.".to_owned(),
    }
}

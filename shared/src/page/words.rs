//! Times as people read them, where the company is.

use jiff::{Timestamp, tz::TimeZone};

use crate::values::Language;

/// `Tuesday 31 March 2026, 17:00`
pub fn time_in_words(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned(zone.clone()).strftime("%A %-d %B %Y, %H:%M").to_string()
}

/// `Tuesday 31 March 2026`
pub fn day_in_words(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned(zone.clone()).strftime("%A %-d %B %Y").to_string()
}

/// What was typed, as it can be shown again in its field: what HTML cannot carry becomes a sign that is seen.
pub(super) fn retyped(text: &str) -> String {
    let seen = |character: char| {
        if character.is_control() && !matches!(character, '\n' | '\t') { '\u{fffd}' } else { character }
    };
    text.replace("\r\n", "\n").chars().map(seen).collect()
}

/// What those who speak a language call it; of languages that are not listed, the tag.
pub(super) fn own_name(language: &Language) -> &str {
    match language.as_str() {
        "cs" => "Čeština",
        "da" => "Dansk",
        "de" => "Deutsch",
        "en" => "English",
        "es" => "Español",
        "fr" => "Français",
        "it" => "Italiano",
        "nl" => "Nederlands",
        "pl" => "Polski",
        "pt" => "Português",
        "sv" => "Svenska",
        "tr" => "Türkçe",
        "uk" => "Українська",
        other => other,
    }
}

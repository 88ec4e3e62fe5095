//! What was typed, shown again.

/// What was typed, as it can be shown again in its field: what HTML cannot carry becomes a sign that is seen.
pub(super) fn retyped(text: &str) -> String {
    let seen = |character: char| {
        if character.is_control() && !matches!(character, '\n' | '\t') { '\u{fffd}' } else { character }
    };
    text.replace("\r\n", "\n").chars().map(seen).collect()
}

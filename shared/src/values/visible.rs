//! Shows what would otherwise work on the reader unseen.

use std::borrow::Cow;
use std::fmt::Write as _;

/// The text with its bidirectional controls written out, as in `⟦U+202E⟧`: they can make a line read as something
/// that it does not say.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(is_bidi_control) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        if is_bidi_control(character) {
            write!(shown, "⟦U+{:04X}⟧", u32::from(character)).expect("writing to a String cannot fail");
        } else {
            shown.push(character);
        }
    }
    Cow::Owned(shown)
}

/// Whether a character steers the direction of writing (Unicode's property `Bidi_Control`).
pub(crate) fn is_bidi_control(character: char) -> bool {
    matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn direction_controls_are_written_out_and_all_else_stays() {
        assert_eq!(visible("plain שלום"), "plain שלום");
        assert!(matches!(visible("plain"), Cow::Borrowed(_)));
        assert_eq!(visible("pay \u{202e}01\u{202c} now"), "pay ⟦U+202E⟧01⟦U+202C⟧ now");
        assert_eq!(visible("\u{61c}"), "⟦U+061C⟧");
    }
}

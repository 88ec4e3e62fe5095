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

/// Whether a character shows nothing, by which two names can look alike: what takes no place, the fillers that look like
/// a blank, and what stands for no character at all.
pub(crate) fn is_unseen(character: char) -> bool {
    let is_none = u32::from(character) & 0xfffe == 0xfffe || ('\u{fdd0}'..='\u{fdef}').contains(&character);
    is_none
        || matches!(
            character,
            '\u{ad}'
                | '\u{34f}'
                | '\u{115f}'
                | '\u{1160}'
                | '\u{180e}'
                | '\u{200b}'..='\u{200d}'
                | '\u{2028}'
                | '\u{2029}'
                | '\u{2060}'..='\u{2064}'
                | '\u{2800}'
                | '\u{3164}'
                | '\u{feff}'
                | '\u{ffa0}'
        )
}

/// Whether there is nothing to be seen of a text.
pub(super) fn is_blank(text: &str) -> bool {
    let shows_nothing = |c: char| c.is_whitespace() || c.is_control() || is_bidi_control(c) || is_unseen(c);
    text.chars().all(shows_nothing)
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

    #[test]
    fn a_text_of_which_nothing_is_seen_is_blank() {
        for text in [
            "",
            " \u{200b}",
            "\u{202e}\u{feff}",
            "\u{2800}",
            "\u{3164}\u{115f}\u{1160}",
            "\u{2060}",
            "\u{ffff}",
        ] {
            assert!(is_blank(text), "{text:?}");
        }
        for text in ["a", "\u{200b}.", "👩\u{200d}🔧", "⠁", "한"] {
            assert!(!is_blank(text), "{text:?}");
        }
    }
}

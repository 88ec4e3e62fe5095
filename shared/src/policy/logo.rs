//! A company's logo, as its policy draws it: outlines that the page has in itself, so that nothing is loaded from anywhere,
//! and nothing in it can act.

use std::fmt;

use serde::Deserialize;
use thiserror::Error;

use crate::values::Colour;

/// The most shapes, and the most characters of all their outlines: it is part of every page.
const MOST_SHAPES: usize = 20;
const MOST_CHARACTERS: usize = 4_000;
/// The most units across and down.
const MOST_UNITS: u16 = 2_000;

/// A drawing in place of the company's name at the head of all pages.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Logo {
    /// Units across.
    pub width: u16,
    /// Units down.
    pub height: u16,
    /// What is drawn, the later over the earlier.
    pub shapes: Vec<Shape>,
}

/// A shape of one colour.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shape {
    /// Its outline.
    pub path: Outline,
    /// On light pages; without it that of the text.
    pub colour: Option<Colour>,
    /// On dark ones; without it the same as on light ones.
    pub colour_dark: Option<Colour>,
}

/// An outline, as the `d` of an SVG path has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outline(String);

/// Why a text is no outline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("an outline is what the d of an SVG path has: it begins with M and holds commands and numbers only")]
pub struct InvalidOutline;

impl Logo {
    /// Which part of it is beyond bounds, and which those are.
    pub(super) fn excess(&self) -> Option<(&'static str, &'static str)> {
        let characters: usize = self.shapes.iter().map(|shape| shape.path.0.len()).sum();
        let fits = |units: u16| (1..=MOST_UNITS).contains(&units);
        if !fits(self.width) {
            Some(("width", "is from 1 to 2000"))
        } else if !fits(self.height) {
            Some(("height", "is from 1 to 2000"))
        } else if self.shapes.is_empty() || self.shapes.len() > MOST_SHAPES {
            Some(("shapes", "has from 1 to 20 shapes"))
        } else if characters > MOST_CHARACTERS {
            Some(("shapes", "has more than 4000 characters of outlines"))
        } else {
            None
        }
    }
}

impl Outline {
    /// Reads `M0 0h24v24H0z`.
    pub fn parse(text: &str) -> Result<Outline, InvalidOutline> {
        let is_known = |byte: u8| byte.is_ascii_digit() || b"MmLlHhVvCcSsQqTtAaZzEe+-., ".contains(&byte);
        let begins = text.starts_with(['M', 'm']);
        if begins && text.bytes().all(is_known) { Ok(Outline(text.to_owned())) } else { Err(InvalidOutline) }
    }
}

impl fmt::Display for Outline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Outline {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Outline, D::Error> {
        let text = String::deserialize(deserializer)?;
        Outline::parse(&text).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outline_holds_commands_and_numbers_and_nothing_else() {
        for text in ["M0 0h24v24H0z", "m.5-1.5 L3,4 c1e-2 0 0 0 0 0Z"] {
            assert_eq!(Outline::parse(text).unwrap().to_string(), text);
        }
        for text in ["", "h24", "M0 0\"/><script>", "M0 0;x", "M0\n0", "url(#x)", "Mé"] {
            assert_eq!(Outline::parse(text), Err(InvalidOutline), "{text}");
        }
    }

    #[test]
    fn it_stays_within_its_bounds() {
        let shape = |characters: usize| Shape {
            path: Outline::parse(&format!("M{}", "0".repeat(characters - 1))).unwrap(),
            colour: None,
            colour_dark: None,
        };
        let logo = |width, height, shapes: &[usize]| {
            let shapes = shapes.iter().map(|characters| shape(*characters)).collect();
            Logo { width, height, shapes }.excess().map(|(part, _)| part)
        };
        assert_eq!(logo(1, 2_000, &[4_000]), None);
        assert_eq!(logo(1, 1, &[200; 20]), None);
        assert_eq!(logo(0, 1, &[9]), Some("width"));
        assert_eq!(logo(1, 2_001, &[9]), Some("height"));
        for shapes in [&[][..], &[9; 21], &[2_000, 2_001]] {
            assert_eq!(logo(1, 1, shapes), Some("shapes"));
        }
    }
}

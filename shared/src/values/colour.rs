//! A colour of the screen, and how well one is told from another.

use std::fmt;

use thiserror::Error;

use super::InvalidValue;

/// Red, green and blue, as `#0b5d56`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour([u8; 3]);

/// Why a text is no colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum InvalidColour {
    /// It is not written as one.
    #[error("a colour is a number sign and six digits or letters from a to f, such as #0b5d56")]
    Malformed,
}

impl InvalidValue for InvalidColour {
    fn code(&self) -> &'static str {
        "malformed_colour"
    }
}

impl Colour {
    /// White.
    pub const WHITE: Colour = Colour([255; 3]);
    /// Black, nearly: on a screen it is easier to read than the blackest.
    pub const BLACK: Colour = Colour([16, 20, 19]);

    /// Reads `#0b5d56`, in small or capital letters.
    pub fn parse(text: &str) -> Result<Colour, InvalidColour> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii());
        let part = |from: usize| {
            let digits = digits?.get(from..from + 2)?;
            // `from_str_radix` would take a sign.
            let is_plain = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
            u8::from_str_radix(digits, 16).ok().filter(|_| is_plain)
        };
        match (part(0), part(2), part(4)) {
            (Some(red), Some(green), Some(blue)) => Ok(Colour([red, green, blue])),
            _ => Err(InvalidColour::Malformed),
        }
    }

    /// How well the two are told from each other, from 1 to 21: the contrast ratio of WCAG 2.2.
    pub fn contrast(self, other: Colour) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    /// A tone of this colour on another: so much of a hundred of it.
    #[must_use]
    pub fn on(self, ground: Colour, percent: u8) -> Colour {
        let percent = u16::from(percent.min(100));
        let part = |place: usize| {
            let mixed =
                u16::from(self.0[place]) * percent + u16::from(ground.0[place]) * (100 - percent) + 50;
            u8::try_from(mixed / 100).expect("between two bytes lies a byte")
        };
        Colour([part(0), part(1), part(2)])
    }

    /// White or black, whichever is better read on it.
    #[must_use]
    pub fn ink(self) -> Colour {
        if self.contrast(Colour::WHITE) >= self.contrast(Colour::BLACK) {
            Colour::WHITE
        } else {
            Colour::BLACK
        }
    }

    /// The relative luminance of WCAG 2.2, from 0 to 1.
    fn luminance(self) -> f64 {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        let [red, green, blue] = self.0.map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

impl<'de> serde::Deserialize<'de> for Colour {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Colour, D::Error> {
        let text = String::deserialize(deserializer)?;
        Colour::parse(&text).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colour(text: &str) -> Colour {
        Colour::parse(text).unwrap()
    }

    #[test]
    fn it_is_read_and_written_in_six_digits() {
        assert_eq!(colour("#0B5d56").to_string(), "#0b5d56");
        for text in ["", "#", "0b5d56", "#0b5d5", "#0b5d567", "#0b5d5g", "#+b-d+6", "#ü5d56", "red"] {
            assert_eq!(Colour::parse(text), Err(InvalidColour::Malformed), "{text}");
        }
    }

    #[test]
    fn contrast_is_as_the_guidelines_reckon_it() {
        let check = |one: &str, two: &str, expected: f64| {
            let contrast = colour(one).contrast(colour(two));
            assert!((contrast - expected).abs() < 0.01, "{one} and {two}: {contrast}");
            assert!((contrast - colour(two).contrast(colour(one))).abs() < f64::EPSILON);
        };
        check("#000000", "#ffffff", 21.0);
        check("#777777", "#ffffff", 4.48);
        check("#ff0000", "#ffffff", 4.0);
        check("#123456", "#123456", 1.0);
    }

    #[test]
    fn a_tone_lies_between_its_colour_and_its_ground() {
        let (black, white) = (colour("#000000"), colour("#ffffff"));
        assert_eq!(black.on(white, 100), black);
        assert_eq!(black.on(white, 0), white);
        assert_eq!(black.on(white, 50).to_string(), "#808080");
    }

    #[test]
    fn what_is_written_on_it_is_read_whatever_it_is() {
        for part in 0..=255 {
            let grey = Colour([part; 3]);
            assert!(grey.contrast(grey.ink()) >= 4.3, "{grey}");
        }
        assert_eq!((colour("#0b5d56").ink(), colour("#7fd1c4").ink()), (Colour::WHITE, Colour::BLACK));
    }
}

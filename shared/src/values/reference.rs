//! The short name of a complaint that people say on the phone and write on paper.

use std::fmt;

use thiserror::Error;

use super::{InvalidValue, parsed_code};

/// Eight random characters of Crockford's base 32 and one that checks them, shown `XXX-XXX-XXX`.
///
/// The check is a weighted sum over GF(32) that is zero for a right reference. All nine weights differ and none is
/// zero, so that one wrong character is always found, and so is any two characters' change of place.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reference([u8; LENGTH]);

/// Why a text is no reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum InvalidReference {
    /// It has more or fewer than nine characters.
    #[error("a reference has nine letters and digits")]
    Length,
    /// It has a character that no reference has.
    #[error("a reference has digits and the letters A to Z without I, L, O and U only")]
    Character,
    /// Its characters do not fit each other.
    #[error("the reference is mistyped: its characters do not fit each other")]
    Check,
}

impl InvalidValue for InvalidReference {
    fn code(&self) -> &'static str {
        match self {
            InvalidReference::Length => "reference_length",
            InvalidReference::Character => "reference_character",
            InvalidReference::Check => "reference_mistyped",
        }
    }
}

const LENGTH: usize = 9;
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

impl Reference {
    /// The reference of these 40 random bits.
    pub fn from_bytes(random: [u8; 5]) -> Reference {
        let bits = random.iter().fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
        let mut symbols = [0; LENGTH];
        for (place, symbol) in symbols.iter_mut().take(LENGTH - 1).enumerate() {
            *symbol = u8::try_from(bits >> (35 - 5 * place) & 31).expect("five bits fit");
        }
        symbols[LENGTH - 1] = weighted_sum(symbols);
        Reference(symbols)
    }

    /// Reads a reference as people write it: with dashes, blanks or neither, in either case, `O` for 0, `I` or `L`
    /// for 1.
    pub fn parse(text: &str) -> Result<Reference, InvalidReference> {
        let mut symbols = [0; LENGTH];
        let mut length = 0;
        for character in text.chars().filter(|character| !is_separator(*character)) {
            let symbol = symbol(character).ok_or(InvalidReference::Character)?;
            *symbols.get_mut(length).ok_or(InvalidReference::Length)? = symbol;
            length += 1;
        }
        if length != LENGTH {
            return Err(InvalidReference::Length);
        }
        if weighted_sum(symbols) == 0 { Ok(Reference(symbols)) } else { Err(InvalidReference::Check) }
    }

    /// The nine characters without dashes, for keys and cookie names.
    pub fn compact(self) -> String {
        self.0.iter().map(|symbol| letter(*symbol)).collect()
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, symbol) in self.0.iter().enumerate() {
            if place > 0 && place % 3 == 0 {
                f.write_str("-")?;
            }
            write!(f, "{}", letter(*symbol))?;
        }
        Ok(())
    }
}

impl fmt::Debug for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Reference({self})")
    }
}

parsed_code!(Reference, InvalidReference);

fn letter(symbol: u8) -> char {
    char::from(ALPHABET[usize::from(symbol)])
}

fn symbol(character: char) -> Option<u8> {
    let read = match character.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    let place = ALPHABET.iter().position(|letter| char::from(*letter) == read)?;
    u8::try_from(place).ok()
}

fn is_separator(character: char) -> bool {
    // Word processors make other dashes of the plain one.
    matches!(character, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}') || character.is_whitespace()
}

/// The sum of all symbols, each times a power of x that counts down to 1 at the check symbol (Horner's scheme).
fn weighted_sum(symbols: [u8; LENGTH]) -> u8 {
    symbols.iter().fold(0, |sum, symbol| times_x(sum) ^ symbol)
}

/// Multiplies by x in GF(32) modulo x⁵+x²+1, which is primitive: the first 31 powers of x all differ.
fn times_x(symbol: u8) -> u8 {
    let shifted = symbol << 1;
    if shifted & 0b10_0000 == 0 { shifted } else { shifted ^ 0b10_0101 }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn text_of(symbols: [u8; LENGTH]) -> String {
        symbols.iter().map(|symbol| letter(*symbol)).collect()
    }

    #[test]
    fn a_reference_is_shown_in_three_groups() {
        let reference = Reference::from_bytes([0x12, 0x34, 0x56, 0x78, 0x9a]);
        assert_eq!(reference.to_string(), "28T-5CY-4TH");
        assert_eq!(reference.compact(), "28T5CY4TH");
        assert_eq!(serde_json::to_string(&reference).unwrap(), "\"28T-5CY-4TH\"");
    }

    #[test]
    fn a_reference_is_read_as_people_write_it() {
        let reference = Reference::parse("28T-5CY-4TH").unwrap();
        for text in ["28t5cy4th", " 28T 5CY 4TH ", "28T–5CY–4TH", "28t-5cy-4th\n"] {
            assert_eq!(Reference::parse(text), Ok(reference), "{text}");
        }
        let ones = Reference::from_bytes([0x08, 0x42, 0x10, 0x84, 0x20]);
        assert!(ones.compact().starts_with("11111110"), "{ones}");
        let check = ones.compact().split_off(8);
        assert_eq!(Reference::parse(&format!("iLlI1Lio{check}")), Ok(ones));
    }

    #[test]
    fn what_is_no_reference_is_refused() {
        assert_eq!(Reference::parse(""), Err(InvalidReference::Length));
        assert_eq!(Reference::parse("28T-5CY-4T"), Err(InvalidReference::Length));
        assert_eq!(Reference::parse("28T-5CY-4THH"), Err(InvalidReference::Length));
        assert_eq!(Reference::parse("28U-5CY-4TH"), Err(InvalidReference::Character));
        assert_eq!(Reference::parse("28T/5CY/4TH"), Err(InvalidReference::Character));
        assert_eq!(Reference::parse("28T-5CY-4TV"), Err(InvalidReference::Check));
    }

    proptest! {
        #[test]
        fn every_reference_survives_its_written_forms(random: [u8; 5]) {
            let reference = Reference::from_bytes(random);
            prop_assert_eq!(Reference::parse(&reference.to_string()), Ok(reference));
            prop_assert_eq!(Reference::parse(&reference.compact().to_lowercase()), Ok(reference));
        }

        #[test]
        fn every_single_wrong_character_is_found(random: [u8; 5], place in 0..LENGTH, error in 1_u8..32) {
            let mut symbols = Reference::from_bytes(random).0;
            symbols[place] ^= error;
            prop_assert_eq!(Reference::parse(&text_of(symbols)), Err(InvalidReference::Check));
        }

        #[test]
        fn every_swap_of_two_different_characters_is_found(random: [u8; 5], a in 0..LENGTH, b in 0..LENGTH) {
            let mut symbols = Reference::from_bytes(random).0;
            prop_assume!(symbols[a] != symbols[b]);
            symbols.swap(a, b);
            prop_assert_eq!(Reference::parse(&text_of(symbols)), Err(InvalidReference::Check));
        }
    }
}

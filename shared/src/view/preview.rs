//! What the customer would be written, before it is.

use serde::Serialize;

use crate::{
    letter::Letter,
    letter_kind::LetterKind,
    values::{Language, Reference},
};

/// What a command would send to the customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Preview {
    /// The complaint.
    pub reference: Reference,
    /// The letters; none where the command asks for none.
    pub letters: Vec<PreviewedLetter>,
    /// Whether they cannot go out, and have to be told another way: there is no address that we may write to.
    pub unreachable: bool,
}

/// A letter as it would be sent, but for its links.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PreviewedLetter {
    /// Which one.
    pub letter: LetterKind,
    /// The language it is in.
    pub language: Language,
    /// Its subject.
    pub subject: String,
    /// As plain text.
    pub text: String,
}

impl PreviewedLetter {
    /// A letter in this language.
    pub fn of(letter: Letter, language: Language) -> PreviewedLetter {
        let Letter { kind, subject, text, .. } = letter;
        PreviewedLetter { letter: kind, language, subject, text }
    }
}

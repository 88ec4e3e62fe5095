//! What can be wrong with a body, and with a field of it.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Why a body cannot be read at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Malformed {
    /// It is cut off, has something after its end, or was never JSON.
    #[error("The body is not valid JSON.")]
    NotJson,
    /// It is JSON, but no object.
    #[error("The body is not a JSON object.")]
    NotAnObject,
    /// A name stands twice in one object or form: nobody can say which value was meant.
    #[error("A field is given more than once.")]
    Duplicate,
    /// Objects and lists stand in each other too often.
    #[error("The body is nested too deeply.")]
    TooDeep,
    /// Its bytes are no text.
    #[error("The body is not UTF-8.")]
    NotUtf8,
}

/// What is wrong with one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldError {
    /// Where it stands, as a JSON pointer: `/remedies/0/amount`.
    pub pointer: String,
    /// What is wrong, for programs, in `snake_case`.
    pub code: String,
    /// What is wrong, for people: a sentence without the value.
    pub detail: String,
    /// How many characters it may have, where it has more; for those who say it in another language.
    #[serde(skip)]
    pub limit: Option<usize>,
}

impl FieldError {
    /// What is wrong with the field at this pointer.
    pub fn new(pointer: String, code: &str, detail: &str) -> FieldError {
        FieldError { pointer, code: code.to_owned(), detail: detail.to_owned(), limit: None }
    }
}

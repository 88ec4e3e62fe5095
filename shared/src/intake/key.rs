//! Names one post, so that it is one complaint however often it is sent.

use std::fmt;

use thiserror::Error;

use crate::values::InvalidValue;

/// The client's name for a post: from 8 to 128 printable characters of ASCII without blanks.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct IdempotencyKey(String);

/// Why a text is no such key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum InvalidIdempotencyKey {
    /// Too short to be no one else's, or too long.
    #[error("an idempotency key has from 8 to 128 characters")]
    Length,
    /// It has a character that it must not have.
    #[error("an idempotency key has printable characters of ASCII only, and no blanks")]
    Character,
}

impl InvalidValue for InvalidIdempotencyKey {
    fn code(&self) -> &'static str {
        match self {
            InvalidIdempotencyKey::Length => "key_length",
            InvalidIdempotencyKey::Character => "key_character",
        }
    }
}

impl IdempotencyKey {
    /// Reads a key; the quotes that the header's standard asks for go.
    pub fn parse(text: &str) -> Result<IdempotencyKey, InvalidIdempotencyKey> {
        let text = text.trim();
        let key = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(text);
        if !(8..=128).contains(&key.len()) {
            Err(InvalidIdempotencyKey::Length)
        } else if key.bytes().all(|byte| byte.is_ascii_graphic()) {
            Ok(IdempotencyKey(key.to_owned()))
        } else {
            Err(InvalidIdempotencyKey::Character)
        }
    }

    /// The key.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::str::FromStr for IdempotencyKey {
    type Err = InvalidIdempotencyKey;

    fn from_str(text: &str) -> Result<IdempotencyKey, InvalidIdempotencyKey> {
        IdempotencyKey::parse(text)
    }
}

impl fmt::Display for IdempotencyKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

//! What becomes of a post held as suspected spam.

use super::{Read, ShortText};
use crate::fields::Fields;

/// Body of discard, for a post held as suspected spam: `{reason}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Discard {
    /// Why it is no complaint.
    pub reason: ShortText,
}

impl Discard {
    /// Reads the body.
    pub fn read(mut fields: Fields) -> Read<Discard> {
        let reason = fields.required_text("reason");
        fields.made(reason.map(|reason| Discard { reason }))
    }
}

/// Body of release, for a post held as suspected spam: nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Release;

impl Release {
    /// Reads the body.
    pub fn read(fields: Fields) -> Read<Release> {
        fields.made(Some(Release))
    }
}

//! How a complaint ends, and how it is taken up again.

use super::{Read, ShortText};
use crate::fields::Fields;

/// Body of close: `{waive_follow_up?}`; at least `{}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Close {
    /// Why the customer is not asked whether they are satisfied.
    pub waive_follow_up: Option<ShortText>,
}

impl Close {
    /// Reads the body.
    pub fn read(mut fields: Fields) -> Read<Close> {
        let waive_follow_up = fields.text("waive_follow_up");
        fields.made(Some(Close { waive_follow_up }))
    }
}

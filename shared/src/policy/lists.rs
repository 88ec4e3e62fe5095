//! The policy's lists: what there is to complain about, and why things go wrong.

use serde::Deserialize;

use super::Name;

/// Something of a list: what records and figures call it, and what people do.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Stable: small letters, digits and `_`.
    pub key: String,
    /// As it is shown.
    pub name: Name,
}

/// One kind of complaint.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Category {
    /// Stable: small letters, digits and `_`.
    pub key: String,
    /// As it is shown.
    pub name: Name,
    /// Whether triage has to say in words what it is.
    #[serde(default)]
    pub text_required: bool,
    /// Its kinds.
    #[serde(default)]
    pub sub_categories: Vec<Entry>,
}

impl Category {
    /// The sub-category of this key.
    pub fn sub_category(&self, key: &str) -> Option<&Entry> {
        self.sub_categories.iter().find(|entry| entry.key == key)
    }
}

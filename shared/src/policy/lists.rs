//! The policy's lists: what there is to complain about, and why things go wrong.

use serde::Deserialize;

use super::Name;
use crate::triage::Keyword;

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
    /// What its complaints say.
    #[serde(default)]
    pub keywords: Vec<Keyword>,
    /// Its kinds.
    #[serde(default)]
    pub sub_categories: Vec<SubCategory>,
}

/// One kind of a category.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SubCategory {
    /// Stable: small letters, digits and `_`.
    pub key: String,
    /// As it is shown.
    pub name: Name,
    /// What its complaints say; they count for the category as well.
    #[serde(default)]
    pub keywords: Vec<Keyword>,
}

impl Category {
    /// The sub-category of this key.
    pub fn sub_category(&self, key: &str) -> Option<&SubCategory> {
        self.sub_categories.iter().find(|entry| entry.key == key)
    }
}

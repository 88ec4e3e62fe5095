//! A problem in words.

/// What a problem is called, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The kind in words.
    pub title: String,
    /// What to do about it.
    pub detail: String,
}

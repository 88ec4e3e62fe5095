//! What came of assigning several complaints at once.

use askama::Template;

use super::Frame;
use crate::{page::html, problem::Kind, view::Assigned};

/// The page that says so.
#[derive(Clone, Copy, Debug, Template)]
#[template(path = "desk/assigned.html")]
pub struct AssignedPage<'a> {
    /// What surrounds the page.
    pub frame: Frame<'a>,
    /// Who has them now.
    pub owner: &'a str,
    /// What came of each.
    pub came: &'a Assigned,
}

/// One that was left as it is.
struct Left {
    reference: Option<String>,
    is_missing: bool,
    why: String,
}

impl AssignedPage<'_> {
    /// The page.
    pub fn render(&self) -> String {
        html(self)
    }

    fn left(&self) -> Vec<Left> {
        let left = |not: &crate::view::NotAssigned| Left {
            reference: not.reference.map(|reference| reference.to_string()),
            is_missing: not.problem.kind == Kind::NotFound,
            why: match not.problem.kind {
                Kind::Stale => "Somebody changed it meanwhile.".to_owned(),
                _ => not.problem.detail.clone(),
            },
        };
        self.came.not_assigned.iter().map(left).collect()
    }
}

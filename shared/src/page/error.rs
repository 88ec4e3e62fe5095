//! The page for everything that is not carried out.

use askama::Template;

use super::{Frame, html};
use crate::problem::Problem;

/// A problem as a page. "Not found" and "not yours" come from the same problem, and look alike.
#[derive(Clone, Copy, Debug, Template)]
#[template(path = "page/failure.html")]
pub struct Failure<'a> {
    /// What surrounds the page.
    pub frame: Frame<'a>,
    /// The problem.
    pub problem: &'a Problem,
}

impl Failure<'_> {
    /// The page.
    pub fn render(&self) -> String {
        html(self)
    }

    fn wait(&self) -> Option<String> {
        let seconds = self.problem.retry_after?;
        Some(match seconds {
            0..=119 => "a minute or two".to_owned(),
            120..=7_199 => format!("about {} minutes", seconds.div_ceil(60)),
            7_200.. => format!("about {} hours", seconds.div_ceil(3_600)),
        })
    }
}

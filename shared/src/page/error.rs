//! The page for everything that is not carried out.

use askama::Template;

use super::{Frame, html};
use crate::{fields::FieldError, problem::Problem, words::Said};

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

    fn said(&self) -> Said {
        self.frame.words.problem(self.problem)
    }

    fn wrong(&self, error: &FieldError) -> String {
        (self.frame.words.wrong)(error)
    }

    fn wait(&self) -> Option<String> {
        self.problem.retry_after.map(self.frame.words.failure.wait)
    }
}

//! The page for everything that is not carried out.

use std::collections::BTreeMap;

use askama::Template;

use super::{Frame, html, retyped::retyped};
use crate::{fields::FieldError, problem::Problem, values, values::Reference, words::Said};

/// The fields in which customers write in their own words.
const IN_THEIR_WORDS: [&str; 3] = ["text", "reason", "comment"];

/// What was sent from a private page that is still open: there is a way back to it, and what was typed is not lost.
#[derive(Clone, Debug)]
pub struct Sent<'a> {
    /// Whose page it was.
    pub reference: Reference,
    /// Where it was sent.
    pub at: &'a str,
    /// What was typed, by field; none where it was not on a page of ours, or cannot be read.
    pub typed: Option<BTreeMap<String, String>>,
}

/// A problem as a page. "Not found" and "not yours" come from the same problem, and look alike.
#[derive(Clone, Copy, Debug, Template)]
#[template(path = "page/failure.html")]
pub struct Failure<'a> {
    /// What surrounds the page.
    pub frame: Frame<'a>,
    /// The problem.
    pub problem: &'a Problem,
    /// What it answers, where that was sent from a private page.
    pub sent: Option<&'a Sent<'a>>,
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

    fn typed(&self) -> Option<&BTreeMap<String, String>> {
        self.sent.and_then(|sent| sent.typed.as_ref())
    }

    /// What they wrote, to be read and copied.
    fn written(&self) -> Vec<String> {
        let texts = IN_THEIR_WORDS.into_iter().filter_map(|name| self.typed()?.get(name));
        let texts = texts.filter(|text| !text.trim().is_empty());
        texts.map(|text| values::visible(&retyped(text)).into_owned()).collect()
    }

    /// All that was sent, for sending it again: where it failed on our side, that may be enough.
    fn again(&self) -> Option<Vec<(&str, String)>> {
        let typed = self.typed().filter(|_| self.problem.status >= 500)?;
        Some(typed.iter().map(|(name, text)| (name.as_str(), retyped(text))).collect())
    }

    fn wait(&self) -> Option<String> {
        self.problem.retry_after.map(self.frame.words.failure.wait)
    }
}

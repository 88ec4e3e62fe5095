//! What a department sees by its mailed link: the one question that it is asked, and nothing of the customer.

use std::collections::BTreeMap;

use askama::Template;

use super::{
    Frame,
    form::{Place, error_of, place_of},
    html,
    retyped::retyped,
};
use crate::{fields::FieldError, values};

/// The question with the form to answer it; the same page again with what was typed when something in it was wrong.
#[derive(Clone, Copy, Debug, Template)]
#[template(path = "page/consulted.html")]
pub struct Consulted<'a> {
    /// What surrounds the page.
    pub frame: Frame<'a>,
    /// What people say on the phone.
    pub reference: &'a str,
    /// Where the answer is posted to: the mailed address itself, so that its token gets into no other.
    pub address: &'a str,
    /// The question.
    pub question: &'a str,
    /// What was typed, by field.
    pub typed: &'a BTreeMap<String, String>,
    /// What is wrong with it.
    pub errors: &'a [FieldError],
}

impl Consulted<'_> {
    /// The page.
    pub fn render(&self) -> String {
        html(self)
    }

    fn typed(&self, name: &str) -> String {
        self.typed.get(name).map(|text| retyped(text)).unwrap_or_default()
    }

    fn error(&self, name: &str) -> Option<&FieldError> {
        error_of(self.errors, name)
    }

    fn place(&self, error: &FieldError) -> Option<Place> {
        place_of(&[("text", self.frame.words.department.answer.short)], error)
    }

    fn wrong(&self, error: &FieldError) -> String {
        (self.frame.words.wrong)(error)
    }

    #[expect(clippy::unused_self, reason = "templates call it so")]
    fn seen(&self, text: &str) -> String {
        values::visible(text).into_owned()
    }
}

/// How it stands with a question that cannot be answered any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConsultationOver {
    /// This answer was taken in.
    Thanks,
    /// It was answered before, and otherwise.
    Answered,
    /// The complaint has gone on without it.
    NotNeeded,
}

#[derive(Clone, Copy, Debug, Template)]
#[template(path = "page/consultation_over.html")]
struct Over<'a> {
    frame: Frame<'a>,
    heading: &'static str,
    text: &'static str,
}

impl ConsultationOver {
    /// The page that says so.
    pub fn render(self, frame: Frame<'_>) -> String {
        let words = &frame.words.department;
        let (heading, text) = match self {
            ConsultationOver::Thanks => (words.thanks, words.thanks_then),
            ConsultationOver::Answered => (words.answered, words.answered_then),
            ConsultationOver::NotNeeded => (words.over, words.over_then),
        };
        html(&Over { frame, heading, text })
    }
}

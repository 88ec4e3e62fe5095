//! One form by itself: to take a complaint down, or once more when something was wrong with what was sent.

use askama::Template;

use super::{FormView, Frame, HELD};
use crate::{
    command::Verb,
    fields::FieldError,
    page::html,
    problem::{Kind, Problem},
    values::Reference,
};

/// The page of one form.
#[derive(Clone, Copy, Debug, Template)]
#[template(path = "desk/act.html")]
pub struct Act<'a> {
    /// What surrounds the page.
    pub frame: Frame<'a>,
    /// What people say on the phone; none where there is no complaint yet.
    pub reference: Option<&'a str>,
    /// The form.
    pub form: &'a FormView,
    /// Why nothing was recorded; none at first.
    pub problem: Option<&'a Problem>,
}

impl Act<'_> {
    /// The page.
    pub fn render(&self) -> String {
        html(self)
    }

    fn errors(&self) -> &[FieldError] {
        self.problem.map_or(&[], |problem| &problem.errors)
    }

    /// What is said where it is not about the fields.
    fn said(&self) -> Option<(String, String)> {
        let problem = self.problem.filter(|problem| problem.errors.is_empty())?;
        let (title, detail) = match problem.kind {
            Kind::Stale => (
                "Changed by somebody else",
                "Somebody changed the complaint meanwhile. Nothing of yours was recorded. Look at what changed; what you \
                 typed stands below, to be sent on the complaint as it is now.",
            ),
            // What the problem itself says of these is said to the customer.
            Kind::AlreadyAnswered => (
                "Recorded before",
                "This was recorded before, and that stands; nothing of yours was recorded.",
            ),
            Kind::TakenAsConsent => (
                "Taken as accepted",
                "No answer came by its date, and the complaint went on with what was proposed; nothing of yours was \
                 recorded. If their refusal came before that date, say when it came, or take the complaint up again \
                 where it is closed. If not, record what they say as information; once everything is carried out, it can be \
                 taken up again.",
            ),
            Kind::WindowPassed => (
                "The time for this has passed",
                "The complaint can no longer be taken up again; nothing of yours was recorded. The customer can send a \
                 new complaint, or you can take one down for them.",
            ),
            _ => (problem.title.as_str(), problem.detail.as_str()),
        };
        Some((title.to_owned(), detail.to_owned()))
    }

    /// The month of the report that the form is about; none where it is about none.
    fn report(&self) -> Option<&str> {
        self.form.at.strip_prefix("/staff/reports/")?.split('/').next()
    }

    /// Whether the form is about a post that is held.
    fn is_held(&self) -> bool {
        HELD.iter().any(|action| action.key == self.form.action.key)
    }

    /// What was made of the form when it was sent before.
    fn taken_in_as(&self) -> Option<Reference> {
        self.problem?.reference
    }

    /// What is possible instead, in words.
    fn instead(&self) -> Vec<&'static str> {
        let allowed = self.problem.and_then(|problem| problem.allowed.as_deref()).unwrap_or_default();
        let title =
            |verb: &Verb| super::ACTIONS.iter().find(|action| action.verb == Some(*verb)).map(|it| it.title);
        allowed.iter().filter_map(title).collect()
    }
}

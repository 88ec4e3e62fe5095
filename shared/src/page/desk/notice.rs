//! Pages that say something and lead on: what failed, that a session is over, that somebody has signed out.

use askama::Template;

use super::Frame;
use crate::{page::html, problem::Problem};

/// A page that says something.
#[derive(Clone, Copy, Debug, Template)]
#[template(path = "desk/notice.html")]
pub struct Notice<'a> {
    /// What surrounds the page.
    pub frame: Frame<'a>,
    /// Its heading.
    pub title: &'a str,
    /// What it says.
    pub detail: &'a str,
    /// The request, to be quoted when asking for help.
    pub request: Option<&'a str>,
    /// Where it leads, and what that is called.
    pub onward: (&'a str, &'a str),
    /// Whether one can sign out here; where it is known who is signed in, that is above every page.
    pub sign_out: bool,
}

impl<'a> Notice<'a> {
    /// The page of a problem.
    pub fn of(problem: &'a Problem, frame: Frame<'a>) -> Notice<'a> {
        let onward = ("/staff/complaints", "To the queues");
        let request = problem.instance.as_deref();
        // What is wrong outside the fields of a form: a part of the address mostly.
        let (title, detail) = match problem.errors.iter().find(|error| error.pointer.is_empty()) {
            Some(error) => (problem.title.as_str(), error.detail.as_str()),
            None => (problem.title.as_str(), problem.detail.as_str()),
        };
        Notice { frame, title, detail, request, onward, sign_out: false }
    }

    /// The page.
    pub fn render(&self) -> String {
        html(self)
    }
}

/// A form that could not be carried out, and can be sent again just as it is: everything typed is in it, unseen.
#[derive(Clone, Copy, Debug, Template)]
#[template(path = "desk/again.html")]
pub struct Again<'a> {
    /// What surrounds the page.
    pub frame: Frame<'a>,
    /// Its heading.
    pub title: &'a str,
    /// What it says.
    pub detail: &'a str,
    /// Where to sign in first; none where that is not what is missing.
    pub sign_in: Option<&'a str>,
    /// Where the form is posted.
    pub at: &'a str,
    /// A field to mend, with its label and its value; none where the same is to be sent.
    pub mend: Option<(&'a str, &'a str, &'a str)>,
    /// Its other fields.
    pub fields: &'a [(String, String)],
}

impl Again<'_> {
    /// The page.
    pub fn render(&self) -> String {
        html(self)
    }
}

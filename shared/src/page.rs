//! The customer's pages, rendered here, without script: HTML for the form, the private page, and for everything that
//! can go wrong between them.

mod error;
mod form;
mod link;
mod my;
mod words;

use askama::Template;

use crate::{policy::Policy, problem::Problem};

pub use error::Failure;
pub use form::{Form, Place, Thanks};
pub use link::{ExpiredLink, LinkSent, OpenLink};
pub use my::{Answered, Given, My};
pub use words::{day_in_words, time_in_words};

/// The one stylesheet, served as `/style.css`.
pub const STYLE: &str = include_str!("../assets/style.css");

/// What surrounds every page.
#[derive(Clone, Copy, Debug)]
pub struct Frame<'a> {
    /// The company.
    pub brand: &'a str,
    /// Where a person answers.
    pub contact: &'a str,
}

impl<'a> Frame<'a> {
    /// The frame of a policy's company.
    pub fn of(policy: &'a Policy) -> Frame<'a> {
        Frame { brand: policy.company.name.as_str(), contact: policy.company.reply_to.as_str() }
    }
}

/// A problem as a page of the policy's company.
pub fn problem(policy: &Policy, problem: &Problem) -> String {
    Failure { frame: Frame::of(policy), problem }.render()
}

fn html(page: &impl Template) -> String {
    page.render().expect("a template fails only where writing to it does, and a String takes everything")
}

#[cfg(test)]
mod tests;

//! The customer's pages, rendered here, without script: HTML for the form, the private page, and for everything that
//! can go wrong between them.

mod error;
mod form;
mod link;
mod my;
mod words;

use askama::Template;

pub use error::Failure;
pub use form::{Form, Place, Thanks};
pub use link::{ExpiredLink, LinkSent, OpenLink};
pub use my::{Answered, Given, My};
pub use words::{day_in_words, time_in_words};

/// The one stylesheet, served as `/style.css`.
pub const STYLE: &str = include_str!("../assets/style.css");

/// What every page may load and do: our stylesheet, our forms, nothing else.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; form-action 'self'; \
                                           base-uri 'none'; frame-ancestors 'none'";

/// The headers of every page, personal or not.
pub const HEADERS: [(&str, &str); 7] = [
    ("content-type", "text/html; charset=utf-8"),
    ("content-security-policy", CONTENT_SECURITY_POLICY),
    ("strict-transport-security", "max-age=31536000; includeSubDomains"),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cache-control", "no-store"),
];

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
    pub fn of(policy: &'a crate::policy::Policy) -> Frame<'a> {
        Frame { brand: policy.company.name.as_str(), contact: policy.company.reply_to.as_str() }
    }
}

fn html(page: &impl Template) -> String {
    page.render().expect("a template fails only where writing to it does, and a String takes everything")
}


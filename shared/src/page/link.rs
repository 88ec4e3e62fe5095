//! What the private link opens: a page with a button, since a mail scanner follows links but presses no button.

use askama::Template;

use super::{Frame, html};

/// The page behind a mailed link; its button posts the token to `/link`.
#[derive(Clone, Copy, Debug, Template)]
#[template(path = "page/open_link.html")]
pub struct OpenLink<'a> {
    /// What surrounds the page.
    pub frame: Frame<'a>,
    /// The token of the link.
    pub token: &'a str,
}

/// The page of a link that is too old; its button posts the token to `/link/renew`.
#[derive(Clone, Copy, Debug, Template)]
#[template(path = "page/expired_link.html")]
pub struct ExpiredLink<'a> {
    /// What surrounds the page.
    pub frame: Frame<'a>,
    /// The token of the link.
    pub token: &'a str,
}

/// The answer to that button: always the same, whatever the token was.
#[derive(Clone, Copy, Debug, Template)]
#[template(path = "page/link_sent.html")]
pub struct LinkSent<'a> {
    /// What surrounds the page.
    pub frame: Frame<'a>,
}

impl OpenLink<'_> {
    /// The page.
    pub fn render(&self) -> String {
        html(self)
    }
}

impl ExpiredLink<'_> {
    /// The page.
    pub fn render(&self) -> String {
        html(self)
    }
}

impl LinkSent<'_> {
    /// The page.
    pub fn render(&self) -> String {
        html(self)
    }
}

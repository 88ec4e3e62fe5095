//! What the private link opens: a page with a button, since a mail scanner follows links but presses no button.

use std::collections::BTreeMap;

use askama::Template;

use super::{Frame, html, retyped::retyped};

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

/// What was sent from a private page that has closed meanwhile: everything typed is in it, unseen, and can be sent again
/// once the page is open.
#[derive(Clone, Copy, Debug, Template)]
#[template(path = "page/closed.html")]
pub struct Closed<'a> {
    /// What surrounds the page.
    pub frame: Frame<'a>,
    /// Where it was sent, and is again.
    pub at: &'a str,
    /// What was typed, by field.
    pub typed: &'a BTreeMap<String, String>,
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

impl Closed<'_> {
    /// The page.
    pub fn render(&self) -> String {
        html(self)
    }

    fn fields(&self) -> impl Iterator<Item = (&str, String)> {
        self.typed.iter().map(|(name, text)| (name.as_str(), retyped(text)))
    }
}

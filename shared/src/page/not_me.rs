//! For who never complained, but got our mail: a page with a button, since a mail scanner presses none.

use askama::Template;

use super::{Frame, html};

/// The page behind the link in the acknowledgement; its button posts the token to `/disown`.
#[derive(Clone, Copy, Debug, Template)]
#[template(path = "page/not_me.html")]
pub struct NotMe<'a> {
    /// What surrounds the page.
    pub frame: Frame<'a>,
    /// The token of the link.
    pub token: &'a str,
}

/// The thanks for pressing it.
#[derive(Clone, Copy, Debug, Template)]
#[template(path = "page/disowned.html")]
pub struct Disowned<'a> {
    /// What surrounds the page.
    pub frame: Frame<'a>,
}

impl NotMe<'_> {
    /// The page.
    pub fn render(&self) -> String {
        html(self)
    }
}

impl Disowned<'_> {
    /// The page.
    pub fn render(&self) -> String {
        html(self)
    }
}

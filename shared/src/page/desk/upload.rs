//! The page from which a file is sent to the case: straight to the bucket.

use askama::Template;

use super::Frame;
use crate::{page::html, policy::Evidence};

/// A form that posts a file to the bucket.
#[derive(Clone, Copy, Debug, Template)]
#[template(path = "desk/upload.html")]
pub struct Upload<'a> {
    /// What surrounds the page.
    pub frame: Frame<'a>,
    /// What people say on the phone.
    pub reference: &'a str,
    /// Where the file is posted.
    pub at: &'a str,
    /// The hidden fields before it.
    pub fields: &'a [(String, String)],
    /// What is taken.
    pub bounds: &'a Evidence,
}

impl Upload<'_> {
    /// The page.
    pub fn render(&self) -> String {
        html(self)
    }

    fn said(&self) -> String {
        let endings = self.bounds.types.iter().filter_map(|kind| kind.endings().first());
        let endings: Vec<String> = endings.map(|ending| ending.to_uppercase()).collect();
        format!("At most {} MB: {}.", self.bounds.max_bytes / (1024 * 1024), endings.join(", "))
    }

    fn accept(&self) -> String {
        self.bounds.types.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")
    }
}

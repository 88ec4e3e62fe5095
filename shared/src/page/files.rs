//! The files of a complaint, as its customer sees them, with a form to send another.

use askama::Template;
use jiff::{Timestamp, tz::TimeZone};

use super::{Frame, html};
use crate::{evidence::FileView, view::FilesView, words::Files as Words};

/// The page of a complaint's files.
#[derive(Clone, Copy, Debug, Template)]
#[template(path = "page/files.html")]
pub struct Files<'a> {
    /// What surrounds the page.
    pub frame: Frame<'a>,
    /// The files.
    pub view: &'a FilesView,
    /// Where a file is posted, and the hidden fields that go before it; none where no more is taken.
    pub form: Option<(&'a str, &'a [(String, String)])>,
    /// Whether a file was sent a moment ago.
    pub just_sent: bool,
    /// Where the company is.
    pub zone: &'a TimeZone,
}

impl Files<'_> {
    /// The page.
    pub fn render(&self) -> String {
        html(self)
    }

    fn words(&self) -> &'static Words {
        &self.frame.words.files
    }

    fn when(&self, at: &Timestamp) -> String {
        self.frame.words.time_at(*at, self.zone)
    }

    fn name(&self, file: &FileView) -> String {
        name_of(file, self.words())
    }

    fn state(&self, file: &FileView) -> &'static str {
        (self.words().state)(file.state)
    }

    fn bounds(&self) -> String {
        (self.words().bounds)(self.view.most_files, self.view.most_bytes / (1024 * 1024), &self.endings())
    }

    /// The types that are taken, as names of files end.
    fn endings(&self) -> String {
        let endings = self.view.types.iter().filter_map(|kind| kind.endings().first());
        endings.map(|ending| ending.to_uppercase()).collect::<Vec<_>>().join(", ")
    }

    /// What browsers let choose.
    fn accept(&self) -> String {
        self.view.types.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")
    }
}

/// What a file is called; its name may have been erased.
pub(super) fn name_of(file: &FileView, words: &Words) -> String {
    let named = file.described.as_ref().map(|described| described.name.to_string());
    named.unwrap_or_else(|| words.nameless.to_owned())
}

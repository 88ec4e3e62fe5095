//! The monthly reports, as they were mailed and are kept.

use askama::Template;

use super::Frame;
use crate::{
    figures::Period,
    page::html,
    report::{Report, Row},
};

/// Which reports there are, with their main figures.
#[derive(Clone, Copy, Debug, Template)]
#[template(path = "desk/reports.html")]
pub struct ReportsPage<'a> {
    /// What surrounds the page.
    pub frame: Frame<'a>,
    /// The latest first.
    pub reports: &'a [Report],
    /// The month before which there are more.
    pub next: Option<Period>,
}

/// One report.
#[derive(Clone, Copy, Debug, Template)]
#[template(path = "desk/report.html")]
pub struct ReportPage<'a> {
    /// What surrounds the page.
    pub frame: Frame<'a>,
    /// What was mailed.
    pub report: &'a Report,
}

impl ReportsPage<'_> {
    /// The page.
    pub fn render(&self) -> String {
        html(self)
    }

    /// The main figures' names, as the latest report has them.
    fn names(&self) -> Vec<&str> {
        let rows = self.reports.first().map(main).unwrap_or_default();
        rows.iter().map(|row| row.name.as_str()).collect()
    }

    /// The main figures of a report, in the order of these names; one that it does not have is left empty.
    fn figures(&self, report: &Report) -> Vec<String> {
        let latest = self.reports.first().map(main).unwrap_or_default();
        let rows = main(report);
        let shown = |item: &str| {
            let cell = rows.iter().find(|row| row.item == item)?.cells.first()?;
            Some(cell.shown())
        };
        latest.iter().map(|row| shown(&row.item).unwrap_or_default()).collect()
    }
}

impl ReportPage<'_> {
    /// The page.
    pub fn render(&self) -> String {
        html(self)
    }
}

/// The figures that a report begins with.
fn main(report: &Report) -> &[Row] {
    let table = report.sections.first().and_then(|section| section.tables.first());
    table.map_or(&[], |table| table.rows.as_slice())
}

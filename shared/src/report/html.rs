//! The report for mail and browser. Mail programs drop drawings, so that bars are table cells.

use askama::Template;

use super::{Report, Row, Section, Table};

#[derive(Template)]
#[template(path = "report/monthly.html")]
struct Html<'a> {
    report: &'a Report,
    subject: String,
    sections: &'a [Section],
}

pub(super) fn render(report: &Report) -> String {
    let html = Html { report, subject: report.subject(), sections: &report.sections };
    html.render().expect("writing to a String cannot fail, and the template does nothing else")
}

/// Where cells stand: numbers to the right, words to the left.
fn side(table: &Table) -> &'static str {
    if table.words { "left" } else { "right" }
}

/// The bar of a row: its width in hundredths.
fn bar(table: &Table, row: &Row) -> Option<i64> {
    table.bar_percent(row).filter(|width| *width > 0)
}

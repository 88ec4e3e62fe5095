//! The report as plain text, in columns.

use std::fmt::Write as _;

use super::{Report, Table};

pub(super) fn render(report: &Report) -> String {
    let mut text = String::new();
    heading(&mut text, &report.subject(), '=');
    paragraph(
        &mut text,
        &format!(
            "{}. Figures as they had come in by {}; policy version {}.",
            report.company, report.cut_off_in_words, report.policy_version
        ),
    );
    for section in &report.sections {
        text.push('\n');
        heading(&mut text, &section.title, '-');
        section.words.iter().for_each(|words| paragraph(&mut text, words));
        section.tables.iter().for_each(|table| columns(&mut text, table));
    }
    text.push_str("\nAll figures are attached as a table of comma-separated values.\n");
    text
}

fn heading(text: &mut String, words: &str, underline: char) {
    line(text, words);
    line(text, &underline.to_string().repeat(width(words)));
}

fn paragraph(text: &mut String, words: &str) {
    text.push('\n');
    line(text, words);
}

/// Names and words to the left, numbers to the right.
fn columns(text: &mut String, table: &Table) {
    text.push('\n');
    let head: Vec<String> = table.columns.iter().map(|column| column.name.clone()).collect();
    let rows: Vec<Vec<String>> =
        table.rows.iter().map(|row| row.cells.iter().map(super::Cell::shown).collect()).collect();
    let names = table.rows.iter().map(|row| width(&row.name)).chain([width(&table.caption)]);
    let first = names.max().unwrap_or_default();
    let widths: Vec<usize> = (0..head.len())
        .map(|place| {
            rows.iter()
                .chain([&head])
                .filter_map(|row| row.get(place))
                .map(|cell| width(cell))
                .max()
                .unwrap_or_default()
        })
        .collect();
    let set = if table.words { set_words } else { set };
    set(text, &table.caption, first, &head, &widths);
    for (row, cells) in table.rows.iter().zip(&rows) {
        set(text, &row.name, first, cells, &widths);
    }
}

fn set(text: &mut String, name: &str, first: usize, cells: &[String], widths: &[usize]) {
    let mut row = format!("{name:first$}");
    for (cell, width) in cells.iter().zip(widths) {
        write!(row, "  {cell:>width$}").expect("writing to a String cannot fail");
    }
    line(text, row.trim_end());
}

fn set_words(text: &mut String, name: &str, first: usize, cells: &[String], widths: &[usize]) {
    let mut row = format!("{name:first$}");
    for (cell, width) in cells.iter().zip(widths) {
        write!(row, "  {cell:<width$}").expect("writing to a String cannot fail");
    }
    line(text, row.trim_end());
}

fn line(text: &mut String, words: &str) {
    text.push_str(words);
    text.push('\n');
}

fn width(words: &str) -> usize {
    words.chars().count()
}

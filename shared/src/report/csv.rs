//! All figures of the report, one a line (RFC 4180), for spreadsheets and programs.

use csv::{Terminator, WriterBuilder};

use super::{
    Cell, Report,
    table::{Unit, percent},
};

const HEAD: [&str; 7] = ["section", "item", "measure", "numerator", "denominator", "value", "unit"];

pub(super) fn render(report: &Report) -> String {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
    let written = "writing to memory cannot fail, and every line has as many fields as the first";
    writer.write_record(HEAD).expect(written);
    for section in &report.sections {
        for table in &section.tables {
            for row in &table.rows {
                for (column, cell) in table.columns.iter().zip(&row.cells) {
                    let [numerator, denominator, value] = numbers(cell);
                    let item = neutral(&row.item);
                    let (section, measure) = (section.code.clone(), column.code.clone());
                    let line = [section, item, measure, numerator, denominator, value, unit(cell).to_owned()];
                    writer.write_record(line).expect(written);
                }
            }
        }
    }
    let bytes = writer.into_inner().expect(written);
    String::from_utf8(bytes).expect("what was written are strings")
}

/// Numerator, denominator and value; a rate's value is in hundredths.
fn numbers(cell: &Cell) -> [String; 3] {
    let nothing = String::new;
    match cell {
        Cell::Count(count) => [nothing(), nothing(), count.to_string()],
        Cell::Rate { part, whole } => {
            [part.to_string(), whole.to_string(), percent(*part, *whole).unwrap_or_default()]
        }
        Cell::Within { bound, above, .. } => {
            let bound = bound.map_or_else(nothing, |bound| bound.to_string());
            [nothing(), nothing(), if *above { format!("over {bound}") } else { bound }]
        }
        Cell::Words(words) => [nothing(), nothing(), neutral(words)],
        Cell::Empty => [nothing(), nothing(), nothing()],
    }
}

/// What a value is in; nothing where it is a number of complaints, an amount or words.
fn unit(cell: &Cell) -> &'static str {
    match cell {
        Cell::Rate { .. } => "%",
        Cell::Within { unit: Unit::Hours, .. } => "hours",
        Cell::Within { unit: Unit::Days, .. } => "days",
        Cell::Count(_) | Cell::Words(_) | Cell::Empty => "",
    }
}

/// Text that a spreadsheet would take for a formula gets an apostrophe before it.
fn neutral(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

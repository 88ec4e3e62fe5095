//! Flow that balances: carried in, what came, what went, carried out.

use super::{
    source::Source,
    table::{Cell, Section, Table},
};

pub(super) fn section(source: &Source<'_>) -> Section {
    let mut section = Section::new("flow", "Flow");
    let mut off = 0;
    let total = [("all".to_owned(), "All complaints".to_owned())];
    for (dimension, caption, values) in [
        ("total", "All", total.into()),
        ("channel", "By channel", source.values("channel")),
        ("product", "By product", source.values("product")),
        ("category", "By category", source.values("category")),
        ("severity", "By severity", source.values("severity")),
    ] {
        let (table, difference) = table(source, dimension, caption, &values);
        section = section.with(table);
        off += difference;
    }
    section.say(if off == 0 {
        "Carried in + received + reopened + moved in − closed − moved out = carried out, in every line.".to_owned()
    } else {
        format!("The flow does not balance: its lines differ from what stands by {off} in all. Please look into it.")
    })
}

/// One dimension, and by how much its lines are off.
fn table(source: &Source<'_>, dimension: &str, caption: &str, values: &[(String, String)]) -> (Table, i64) {
    let columns = [
        ("carried_in", "Carried in"),
        ("received", "Received"),
        ("reopened", "Reopened"),
        ("moved_in", "Moved in"),
        ("closed", "Closed"),
        ("moved_out", "Moved out"),
        ("carried_out", "Carried out"),
    ];
    let mut table = Table::new(caption, columns).bars(6);
    let mut off = 0;
    for (value, name) in values {
        let item = format!("{dimension}#{value}");
        let [received, reopened, moved_in, closed, moved_out] =
            ["received", "reopened", "moved_in", "closed", "moved_out"]
                .map(|counter| source.figures.get(&item, counter));
        let (carried_in, carried_out) = (source.opening.get(&item, "pending"), source.pending(&item));
        let line = [carried_in, received, reopened, moved_in, closed, moved_out, carried_out];
        off += (carried_in + received + reopened + moved_in - closed - moved_out - carried_out).abs();
        // What nothing happened to is left out where the list is the policy's and may be long.
        if matches!(dimension, "product" | "category") && line.iter().all(|number| *number == 0) {
            continue;
        }
        table = table.row(&item, name, line.map(Cell::Count).into());
    }
    (table, off)
}

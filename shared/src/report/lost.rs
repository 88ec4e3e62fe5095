//! Nothing lost: every complaint that was accepted is acknowledged, or its acknowledgement is known to have failed, or
//! it is still owed one.

use super::{
    source::Source,
    table::{Cell, Section, Table},
};

pub(super) fn section(source: &Source<'_>) -> Section {
    let change = |state: &str| source.figures.get(&format!("acknowledgement#{state}"), "complaints");
    let held = |counter| source.figures.get("held#all", counter);
    let accepted = source.figures.get("total#all", "received");
    let owed_before = source.opening.get("acknowledgement#owed", "complaints");
    let owed = source.closing.get("acknowledgement#owed", "complaints");
    let (sent, undeliverable) = (change("sent"), change("undeliverable"));
    let off = accepted + owed_before - sent - undeliverable - owed;
    let lines = [
        ("owed_before", "Acknowledgements owed from before", owed_before),
        ("accepted", "Complaints accepted", accepted),
        ("sent", "Acknowledgements sent", sent),
        ("undeliverable", "Undeliverable, a task for staff", undeliverable),
        ("owed", "Acknowledgements still owed", owed),
        ("held", "Held as suspected spam, counted apart", held("held")),
        ("released", "Held posts that staff made complaints of", held("released")),
        ("discarded", "Held posts that staff discarded", held("discarded")),
    ];
    let table = lines.into_iter().fold(Table::new("Acknowledgements", [("count", "Number")]), |table, it| {
        let (item, name, number) = it;
        table.row(item, name, vec![Cell::Count(number)])
    });
    let verdict = if off == 0 {
        "Nothing is lost".to_owned()
    } else {
        format!("The books are off by {off}, please look into it")
    };
    let sum = format!(
        "{owed_before} owed + {accepted} accepted = {sent} sent + {undeliverable} undeliverable + {owed} owed"
    );
    let sum = if off == 0 { sum } else { sum.replace('=', "≠") };
    Section::new("nothing_lost", "Nothing lost").say(format!("{verdict}: {sum}.")).with(table)
}

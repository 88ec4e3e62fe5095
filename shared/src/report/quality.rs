//! Escalations, consent, reopenings, and how complaints ended.

use super::{
    source::Source,
    table::{Cell, Section, Table},
};

pub(super) fn section(source: &Source<'_>) -> Section {
    Section::new("quality", "Quality")
        .with(escalations(source))
        .with(answers(source))
        .with(endings(source))
        .with(others(source))
}

fn escalations(source: &Source<'_>) -> Table {
    let reasons = [
        ("staff", "Asked for by staff"),
        ("refused", "Proposal refused"),
        ("asked", "Asked for by the customer"),
        ("severity", "Severity"),
        ("subject", "About a member of staff"),
        ("outside", "Lawyer, regulator or media"),
        ("redress", "Redress above the limit"),
        ("unowned", "Nobody took it on"),
        ("time", "Time used up"),
        ("reopened_again", "Reopened again"),
        ("repeated", "Several of one customer"),
        ("alike", "Several alike"),
    ];
    let mut table =
        Table::new("Escalated, by reason", [("to_2", "To level 2"), ("to_3", "To level 3")]).bars(0);
    for (code, name) in reasons {
        let item = format!("escalation#{code}");
        let cells = ["to_2", "to_3"].map(|counter| Cell::Count(source.figures.get(&item, counter)));
        table = table.row(&item, name, cells.into());
    }
    table
}

fn answers(source: &Source<'_>) -> Table {
    let count = |code: &str| source.figures.get(&format!("consent#{code}"), "count");
    let answered = count("given") + count("silence") + count("refused");
    let table = Table::new("Proposals", [("share", "Of all answered")]).bars(0);
    let table = [("given", "Accepted"), ("silence", "Silence, taken as consent"), ("refused", "Refused")]
        .into_iter()
        .fold(table, |table, (code, name)| {
            table.row(&format!("consent#{code}"), name, vec![Cell::rate(count(code), answered)])
        });
    table.row("consent#not_needed", "Final decisions", vec![Cell::Count(count("not_needed"))])
}

fn endings(source: &Source<'_>) -> Table {
    let closings = [
        ("closing#feedback", "Closed after feedback"),
        ("closing#silence", "Closed after silence"),
        ("closing#staff", "Closed by staff"),
        ("closing#withdrawn", "Withdrawn by the customer"),
        ("closing#not_a_complaint", "Not taken on: no complaint"),
        ("closing#out_of_scope", "Not taken on: not for us to settle"),
        ("closing#too_old", "Not taken on: too old"),
        ("closing#duplicate", "Ended as a duplicate"),
        ("reopening#following_up", "Opened again during follow-up"),
        ("reopening#closed", "Opened again after closing"),
    ];
    closings.into_iter().fold(Table::new("Endings", [("count", "Number")]).bars(0), |table, (item, name)| {
        table.row(item, name, vec![Cell::Count(source.figures.get(item, "count"))])
    })
}

fn others(source: &Source<'_>) -> Table {
    let counted = [
        ("delay#announced", "Notices of delay to customers"),
        ("remedy_change#date", "Remedies that were given another date"),
        ("remedy_change#dropped", "Remedies that were dropped"),
        ("data#corrected", "Contact data put right"),
        ("data#asked", "Copies of data asked for"),
        ("data#erasure_asked", "Erasure of data asked for"),
        ("data#erasure_declined", "Erasure declined"),
        ("data#restricted", "Data taken away"),
        ("data#exported", "Data handed out"),
    ];
    let table = Table::new("Delays, changes and data requests", [("count", "Number")]).bars(0);
    counted.into_iter().fold(table, |table, (item, name)| {
        table.row(item, name, vec![Cell::Count(source.figures.get(item, "count"))])
    })
}

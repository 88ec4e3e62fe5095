//! How long things took, on both clocks, and which promises were missed.

use super::{
    source::Source,
    table::{Cell, Section, Table, Unit},
};
use crate::figures::{MOST_DAYS, MOST_HOURS};

pub(super) fn section(source: &Source<'_>) -> Section {
    Section::new("speed", "Speed")
        .say(
            "Time runs from receipt. Working time follows the company's calendar; days of it are counted as they are \
             promised, so that what is done by the end of the third working day after receipt took 3 days. \
             Half of all took at most the median, nine of ten at most the 90th percentile. Times are in whole hours \
             and days, begun ones counted.",
        )
        .with(durations(source))
        .with(shares(source))
        .with(missed(source))
}

fn durations(source: &Source<'_>) -> Table {
    let columns = [
        ("count", "Number"),
        ("in_time", "Promised date kept"),
        ("median_calendar", "Median"),
        ("90th_calendar", "90th percentile"),
        ("median_working", "Median, working time"),
        ("90th_working", "90th percentile, working time"),
    ];
    let mut table = Table::new("Time from receipt", columns);
    for (item, name, unit, most) in [
        ("speed#acknowledgement", "To the acknowledgement", Unit::Hours, MOST_HOURS),
        ("speed#first_contact", "To the first personal contact", Unit::Days, MOST_DAYS),
        ("speed#answer", "To the first answer", Unit::Days, MOST_DAYS),
        ("speed#closing", "To closing", Unit::Days, MOST_DAYS),
    ] {
        let count = source.figures.get(item, "count");
        let in_time = match (item, source.figures.get(item, "timed")) {
            ("speed#closing", _) => Cell::Empty,
            (_, timed) => Cell::rate(source.figures.get(item, "in_time"), timed),
        };
        let mut cells = vec![Cell::Count(count), in_time];
        for clock in ["calendar", "working"] {
            let histogram = source.figures.histogram(item, clock);
            cells.extend([50, 90].map(|percent| Cell::quantile(histogram.quantile(percent), most, unit)));
        }
        table = table.row(item, name, cells);
    }
    table
}

fn shares(source: &Source<'_>) -> Table {
    let acknowledged = |counter| source.figures.get("speed#acknowledgement", counter);
    let further = |counter| source.figures.get("speed#further_answer", counter);
    let closed = source.figures.get("speed#closing", "count");
    let within = |clock, days| source.figures.histogram("speed#closing", clock).within(days);
    let undeliverable = source.figures.get("undeliverable#acknowledgement", "count");
    let rates = [
        (
            "acknowledged_24h",
            "Acknowledged within 24 hours",
            acknowledged("within_24h"),
            acknowledged("count"),
        ),
        ("further_answers_in_time", "Further answers in time", further("in_time"), further("timed")),
        ("closed_3_working_days", "Closed within 3 working days", within("working", 3), closed),
        ("closed_10_working_days", "Closed within 10 working days", within("working", 10), closed),
        ("closed_8_weeks", "Closed within 8 weeks", within("calendar", 56), closed),
    ];
    let table = rates
        .into_iter()
        .fold(Table::new("Shares", [("share", "Share")]), |table, (item, name, part, whole)| {
            table.row(item, name, vec![Cell::rate(part, whole)])
        });
    table.row(
        "acknowledged_undeliverable",
        "Acknowledgements that did not arrive",
        vec![Cell::Count(undeliverable)],
    )
}

fn missed(source: &Source<'_>) -> Table {
    let promises = [
        ("acknowledge", "Acknowledgement"),
        ("own", "Taken on by an owner"),
        ("first_contact", "First personal contact"),
        ("update", "Update to the customer"),
        ("answer", "Answer"),
        ("decide", "Answer of a higher level"),
        ("consent", "Customer's answer to a proposal"),
        ("remedy", "Remedy"),
        ("close", "Closing"),
    ];
    let table = Table::new("Promised dates missed", [("missed", "Missed")]).bars(0);
    promises.into_iter().fold(table, |table, (code, name)| {
        let item = format!("promise#{code}");
        table.row(&item, name, vec![Cell::Count(source.figures.get(&item, "missed"))])
    })
}

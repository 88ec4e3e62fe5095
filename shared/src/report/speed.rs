//! How long things took, on both clocks, and which promises were missed.

use super::{
    source::Source,
    table::{Cell, Section, Table, Unit},
};
use crate::figures::{MOST_DAYS, MOST_HOURS, owed_until};

/// The acknowledgements that were due or made in a month. None is left out: one that could not be delivered, or that
/// nobody made, is one that was not made.
struct Acknowledgements {
    /// Made in the month, known to be undeliverable in it, or due in it and still neither.
    all: i64,
    within_24h: i64,
    in_time: i64,
    undeliverable: i64,
    no_address: i64,
    /// Due in the month, and neither made nor known to be undeliverable when it ended.
    open: i64,
}

impl Acknowledgements {
    fn of(source: &Source<'_>) -> Acknowledgements {
        let get = |counter| source.figures.get("speed#acknowledgement", counter);
        let open = source.closing.get(&owed_until(source.period), "complaints");
        // What was made in the last hours of a month may come back in the next, which then has the lesser number.
        let kept = |made: i64, back: i64| (made - back).max(0);
        Acknowledgements {
            all: get("count") + get("undeliverable") + open,
            within_24h: kept(get("within_24h"), get("back_within_24h")),
            in_time: kept(get("in_time"), get("back_in_time")),
            undeliverable: source.figures.get("undeliverable#acknowledgement", "count"),
            no_address: get("no_address"),
            open,
        }
    }
}

pub(super) fn section(source: &Source<'_>) -> Section {
    Section::new("speed", "Speed")
        .say(
            "Time runs from receipt. Working time follows the company's calendar; days of it are counted as they are \
             promised, so that what is done by the end of the third working day after receipt took 3 days. \
             Half of all took at most the median, nine of ten at most the 90th percentile. Times are in whole hours \
             and days, begun ones counted.",
        )
        .say(
            "Promised dates kept, and acknowledgements within 24 hours, are of all that were due: an acknowledgement \
             that did not arrive counts as not made, and a first contact or a first answer that was not made by its date as \
             one that missed it. Closing is of what was resolved: what was withdrawn, not taken on or a duplicate is in the \
             flow only.",
        )
        .with(durations(source))
        .with(shares(source))
        .with(missed(source))
}

pub(super) fn durations(source: &Source<'_>) -> Table {
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
        let mut cells = vec![Cell::Count(source.figures.get(item, "count")), kept(source, item)];
        for clock in ["calendar", "working"] {
            let histogram = source.figures.histogram(item, clock);
            cells.extend([50, 90].map(|percent| Cell::quantile(histogram.quantile(percent), most, unit)));
        }
        table = table.row(item, name, cells);
    }
    table
}

/// How many kept the promised date, of all that had one in the month; closing has none.
pub(super) fn kept(source: &Source<'_>, item: &str) -> Cell {
    let in_time = source.figures.get(item, "in_time");
    match item {
        "speed#closing" => Cell::Empty,
        "speed#acknowledgement" => {
            let acknowledgements = Acknowledgements::of(source);
            Cell::rate(acknowledgements.in_time, acknowledgements.all)
        }
        // A date is missed once, when it passes; who is called or answered later was counted then.
        _ => {
            let missed = source.figures.get(&item.replace("speed#", "promise#"), "missed");
            Cell::rate(in_time, in_time + missed)
        }
    }
}

fn shares(source: &Source<'_>) -> Table {
    let acknowledgements = Acknowledgements::of(source);
    let all = acknowledgements.all;
    let further = |counter| source.figures.get("speed#further_answer", counter);
    let closed = source.figures.get("speed#closing", "count");
    let within = |clock, days| source.figures.histogram("speed#closing", clock).within(days);
    let rates = [
        ("acknowledged_24h", "Acknowledged within 24 hours", acknowledgements.within_24h, all),
        (
            "acknowledged_undeliverable",
            "Acknowledgements that did not arrive",
            acknowledgements.undeliverable,
            all,
        ),
        (
            "acknowledged_no_address",
            "Acknowledgements owed to customers without an e-mail address",
            acknowledgements.no_address,
            all,
        ),
        ("acknowledged_open", "Acknowledgements due and not made", acknowledgements.open, all),
        (
            "further_answers_in_time",
            "Further answers in time, of those given",
            further("in_time"),
            further("timed"),
        ),
        ("closed_3_working_days", "Closed within 3 working days", within("working", 3), closed),
        ("closed_10_working_days", "Closed within 10 working days", within("working", 10), closed),
        ("closed_8_weeks", "Closed within 8 weeks", within("calendar", 56), closed),
    ];
    rates.into_iter().fold(Table::new("Shares", [("share", "Share")]), |table, (item, name, part, whole)| {
        table.row(item, name, vec![Cell::rate(part, whole)])
    })
}

fn missed(source: &Source<'_>) -> Table {
    // Acknowledgements that were not made in time stand above, by what became of them.
    let promises = [
        ("own", "Taken on by an owner"),
        ("first_contact", "First personal contact"),
        ("update", "Update to the customer"),
        ("answer", "First answer"),
        ("further_answer", "Answer after it was taken up again"),
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

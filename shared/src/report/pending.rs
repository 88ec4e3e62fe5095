//! What stands when the month ends.

use jiff::civil::Date;

use super::{
    source::Source,
    table::{Cell, Section, Table},
};
use crate::{
    complaint::StageName,
    figures::{NONE, Period},
    values::Level,
};

/// More owners than these are shown as one line.
const MOST_OWNERS: usize = 20;
/// How that line is called where owners are.
pub(super) const OTHERS: &str = "(others)";

/// Days of age, both included; the last is open at its end.
const AGES: [(i64, i64, &str); 7] = [
    (0, 1, "0 to 1 day"),
    (2, 3, "2 to 3 days"),
    (4, 7, "4 to 7 days"),
    (8, 14, "8 to 14 days"),
    (15, 28, "15 to 28 days"),
    (29, 56, "29 to 56 days"),
    (57, i64::MAX, "over 56 days"),
];

pub(super) fn section(source: &Source<'_>) -> Section {
    Section::new("pending", "Pending")
        .say(format!("As it stood at the end of {}.", source.period.last_day().strftime("%A %-d %B %Y")))
        .with(marks(source))
        .with(stages(source))
        .with(levels(source))
        .with(owners(source))
        .with(ages(source))
}

fn counts(caption: &str) -> Table {
    Table::new(caption, [("pending", "Pending")]).bars(0)
}

fn marks(source: &Source<'_>) -> Table {
    let pending = source.pending("total#all");
    let mut table = Table::new("Of all pending", [("pending", "Pending")]);
    for (item, name, part) in [
        ("overdue", "Overdue: the answer or a remedy is past its date", source.pending("state#overdue")),
        ("unowned", "Without an owner", source.pending(&format!("owner#{NONE}"))),
        ("waiting_for_customer", "Waiting for the customer's answer", source.pending("stage#proposed")),
        (
            "waiting_for_information",
            "Waiting for the customer's information",
            source.pending("state#waiting"),
        ),
    ] {
        table = table.row(item, name, vec![Cell::rate(part, pending)]);
    }
    let oldest = received_days(source).into_iter().find(|(_, pending)| *pending > 0);
    let oldest = oldest.map_or(Cell::Empty, |(day, _)| {
        let age = age(source, day);
        let days = if age == 1 { "day" } else { "days" };
        Cell::Words(format!("{} ({age} {days})", day.strftime("%-d %B %Y")))
    });
    table.row("oldest", "The oldest was received on", vec![oldest])
}

fn stages(source: &Source<'_>) -> Table {
    let stages = StageName::ALL.into_iter().filter(|stage| !stage.is_end());
    stages.fold(counts("By stage"), |table, stage| {
        let item = format!("stage#{}", stage.code());
        table.row(&item, stage.title(), vec![Cell::Count(source.pending(&item))])
    })
}

fn levels(source: &Source<'_>) -> Table {
    Level::ALL.into_iter().fold(counts("By level"), |table, level| {
        let item = format!("level#{}", level.number());
        let name = format!("{} {}", level.number(), source.policy.company.level_name(level).as_str());
        table.row(&item, name, vec![Cell::Count(source.pending(&item))])
    })
}

pub(super) fn owners(source: &Source<'_>) -> Table {
    let mut owners: Vec<(i64, &str)> = source
        .closing
        .values("owner")
        .filter(|owner| *owner != NONE)
        .map(|owner| (source.pending(&format!("owner#{owner}")), owner))
        .collect();
    owners.sort_by_key(|(pending, owner)| (-pending, *owner));
    let rest: i64 = owners.iter().skip(MOST_OWNERS).map(|(pending, _)| pending).sum();
    let mut table = owners.iter().take(MOST_OWNERS).fold(counts("By owner"), |table, (pending, owner)| {
        table.row(&format!("owner#{owner}"), *owner, vec![Cell::Count(*pending)])
    });
    if owners.len() > MOST_OWNERS {
        table = table.row(&format!("owner#{OTHERS}"), "All others", vec![Cell::Count(rest)]);
    }
    let nobody = source.pending(&format!("owner#{NONE}"));
    table.row(&format!("owner#{NONE}"), "Nobody yet", vec![Cell::Count(nobody)])
}

fn ages(source: &Source<'_>) -> Table {
    let days = received_days(source);
    AGES.into_iter().fold(counts("By age in days since receipt"), |table, (from, to, name)| {
        let of_age = days.iter().filter(|(day, _)| (from..=to).contains(&age(source, *day).max(0)));
        let count = of_age.map(|(_, pending)| pending).sum();
        let item = if to == i64::MAX { format!("age#{from}-") } else { format!("age#{from}-{to}") };
        table.row(&item, name, vec![Cell::Count(count)])
    })
}

/// How many are pending by the day they were received on, the oldest first.
fn received_days(source: &Source<'_>) -> Vec<(Date, i64)> {
    let of_month = |item: &str| item.strip_prefix("received#").and_then(|month| Period::parse(month).ok());
    source
        .closing
        .iter()
        .filter_map(|(item, counter, pending)| {
            let day: i8 = counter.strip_prefix("pending_")?.parse().ok()?;
            let date = of_month(item)?.first_day().with().day(day).build().ok()?;
            Some((date, pending))
        })
        .collect()
}

/// Days from receipt to the end of the month.
fn age(source: &Source<'_>, received: Date) -> i64 {
    source.period.last_day().duration_since(received).as_hours() / 24
}

//! The month in a few lines.

use super::{
    source::Source,
    speed,
    table::{Cell, Section, Table},
};
use crate::command::Outcome;

pub(super) fn section(source: &Source<'_>) -> Section {
    let total = |counter| source.figures.get("total#all", counter);
    let count = |item: &str, counter: &str| source.figures.get(item, counter);
    let pending = source.pending("total#all");
    let outcome = |outcome: Outcome| count(&format!("outcome#{}", outcome.code()), "count");
    let resolved = Outcome::ALL.into_iter().map(outcome).sum();
    let upheld = Outcome::ALL.into_iter().filter(|outcome| outcome.counts_as_upheld()).map(outcome).sum();
    let satisfied = count("satisfaction#all", "rating_4") + count("satisfaction#all", "rating_5");
    Section::new("summary", "The month at a glance").with(
        Table::new("Main figures", [("value", "This month")])
            .row("received", "Received", vec![Cell::Count(total("received"))])
            .row("closed", "Closed", vec![Cell::Count(total("closed"))])
            .row("pending", "Pending at the end", vec![Cell::Count(pending)])
            .row("overdue", "Overdue at the end", vec![Cell::rate(source.pending("state#overdue"), pending)])
            .row("answered_in_time", "Answered in time", vec![speed::kept(source, "speed#answer")])
            .row("upheld", "Upheld, of those resolved", vec![Cell::rate(upheld, resolved)])
            .row(
                "satisfied",
                "Satisfied, of those who answered",
                vec![Cell::rate(satisfied, count("satisfaction#all", "answered"))],
            ),
    )
}

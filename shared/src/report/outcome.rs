//! What was concluded, and what was done for customers.

use super::{
    source::Source,
    table::{Cell, Section, Table},
};
use crate::{
    command::{Outcome, RemedyKind},
    figures::{Histogram, Quantile, amount_range},
    values::{Currency, Money},
};

pub(super) fn section(source: &Source<'_>) -> Section {
    Section::new("outcome", "Outcome")
        .say("Counted when the last remedy is done. Partly upheld counts as upheld.")
        .with(outcomes(source))
        .with(remedies(source))
}

pub(super) fn outcomes(source: &Source<'_>) -> Table {
    let count = |outcome: Outcome| source.figures.get(&format!("outcome#{}", outcome.code()), "count");
    let all = Outcome::ALL.into_iter().map(count).sum();
    let upheld = Outcome::ALL.into_iter().filter(|outcome| outcome.counts_as_upheld()).map(count).sum();
    let table = Table::new("Outcomes", [("share", "Of all resolved")]).bars(0);
    let table = Outcome::ALL.into_iter().fold(table, |table, outcome| {
        let item = format!("outcome#{}", outcome.code());
        table.row(&item, outcome_name(outcome), vec![Cell::rate(count(outcome), all)])
    });
    table.row("upheld_rate", "Upheld, in whole or in part", vec![Cell::rate(upheld, all)])
}

fn remedies(source: &Source<'_>) -> Table {
    let columns = [
        ("done", "Done"),
        ("in_time", "Promised date kept"),
        ("paid", "With an amount"),
        ("sum", "Sum"),
        ("median", "Median amount"),
    ];
    let mut table = Table::new("Remedies carried out", columns).bars(0);
    let (mut sums, mut amounts) = ([0; 4], Histogram::default());
    for kind in RemedyKind::ALL {
        let item = format!("remedy#{}", kind.code());
        let numbers =
            ["count", "in_time", "paid", "amount"].map(|counter| source.figures.get(&item, counter));
        let histogram = source.figures.histogram(&item, "amount");
        if numbers[0] != 0 {
            table = table.row(&item, remedy_name(kind), cells(source, numbers, &histogram));
        }
        for (sum, number) in sums.iter_mut().zip(numbers) {
            *sum += number;
        }
        amounts = amounts.plus(&histogram);
    }
    table.row("remedy#all", "All remedies", cells(source, sums, &amounts))
}

fn cells(source: &Source<'_>, [count, in_time, paid, amount]: [i64; 4], amounts: &Histogram) -> Vec<Cell> {
    let currency = source.policy.redress.csr.currency();
    let money = |minor| {
        Money::from_minor(minor, currency).map_or(Cell::Empty, |money| Cell::Words(money.to_string()))
    };
    let (sum, median) =
        if paid == 0 { (Cell::Empty, Cell::Empty) } else { (money(amount), median(amounts, currency)) };
    vec![Cell::Count(count), Cell::rate(in_time, count), Cell::Count(paid), sum, median]
}

/// The range that the median lies in, since amounts are counted in ranges.
fn median(amounts: &Histogram, currency: Currency) -> Cell {
    let money = |minor| Money::from_minor(minor, currency).map(Money::amount).unwrap_or_default();
    match amounts.quantile(50) {
        Quantile::Nothing => Cell::Empty,
        Quantile::Within(upper) => {
            let (low, high) = amount_range(upper, 10_i64.pow(currency.digits()));
            Cell::Words(format!("{} to {} {currency}", money(low), money(high)))
        }
        Quantile::Above => Cell::Words("above all ranges".to_owned()),
    }
}

fn outcome_name(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Upheld => "Upheld",
        Outcome::PartlyUpheld => "Partly upheld",
        Outcome::NotUpheld => "Not upheld",
        Outcome::ResolvedWithoutFinding => "Resolved without finding",
    }
}

fn remedy_name(kind: RemedyKind) -> &'static str {
    match kind {
        RemedyKind::Apology => "Apology",
        RemedyKind::Explanation => "Explanation",
        RemedyKind::Refund => "Refund",
        RemedyKind::Replacement => "Replacement",
        RemedyKind::Repair => "Repair",
        RemedyKind::Credit => "Credit",
        RemedyKind::GoodwillPayment => "Goodwill payment",
        RemedyKind::CorrectedRecord => "Corrected record",
        RemedyKind::ChangedDecision => "Changed decision",
        RemedyKind::ChangedProcedure => "Changed procedure",
    }
}

//! What customers said when asked.

use super::{
    source::Source,
    table::{Cell, Section, Table},
};

pub(super) fn section(source: &Source<'_>) -> Section {
    let count = |counter: &str| source.figures.get("satisfaction#all", counter);
    let answered = count("answered");
    let (responded, silent) = (count("responded"), source.figures.get("closing#silence", "count"));
    let answers = Table::new("Answers", [("share", "This month")])
        .row("asked", "Asked", vec![Cell::Count(count("asked"))])
        .row("answered", "Answers", vec![Cell::Count(answered)])
        // Of one cohort: who was asked last month may answer in this one.
        .row(
            "response",
            "Answered in time, of those who did or whose silence closed it",
            vec![Cell::rate(responded, responded + silent)],
        );
    let shares = [
        ("satisfied", "Satisfied (4 or 5), of the answers", count("rating_4") + count("rating_5")),
        ("concern", "Something still wrong, of the answers", count("concern")),
        ("comment", "With a comment, of the answers", count("comment")),
    ];
    let answers = shares
        .into_iter()
        .fold(answers, |table, (item, name, part)| table.row(item, name, vec![Cell::rate(part, answered)]));
    let names = ["1, very dissatisfied", "2", "3", "4", "5, very satisfied"];
    let ratings =
        (1..).zip(names).fold(Table::new("Ratings", [("share", "Of the answers")]).bars(0), |table, it| {
            let (rating, name): (u8, _) = it;
            let item = format!("rating_{rating}");
            table.row(&item, name, vec![Cell::rate(count(&item), answered)])
        });
    Section::new("voice", "Customers' voice").with(answers).with(ratings)
}

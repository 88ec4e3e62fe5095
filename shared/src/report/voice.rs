//! What customers said when asked.

use super::{
    source::Source,
    table::{Cell, Section, Table},
};

pub(super) fn section(source: &Source<'_>) -> Section {
    let count = |counter: &str| source.figures.get("satisfaction#all", counter);
    let (asked, answered) = (count("asked"), count("answered"));
    let shares = [
        ("answered", "Answers, of those asked this month", answered, asked),
        ("satisfied", "Satisfied (4 or 5), of the answers", count("rating_4") + count("rating_5"), answered),
        ("concern", "Something still wrong, of the answers", count("concern"), answered),
        ("comment", "With a comment, of the answers", count("comment"), answered),
    ];
    let shares = shares
        .into_iter()
        .fold(Table::new("Answers", [("share", "Share")]), |table, (item, name, part, whole)| {
            table.row(item, name, vec![Cell::rate(part, whole)])
        });
    let names = ["1, very dissatisfied", "2", "3", "4", "5, very satisfied"];
    let ratings =
        (1..).zip(names).fold(Table::new("Ratings", [("share", "Of the answers")]).bars(0), |table, it| {
            let (rating, name): (u8, _) = it;
            let item = format!("rating_{rating}");
            table.row(&item, name, vec![Cell::rate(count(&item), answered)])
        });
    Section::new("voice", "Customers' voice").with(shares).with(ratings)
}

//! What complaints are about, and what was at their root: the most frequent first, so that the few that make the most of
//! them stand out.

use std::collections::BTreeMap;

use super::{
    source::Source,
    table::{Cell, Section, Table},
};
use crate::{
    command::Outcome,
    figures::{CAUSE, NO_CAUSE, NONE},
};

pub(super) fn section(source: &Source<'_>) -> Section {
    Section::new("causes", "Causes")
        .say("Categories as triage gave them. Root causes of what was upheld, in whole or in part, counted when the last remedy is done.")
        .with(categories(source))
        .with(root_causes(source))
}

/// What of the month's complaints triage took for what; one that was moved on counts where it is now.
pub(super) fn categories(source: &Source<'_>) -> Table {
    let mut given: Vec<(i64, String, String)> = source
        .values("category")
        .into_iter()
        .filter(|(key, _)| key != NONE)
        .map(|(key, name)| {
            let item = format!("category#{key}");
            let [received, moved_in, moved_out] =
                ["received", "moved_in", "moved_out"].map(|counter| source.figures.get(&item, counter));
            (received + moved_in - moved_out, item, name)
        })
        .filter(|(count, ..)| *count > 0)
        .collect();
    given.sort_by(|(one, item, _), (two, other, _)| two.cmp(one).then_with(|| item.cmp(other)));
    let all = given.iter().map(|(count, ..)| count).sum();
    let table = Table::new("Categories", [("share", "Of all triaged")]).bars(0);
    given
        .iter()
        .fold(table, |table, (count, item, name)| table.row(item, name, vec![Cell::rate(*count, all)]))
}

/// The root causes of what was upheld; with each how much of all it makes with those before it.
pub(super) fn root_causes(source: &Source<'_>) -> Table {
    let upheld = Outcome::ALL.into_iter().filter(|outcome| outcome.counts_as_upheld());
    let items: Vec<String> = upheld.map(|outcome| format!("outcome#{}", outcome.code())).collect();
    let mut counts: BTreeMap<&str, i64> = BTreeMap::new();
    for (item, counter, number) in source.figures.iter() {
        let is_cause = counter == NO_CAUSE || counter.starts_with(CAUSE);
        if is_cause && items.iter().any(|upheld| upheld == item) {
            *counts.entry(counter).or_default() += number;
        }
    }
    let mut counts: Vec<(&str, i64)> = counts.into_iter().filter(|(_, count)| *count > 0).collect();
    counts.sort_by_key(|(counter, count)| (-count, *counter));
    let all = counts.iter().map(|(_, count)| count).sum();
    let columns = [("share", "Of all upheld"), ("together", "With those above")];
    let mut table = Table::new("Root causes", columns).bars(0);
    let mut together = 0;
    for (counter, count) in counts {
        together += count;
        let cells = vec![Cell::rate(count, all), Cell::rate(together, all)];
        table = table.row(counter, name(source, counter), cells);
    }
    table
}

/// A root cause as the policy calls it; one that it does not know any more, by its key.
fn name(source: &Source<'_>, counter: &str) -> String {
    match counter.strip_prefix(CAUSE) {
        Some(key) => {
            source.policy.root_cause(key).map_or_else(|| key.to_owned(), |cause| cause.name.to_string())
        }
        None => "None recorded".to_owned(),
    }
}

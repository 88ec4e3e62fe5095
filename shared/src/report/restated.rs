//! What has changed in the month before since it was reported: events that came late.

use super::{
    Previous,
    table::{Cell, Section, Table},
};
use crate::figures::Figures;

/// More changes than these are counted, not listed.
const MOST_LINES: usize = 40;

/// None when the month before stands as it was reported.
pub(super) fn section(previous: &Previous<'_>) -> Option<Section> {
    let (was, now) = (&previous.report.figures, previous.figures);
    let changes = changes(was, now);
    if changes.is_empty() {
        return None;
    }
    let mut section = Section::new("restated", "Restated").say(format!(
        "Events of {} that came in after its report change its figures. What this month carries in has them.",
        previous.report.period.in_words()
    ));
    if changes.len() > MOST_LINES {
        section = section.say(format!("{} of {} changes are listed.", MOST_LINES, changes.len()));
    }
    let mut table = Table::new("Changed figures", [("was", "As reported"), ("now", "Now")]);
    for (item, counter) in changes.into_iter().take(MOST_LINES) {
        let name = format!("{item} {counter}");
        let cells = [was, now].map(|figures| Cell::Count(figures.get(item, counter)));
        table = table.row(&name, &name, cells.into());
    }
    Some(section.with(table))
}

/// The counters that differ, less the single buckets of how long and how much.
fn changes<'f>(was: &'f Figures, now: &'f Figures) -> Vec<(&'f str, &'f str)> {
    let bucket =
        |counter: &str| ["calendar_", "working_", "amount_"].iter().any(|prefix| counter.starts_with(prefix));
    let both = was.iter().chain(now.iter()).map(|(item, counter, _)| (item, counter));
    let mut changed: Vec<_> = both
        .filter(|(item, counter)| !bucket(counter) && was.get(item, counter) != now.get(item, counter))
        .collect();
    changed.sort_unstable();
    changed.dedup();
    changed
}

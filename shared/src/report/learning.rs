//! Learning: what management decided to do about earlier reports, and what has become of it since the last one.

use jiff::{Timestamp, civil::Date};

use super::{
    action::{Ending, ManagementAction, in_order_of_need},
    table::{Cell, Section, Table},
};

/// More actions than these are counted, not listed.
const MOST_LINES: usize = 40;

/// Of these actions those that were open at the cut-off, and those that ended between the last report's and it, so that
/// each end is told once; of the first report all that had ended.
pub(super) fn section(
    actions: &[ManagementAction],
    (since, cut_off): (Option<Timestamp>, Timestamp),
    today: Date,
) -> Section {
    let then = |action: &ManagementAction| {
        let ended = action.ended.clone().filter(|end| end.at < cut_off);
        ManagementAction { ended, ..action.clone() }
    };
    let is_told = |action: &ManagementAction| {
        let is_news = action.ended.as_ref().is_none_or(|end| since.is_none_or(|since| end.at >= since));
        is_news && action.recorded_at < cut_off
    };
    let mut told: Vec<ManagementAction> = actions.iter().map(then).filter(is_told).collect();
    in_order_of_need(&mut told);
    let count = |is: &dyn Fn(&ManagementAction) -> bool| {
        Cell::Count(i64::try_from(told.iter().filter(|action| is(action)).count()).unwrap_or(i64::MAX))
    };
    let ended = |action: &ManagementAction, how| action.ended.as_ref().is_some_and(|end| end.how == how);
    let counts = Table::new("Management’s actions on earlier reports", [("count", "Number")])
        .row("open", "Open", vec![count(&ManagementAction::is_open)])
        .row("overdue", "Of these overdue", vec![count(&|action| action.is_overdue(today))])
        .row("done", "Done since the last report", vec![count(&|action| ended(action, Ending::Done))])
        .row(
            "given_up",
            "Given up since the last report",
            vec![count(&|action| ended(action, Ending::GivenUp))],
        );
    let section = Section::new("learning", "Learning and governance").with(counts);
    if told.is_empty() {
        return section;
    }
    let section = if told.len() > MOST_LINES {
        section.say(format!("{MOST_LINES} of {} actions are listed.", told.len()))
    } else {
        section
    };
    let columns =
        [("standing", "Standing"), ("due", "Due"), ("owner", "Owner"), ("what", "What is to be done")];
    let table = Table::new("Action", columns).of_words();
    section.with(told.iter().take(MOST_LINES).fold(table, |table, action| {
        let cells = vec![
            action.standing(today).to_owned(),
            action.due.to_string(),
            action.owner.to_string(),
            words(action),
        ];
        let item = format!("action#{}#{}", action.report, action.number);
        let name = format!("{}, {}", action.report.in_words(), action.number);
        table.row(&item, name, cells.into_iter().map(Cell::Words).collect())
    }))
}

/// What is to be done, and where it was given up why.
fn words(action: &ManagementAction) -> String {
    let reason = action.ended.as_ref().and_then(|end| end.reason.as_ref());
    reason.map_or_else(|| action.what.to_string(), |reason| format!("{} ({reason})", action.what))
}

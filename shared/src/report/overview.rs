//! What is looked at between two reports: the month under way and those before it, and what stands now; made from the
//! same figures, and by the same rules.

use super::{
    causes, outcome, pending,
    source::Source,
    speed, summary,
    table::{Cell, Row, Table},
};
use crate::{
    complaint::StageName,
    figures::{Balances, Figures, NONE, Period},
    policy::Policy,
    values::Level,
};

/// So many months before the one under way are looked at.
pub const MONTHS_BEFORE: usize = 12;

/// The month under way, those before it, and what stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overview {
    /// The earliest first, none before the first figures; the last is under way.
    pub months: Vec<Month>,
    /// The main figures of the month under way.
    pub so_far: Vec<Row>,
    /// How long things took in it.
    pub durations: Table,
    /// What was concluded in it.
    pub outcomes: Table,
    /// Which categories triage gave in it, the most frequent first.
    pub categories: Table,
    /// What the root causes were of what was upheld in it, the most frequent first.
    pub causes: Table,
    /// What stands now.
    pub standing: Standing,
}

/// One month in a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Month {
    /// Which.
    pub period: Period,
    /// Received in it.
    pub received: Cell,
    /// Closed in it.
    pub closed: Cell,
    /// Open at its end, or now.
    pub open: Cell,
    /// Acknowledged in time, of all that were due.
    pub acknowledged: Cell,
    /// First answers in time, of all with a date.
    pub answered: Cell,
}

/// What stands now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// All that are open.
    pub open: i64,
    /// The answer or a remedy is past its date.
    pub overdue: i64,
    /// Without an owner.
    pub unowned: i64,
    /// Waiting for the customer: for information, or for the answer to a proposal.
    pub waiting: i64,
    /// By level.
    pub levels: Vec<(Level, i64)>,
    /// By stage, with its name.
    pub stages: Vec<(StageName, &'static str, i64)>,
    /// By owner, the busiest first: only those who own any, and of many only the first.
    pub owners: Vec<(String, i64)>,
    /// Of all other owners.
    pub others: i64,
    /// Posts held as suspected spam in this month and the two before, less those decided about in them.
    pub held: i64,
}

impl Overview {
    /// From the figures of the months before, the earliest first, those of the month under way, and what stood before
    /// the first of them.
    pub fn of(
        policy: &Policy,
        before: &[(Period, Figures)],
        (period, figures): (Period, &Figures),
        opening: &Balances,
    ) -> Overview {
        let mut months = Vec::new();
        let mut stood = opening.clone();
        for (period, figures) in before {
            let closing = stood.plus(figures);
            let nothing_yet = months.is_empty() && figures.is_empty() && stood == Balances::default();
            if !nothing_yet {
                let (period, opening) = (*period, &stood);
                months.push(Month::of(&Source { policy, period, figures, opening, closing: &closing }));
            }
            stood = closing;
        }
        let closing = stood.plus(figures);
        let source = Source { policy, period, figures, opening: &stood, closing: &closing };
        months.push(Month::of(&source));
        Overview {
            months,
            so_far: so_far(&source),
            durations: speed::durations(&source),
            outcomes: outcome::outcomes(&source),
            categories: causes::categories(&source),
            causes: causes::root_causes(&source),
            standing: Standing::of(&source, undecided(before, figures)),
        }
    }
}

impl Month {
    fn of(source: &Source<'_>) -> Month {
        Month {
            period: source.period,
            received: Cell::Count(source.figures.get("total#all", "received")),
            closed: Cell::Count(source.figures.get("total#all", "closed")),
            open: Cell::Count(source.pending("total#all")),
            acknowledged: speed::kept(source, "speed#acknowledgement"),
            answered: speed::kept(source, "speed#answer"),
        }
    }
}

impl Standing {
    fn of(source: &Source<'_>, held: i64) -> Standing {
        let pending = |item: &str| source.pending(item);
        let stages = StageName::ALL.into_iter().filter(|stage| !stage.is_end());
        let of_stage = |stage: StageName| pending(&format!("stage#{}", stage.code()));
        let (owners, others) = owners(source);
        Standing {
            open: pending("total#all"),
            overdue: pending("state#overdue"),
            unowned: pending(&format!("owner#{NONE}")),
            waiting: pending("state#waiting") + of_stage(StageName::Proposed),
            levels: Level::ALL.map(|level| (level, pending(&format!("level#{}", level.number())))).into(),
            stages: stages.map(|stage| (stage, stage.title(), of_stage(stage))).collect(),
            owners,
            others,
            held,
        }
    }
}

/// Held posts wait for some months, and nobody is told of them: what has come in them, less what was decided. Decided was
/// about some that had come before as well.
fn undecided(before: &[(Period, Figures)], now: &Figures) -> i64 {
    let last_two = &before[before.len().saturating_sub(2)..];
    let figures = last_two.iter().map(|(_, figures)| figures).chain([now]);
    let held = |figures: &Figures, counter| figures.get("held#all", counter);
    let of =
        |figures: &Figures| held(figures, "held") - held(figures, "released") - held(figures, "discarded");
    figures.map(of).sum::<i64>().max(0)
}

/// The owners that the report names, and what all others own.
fn owners(source: &Source<'_>) -> (Vec<(String, i64)>, i64) {
    let (mut named, mut others) = (Vec::new(), 0);
    for row in pending::owners(source).rows {
        let Some(Cell::Count(pending)) = row.cells.first() else { continue };
        match row.item.strip_prefix("owner#") {
            Some(NONE) | None => {}
            Some(pending::OTHERS) => others = *pending,
            Some(owner) if *pending > 0 => named.push((owner.to_owned(), *pending)),
            Some(_) => {}
        }
    }
    (named, others)
}

/// The report's main figures that say something before the month is over, and how fast it was.
fn so_far(source: &Source<'_>) -> Vec<Row> {
    let main = summary::section(source).tables.into_iter().flat_map(|table| table.rows);
    let mut rows: Vec<Row> = main.filter(|row| !matches!(row.item.as_str(), "pending" | "overdue")).collect();
    let acknowledged = Row {
        item: "acknowledged_in_time".to_owned(),
        name: "Acknowledged in time".to_owned(),
        cells: vec![speed::kept(source, "speed#acknowledgement")],
    };
    rows.insert(rows.len().min(2), acknowledged);
    rows
}

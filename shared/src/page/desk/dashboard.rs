//! The dashboard of those who lead: what needs somebody now, the month so far, the twelve before it. Each number that a
//! list can show leads there.

use askama::Template;
use jiff::Timestamp;

use super::{
    Frame, Queue,
    chart::{Chart, Kind, Label, Series},
    standing,
};
use crate::{
    actor::Actor,
    figures::Period,
    page::html,
    policy::Policy,
    report::{Cell, Month, Overview, percent},
    values::Level,
};

/// The page of figures.
#[derive(Clone, Copy, Debug, Template)]
#[template(path = "desk/dashboard.html")]
pub struct DashboardPage<'a> {
    /// What surrounds the page.
    pub frame: Frame<'a>,
    /// The figures.
    pub overview: &'a Overview,
    /// How many are next due before the end of the next working day, and whether that is all that are.
    pub due_soon: (i64, bool),
    /// How many of management's actions on reports are open, and how many of these overdue.
    pub actions: (usize, usize),
    /// Who looks.
    pub actor: &'a Actor,
    /// Whose policy it is.
    pub policy: &'a Policy,
    /// When.
    pub now: Timestamp,
}

/// A row of a chart: its name, and which figure of a month it is.
type Drawn = (&'static str, fn(&Month) -> &Cell);

/// One number with what it is.
struct Tile {
    what: String,
    number: String,
    /// What a share is of.
    of: Option<String>,
    /// The list that shows what is counted.
    at: Option<String>,
    is_bad: bool,
}

/// One number of several with a bar.
struct Line {
    name: String,
    number: i64,
    at: Option<String>,
    /// In hundredths of the longest.
    width: i64,
}

impl DashboardPage<'_> {
    /// The page.
    pub fn render(&self) -> String {
        html(self)
    }

    fn month(&self) -> String {
        self.overview.months.last().map(|month| month.period.in_words()).unwrap_or_default()
    }

    fn time(&self) -> String {
        standing::short_time(self.now, self.policy)
    }

    /// What needs somebody now.
    fn needs(&self) -> Vec<Tile> {
        let now = &self.overview.standing;
        let counted = [
            (Queue::Overdue, "Answer or remedy overdue", now.overdue, true),
            (Queue::DueSoon, "Due soon", self.due_soon.0, false),
            (Queue::Unowned, "Without an owner", now.unowned, true),
            (Queue::Waiting, "Waiting for the customer", now.waiting, false),
            (Queue::Held, "Held as spam in three months, less those decided", now.held, true),
            (Queue::Open, "All open", now.open, false),
        ];
        let mut tiles: Vec<Tile> = counted
            .into_iter()
            .map(|(queue, what, number, is_bad)| Tile {
                what: what.to_owned(),
                number: match queue {
                    Queue::DueSoon if !self.due_soon.1 => format!("{number} or more"),
                    _ => number.to_string(),
                },
                of: None,
                at: Some(queue.address(None)),
                is_bad: is_bad && number > 0,
            })
            .collect();
        tiles.extend(now.levels.iter().filter(|(level, _)| *level > Level::One).map(|(level, number)| {
            Tile {
                what: format!("At level {}, {}", level.number(), self.policy.company.level_name(*level)),
                number: number.to_string(),
                of: None,
                at: (self.actor.role() == Some(level.role())).then(|| Queue::Escalated.address(None)),
                is_bad: false,
            }
        }));
        let (open, overdue) = self.actions;
        tiles.push(Tile {
            what: "Open actions on reports".to_owned(),
            number: open.to_string(),
            of: (overdue > 0).then(|| format!("{overdue} overdue")),
            at: (open > 0).then(|| "/staff/reports#actions".to_owned()),
            is_bad: overdue > 0,
        });
        tiles
    }

    /// The month so far.
    fn so_far(&self) -> Vec<Tile> {
        let tile = |row: &crate::report::Row| {
            let (number, of) = shown(row.cells.first()?);
            Some(Tile { what: row.name.clone(), number, of, at: None, is_bad: false })
        };
        self.overview.so_far.iter().filter_map(tile).collect()
    }

    fn charts(&self) -> [Chart; 3] {
        let chart = |id, title, kind, series: &[Drawn]| {
            let months = &self.overview.months;
            let series = series.iter().map(|(name, of)| {
                let cells = months.iter().map(|month| of(month).clone()).collect();
                Series { name, cells }
            });
            Chart { id, title, kind, series: series.collect(), months: self.labels() }
        };
        [
            chart(
                "flow",
                "Received and closed",
                Kind::Bars,
                &[("Received", |month| &month.received), ("Closed", |month| &month.closed)],
            ),
            chart("open", "Open at the end of each month", Kind::Lines, &[("Open", |month| &month.open)]),
            chart(
                "in-time",
                "In time",
                Kind::Lines,
                &[
                    ("Acknowledged in time", |month| &month.acknowledged),
                    ("Answered in time", |month| &month.answered),
                ],
            ),
        ]
    }

    fn labels(&self) -> Vec<Label> {
        let first = self.overview.months.first().map(|month| month.period);
        let label = |period: Period| {
            let day = period.first_day();
            let begins = day.month() == 1 || Some(period) == first;
            Label {
                short: day.strftime("%b").to_string(),
                year: begins.then(|| day.year().to_string()),
                long: period.in_words(),
            }
        };
        self.overview.months.iter().map(|month| label(month.period)).collect()
    }

    fn stages(&self) -> Vec<Line> {
        let stages = self.overview.standing.stages.iter();
        lines(stages.map(|(stage, name, number)| {
            ((*name).to_owned(), *number, Some(Queue::narrowed(&[("stage", stage.code())])))
        }))
    }

    /// Who owns how many.
    fn owners(&self) -> Vec<Line> {
        let now = &self.overview.standing;
        let nobody = ("Nobody".to_owned(), now.unowned, Some(Queue::Unowned.address(None)));
        let named = now.owners.iter();
        let named =
            named.map(|(owner, number)| (owner.clone(), *number, Some(Queue::narrowed(&[("owner", owner)]))));
        let others = (now.others > 0).then(|| ("All others".to_owned(), now.others, None));
        lines(named.chain(others).chain([nobody]))
    }
}

fn lines(of: impl Iterator<Item = (String, i64, Option<String>)>) -> Vec<Line> {
    let mut lines: Vec<Line> = of.map(|(name, number, at)| Line { name, number, at, width: 0 }).collect();
    let longest = lines.iter().map(|line| line.number).max().unwrap_or_default().max(1);
    for line in &mut lines {
        line.width = line.number.max(0) * 100 / longest;
    }
    lines
}

/// A figure as the number that is shown large, and what it is of.
fn shown(cell: &Cell) -> (String, Option<String>) {
    match cell {
        Cell::Rate { part, whole } => match percent(*part, *whole) {
            Some(percent) => (format!("{percent} %"), Some(format!("{part} of {whole}"))),
            None => ("–".to_owned(), Some("none yet".to_owned())),
        },
        Cell::Count(_) | Cell::Within { .. } | Cell::Words(_) | Cell::Empty => (cell.shown(), None),
    }
}

#[cfg(test)]
mod tests;

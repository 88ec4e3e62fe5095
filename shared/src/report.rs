//! The monthly report: what came, what stands, how fast, how well, with what result; made from figures alone.
//!
//! A report is made once: it holds its tables as they were shown, so that it reads the same for ever, and the figures
//! and balances that it was made from, so that the next one can carry on from it and say what has changed since.

mod action;
mod causes;
mod csv;
mod flow;
mod html;
mod learning;
mod lost;
mod outcome;
mod overview;
mod pending;
mod quality;
mod restated;
mod source;
mod speed;
mod summary;
mod table;
mod text;
mod voice;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    figures::{Balances, Figures, Period},
    policy::Policy,
};

pub use action::{ActionEnd, ActionWords, Ending, MOST_ACTIONS, ManagementAction, in_order_of_need};
pub use overview::{MONTHS_BEFORE, Month, Overview, Standing};
use source::Source;
pub(crate) use table::percent;
pub use table::{Cell, Column, Row, Section, Table, Unit};

/// The report of one month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// The month; a report's id.
    pub period: Period,
    /// Until when figures had come in; what comes later is told in the next report.
    pub cut_off: Timestamp,
    /// The cut-off as the company's wall showed it.
    pub cut_off_in_words: String,
    /// Whose report it is.
    pub company: String,
    /// The version of the policy that names and times are of.
    pub policy_version: u32,
    /// What stood when the month began.
    pub opening: Balances,
    /// The month's figures as they were at the cut-off.
    pub figures: Figures,
    /// What it says.
    pub sections: Vec<Section>,
}

/// What a report is made from.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The month to report on, which has ended.
    pub period: Period,
    /// Its figures, read at the cut-off.
    pub figures: &'a Figures,
    /// The report of the month before; none for the first month there are figures of. Reports are made in order:
    /// without the one before, what was carried in would be unknown.
    pub previous: Option<Previous<'a>>,
    /// Management's actions on earlier reports, read after the cut-off; what became of them since is left to the next.
    pub actions: &'a [ManagementAction],
    /// When the figures were read.
    pub cut_off: Timestamp,
    /// The policy in force.
    pub policy: &'a Policy,
}

/// The report of the month before, and what has become of its figures.
#[derive(Clone, Copy, Debug)]
pub struct Previous<'a> {
    /// As it was stored.
    pub report: &'a Report,
    /// The figures of its month, read again at this report's cut-off.
    pub figures: &'a Figures,
}

impl Report {
    /// Makes the report of a month. The same input gives the same report, to the byte.
    pub fn monthly(input: &Input<'_>) -> Report {
        let Input { period, figures, previous, actions, cut_off, policy } = *input;
        // Events that came late for the month before count in what it handed on.
        let opening =
            previous.map(|previous| previous.report.opening.plus(previous.figures)).unwrap_or_default();
        let closing = opening.plus(figures);
        let source = Source { policy, period, figures, opening: &opening, closing: &closing };
        let mut sections = vec![
            summary::section(&source),
            flow::section(&source),
            pending::section(&source),
            speed::section(&source),
            quality::section(&source),
            outcome::section(&source),
            voice::section(&source),
            causes::section(&source),
            learning::section(
                actions,
                (previous.map(|previous| previous.report.cut_off), cut_off),
                policy.calendar.date(cut_off),
            ),
            lost::section(&source),
        ];
        sections.extend(previous.and_then(|previous| restated::section(&previous)));
        let wall = cut_off.to_zoned(policy.calendar.zone().clone());
        Report {
            period,
            cut_off,
            cut_off_in_words: wall.strftime("%A %-d %B %Y, %H:%M").to_string(),
            company: policy.company.name.as_str().to_owned(),
            policy_version: policy.version,
            opening: opening.clone(),
            figures: figures.clone(),
            sections,
        }
    }

    /// What stood when the month ended, as far as was known at the cut-off.
    pub fn closing(&self) -> Balances {
        self.opening.plus(&self.figures)
    }

    /// The subject of the mail, safe in a header.
    pub fn subject(&self) -> String {
        format!("Complaints in {}", self.period.in_words())
    }

    /// The name of the attached file of figures.
    pub fn csv_name(&self) -> String {
        format!("complaints-{}.csv", self.period)
    }

    /// For mail and browser: tables with bars beside their numbers, nothing from outside.
    pub fn html(&self) -> String {
        html::render(self)
    }

    /// The same as plain text.
    pub fn text(&self) -> String {
        text::render(self)
    }

    /// All figures, one a line: section, item, measure, numerator, denominator, value, unit (RFC 4180).
    pub fn csv(&self) -> String {
        csv::render(self)
    }
}

#[cfg(test)]
mod tests;

//! What a report consists of, before it is set in one form or another.

use serde::{Deserialize, Serialize};

use crate::figures::Quantile;

/// A part of the report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// For programs.
    pub code: String,
    /// For people.
    pub title: String,
    /// What it says in words, a paragraph each.
    pub words: Vec<String>,
    /// What it says in numbers.
    pub tables: Vec<Table>,
}

/// Numbers in rows and columns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// What the rows are.
    pub caption: String,
    /// What stands in each row, from left to right.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: Vec<Row>,
    /// The column that is drawn as a bar beside its number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bar: Option<usize>,
    /// Whether its cells are words, which stand to the left, and not numbers.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub words: bool,
}

/// A column's names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// For programs.
    pub code: String,
    /// For people.
    pub name: String,
}

/// One item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// For programs.
    pub item: String,
    /// For people.
    pub name: String,
    /// One for each column.
    pub cells: Vec<Cell>,
}

/// One number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cell {
    /// So many.
    Count(i64),
    /// So many of so many.
    Rate {
        /// Numerator.
        part: i64,
        /// Denominator.
        whole: i64,
    },
    /// Within so many units; none when there was nothing to measure.
    Within {
        /// The least bound that holds for the share asked for.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        bound: Option<i64>,
        /// Whether the bound is exceeded, being the highest that is counted.
        above: bool,
        /// Of what.
        unit: Unit,
    },
    /// An amount, or anything else that is text already.
    Words(String),
    /// Nothing to say.
    Empty,
}

/// What time is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Hours.
    Hours,
    /// Days.
    Days,
}

impl Section {
    pub(super) fn new(code: &str, title: &str) -> Section {
        Section { code: code.to_owned(), title: title.to_owned(), words: Vec::new(), tables: Vec::new() }
    }

    pub(super) fn say(mut self, words: impl Into<String>) -> Section {
        self.words.push(words.into());
        self
    }

    pub(super) fn with(mut self, table: Table) -> Section {
        self.tables.push(table);
        self
    }
}

impl Table {
    pub(super) fn new<const N: usize>(caption: &str, columns: [(&str, &str); N]) -> Table {
        let columns = columns.map(|(code, name)| Column { code: code.to_owned(), name: name.to_owned() });
        Table {
            caption: caption.to_owned(),
            columns: columns.into(),
            rows: Vec::new(),
            bar: None,
            words: false,
        }
    }

    /// Draws this column as bars.
    pub(super) fn bars(mut self, column: usize) -> Table {
        self.bar = Some(column);
        self
    }

    /// Sets its cells as words.
    pub(super) fn of_words(mut self) -> Table {
        self.words = true;
        self
    }

    pub(super) fn row(mut self, item: &str, name: impl Into<String>, cells: Vec<Cell>) -> Table {
        self.rows.push(Row { item: item.to_owned(), name: name.into(), cells });
        self
    }

    /// What the bars show, where there is more than one column that they may be of.
    pub(crate) fn bar_name(&self) -> Option<&str> {
        let name = self.columns.get(self.bar?)?.name.as_str();
        Some(if self.columns.len() > 1 { name } else { "" })
    }

    /// How long the bar of a row is, in hundredths of the longest.
    pub(crate) fn bar_percent(&self, row: &Row) -> Option<i64> {
        let column = self.bar?;
        let length = |row: &Row| match row.cells.get(column) {
            Some(Cell::Count(count)) => (*count).max(0),
            Some(Cell::Rate { part, .. }) => (*part).max(0),
            _ => 0,
        };
        let longest = self.rows.iter().map(length).max().unwrap_or_default();
        Some(if longest == 0 { 0 } else { length(row) * 100 / longest })
    }
}

impl Cell {
    pub(super) fn rate(part: i64, whole: i64) -> Cell {
        Cell::Rate { part, whole }
    }

    pub(super) fn quantile(quantile: Quantile, most: i64, unit: Unit) -> Cell {
        match quantile {
            Quantile::Nothing => Cell::Within { bound: None, above: false, unit },
            Quantile::Within(bound) => Cell::Within { bound: Some(bound), above: false, unit },
            Quantile::Above => Cell::Within { bound: Some(most), above: true, unit },
        }
    }

    /// As people read it.
    pub fn shown(&self) -> String {
        match self {
            Cell::Count(count) => count.to_string(),
            Cell::Rate { part, whole } => match percent(*part, *whole) {
                Some(percent) => format!("{part} of {whole} ({percent} %)"),
                None => format!("{part} of {whole}"),
            },
            Cell::Within { bound: None, .. } => "–".to_owned(),
            Cell::Within { bound: Some(bound), above, unit } => {
                let unit = match (unit, bound) {
                    (Unit::Hours, 1) => "hour",
                    (Unit::Hours, _) => "hours",
                    (Unit::Days, 1) => "day",
                    (Unit::Days, _) => "days",
                };
                format!("{}{bound} {unit}", if *above { "over " } else { "" })
            }
            Cell::Words(words) => words.clone(),
            Cell::Empty => String::new(),
        }
    }
}

/// Hundredths with one digit after the point, rounded half up; none of nothing.
pub(crate) fn percent(part: i64, whole: i64) -> Option<String> {
    if whole <= 0 {
        return None;
    }
    let (part, whole) = (i128::from(part), i128::from(whole));
    let thousandths = (part * 2000 + whole).div_euclid(whole * 2);
    Some(format!("{}.{}", thousandths.div_euclid(10), thousandths.rem_euclid(10)))
}

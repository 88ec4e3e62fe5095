//! Charts as SVG, drawn here: bars and lines over months. What crates there are write colours into their drawings, or
//! carry a browser's engine or fonts with them; these take their colours from the stylesheet, so that they follow light
//! and dark under a policy without inline style, and carry their words for who cannot see them.

use crate::report::Cell;

/// The drawing's own units; as wide as a phone, it is shown at half its size.
const WIDTH: i64 = 720;
const HEIGHT: i64 = 400;
const LEFT: i64 = 84;
const RIGHT: i64 = 12;
const TOP: i64 = 24;
const BOTTOM: i64 = 72;

/// How numbers are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Beside each other.
    Bars,
    /// One line for each series, broken where there is nothing to measure.
    Lines,
}

/// One row of numbers over all months.
#[derive(Clone, Debug)]
pub(super) struct Series {
    pub(super) name: &'static str,
    pub(super) cells: Vec<Cell>,
}

/// A drawing with its words and numbers.
#[derive(Clone, Debug)]
pub(super) struct Chart {
    /// Its name in the page.
    pub(super) id: &'static str,
    pub(super) title: &'static str,
    pub(super) kind: Kind,
    /// One or two, told apart by more than colour.
    pub(super) series: Vec<Series>,
    pub(super) months: Vec<Label>,
}

/// A month below the drawing.
#[derive(Clone, Debug)]
pub(super) struct Label {
    /// `Nov`
    pub(super) short: String,
    /// The year, where it begins.
    pub(super) year: Option<String>,
    /// `November 2026`
    pub(super) long: String,
}

pub(super) struct Tick {
    pub(super) y: i64,
    pub(super) words: String,
}

pub(super) struct Bar {
    pub(super) class: &'static str,
    pub(super) x: i64,
    pub(super) y: i64,
    pub(super) width: i64,
    pub(super) height: i64,
}

pub(super) struct Line {
    pub(super) class: &'static str,
    /// Its unbroken parts, as SVG has them.
    pub(super) parts: Vec<String>,
    pub(super) dots: Vec<(i64, i64)>,
}

pub(super) struct Foot {
    pub(super) x: i64,
    pub(super) short: String,
    pub(super) year: Option<String>,
}

const CLASSES: [&str; 2] = ["one", "two"];

impl Chart {
    /// The series with how they are drawn.
    pub(super) fn drawn(&self) -> impl Iterator<Item = (&'static str, &Series)> {
        CLASSES.into_iter().zip(&self.series)
    }

    pub(super) fn is_bars(&self) -> bool {
        self.kind == Kind::Bars
    }

    /// The lines across, from below.
    pub(super) fn ticks(&self) -> Vec<Tick> {
        let (step, top) = self.scale();
        let unit = if self.is_share() { " %" } else { "" };
        let at = |value| Tick { y: y(value, top), words: format!("{}{unit}", short(value)) };
        (0..=top / step).map(|number| at(number * step)).collect()
    }

    pub(super) fn bars(&self) -> Vec<Bar> {
        let (_, top) = self.scale();
        let slot = self.slot();
        let width = (slot * 7 / 10 / i64::try_from(self.series.len()).unwrap_or(1)).clamp(1, 60);
        let whole = width * i64::try_from(self.series.len()).unwrap_or(1);
        let mut bars = Vec::new();
        for ((class, series), beside) in self.drawn().zip(0..) {
            for (cell, place) in series.cells.iter().zip(0..) {
                let value = value(cell).unwrap_or_default();
                let y = y(value, top);
                let x = LEFT + slot * place + (slot - whole) / 2 + beside * width;
                bars.push(Bar { class, x, y, width: (width - 2).max(1), height: HEIGHT - BOTTOM - y });
            }
        }
        bars
    }

    pub(super) fn lines(&self) -> Vec<Line> {
        let (_, top) = self.scale();
        let line = |(class, series): (&'static str, &Series)| {
            let (mut parts, mut dots, mut part) = (Vec::new(), Vec::new(), Vec::new());
            for (cell, place) in series.cells.iter().zip(0..) {
                match value(cell) {
                    Some(value) => {
                        let (x, y) = (self.middle(place), y(value, top));
                        part.push(format!("{x},{y}"));
                        dots.push((x, y));
                    }
                    None => parts.push(std::mem::take(&mut part)),
                }
            }
            parts.push(part);
            let parts = parts.into_iter().filter(|part| part.len() > 1).map(|part| part.join(" ")).collect();
            Line { class, parts, dots }
        };
        self.drawn().map(line).collect()
    }

    pub(super) fn feet(&self) -> Vec<Foot> {
        let foot = |(label, place): (&Label, i64)| Foot {
            x: self.middle(place),
            short: label.short.clone(),
            year: label.year.clone(),
        };
        self.months.iter().zip(0..).map(foot).collect()
    }

    /// The drawing in a sentence for each series.
    pub(super) fn told(&self) -> String {
        let sentences: Vec<String> = self.series.iter().map(|series| self.tell(series)).collect();
        sentences.join(" ")
    }

    /// The numbers, month by month.
    pub(super) fn rows(&self) -> Vec<(String, Vec<String>)> {
        let cells = |place: usize| {
            let cell = |series: &Series| series.cells.get(place).map(Cell::shown).unwrap_or_default();
            self.series.iter().map(cell).collect()
        };
        self.months.iter().enumerate().map(|(place, month)| (month.long.clone(), cells(place))).collect()
    }

    fn tell(&self, series: &Series) -> String {
        let values: Vec<i64> = series.cells.iter().filter_map(value).collect();
        let unit = if self.is_share() { " %" } else { "" };
        let month = self.months.last().map(|month| month.long.as_str()).unwrap_or_default();
        let now = match series.cells.last().and_then(value) {
            Some(value) => format!("{value}{unit} in {month} so far"),
            None => format!("nothing to measure in {month} so far"),
        };
        let before = &values[..values.len() - usize::from(series.cells.last().and_then(value).is_some())];
        match (before.iter().min(), before.iter().max()) {
            (Some(least), Some(most)) if least == most => {
                format!("{}: {now}; {least}{unit} in the months before.", series.name)
            }
            (Some(least), Some(most)) => {
                format!("{}: {now}; from {least} to {most}{unit} in the months before.", series.name)
            }
            _ => format!("{}: {now}.", series.name),
        }
    }

    fn is_share(&self) -> bool {
        self.series.iter().flat_map(|series| &series.cells).any(|cell| matches!(cell, Cell::Rate { .. }))
    }

    /// From one line across to the next, and the highest.
    fn scale(&self) -> (i64, i64) {
        if self.is_share() {
            return (50, 100);
        }
        let values = self.series.iter().flat_map(|series| series.cells.iter().filter_map(value));
        scale(values.max().unwrap_or_default())
    }

    fn slot(&self) -> i64 {
        (WIDTH - LEFT - RIGHT) / i64::try_from(self.months.len().max(1)).unwrap_or(1)
    }

    fn middle(&self, place: i64) -> i64 {
        LEFT + self.slot() * place + self.slot() / 2
    }
}

/// What is drawn of a number: of a share its whole hundredths, rounded half up; none of nothing.
fn value(cell: &Cell) -> Option<i64> {
    match cell {
        Cell::Count(count) => Some(*count),
        Cell::Rate { part, whole } if *whole > 0 => {
            let (part, whole) = (i128::from(*part), i128::from(*whole));
            i64::try_from((part * 200 + whole) / (whole * 2)).ok()
        }
        Cell::Rate { .. } | Cell::Within { .. } | Cell::Words(_) | Cell::Empty => None,
    }
}

fn y(value: i64, top: i64) -> i64 {
    let height = i128::from(HEIGHT - TOP - BOTTOM);
    let drawn = height * i128::from(value.clamp(0, top)) / i128::from(top);
    HEIGHT - BOTTOM - i64::try_from(drawn).unwrap_or_default()
}

/// Steps of 1, 2 or 5 and noughts, at most four of them.
fn scale(most: i64) -> (i64, i64) {
    let mut ten = 1_i64;
    loop {
        for step in [ten, ten.saturating_mul(2), ten.saturating_mul(5)] {
            if most <= step.saturating_mul(4) || step == i64::MAX {
                let steps = (most.max(1) - 1) / step + 1;
                return (step, step.saturating_mul(steps));
            }
        }
        ten = ten.saturating_mul(10);
    }
}

/// A round number in few characters.
fn short(number: i64) -> String {
    match number {
        1_000_000.. if number % 100_000 == 0 => {
            let (whole, tenth) = (number / 1_000_000, number / 100_000 % 10);
            if tenth == 0 { format!("{whole} M") } else { format!("{whole}.{tenth} M") }
        }
        10_000.. if number % 1_000 == 0 => format!("{} k", number / 1_000),
        _ => number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart(kind: Kind, rows: &[&[Cell]]) -> Chart {
        let names = ["Received", "Closed"];
        let series =
            names.into_iter().zip(rows).map(|(name, cells)| Series { name, cells: cells.to_vec() }).collect();
        let months = (1..=rows[0].len()).map(|month| Label {
            short: format!("M{month}"),
            year: None,
            long: format!("Month {month}"),
        });
        Chart { id: "flow", title: "Flow", kind, series, months: months.collect() }
    }

    #[test]
    fn a_scale_ends_in_a_round_number_at_or_above_the_greatest_in_at_most_four_steps() {
        for (most, expected) in [
            (0, (1, 1)),
            (1, (1, 1)),
            (4, (1, 4)),
            (5, (2, 6)),
            (20, (5, 20)),
            (21, (10, 30)),
            (999, (500, 1_000)),
            (9_999_999, (5_000_000, 10_000_000)),
        ] {
            assert_eq!(scale(most), expected, "{most}");
        }
        assert!(scale(i64::MAX).1 > 0);
    }

    #[test]
    fn bars_stand_on_the_ground_and_the_greatest_reaches_its_line() {
        let chart =
            chart(Kind::Bars, &[&[Cell::Count(0), Cell::Count(4)], &[Cell::Count(2), Cell::Count(1)]]);
        let bars = chart.bars();
        assert_eq!(bars.iter().map(|bar| bar.height).collect::<Vec<_>>(), [0, 304, 152, 76]);
        assert!(bars.iter().all(|bar| bar.y + bar.height == HEIGHT - BOTTOM));
        assert!(bars.iter().all(|bar| bar.x >= LEFT && bar.x + bar.width <= WIDTH - RIGHT));
        assert!(bars[0].x + bars[0].width <= bars[2].x, "beside each other");
        let ticks: Vec<_> = chart.ticks().into_iter().map(|tick| (tick.y, tick.words)).collect();
        assert_eq!((ticks.len(), &ticks[0], &ticks[4]), (5, &(328, "0".to_owned()), &(24, "4".to_owned())));
    }

    #[test]
    fn a_line_is_broken_where_there_is_nothing_to_measure() {
        let rate = |part, whole| Cell::Rate { part, whole };
        let cells = [rate(1, 2), rate(2, 2), rate(0, 0), rate(1, 1), rate(0, 0), rate(1, 3), rate(2, 3)];
        let chart = chart(Kind::Lines, &[&cells]);
        let line = &chart.lines()[0];
        assert_eq!(line.parts, ["128,176 217,24", "573,228 662,125"]);
        assert_eq!(line.dots.len(), 5, "a month by itself is a point");
        assert_eq!(chart.told(), "Received: 67 % in Month 7 so far; from 33 to 100 % in the months before.");
        assert_eq!(chart.rows()[2], ("Month 3".to_owned(), vec!["0 of 0".to_owned()]));
        assert_eq!(chart.ticks().pop().unwrap().words, "100 %");
    }

    #[test]
    fn what_is_told_of_a_drawing_holds_without_a_past_and_without_numbers() {
        let first = chart(Kind::Bars, &[&[Cell::Count(3)]]);
        assert_eq!(first.told(), "Received: 3 in Month 1 so far.");
        let nothing = chart(Kind::Lines, &[&[Cell::Rate { part: 0, whole: 0 }]]);
        assert_eq!(nothing.told(), "Received: nothing to measure in Month 1 so far.");
        assert!(nothing.lines()[0].dots.is_empty());
    }

    #[test]
    fn great_numbers_are_short() {
        for (number, shown) in
            [(500, "500"), (9_000, "9000"), (20_000, "20 k"), (1_500_000, "1.5 M"), (2_000_000, "2 M")]
        {
            assert_eq!(short(number), shown);
        }
    }
}

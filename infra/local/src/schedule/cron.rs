//! One field of a cron expression: numbers, names, ranges, steps and lists. `L`, `W` and `#` are refused.

use std::collections::BTreeSet;

use super::ScheduleError;

/// The values that a field may take, and what it is called in an error.
pub(super) struct Field {
    called: &'static str,
    first: i16,
    last: i16,
    /// Names of the values, the first for `first`.
    names: &'static [&'static str],
}

impl Field {
    pub(super) const MINUTE: Self = Self { called: "a minute", first: 0, last: 59, names: &[] };
    pub(super) const HOUR: Self = Self { called: "an hour", first: 0, last: 23, names: &[] };
    pub(super) const DAY_OF_MONTH: Self =
        Self { called: "a day of the month", first: 1, last: 31, names: &[] };
    pub(super) const MONTH: Self = Self {
        called: "a month",
        first: 1,
        last: 12,
        names: &["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"],
    };
    pub(super) const DAY_OF_WEEK: Self = Self {
        called: "a day of the week",
        first: 1,
        last: 7,
        names: &["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"],
    };
    pub(super) const YEAR: Self = Self { called: "a year", first: 1970, last: 2199, names: &[] };

    /// The values that `text` names; never empty.
    pub(super) fn parse(&self, text: &str) -> Result<BTreeSet<i16>, ScheduleError> {
        let mut values = BTreeSet::new();
        for part in text.split(',') {
            let range = self.range(part).ok_or_else(|| self.refused(part))?;
            values.extend(range);
        }
        if values.is_empty() { Err(self.refused(text)) } else { Ok(values) }
    }

    fn range(&self, part: &str) -> Option<impl Iterator<Item = i16>> {
        let (span, step) = match part.split_once('/') {
            Some((span, step)) => (span, step.parse::<usize>().ok().filter(|step| *step > 0)?),
            None => (part, 1),
        };
        let (from, to) = match span.split_once('-') {
            Some((from, to)) => (self.value(from)?, self.value(to)?),
            None if span == "*" => (self.first, self.last),
            // `0/15` begins at 0 and goes on to the end; a lone `0` is itself.
            None if part != span => (self.value(span)?, self.last),
            None => (self.value(span)?, self.value(span)?),
        };
        (from <= to).then(|| (from..=to).step_by(step))
    }

    fn value(&self, text: &str) -> Option<i16> {
        let number = match self.names.iter().position(|name| name.eq_ignore_ascii_case(text)) {
            Some(position) => self.first + i16::try_from(position).ok()?,
            None => text.parse().ok()?,
        };
        (self.first..=self.last).contains(&number).then_some(number)
    }

    fn refused(&self, text: &str) -> ScheduleError {
        ScheduleError(format!("{text:?} is not understood as {}", self.called))
    }
}

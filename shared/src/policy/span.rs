//! How long something may take, by the clock on the wall or by the company's working hours.

use std::fmt;

use jiff::{SignedDuration, Timestamp};
use thiserror::Error;

use crate::calendar::{WorkCalendar, WorkingTime};
use crate::values::{InvalidValue, parsed_code};

/// A length of time as the policy promises it.
///
/// Written as a number and a unit, which may stand in the singular: `90 minutes`, `24 hours`, `1 day` for time that
/// runs day and night (a day is 24 hours), and `30 working minutes`, `4 working hours`, `5 working days` for the
/// company's own. Never zero, and at most ten years.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Span {
    /// So many minutes of any day.
    Calendar(u32),
    /// Working time.
    Working(WorkingTime),
}

/// Why a text is no span.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum InvalidSpan {
    /// It is not a number and a unit.
    #[error(
        "a time is written as a number and a unit, such as 24 hours, 1 day, 4 working hours, 5 working days"
    )]
    Malformed,
    /// It is nothing, or more than ten years.
    #[error("a time is above zero and not longer than ten years")]
    OutOfRange,
}

impl InvalidValue for InvalidSpan {
    fn code(&self) -> &'static str {
        match self {
            InvalidSpan::Malformed => "malformed_span",
            InvalidSpan::OutOfRange => "span_out_of_range",
        }
    }
}

const MINUTES_PER_HOUR: u32 = 60;
const MINUTES_PER_DAY: u32 = 24 * MINUTES_PER_HOUR;
const DAYS_IN_TEN_YEARS: u32 = 3653;

impl Span {
    /// Reads a number and a unit.
    pub fn parse(text: &str) -> Result<Span, InvalidSpan> {
        let mut words = text.split_ascii_whitespace();
        let number = words.next().filter(|word| word.bytes().all(|byte| byte.is_ascii_digit()));
        let number = number.ok_or(InvalidSpan::Malformed)?;
        let (working, unit) = match (words.next(), words.next(), words.next()) {
            (Some("working"), Some(unit), None) => (true, unit),
            (Some(unit), None, None) => (false, unit),
            _ => return Err(InvalidSpan::Malformed),
        };
        let per_day = match unit {
            "minute" | "minutes" => MINUTES_PER_DAY,
            "hour" | "hours" => 24,
            "day" | "days" => 1,
            _ => return Err(InvalidSpan::Malformed),
        };
        let number = number.parse::<u32>().map_err(|_| InvalidSpan::OutOfRange)?;
        if number == 0 || number > DAYS_IN_TEN_YEARS * per_day {
            return Err(InvalidSpan::OutOfRange);
        }
        Ok(match (working, per_day) {
            (false, _) => Span::Calendar(number * (MINUTES_PER_DAY / per_day)),
            (true, MINUTES_PER_DAY) => Span::Working(WorkingTime::Minutes(number)),
            (true, 24) => Span::Working(WorkingTime::Hours(number)),
            (true, _) => Span::Working(WorkingTime::Days(number)),
        })
    }

    /// When this span, begun at `from`, is used up.
    pub fn deadline(self, from: Timestamp, calendar: &WorkCalendar) -> Timestamp {
        self.fraction_deadline(from, 100, calendar)
    }

    /// Until when a customer has time, for whom this span begins at `from`. Of days they have the last one whole, whatever
    /// the hours at which the company works; hours are as they say.
    pub fn open_until(self, from: Timestamp, calendar: &WorkCalendar) -> Timestamp {
        let deadline = self.deadline(from, calendar);
        if !self.is_in_days() {
            return deadline;
        }
        // What is due at midnight is due on the day that ends then.
        calendar.end_of_day(deadline.checked_sub(SignedDuration::from_secs(1)).unwrap_or(Timestamp::MIN))
    }

    /// A day is told in hours until there are several, since "within 24 hours" says more than "in 1 day".
    fn is_in_days(self) -> bool {
        match self {
            Span::Calendar(minutes) => minutes % MINUTES_PER_DAY == 0 && minutes > MINUTES_PER_DAY,
            Span::Working(time) => matches!(time, WorkingTime::Days(_)),
        }
    }

    /// When so many hundredths of this span, begun at `from`, are used up, measured by the span's own clock: of
    /// working days, the hundredths of the working time until their deadline.
    pub fn fraction_deadline(self, from: Timestamp, percent: u8, calendar: &WorkCalendar) -> Timestamp {
        match self {
            Span::Calendar(minutes) => {
                from.checked_add(hundredths(of_minutes(minutes), percent)).unwrap_or(Timestamp::MAX)
            }
            Span::Working(WorkingTime::Minutes(minutes)) => {
                calendar.add_elapsed(from, hundredths(of_minutes(minutes), percent))
            }
            Span::Working(WorkingTime::Hours(hours)) => {
                calendar.add_elapsed(from, hundredths(SignedDuration::from_hours(hours.into()), percent))
            }
            Span::Working(days @ WorkingTime::Days(_)) => {
                let deadline = calendar.add_working(from, days);
                if percent == 100 {
                    return deadline;
                }
                calendar.add_elapsed(from, hundredths(calendar.worked(from, deadline), percent))
            }
        }
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (number, unit) = match *self {
            Span::Calendar(minutes) if self.is_in_days() => (minutes / MINUTES_PER_DAY, "day"),
            Span::Calendar(minutes) if minutes % MINUTES_PER_HOUR == 0 => {
                (minutes / MINUTES_PER_HOUR, "hour")
            }
            Span::Calendar(minutes) => (minutes, "minute"),
            Span::Working(WorkingTime::Minutes(minutes)) => (minutes, "working minute"),
            Span::Working(WorkingTime::Hours(hours)) => (hours, "working hour"),
            Span::Working(WorkingTime::Days(days)) => (days, "working day"),
        };
        write!(f, "{number} {unit}{}", if number == 1 { "" } else { "s" })
    }
}

parsed_code!(Span, InvalidSpan);

fn of_minutes(minutes: u32) -> SignedDuration {
    SignedDuration::from_mins(minutes.into())
}

fn hundredths(duration: SignedDuration, percent: u8) -> SignedDuration {
    // Ten years are 3e8 seconds; a hundred times that is far from overflowing.
    duration * i32::from(percent) / 100
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::WorkCalendar;

    fn office() -> WorkCalendar {
        toml::from_str(
            r#"
            time_zone = "Europe/London"
            [hours]
            monday = ["09:00-12:00", "13:00-17:00"]
            tuesday = ["09:00-12:00", "13:00-17:00"]
            wednesday = ["09:00-12:00", "13:00-17:00"]
            thursday = ["09:00-12:00", "13:00-17:00"]
            friday = ["09:00-12:00", "13:00-16:00"]
            "#,
        )
        .unwrap()
    }

    fn check(span: &str, from: &str, percent: u8, due: &str) {
        let span = Span::parse(span).unwrap();
        let at = span.fraction_deadline(from.parse().unwrap(), percent, &office());
        assert_eq!(at, due.parse().unwrap(), "{percent} % of {span} from {from}");
    }

    #[test]
    fn spans_are_read_and_shown_in_one_form() {
        for (text, span, shown) in [
            ("24 hours", Span::Calendar(1440), "24 hours"),
            ("1 day", Span::Calendar(1440), "24 hours"),
            ("1 hour", Span::Calendar(60), "1 hour"),
            ("90 minutes", Span::Calendar(90), "90 minutes"),
            ("30 days", Span::Calendar(43_200), "30 days"),
            ("1 working day", Span::Working(WorkingTime::Days(1)), "1 working day"),
            ("  5  working   days ", Span::Working(WorkingTime::Days(5)), "5 working days"),
            ("4 working hours", Span::Working(WorkingTime::Hours(4)), "4 working hours"),
            ("30 working minutes", Span::Working(WorkingTime::Minutes(30)), "30 working minutes"),
            ("3653 days", Span::Calendar(3653 * 1440), "3653 days"),
        ] {
            assert_eq!(Span::parse(text), Ok(span), "{text}");
            assert_eq!(span.to_string(), shown);
            assert_eq!(Span::parse(shown), Ok(span));
        }
    }

    #[test]
    fn who_was_told_a_day_has_the_whole_of_it() {
        for (span, until) in [
            ("2 working days", "2026-06-10T22:59:59Z"),
            ("30 days", "2026-07-08T22:59:59Z"),
            ("200 days", "2026-12-25T23:59:59Z"),
            ("48 hours", "2026-06-10T22:59:59Z"),
            ("24 hours", "2026-06-09T10:00:00Z"),
            ("4 working hours", "2026-06-08T15:00:00Z"),
        ] {
            let from = "2026-06-08T10:00:00Z".parse().unwrap();
            let open_until = Span::parse(span).unwrap().open_until(from, &office());
            assert_eq!(open_until, until.parse().unwrap(), "{span}");
        }
        let midnight = "2026-06-08T23:00:00Z".parse().unwrap();
        let open_until = Span::parse("2 days").unwrap().open_until(midnight, &office());
        assert_eq!(open_until, "2026-06-10T22:59:59Z".parse().unwrap());
    }

    #[test]
    fn what_is_no_span_is_refused() {
        for text in [
            "",
            "5",
            "days",
            "five days",
            "-1 days",
            "1.5 hours",
            "5 weeks",
            "5 working",
            "5 days working",
            "working 5 days",
            "1 working day please",
        ] {
            assert_eq!(Span::parse(text), Err(InvalidSpan::Malformed), "{text}");
        }
        for text in ["0 hours", "0 working days", "3654 days", "99999999999 minutes"] {
            assert_eq!(Span::parse(text), Err(InvalidSpan::OutOfRange), "{text}");
        }
    }

    #[test]
    fn calendar_time_runs_day_and_night_and_over_clock_changes() {
        check("24 hours", "2026-03-28T12:00:00Z", 100, "2026-03-29T12:00:00Z");
        check("24 hours", "2026-03-28T12:00:00Z", 80, "2026-03-29T07:12:00Z");
        check("30 days", "2026-01-31T09:00:00Z", 100, "2026-03-02T09:00:00Z");
    }

    #[test]
    fn eighty_percent_of_working_hours_are_working_hours() {
        // Four hours from Monday 11:00 end at 16:00, 3 h 12 min of them at 15:12.
        check("4 working hours", "2026-06-01T10:00:00Z", 100, "2026-06-01T15:00:00Z");
        check("4 working hours", "2026-06-01T10:00:00Z", 80, "2026-06-01T14:12:00Z");
    }

    #[test]
    fn eighty_percent_of_working_days_are_of_the_working_time_until_their_end() {
        // Monday 13:00 to Wednesday 17:00: 4 + 7 + 7 hours, of which 80 % are 14 h 24 min: Wednesday 13:24.
        check("2 working days", "2026-06-01T12:00:00Z", 100, "2026-06-03T16:00:00Z");
        check("2 working days", "2026-06-01T12:00:00Z", 80, "2026-06-03T12:24:00Z");
        // From Saturday: Monday to Wednesday, 21 hours, of which 80 % are 16 h 48 min: Wednesday 11:48.
        check("2 working days", "2026-05-30T12:00:00Z", 80, "2026-06-03T10:48:00Z");
    }
}

//! When a schedule is due: `rate(…)` and `cron(…)` as EventBridge Scheduler reads them, in the schedule's own zone.

use std::collections::BTreeSet;

use jiff::civil::Date;
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{Timestamp, ToSpan};

mod cron;

use cron::Field;

/// A recurring schedule, parsed once.
#[derive(Clone, Debug)]
pub struct Recurrence {
    rule: Rule,
    zone: TimeZone,
}

#[derive(Clone, Debug)]
enum Rule {
    /// Every so many seconds, on a grid that begins at the Unix epoch: the same instants after a restart.
    Rate {
        seconds: i64,
    },
    Cron(Box<Cron>),
}

#[derive(Clone, Debug)]
struct Cron {
    minutes: BTreeSet<i16>,
    hours: BTreeSet<i16>,
    days: Days,
    months: BTreeSet<i16>,
    years: BTreeSet<i16>,
}

#[derive(Clone, Debug)]
enum Days {
    OfMonth(BTreeSet<i16>),
    /// 1 is Sunday, as AWS counts.
    OfWeek(BTreeSet<i16>),
}

/// What is wrong with a schedule expression, in words for the person who wrote it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct ScheduleError(String);

impl Recurrence {
    /// Reads `rate(5 minutes)` or `cron(0 7 1 * ? *)`; `zone` is an IANA name.
    pub fn parse(expression: &str, zone: &str) -> Result<Self, ScheduleError> {
        let zone =
            TimeZone::get(zone).map_err(|_| ScheduleError(format!("time zone {zone:?} is not known")))?;
        let rule = match inner(expression) {
            Some(("rate", text)) => rate(text)?,
            Some(("cron", text)) => Rule::Cron(Box::new(cron(text)?)),
            Some(("at", _)) => {
                return Err(ScheduleError("one-time schedules, at(…), have no place here".into()));
            }
            _ => return Err(ScheduleError(format!("{expression:?} is neither rate(…) nor cron(…)"))),
        };
        Ok(Self { rule, zone })
    }

    /// The first due instant after `instant`; none when the years are over.
    ///
    /// A local time that daylight saving skips is skipped, one that it repeats is due once, the first time.
    pub fn after(&self, instant: Timestamp) -> Option<Timestamp> {
        match &self.rule {
            Rule::Rate { seconds } => {
                let step = instant.as_second().div_euclid(*seconds) + 1;
                Timestamp::from_second(step.checked_mul(*seconds)?).ok()
            }
            Rule::Cron(cron) => cron.after(instant, &self.zone),
        }
    }

    /// A rate's last due instant up to `instant`; none for a cron.
    pub fn latest(&self, instant: Timestamp) -> Option<Timestamp> {
        match &self.rule {
            Rule::Rate { seconds } => {
                Timestamp::from_second(instant.as_second().div_euclid(*seconds).checked_mul(*seconds)?).ok()
            }
            Rule::Cron(_) => None,
        }
    }

    /// The zone that it is read in.
    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// Whether it is due so often (a rate) that one missed turn is made good by the next.
    pub fn is_rate(&self) -> bool {
        matches!(self.rule, Rule::Rate { .. })
    }
}

impl Cron {
    fn after(&self, instant: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
        let mut date = instant.to_zoned(zone.clone()).date();
        let last_year = *self.years.last()?;
        while date.year() <= last_year {
            if !self.years.contains(&date.year()) || !self.months.contains(&i16::from(date.month())) {
                date = date.first_of_month().checked_add(1.month()).ok()?;
                continue;
            }
            if self.falls_on(date)
                && let Some(due) = self.times(date, zone).find(|due| *due > instant)
            {
                return Some(due);
            }
            date = date.tomorrow().ok()?;
        }
        None
    }

    fn falls_on(&self, date: Date) -> bool {
        match &self.days {
            Days::OfMonth(days) => days.contains(&i16::from(date.day())),
            Days::OfWeek(days) => days.contains(&i16::from(date.weekday().to_sunday_one_offset())),
        }
    }

    /// The instants of one day, in order of the clock on the wall; those in a gap left out.
    fn times(&self, date: Date, zone: &TimeZone) -> impl Iterator<Item = Timestamp> {
        self.hours.iter().flat_map(move |hour| {
            self.minutes.iter().filter_map(move |minute| {
                let local = date.at(i8::try_from(*hour).ok()?, i8::try_from(*minute).ok()?, 0, 0);
                let ambiguous = zone.to_ambiguous_timestamp(local);
                match ambiguous.offset() {
                    AmbiguousOffset::Gap { .. } => None,
                    AmbiguousOffset::Unambiguous { .. } | AmbiguousOffset::Fold { .. } => {
                        ambiguous.earlier().ok()
                    }
                }
            })
        })
    }
}

/// `("rate", "5 minutes")` of `rate(5 minutes)`.
fn inner(expression: &str) -> Option<(&str, &str)> {
    let (kind, rest) = expression.trim().split_once('(')?;
    Some((kind, rest.strip_suffix(')')?))
}

fn rate(text: &str) -> Result<Rule, ScheduleError> {
    let wrong = || ScheduleError(format!("rate({text}) is not a count and minutes, hours or days"));
    let (count, unit) = text.trim().split_once(' ').ok_or_else(wrong)?;
    let count: u32 = count.parse().map_err(|_| wrong())?;
    let unit_seconds = match unit.trim() {
        "minute" | "minutes" => 60,
        "hour" | "hours" => 3_600,
        "day" | "days" => 86_400,
        _ => return Err(wrong()),
    };
    if count == 0 {
        return Err(wrong());
    }
    Ok(Rule::Rate { seconds: i64::from(count) * unit_seconds })
}

fn cron(text: &str) -> Result<Cron, ScheduleError> {
    let fields: Vec<&str> = text.split_whitespace().collect();
    let [minutes, hours, of_month, months, of_week, years] = fields[..] else {
        return Err(ScheduleError(format!("cron({text}) has {} fields, not six", fields.len())));
    };
    let days = match (of_month, of_week) {
        (of_month, "?") => Days::OfMonth(Field::DAY_OF_MONTH.parse(of_month)?),
        ("?", of_week) => Days::OfWeek(Field::DAY_OF_WEEK.parse(of_week)?),
        _ => {
            return Err(ScheduleError(format!(
                "cron({text}): one of day-of-month and day-of-week must be ?"
            )));
        }
    };
    Ok(Cron {
        minutes: Field::MINUTE.parse(minutes)?,
        hours: Field::HOUR.parse(hours)?,
        days,
        months: Field::MONTH.parse(months)?,
        years: Field::YEAR.parse(years)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn due(expression: &str, zone: &str, from: &str, count: usize) -> Vec<String> {
        let recurrence = Recurrence::parse(expression, zone).unwrap();
        let mut at: Timestamp = from.parse().unwrap();
        let mut list = Vec::new();
        while list.len() < count {
            at = recurrence.after(at).unwrap();
            list.push(at.to_string());
        }
        list
    }

    fn refused(expression: &str) -> String {
        Recurrence::parse(expression, "Europe/Berlin").unwrap_err().to_string()
    }

    #[test]
    fn a_rate_is_due_on_the_grid_of_the_epoch_and_never_at_the_instant_itself() {
        assert_eq!(
            due("rate(5 minutes)", "UTC", "2026-11-02T07:00:00Z", 2),
            ["2026-11-02T07:05:00Z", "2026-11-02T07:10:00Z"]
        );
        assert_eq!(due("rate(1 hour)", "UTC", "2026-11-02T07:59:59.5Z", 1), ["2026-11-02T08:00:00Z"]);
        assert_eq!(due("rate(1 day)", "UTC", "1969-12-31T12:00:00Z", 1), ["1970-01-01T00:00:00Z"]);
    }

    #[test]
    fn the_first_of_the_month_at_seven_follows_the_zone_through_summer_and_winter() {
        assert_eq!(
            due("cron(0 7 1 * ? *)", "Europe/Berlin", "2026-09-15T00:00:00Z", 3),
            ["2026-10-01T05:00:00Z", "2026-11-01T06:00:00Z", "2026-12-01T06:00:00Z"]
        );
    }

    #[test]
    fn a_time_that_spring_skips_is_skipped_and_one_that_autumn_repeats_is_due_once() {
        assert_eq!(
            due("cron(30 2 * * ? *)", "Europe/Berlin", "2026-03-27T12:00:00Z", 2),
            ["2026-03-28T01:30:00Z", "2026-03-30T00:30:00Z"]
        );
        assert_eq!(
            due("cron(30 2 * * ? *)", "Europe/Berlin", "2026-10-24T12:00:00Z", 2),
            ["2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"]
        );
    }

    #[test]
    fn the_31st_and_the_leap_day_wait_for_their_months_and_years() {
        assert_eq!(
            due("cron(0 0 31 * ? *)", "UTC", "2026-01-31T00:00:00Z", 2),
            ["2026-03-31T00:00:00Z", "2026-05-31T00:00:00Z"]
        );
        assert_eq!(due("cron(0 0 29 FEB ? *)", "UTC", "2026-01-01T00:00:00Z", 1), ["2028-02-29T00:00:00Z"]);
    }

    #[test]
    fn weekdays_count_from_sunday_as_one() {
        assert_eq!(due("cron(0 6 ? * 2 *)", "UTC", "2026-11-01T00:00:00Z", 1), ["2026-11-02T06:00:00Z"]);
        assert_eq!(
            due("cron(0/30 6 ? * MON-TUE *)", "UTC", "2026-11-02T06:00:00Z", 2),
            ["2026-11-02T06:30:00Z", "2026-11-03T06:00:00Z"]
        );
    }

    #[test]
    fn a_schedule_of_years_past_is_never_due_again() {
        let past = Recurrence::parse("cron(0 0 1 1 ? 2020-2021)", "UTC").unwrap();
        assert_eq!(past.after("2026-01-01T00:00:00Z".parse().unwrap()), None);
    }

    #[test]
    fn what_is_not_understood_is_refused_with_its_reason() {
        assert_eq!(refused("at(2026-01-01T00:00:00)"), "one-time schedules, at(…), have no place here");
        assert_eq!(refused("every day"), "\"every day\" is neither rate(…) nor cron(…)");
        assert_eq!(refused("rate(0 minutes)"), "rate(0 minutes) is not a count and minutes, hours or days");
        assert_eq!(refused("cron(0 7 1 * *)"), "cron(0 7 1 * *) has 5 fields, not six");
        assert_eq!(
            refused("cron(0 7 * * * *)"),
            "cron(0 7 * * * *): one of day-of-month and day-of-week must be ?"
        );
        assert_eq!(refused("cron(0 7 L * ? *)"), "\"L\" is not understood as a day of the month");
        assert_eq!(refused("cron(60 7 1 * ? *)"), "\"60\" is not understood as a minute");
        let zone = Recurrence::parse("rate(1 day)", "Europe/Atlantis").unwrap_err();
        assert_eq!(zone.to_string(), "time zone \"Europe/Atlantis\" is not known");
    }
}

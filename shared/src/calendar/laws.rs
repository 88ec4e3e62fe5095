//! The calendar against a slow second computation that shares no code with it: a walk, minute by minute, that asks
//! of each minute what the clock on the wall shows.

use std::fmt::Write as _;

use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use super::{WorkCalendar, WorkingTime};

/// Weeks in which clocks change somewhere, a leap day, a year's end.
const WEEKS: [&str; 8] = [
    "2026-03-04",
    "2026-03-25",
    "2026-04-01",
    "2026-09-30",
    "2026-10-21",
    "2026-10-28",
    "2028-02-25",
    "2026-12-28",
];
const ZONES: [&str; 5] =
    ["Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "America/Santiago"];
const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// A calendar as the walk understands it.
#[derive(Clone, Debug)]
struct Walk {
    zone: &'static str,
    /// Intervals of each day from Monday in minutes of the day; the end is not in it.
    week: Vec<Vec<(u16, u16)>>,
    holidays: Vec<Date>,
}

impl Walk {
    fn calendar(&self) -> WorkCalendar {
        let clock = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
        let mut text = format!("time_zone = \"{}\"\n", self.zone);
        for (day, hours) in DAYS.iter().zip(&self.week) {
            let intervals: Vec<String> =
                hours.iter().map(|(start, end)| format!("\"{}-{}\"", clock(*start), clock(*end))).collect();
            writeln!(text, "hours.{day} = [{}]", intervals.join(", ")).unwrap();
        }
        for holiday in &self.holidays {
            writeln!(text, "holidays.{holiday} = \"\"").unwrap();
        }
        toml::from_str(&text).unwrap()
    }

    fn zone(&self) -> TimeZone {
        TimeZone::get(self.zone).unwrap()
    }

    fn works(&self, zone: &TimeZone, minute: Timestamp) -> bool {
        let wall = zone.to_datetime(minute);
        let day = match wall.weekday() {
            Weekday::Monday => 0,
            Weekday::Tuesday => 1,
            Weekday::Wednesday => 2,
            Weekday::Thursday => 3,
            Weekday::Friday => 4,
            Weekday::Saturday => 5,
            Weekday::Sunday => 6,
        };
        let time = wall.time();
        !self.holidays.contains(&wall.date())
            && self.week[day]
                .iter()
                .any(|(start, end)| at(*start) <= time && (*end == 1440 || time < at(*end)))
    }

    fn worked(&self, from: Timestamp, to: Timestamp) -> i64 {
        let zone = self.zone();
        minutes(from)
            .take_while(|minute| *minute < to)
            .map(|minute| i64::from(self.works(&zone, minute)))
            .sum()
    }

    /// None when the walk ends before; short weeks are long in coming to a thousand minutes.
    fn after_minutes(&self, from: Timestamp, wanted: u32) -> Option<Timestamp> {
        let zone = self.zone();
        let mut worked = 0;
        let last = minutes(from).find(|minute| {
            worked += u32::from(self.works(&zone, *minute));
            worked == wanted
        });
        Some(last? + SignedDuration::from_mins(1))
    }

    /// Walks until it has met the opening and then `wanted` later dates with work, and to the end of the last one.
    fn after_days(&self, from: Timestamp, wanted: u32) -> Timestamp {
        let zone = self.zone();
        let (mut dates, mut end) = (Vec::new(), from);
        for minute in minutes(from) {
            let date = zone.to_datetime(minute).date();
            if self.works(&zone, minute) {
                if !dates.contains(&date) {
                    dates.push(date);
                }
                if dates.len() > wanted as usize + 1 {
                    return end;
                }
                end = minute + SignedDuration::from_mins(1);
            }
        }
        end
    }
}

fn at(minute: u16) -> Time {
    Time::midnight() + SignedDuration::from_mins(minute.into())
}

fn minutes(from: Timestamp) -> impl Iterator<Item = Timestamp> {
    (0..60 * 24 * 120).map(move |minute| from + SignedDuration::from_mins(minute))
}

fn hours() -> impl Strategy<Value = Vec<(u16, u16)>> {
    let quarters = proptest::collection::btree_set(0_u16..=96, 0..=4);
    quarters.prop_map(|ends| {
        let ends: Vec<u16> = ends.into_iter().map(|quarter| quarter * 15).collect();
        ends.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect()
    })
}

fn walk() -> impl Strategy<Value = (Walk, Timestamp)> {
    let week = proptest::collection::vec(hours(), 7);
    let start = (proptest::sample::select(&WEEKS), 0_i64..60 * 24 * 9);
    let holidays = proptest::collection::vec(0_i32..14, 0..3);
    (proptest::sample::select(&ZONES), week, start, holidays)
        .prop_filter("a calendar has working time", |(_, week, _, _)| week.iter().any(|day| !day.is_empty()))
        .prop_map(|(zone, week, (monday, minute), holidays)| {
            let first: Date = monday.parse().unwrap();
            let from = TimeZone::UTC.to_timestamp(first.at(0, 0, 0, 0)).unwrap();
            let holidays =
                holidays.into_iter().map(|day| first + SignedDuration::from_hours(24 * i64::from(day)));
            let mut holidays: Vec<Date> = holidays.collect();
            holidays.sort();
            holidays.dedup();
            (Walk { zone, week, holidays }, from + SignedDuration::from_mins(minute))
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn working_time_between_is_what_a_walk_counts((walk, from) in walk(), length in 0_i64..60 * 24 * 9) {
        let to = from + SignedDuration::from_mins(length);
        prop_assert_eq!(walk.calendar().working_between(from, to), walk.worked(from, to));
    }

    #[test]
    fn the_end_of_working_minutes_is_where_a_walk_gets_to((walk, from) in walk(), minutes in 1_u32..2000) {
        let reached = walk.after_minutes(from, minutes);
        prop_assume!(reached.is_some());
        let due = walk.calendar().add_working(from, WorkingTime::Minutes(minutes));
        prop_assert_eq!(Some(due), reached);
    }

    #[test]
    fn the_end_of_working_days_is_where_a_walk_gets_to((walk, from) in walk(), days in 0_u32..8) {
        let due = walk.calendar().add_working(from, WorkingTime::Days(days));
        prop_assert_eq!(due, walk.after_days(from, days));
    }

    #[test]
    fn every_minute_is_judged_as_the_wall_shows_it((walk, from) in walk()) {
        let (calendar, zone) = (walk.calendar(), walk.zone());
        for minute in minutes(from).step_by(7).take(400) {
            prop_assert_eq!(calendar.is_working(minute), walk.works(&zone, minute), "{}", minute);
        }
    }

    #[test]
    fn what_was_added_is_what_lies_between((walk, from) in walk(), hours in 1_u32..100) {
        let calendar = walk.calendar();
        let due = calendar.add_working(from, WorkingTime::Hours(hours));
        prop_assert_eq!(calendar.working_between(from, due), i64::from(hours) * 60);
    }

    #[test]
    fn who_complains_later_is_not_answered_earlier((walk, from) in walk(), later in 0_i64..5000, days in 0_u32..6) {
        let calendar = walk.calendar();
        let time = WorkingTime::Days(days);
        let second = from + SignedDuration::from_mins(later);
        prop_assert!(calendar.add_working(from, time) <= calendar.add_working(second, time));
        prop_assert!(calendar.add_working(from, time) > from);
    }
}

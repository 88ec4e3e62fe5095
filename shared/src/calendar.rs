//! When the company works: a time zone, the week's hours with their breaks, and holidays.
//!
//! An instant is working time when the clock on the wall in that zone shows a time within the day's hours and the day
//! is no holiday. So an hour that the spring takes away is not worked, and one that the autumn gives twice is worked
//! twice. Minutes and hours are those that really pass.
//!
//! Something that happens outside working hours counts as happening at the next opening. "In n working days" means by
//! the end of work on the n-th working day after that day: what comes in on Monday at 10:00, or on Sunday, is due on
//! Tuesday at closing time when one working day is promised for Monday's, and so for Sunday's.

mod document;
mod stretch;

use std::collections::BTreeMap;

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use document::Document;
pub use document::InvalidCalendar;
use stretch::{Stretch, Stretches};

/// An amount of working time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WorkingTime {
    /// Minutes within working hours.
    Minutes(u32),
    /// Hours within working hours.
    Hours(u32),
    /// Working days: by the end of work on the n-th one after the day of receipt.
    Days(u32),
}

/// When the company works. Every calendar has working time in each week that has no holidays.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(try_from = "Document")]
pub struct WorkCalendar {
    zone: TimeZone,
    zone_name: String,
    /// Hours of each weekday from Monday, as seconds of the day, in order and apart.
    week: [Vec<Hours>; 7],
    /// Days without work, with the name of the day where it has one.
    holidays: BTreeMap<Date, String>,
}

/// One interval of a working day, in seconds since midnight on the wall's clock; the end is not in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Hours {
    start: i64,
    end: i64,
}

impl WorkCalendar {
    /// The time zone that the company lives by.
    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// The zone's name in the IANA database, `Europe/London`.
    pub fn zone_name(&self) -> &str {
        &self.zone_name
    }

    /// The holidays with their names; a name may be empty.
    pub fn holidays(&self) -> impl Iterator<Item = (Date, &str)> {
        self.holidays.iter().map(|(date, name)| (*date, name.as_str()))
    }

    /// The week from Monday: each day's intervals of work in order, as `09:00-17:00`; none on a day that is free.
    pub fn week(&self) -> [Vec<String>; 7] {
        let shown = |second: i64| format!("{:02}:{:02}", second / 3600, second % 3600 / 60);
        let of_day = |hours: &Vec<Hours>| {
            hours.iter().map(|hours| format!("{}-{}", shown(hours.start), shown(hours.end))).collect()
        };
        self.week.each_ref().map(of_day)
    }

    /// The date on the company's wall at this instant.
    pub fn date(&self, at: Timestamp) -> Date {
        self.zone.to_datetime(at).date()
    }

    /// The last second of the day that this instant lies in, on the company's wall.
    pub fn end_of_day(&self, at: Timestamp) -> Timestamp {
        let midnight = self.date(at).tomorrow().and_then(|date| date.to_zoned(self.zone.clone()));
        midnight.map_or(Timestamp::MAX, |midnight| midnight.timestamp() - SignedDuration::from_secs(1))
    }

    /// Whether the company works at this instant.
    pub fn is_working(&self, at: Timestamp) -> bool {
        self.stretches(at).next().is_some_and(|stretch| stretch.start <= at)
    }

    /// This instant when the company works, else the next one at which it does.
    pub fn next_opening(&self, at: Timestamp) -> Timestamp {
        self.stretches(at).next().map_or(Timestamp::MAX, |stretch| stretch.start)
    }

    /// The instant by which something promised at `from` within this working time is due. Never before `from`;
    /// nothing but the end of time stops it.
    pub fn add_working(&self, from: Timestamp, time: WorkingTime) -> Timestamp {
        match time {
            WorkingTime::Minutes(minutes) => {
                self.add_elapsed(from, SignedDuration::from_mins(minutes.into()))
            }
            WorkingTime::Hours(hours) => self.add_elapsed(from, SignedDuration::from_hours(hours.into())),
            WorkingTime::Days(days) => self.end_of_working_day(from, days),
        }
    }

    /// Whole minutes of working time between two instants; none when they are in the wrong order.
    pub fn working_between(&self, from: Timestamp, to: Timestamp) -> i64 {
        self.worked(from, to).as_mins()
    }

    /// How many of the days after that of `from`, up to that of `to`, are worked on; `most` at most, for people who want to
    /// know how far off a date is.
    pub fn working_days_between(&self, from: Timestamp, to: Timestamp, most: u32) -> u32 {
        let (mut date, last, mut days) = (self.date(from), self.date(to), 0);
        while days < most
            && date < last
            && let Ok(tomorrow) = date.tomorrow()
        {
            date = tomorrow;
            days += u32::from(!self.hours_on(date).is_empty());
        }
        days
    }

    /// Working time between two instants to the nanosecond.
    pub(crate) fn worked(&self, from: Timestamp, to: Timestamp) -> SignedDuration {
        self.stretches(from)
            .take_while(|stretch| stretch.start < to)
            .map(|stretch| stretch.start.duration_until(stretch.end.min(to)))
            .sum()
    }

    /// As much working time after `now` as lies between the two instants; a day of it where none does, since that would be
    /// over at once.
    pub(crate) fn as_far(&self, from: Timestamp, to: Timestamp, now: Timestamp) -> Timestamp {
        let time = self.worked(from, to);
        if time.is_zero() { self.add_working(now, WorkingTime::Days(1)) } else { self.add_elapsed(now, time) }
    }

    /// The instant at which so much working time has passed since `from`.
    pub(crate) fn add_elapsed(&self, from: Timestamp, time: SignedDuration) -> Timestamp {
        if time <= SignedDuration::ZERO {
            return from;
        }
        let mut left = time;
        for stretch in self.stretches(from) {
            let length = stretch.length();
            if left <= length {
                return stretch.start.checked_add(left).unwrap_or(Timestamp::MAX);
            }
            left -= length;
        }
        Timestamp::MAX
    }

    fn end_of_working_day(&self, from: Timestamp, days: u32) -> Timestamp {
        let Some(opening) = self.stretches(from).next() else { return Timestamp::MAX };
        let mut date = opening.date;
        let mut end = self.end_of_work(date);
        for _ in 0..days {
            end = None;
            while end.is_none() {
                let Ok(tomorrow) = date.tomorrow() else { return Timestamp::MAX };
                date = tomorrow;
                end = self.end_of_work(date);
            }
        }
        end.unwrap_or(Timestamp::MAX)
    }

    /// The last working instant of a date; none when nobody works then.
    fn end_of_work(&self, date: Date) -> Option<Timestamp> {
        if self.hours_on(date).is_empty() {
            return None;
        }
        // No zone is further from UTC than 26 hours, and a date that a clock change cuts in two comes back at once.
        let noon = TimeZone::UTC.to_timestamp(date.at(12, 0, 0, 0)).ok()?;
        let begin = noon.checked_sub(SignedDuration::from_hours(38)).unwrap_or(Timestamp::MIN);
        self.stretches(begin)
            .take_while(|stretch| stretch.start.duration_since(noon) < SignedDuration::from_hours(38))
            .filter(|stretch| stretch.date == date)
            .map(|stretch| stretch.end)
            .last()
    }

    /// All working time from an instant on, in order.
    fn stretches(&self, from: Timestamp) -> Stretches<'_> {
        Stretches::new(self, from)
    }

    fn hours_on(&self, date: Date) -> &[Hours] {
        if self.holidays.contains_key(&date) { &[] } else { &self.week[monday_offset(date.weekday())] }
    }
}

impl Stretch {
    fn length(&self) -> SignedDuration {
        self.start.duration_until(self.end)
    }
}

fn monday_offset(weekday: Weekday) -> usize {
    usize::try_from(weekday.to_monday_zero_offset()).expect("offsets run from 0 to 6")
}

#[cfg(test)]
mod laws;
#[cfg(test)]
mod tests;

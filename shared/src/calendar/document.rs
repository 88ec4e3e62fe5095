//! The calendar as the policy's author writes it.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Deserialize;
use thiserror::Error;

use super::{Hours, WorkCalendar};

/// Why a calendar is none to work by.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum InvalidCalendar {
    /// The IANA database has no such zone.
    #[error("`{0}` is no time zone of the IANA database, such as Europe/London")]
    Zone(String),
    /// Hours are not written as they should be.
    #[error("`{0}` is no interval of hours, such as 09:00-17:30")]
    Hours(String),
    /// The hours of a day overlap or stand in the wrong order.
    #[error("the hours of {0} overlap or are out of order")]
    Overlap(&'static str),
    /// A holiday is no date.
    #[error("`{0}` is no date, such as 2026-12-25")]
    Date(String),
    /// There is no working time, so that no deadline would ever come.
    #[error("no day has any working hours")]
    NoWorkingTime,
}

/// The table `calendar` of the policy.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Document {
    time_zone: String,
    hours: Week,
    #[serde(default)]
    holidays: BTreeMap<String, String>,
}

/// Each day's intervals; a day that is left out is free.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Week {
    monday: Vec<String>,
    tuesday: Vec<String>,
    wednesday: Vec<String>,
    thursday: Vec<String>,
    friday: Vec<String>,
    saturday: Vec<String>,
    sunday: Vec<String>,
}

impl TryFrom<Document> for WorkCalendar {
    type Error = InvalidCalendar;

    fn try_from(document: Document) -> Result<WorkCalendar, InvalidCalendar> {
        let Document { time_zone, hours, holidays } = document;
        let zone = TimeZone::get(&time_zone).map_err(|_| InvalidCalendar::Zone(time_zone.clone()))?;
        let week = [
            day("monday", &hours.monday)?,
            day("tuesday", &hours.tuesday)?,
            day("wednesday", &hours.wednesday)?,
            day("thursday", &hours.thursday)?,
            day("friday", &hours.friday)?,
            day("saturday", &hours.saturday)?,
            day("sunday", &hours.sunday)?,
        ];
        if week.iter().all(Vec::is_empty) {
            return Err(InvalidCalendar::NoWorkingTime);
        }
        let holidays = holidays
            .into_iter()
            .map(|(date, name)| match date.parse::<Date>() {
                Ok(day) if date.len() == 10 => Ok((day, name)),
                _ => Err(InvalidCalendar::Date(date)),
            })
            .collect::<Result<_, _>>()?;
        Ok(WorkCalendar { zone, zone_name: time_zone, week, holidays })
    }
}

fn day(name: &'static str, intervals: &[String]) -> Result<Vec<Hours>, InvalidCalendar> {
    let mut hours = Vec::with_capacity(intervals.len());
    let mut free_from = 0;
    for text in intervals {
        let interval = interval(text).ok_or_else(|| InvalidCalendar::Hours(text.clone()))?;
        if interval.start < free_from {
            return Err(InvalidCalendar::Overlap(name));
        }
        free_from = interval.end;
        hours.push(interval);
    }
    Ok(hours)
}

/// `09:00-17:30`; midnight at the end is `24:00`.
fn interval(text: &str) -> Option<Hours> {
    let (start, end) = text.split_once('-')?;
    let hours = Hours { start: second_of_day(start.trim())?, end: second_of_day(end.trim())? };
    (hours.start < hours.end).then_some(hours)
}

fn second_of_day(text: &str) -> Option<i64> {
    let (hour, minute) = text.split_once(':')?;
    let number = |part: &str| match part.as_bytes() {
        [tens @ b'0'..=b'9', ones @ b'0'..=b'9'] => {
            Some(i64::from(tens - b'0') * 10 + i64::from(ones - b'0'))
        }
        _ => None,
    };
    let minutes = number(hour)? * 60 + number(minute).filter(|minute| *minute < 60)?;
    (minutes <= 24 * 60).then_some(minutes * 60)
}

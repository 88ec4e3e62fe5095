//! Working time as instants: the hours on the wall laid over the zone's changes.

use std::slice;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan};

use super::{Hours, WorkCalendar};

/// Working time without a break in it, from `start` until before `end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    pub(super) start: Timestamp,
    pub(super) end: Timestamp,
    /// The date on the wall.
    pub(super) date: Date,
}

/// All stretches from an instant on, in order; the first is cut at that instant.
///
/// Between two changes of the zone the wall's clock is UTC and an offset that stays, so that plain arithmetic lays
/// the hours of a date out as instants. A change ends one such season and begins the next, in which the date goes on
/// or, where clocks went back over midnight, comes a second time.
pub(super) struct Stretches<'c> {
    calendar: &'c WorkCalendar,
    from: Timestamp,
    season: Option<Season>,
    date: Option<Date>,
    hours: slice::Iter<'c, Hours>,
}

/// A time in which the zone's offset does not change.
struct Season {
    begin: Timestamp,
    /// The first instant after it.
    end: Timestamp,
    offset: SignedDuration,
}

impl<'c> Stretches<'c> {
    pub(super) fn new(calendar: &'c WorkCalendar, from: Timestamp) -> Stretches<'c> {
        let mut stretches = Stretches { calendar, from, season: None, date: None, hours: [].iter() };
        stretches.enter_season(from);
        stretches
    }

    fn enter_season(&mut self, begin: Timestamp) {
        let zone = &self.calendar.zone;
        let offset = SignedDuration::from_secs(zone.to_offset(begin).seconds().into());
        let end = zone.following(begin).next().map_or(Timestamp::MAX, |change| change.timestamp());
        self.season = Some(Season { begin, end, offset });
        self.enter_date(zone.to_datetime(begin).date());
    }

    fn enter_date(&mut self, date: Date) {
        self.date = Some(date);
        self.hours = self.calendar.hours_on(date).iter();
    }

    /// Goes on to the next date, or the next season when this one ends before it; false at the end of time.
    fn advance(&mut self) -> bool {
        let (Some(season), Some(date)) = (&self.season, self.date) else { return false };
        let Ok(tomorrow) = date.checked_add(1.day()) else { return false };
        match season.instant(tomorrow, 0) {
            Some(midnight) if midnight < season.end => self.enter_date(tomorrow),
            _ if season.end < Timestamp::MAX => self.enter_season(season.end),
            _ => return false,
        }
        true
    }
}

impl Season {
    /// The instant of a second of a date, as if this season lasted for ever.
    fn instant(&self, date: Date, second: i64) -> Option<Timestamp> {
        let wall = jiff::tz::TimeZone::UTC.to_timestamp(date.at(0, 0, 0, 0)).ok()?;
        wall.checked_add(SignedDuration::from_secs(second)).ok()?.checked_sub(self.offset).ok()
    }

    fn cut(&self, date: Date, hours: Hours, from: Timestamp) -> Option<Stretch> {
        let start = self.instant(date, hours.start)?.max(self.begin).max(from);
        let end = self.instant(date, hours.end)?.min(self.end);
        (start < end).then_some(Stretch { start, end, date })
    }
}

impl Iterator for Stretches<'_> {
    type Item = Stretch;

    fn next(&mut self) -> Option<Stretch> {
        loop {
            for hours in self.hours.by_ref() {
                let (season, date) = (self.season.as_ref()?, self.date?);
                if let Some(stretch) = season.cut(date, *hours, self.from) {
                    return Some(stretch);
                }
            }
            if !self.advance() {
                return None;
            }
        }
    }
}

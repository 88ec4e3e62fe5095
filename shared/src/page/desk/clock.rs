//! How far off a date is: in working time, which staff go by, or where that does not say it by the clock on the wall.

use jiff::{SignedDuration, Timestamp};

use crate::calendar::WorkCalendar;

/// What is further off than that is not counted in days.
const MOST_DAYS: u32 = 250;

/// How far off a promised date is: hours of work where there is at most a night between, or else working days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Countdown {
    /// In words: "3 h 20 min left", "late by 2 working days".
    pub(super) words: String,
    /// Whether it has passed.
    pub(super) is_late: bool,
}

impl Countdown {
    /// Seen from `now`.
    pub(super) fn to(due: Timestamp, now: Timestamp, calendar: &WorkCalendar) -> Countdown {
        if due < now {
            return Countdown {
                words: format!("late by {}", amount(due, (due, now), calendar)),
                is_late: true,
            };
        }
        Countdown { words: format!("{} left", amount(due, (now, due), calendar)), is_late: false }
    }
}

/// Of work; where the date itself lies beside the hours of work, or nothing of them is between, of the clock: what is due
/// on a Saturday is so whether anybody works or not.
fn minutes(due: Timestamp, (from, to): (Timestamp, Timestamp), calendar: &WorkCalendar) -> i64 {
    let working = calendar.working_between(from, to);
    let of_clock = to.duration_since(from).as_secs() / 60;
    let is_at_work = calendar.working_between(due - SignedDuration::from_mins(1), due) > 0;
    if working == 0 || !is_at_work { of_clock } else { working }
}

fn amount(due: Timestamp, (from, to): (Timestamp, Timestamp), calendar: &WorkCalendar) -> String {
    match calendar.working_days_between(from, to, MOST_DAYS) {
        // With one night between them, hours say more than the day.
        0 | 1 => hours(minutes(due, (from, to), calendar)),
        MOST_DAYS.. => "about a year or more".to_owned(),
        days => format!("{days} working days"),
    }
}

fn hours(minutes: i64) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::Policy;

    fn check(now: &str, due: &str, words: &str) {
        let policy = Policy::built_in();
        let countdown = Countdown::to(due.parse().unwrap(), now.parse().unwrap(), &policy.calendar);
        assert_eq!(countdown.words, words, "from {now} to {due}");
        assert_eq!(countdown.is_late, due < now);
    }

    #[test]
    fn a_date_is_as_far_off_as_there_is_work_before_it() {
        // A Monday in October; work is from 9 to 17 in London, an hour ahead of these times.
        check("2026-10-05T08:00:00Z", "2026-10-05T11:20:00Z", "3 h 20 min left");
        check("2026-10-05T08:00:00Z", "2026-10-05T08:45:00Z", "45 min left");
        check("2026-10-05T20:00:00Z", "2026-10-05T22:00:00Z", "2 h left");
        check("2026-10-10T10:00:00Z", "2026-10-10T14:00:00Z", "4 h left");
        check("2026-10-05T15:30:00Z", "2026-10-05T19:30:00Z", "4 h left");
        check("2026-10-10T14:00:00Z", "2026-10-10T10:00:00Z", "late by 4 h");
        check("2026-10-09T17:00:00Z", "2026-10-11T09:00:00Z", "40 h left");
        check("2026-10-11T19:00:00Z", "2026-10-10T09:00:00Z", "late by 34 h");
        check("2026-10-05T15:30:00Z", "2026-10-06T09:30:00Z", "2 h left");
        check("2026-10-09T15:00:00Z", "2026-10-12T09:00:00Z", "2 h left");
        check("2026-10-05T08:00:00Z", "2026-10-19T16:00:00Z", "10 working days left");
        check("2026-10-05T12:00:00Z", "2026-10-05T10:00:00Z", "late by 2 h");
        check("2026-10-08T12:00:00Z", "2026-10-05T10:00:00Z", "late by 3 working days");
        check("2026-10-05T12:00:00Z", "2029-10-05T10:00:00Z", "about a year or more left");
    }
}

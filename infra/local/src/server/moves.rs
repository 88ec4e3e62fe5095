//! Moves of the clock as they are asked for.

use jiff::civil::time;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp, ToSpan};
use serde::Deserialize;

use super::TwinError;

/// Longer moves are a mistake rather than a wish.
const LONGEST: i64 = 5 * 366 * 24 * 3600;

/// A move, by a duration or to an instant: exactly one of them.
#[derive(Debug, Default, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub(super) struct Move {
    /// ISO 8601: `PT24H`, `P1D`, `P1M`.
    advance: Option<String>,
    /// RFC 3339, or `next-month` for the first of the next month, 07:05.
    to: Option<String>,
}

impl Move {
    /// Where the clock is to be then. Days and months are those of `zone`.
    pub(super) fn target(&self, now: Timestamp, zone: &TimeZone) -> Result<Timestamp, TwinError> {
        let given = |text: &Option<String>| text.clone().filter(|text| !text.trim().is_empty());
        let target = match (given(&self.advance), given(&self.to)) {
            (Some(advance), None) => after(now, zone, advance.trim())?,
            (None, Some(to)) if to.trim() == "next-month" => next_month(now, zone)?,
            (None, Some(to)) => instant(to.trim(), zone)?,
            _ => return Err(refused("say either advance (PT24H) or to (2026-12-01T07:00:00Z)")),
        };
        if target < now {
            return Err(refused(&format!("the clock never goes back; it shows {now}")));
        }
        if target.as_second() - now.as_second() > LONGEST {
            return Err(refused("the clock moves by five years at most"));
        }
        Ok(target)
    }
}

/// The first of the next month at 07:05, when its report has just been made.
pub(super) fn next_month(now: Timestamp, zone: &TimeZone) -> Result<Timestamp, TwinError> {
    let first = now.to_zoned(zone.clone()).date().first_of_month().checked_add(1.month());
    let local = first.map(|first| first.to_datetime(time(7, 5, 0, 0)));
    let target = local.and_then(|local| local.to_zoned(zone.clone()));
    target.map(|target| target.timestamp()).map_err(|error| refused(&error.to_string()))
}

fn after(now: Timestamp, zone: &TimeZone, advance: &str) -> Result<Timestamp, TwinError> {
    let span: Span =
        advance.parse().map_err(|_| refused(&format!("{advance:?} is not a duration like PT24H")))?;
    let target = now.to_zoned(zone.clone()).checked_add(span);
    target.map(|target| target.timestamp()).map_err(|_| refused(&format!("{advance} is too long")))
}

/// An instant, or the local time that a browser's form sends, in `zone`.
fn instant(to: &str, zone: &TimeZone) -> Result<Timestamp, TwinError> {
    let local = || to.parse::<jiff::civil::DateTime>()?.to_zoned(zone.clone()).map(|local| local.timestamp());
    to.parse()
        .or_else(|_| local())
        .map_err(|_| refused(&format!("{to:?} is not an instant like 2026-12-01T07:00:00Z")))
}

fn refused(why: &str) -> TwinError {
    TwinError::Refused(why.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target(advance: Option<&str>, to: Option<&str>) -> Result<String, String> {
        let wanted = Move { advance: advance.map(str::to_owned), to: to.map(str::to_owned) };
        let now = "2026-10-24T10:00:00Z".parse().unwrap();
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        wanted.target(now, &zone).map(|target| target.to_string()).map_err(|error| error.to_string())
    }

    #[test]
    fn hours_are_hours_and_days_are_those_of_the_zone() {
        assert_eq!(target(Some("PT24H"), None).unwrap(), "2026-10-25T10:00:00Z");
        assert_eq!(target(Some("P1D"), None).unwrap(), "2026-10-25T11:00:00Z");
    }

    #[test]
    fn an_instant_is_given_with_its_offset_or_in_the_zone() {
        assert_eq!(target(None, Some("2026-12-01T07:00:00Z")).unwrap(), "2026-12-01T07:00:00Z");
        assert_eq!(target(None, Some("2026-12-01T07:00")).unwrap(), "2026-12-01T06:00:00Z");
        assert_eq!(target(None, Some("next-month")).unwrap(), "2026-11-01T06:05:00Z");
    }

    #[test]
    fn what_is_no_move_is_refused_with_its_reason() {
        assert_eq!(
            target(None, None).unwrap_err(),
            "say either advance (PT24H) or to (2026-12-01T07:00:00Z)"
        );
        assert!(target(Some("PT1H"), Some("next-month")).unwrap_err().starts_with("say either"));
        assert_eq!(target(Some("soon"), None).unwrap_err(), "\"soon\" is not a duration like PT24H");
        assert!(
            target(None, Some("tomorrow"))
                .unwrap_err()
                .ends_with("is not an instant like 2026-12-01T07:00:00Z")
        );
        assert_eq!(
            target(Some("-PT1H"), None).unwrap_err(),
            "the clock never goes back; it shows 2026-10-24T10:00:00Z"
        );
        assert_eq!(target(Some("P6Y"), None).unwrap_err(), "the clock moves by five years at most");
        assert_eq!(target(Some("P99999Y"), None).unwrap_err(), "\"P99999Y\" is not a duration like PT24H");
    }
}

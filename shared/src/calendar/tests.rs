use jiff::Timestamp;

use super::*;

/// Monday to Friday 09:00 to 17:00 with a break, Saturday morning, two holidays.
pub(super) fn calendar(zone: &str) -> WorkCalendar {
    let text = format!(
        r#"
        time_zone = "{zone}"
        [hours]
        monday = ["09:00-12:30", "13:00-17:00"]
        tuesday = ["09:00-12:30", "13:00-17:00"]
        wednesday = ["09:00-12:30", "13:00-17:00"]
        thursday = ["09:00-12:30", "13:00-17:00"]
        friday = ["09:00-12:30", "13:00-17:00"]
        saturday = ["09:00-12:00"]
        [holidays]
        "2026-12-25" = "Christmas Day"
        "2026-04-03" = ""
        "#
    );
    toml::from_str(&text).unwrap()
}

fn london() -> WorkCalendar {
    calendar("Europe/London")
}

/// A shop that is open on Sundays at night, when clocks change.
fn night(zone: &str) -> WorkCalendar {
    toml::from_str(&format!("time_zone = \"{zone}\"\nhours.sunday = [\"00:30-04:00\"]")).unwrap()
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap_or_else(|_| text.parse::<jiff::Zoned>().unwrap().timestamp())
}

fn adds(calendar: &WorkCalendar, from: &str, time: WorkingTime, due: &str) {
    assert_eq!(calendar.add_working(at(from), time), at(due), "{time:?} from {from}");
}

#[test]
fn working_time_is_within_the_hours_of_a_day_that_is_no_holiday() {
    let calendar = london();
    for (instant, works) in [
        ("2026-06-01T09:00[Europe/London]", true),
        ("2026-06-01T08:59:59.999[Europe/London]", false),
        ("2026-06-01T12:29:59.999[Europe/London]", true),
        ("2026-06-01T12:30[Europe/London]", false),
        ("2026-06-01T13:00[Europe/London]", true),
        ("2026-06-01T17:00[Europe/London]", false),
        ("2026-06-06T11:00[Europe/London]", true),
        ("2026-06-07T11:00[Europe/London]", false),
        ("2026-12-25T10:00[Europe/London]", false),
    ] {
        assert_eq!(calendar.is_working(at(instant)), works, "{instant}");
    }
}

#[test]
fn the_next_opening_is_now_or_after_break_night_weekend_and_holiday() {
    let calendar = london();
    for (from, opening) in [
        ("2026-06-01T10:00:00.5[Europe/London]", "2026-06-01T10:00:00.5[Europe/London]"),
        ("2026-06-01T12:45[Europe/London]", "2026-06-01T13:00[Europe/London]"),
        ("2026-06-01T17:00[Europe/London]", "2026-06-02T09:00[Europe/London]"),
        ("2026-06-06T12:00[Europe/London]", "2026-06-08T09:00[Europe/London]"),
        ("2026-12-24T18:00[Europe/London]", "2026-12-26T09:00[Europe/London]"),
    ] {
        assert_eq!(calendar.next_opening(at(from)), at(opening), "{from}");
    }
}

#[test]
fn working_hours_run_on_over_breaks_nights_and_weekends() {
    let calendar = london();
    let hours = WorkingTime::Hours;
    adds(&calendar, "2026-06-01T10:00[Europe/London]", hours(2), "2026-06-01T12:00[Europe/London]");
    adds(&calendar, "2026-06-01T12:00[Europe/London]", hours(2), "2026-06-01T14:30[Europe/London]");
    adds(&calendar, "2026-06-01T16:00[Europe/London]", hours(2), "2026-06-02T10:00[Europe/London]");
    adds(&calendar, "2026-06-05T16:00[Europe/London]", hours(5), "2026-06-08T10:00[Europe/London]");
    adds(&calendar, "2026-06-07T03:00[Europe/London]", hours(1), "2026-06-08T10:00[Europe/London]");
    adds(
        &calendar,
        "2026-06-01T16:59:30[Europe/London]",
        WorkingTime::Minutes(1),
        "2026-06-02T09:00:30[Europe/London]",
    );
}

#[test]
fn time_used_up_at_closing_ends_at_closing_and_not_at_the_next_opening() {
    let calendar = london();
    adds(
        &calendar,
        "2026-06-01T15:00[Europe/London]",
        WorkingTime::Hours(2),
        "2026-06-01T17:00[Europe/London]",
    );
    adds(
        &calendar,
        "2026-06-01T11:30[Europe/London]",
        WorkingTime::Hours(1),
        "2026-06-01T12:30[Europe/London]",
    );
}

#[test]
fn working_days_end_with_the_work_of_the_day() {
    let calendar = london();
    let days = WorkingTime::Days;
    adds(&calendar, "2026-06-01T10:00[Europe/London]", days(1), "2026-06-02T17:00[Europe/London]");
    adds(&calendar, "2026-06-01T16:59[Europe/London]", days(1), "2026-06-02T17:00[Europe/London]");
    adds(&calendar, "2026-06-01T10:00[Europe/London]", days(5), "2026-06-06T12:00[Europe/London]");
    adds(&calendar, "2026-06-01T10:00[Europe/London]", days(6), "2026-06-08T17:00[Europe/London]");
    adds(&calendar, "2026-06-01T10:00[Europe/London]", days(0), "2026-06-01T17:00[Europe/London]");
}

#[test]
fn what_comes_in_outside_working_hours_comes_in_at_the_next_opening() {
    let calendar = london();
    let one = WorkingTime::Days(1);
    adds(&calendar, "2026-06-01T05:00[Europe/London]", one, "2026-06-02T17:00[Europe/London]");
    adds(&calendar, "2026-06-01T18:00[Europe/London]", one, "2026-06-03T17:00[Europe/London]");
    adds(&calendar, "2026-06-06T13:00[Europe/London]", one, "2026-06-09T17:00[Europe/London]");
    adds(&calendar, "2026-12-25T10:00[Europe/London]", one, "2026-12-28T17:00[Europe/London]");
}

#[test]
fn months_leap_days_and_years_end_like_any_day() {
    let calendar = london();
    let days = WorkingTime::Days;
    adds(&calendar, "2028-02-28T10:00[Europe/London]", days(1), "2028-02-29T17:00[Europe/London]");
    adds(&calendar, "2028-02-28T10:00[Europe/London]", days(2), "2028-03-01T17:00[Europe/London]");
    adds(&calendar, "2027-02-26T10:00[Europe/London]", days(2), "2027-03-01T17:00[Europe/London]");
    adds(&calendar, "2026-12-31T10:00[Europe/London]", days(1), "2027-01-01T17:00[Europe/London]");
    adds(&calendar, "2026-04-02T10:00[Europe/London]", days(1), "2026-04-04T12:00[Europe/London]");
}

#[test]
fn the_wall_decides_what_day_it_is_and_not_utc() {
    let kolkata = calendar("Asia/Kolkata");
    // 20:00 on Sunday in UTC is 01:30 on Monday in Kolkata.
    adds(&kolkata, "2026-06-07T20:00:00Z", WorkingTime::Hours(1), "2026-06-08T10:00[Asia/Kolkata]");
    adds(&kolkata, "2026-06-07T20:00:00Z", WorkingTime::Days(1), "2026-06-09T17:00[Asia/Kolkata]");
    assert_eq!(kolkata.date(at("2026-06-07T20:00:00Z")).to_string(), "2026-06-08");
}

#[test]
fn an_hour_that_spring_takes_away_is_not_worked() {
    // London goes from 01:00 to 02:00 on 29 March 2026: of 00:30 to 04:00 two and a half hours are left.
    let shop = night("Europe/London");
    let (saturday, monday) = (at("2026-03-28T12:00:00Z"), at("2026-03-30T12:00:00Z"));
    assert_eq!(shop.working_between(saturday, monday), 150);
    adds(&shop, "2026-03-29T00:30:00Z", WorkingTime::Hours(1), "2026-03-29T01:30:00Z");
    assert!(shop.is_working(at("2026-03-29T01:00:00Z")));
}

#[test]
fn an_hour_that_autumn_gives_twice_is_worked_twice() {
    // London goes from 02:00 back to 01:00 on 25 October 2026.
    let shop = night("Europe/London");
    let (saturday, monday) = (at("2026-10-24T12:00:00Z"), at("2026-10-26T12:00:00Z"));
    assert_eq!(shop.working_between(saturday, monday), 270);
    // Lord Howe Island moves by half an hour: 02:00 back to 01:30 on 5 April 2026.
    let island = night("Australia/Lord_Howe");
    assert_eq!(island.working_between(at("2026-04-04T00:00:00Z"), at("2026-04-06T00:00:00Z")), 240);
}

#[test]
fn hours_that_begin_in_a_gap_begin_after_it() {
    let shop: WorkCalendar =
        toml::from_str("time_zone = \"Europe/London\"\nhours.sunday = [\"01:15-01:45\", \"01:45-03:00\"]")
            .unwrap();
    let midnight = at("2026-03-29T00:00:00Z");
    assert_eq!(shop.next_opening(midnight), at("2026-03-29T01:00:00Z"));
    assert_eq!(shop.working_between(midnight, at("2026-03-29T12:00:00Z")), 60);
    assert_eq!(shop.add_working(midnight, WorkingTime::Days(0)), at("2026-03-29T02:00:00Z"));
}

#[test]
fn a_date_whose_hours_a_gap_swallows_is_no_working_day() {
    let shop: WorkCalendar =
        toml::from_str("time_zone = \"Europe/London\"\nhours.sunday = [\"01:00-02:00\"]").unwrap();
    adds(&shop, "2026-03-22T01:30[Europe/London]", WorkingTime::Days(1), "2026-04-05T02:00[Europe/London]");
}

#[test]
fn a_date_that_never_was_is_no_working_day() {
    // Samoa went from 29 to 31 December 2011.
    let samoa = calendar("Pacific/Apia");
    adds(&samoa, "2011-12-29T10:00[Pacific/Apia]", WorkingTime::Days(1), "2011-12-31T12:00[Pacific/Apia]");
    assert_eq!(
        samoa.working_between(at("2011-12-29T17:00[Pacific/Apia]"), at("2011-12-31T09:00[Pacific/Apia]")),
        0
    );
}

#[test]
fn a_date_that_comes_back_after_midnight_ends_when_it_ends_for_good() {
    // St John's went from 00:01 on 7 November 2010 back to 23:01 on the 6th.
    let always = "[\"00:00-24:00\"]";
    let all_day: WorkCalendar = toml::from_str(&format!(
        "time_zone = \"America/St_Johns\"\nhours.saturday = {always}\nhours.sunday = {always}"
    ))
    .unwrap();
    adds(&all_day, "2010-11-06T12:00:00Z", WorkingTime::Days(0), "2010-11-07T03:30:00Z");
    let (begin, end) = (at("2010-11-06T02:30:00Z"), at("2010-11-08T03:30:00Z"));
    assert_eq!(all_day.working_between(begin, end), 49 * 60);
}

#[test]
fn working_time_between_two_instants_is_that_of_the_hours_between_them() {
    let calendar = london();
    let between = |from: &str, to: &str| calendar.working_between(at(from), at(to));
    assert_eq!(between("2026-06-01T10:00[Europe/London]", "2026-06-01T14:00[Europe/London]"), 210);
    assert_eq!(between("2026-06-01T00:00[Europe/London]", "2026-06-08T00:00[Europe/London]"), 5 * 450 + 180);
    assert_eq!(between("2026-06-01T14:00[Europe/London]", "2026-06-01T10:00[Europe/London]"), 0);
    assert_eq!(between("2026-06-01T10:00[Europe/London]", "2026-06-01T10:00:59[Europe/London]"), 0);
    assert_eq!(between("2026-06-07T00:00[Europe/London]", "2026-06-07T23:00[Europe/London]"), 0);
}

#[test]
fn the_end_of_time_stops_what_nothing_else_does() {
    let calendar = london();
    assert_eq!(calendar.add_working(at("9999-12-30T10:00:00Z"), WorkingTime::Days(9)), Timestamp::MAX);
    assert_eq!(calendar.add_working(at("9999-12-30T10:00:00Z"), WorkingTime::Hours(99)), Timestamp::MAX);
    assert_eq!(calendar.next_opening(Timestamp::MAX), Timestamp::MAX);
    assert_eq!(calendar.working_between(Timestamp::MAX, Timestamp::MIN), 0);
    assert!(calendar.add_working(Timestamp::MIN, WorkingTime::Days(1)) > Timestamp::MIN);
}

fn refused(text: &str, error: &str) {
    let message = toml::from_str::<WorkCalendar>(text).unwrap_err().message().to_owned();
    assert_eq!(message, error, "{text}");
}

#[test]
fn a_calendar_that_cannot_be_worked_by_is_refused() {
    let zone = "time_zone = \"Europe/London\"\n";
    refused(&format!("{zone}hours = {{}}"), "no day has any working hours");
    refused(&format!("{zone}hours.monday = []"), "no day has any working hours");
    refused(
        "time_zone = \"Europe/Londres\"\nhours.monday = [\"09:00-17:00\"]",
        "`Europe/Londres` is no time zone of the IANA database, such as Europe/London",
    );
    for hours in [
        "9-17",
        "09:00",
        "9:00-17:00",
        "09:00-25:00",
        "09:60-17:00",
        "24:01-24:02",
        "17:00-09:00",
        "09:00-09:00",
        "x",
    ] {
        let message = format!("`{hours}` is no interval of hours, such as 09:00-17:30");
        refused(&format!("{zone}hours.monday = [\"{hours}\"]"), &message);
    }
    let overlap = "the hours of friday overlap or are out of order";
    refused(&format!("{zone}hours.friday = [\"09:00-12:00\", \"11:59-17:00\"]"), overlap);
    refused(&format!("{zone}hours.friday = [\"13:00-17:00\", \"09:00-12:00\"]"), overlap);
    for date in ["2026-02-29", "2026-13-01", "25 December", "2026-12-25T00:00"] {
        let message = format!("`{date}` is no date, such as 2026-12-25");
        refused(&format!("{zone}hours.monday = [\"09:00-17:00\"]\nholidays.\"{date}\" = \"\""), &message);
    }
}

#[test]
fn midnight_and_intervals_that_touch_are_well_formed() {
    let text = "time_zone = \"Asia/Kolkata\"\nhours.monday = [\"00:00-12:00\", \"12:00 - 24:00\"]";
    let calendar: WorkCalendar = toml::from_str(text).unwrap();
    let (sunday, tuesday) = (at("2026-06-07T00:00[Asia/Kolkata]"), at("2026-06-09T23:00[Asia/Kolkata]"));
    assert_eq!(calendar.working_between(sunday, tuesday), 24 * 60);
    assert_eq!(calendar.zone_name(), "Asia/Kolkata");
}

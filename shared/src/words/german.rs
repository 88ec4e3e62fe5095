//! German, with "Sie", and saying nothing of gender, which nobody asked for.

mod field;
mod letter;
mod page;
mod problem;
mod view;

use jiff::civil::{Date, DateTime};

#[cfg(test)]
pub(super) use field::OTHERWISE;

use super::Words;
use crate::values::Money;

pub(super) static WORDS: Words = Words {
    tag: "de",
    own_name: "Deutsch",
    day,
    plain_day,
    time,
    amount,
    frame: page::FRAME,
    form: page::FORM,
    thanks: page::THANKS,
    link: page::LINK,
    not_me: page::NOT_ME,
    department: page::DEPARTMENT,
    my: page::MY,
    files: page::FILES,
    ways: page::WAYS,
    answered: page::ANSWERED,
    failure: page::FAILURE,
    problem: problem::said,
    wrong: field::wrong,
    view: view::VIEW,
    letters: letter::LETTERS,
};

const WEEKDAYS: [&str; 7] = ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"];

const MONTHS: [&str; 12] = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
];

/// `Dienstag, 3. November 2026`
fn day(date: Date) -> String {
    format!("{}, {}", named(&WEEKDAYS, date.weekday().to_monday_zero_offset()), plain_day(date))
}

/// `3. November 2026`
fn plain_day(date: Date) -> String {
    format!("{}. {} {}", date.day(), named(&MONTHS, date.month() - 1), date.year())
}

/// `Dienstag, 3. November 2026, 17:00 Uhr`
fn time(time: DateTime) -> String {
    format!("{}, {:02}:{:02} Uhr", day(time.date()), time.hour(), time.minute())
}

fn named(names: &[&'static str], index: i8) -> &'static str {
    usize::try_from(index).ok().and_then(|index| names.get(index)).copied().unwrap_or_default()
}

/// `1.234,50 GBP`
fn amount(amount: Money) -> String {
    let plain = amount.amount();
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let mut grouped = String::with_capacity(plain.len() + plain.len() / 3);
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place) % 3 == 0 {
            grouped.push('.');
        }
        grouped.push(digit);
    }
    let point = if fraction.is_empty() { "" } else { "," };
    format!("{grouped}{point}{fraction} {}", amount.currency())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_have_points_between_thousands_and_a_comma_before_the_pence() {
        for (written, shown) in [
            ("25.00 GBP", "25,00 GBP"),
            ("0.07 EUR", "0,07 EUR"),
            ("999.99 GBP", "999,99 GBP"),
            ("1234.50 GBP", "1.234,50 GBP"),
            ("1234567.00 EUR", "1.234.567,00 EUR"),
            ("1250 JPY", "1.250 JPY"),
            ("0 JPY", "0 JPY"),
        ] {
            assert_eq!(amount(Money::parse(written).unwrap()), shown);
        }
    }

    #[test]
    fn every_weekday_and_month_has_its_german_name() {
        let first = jiff::civil::date(2026, 6, 1);
        let week: Vec<String> = first.series(jiff::Span::new().days(1)).take(7).map(day).collect();
        assert_eq!(week[0], "Montag, 1. Juni 2026");
        assert_eq!(week[6], "Sonntag, 7. Juni 2026");
        let start = jiff::civil::date(2026, 1, 31);
        let year: Vec<String> = start.series(jiff::Span::new().months(1)).take(12).map(plain_day).collect();
        assert_eq!((year[0].as_str(), year[2].as_str()), ("31. Januar 2026", "31. März 2026"));
        assert_eq!(year[11], "31. Dezember 2026");
        assert_eq!(
            time(jiff::civil::datetime(2026, 11, 3, 9, 5, 0, 0)),
            "Dienstag, 3. November 2026, 09:05 Uhr"
        );
    }
}

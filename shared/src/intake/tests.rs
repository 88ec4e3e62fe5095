use jiff::civil::date;

use super::*;
use crate::{
    fields::{FieldError, Fields},
    values::Channel,
};

fn read(body: &str) -> Result<Posted, Vec<FieldError>> {
    Posted::read(Fields::from_json(body.as_bytes()).unwrap(), date(2026, 3, 31))
}

fn read_form(body: &str) -> Result<Posted, Vec<FieldError>> {
    Posted::read(Fields::from_form(body.as_bytes()).unwrap(), date(2026, 3, 31))
}

fn read_staff(body: &str) -> Result<StaffIntake, Vec<FieldError>> {
    let now = "2026-03-31T10:00:00Z".parse().unwrap();
    let zone = jiff::tz::TimeZone::get("Europe/London").unwrap();
    StaffIntake::read(Fields::from_json(body.as_bytes()).unwrap(), (now, date(2026, 3, 31)), &zone)
}

fn codes<T: std::fmt::Debug>(answer: Result<T, Vec<FieldError>>) -> Vec<(String, String)> {
    answer.unwrap_err().into_iter().map(|error| (error.pointer, error.code)).collect()
}

/// A post with one field more than what is needed, or instead of it.
fn check(field: &str, value: &str, code: &str) {
    let mut body = serde_json::json!({"description": "It broke.", "email": "a@b.example"});
    body[field] = value.into();
    assert_eq!(codes(read(&body.to_string())), [(format!("/{field}"), code.to_owned())], "{field}");
}

#[test]
fn a_description_and_a_way_to_answer_are_enough() {
    let posted = read(r#"{"description": "It broke.", "email": "ada@bank.example"}"#).unwrap();
    assert_eq!(posted.intake.description.as_str(), "It broke.");
    assert_eq!(posted.intake.language, Language::ENGLISH);
    assert!(read(r#"{"description": "It broke.", "phone": "+44 20 7946 0000"}"#).is_ok());
}

#[test]
fn without_a_description_or_a_way_to_answer_it_is_said_where_they_are_missing() {
    let both = [("/description", "required"), ("/email", "required")];
    let check = |answer| {
        let expected = both.map(|(pointer, code)| (pointer.to_owned(), code.to_owned()));
        assert_eq!(codes(answer), expected);
    };
    check(read("{}"));
    check(read(r#"{"email": null, "description": null}"#));
    check(read_form("name=&email=&phone=&description=+%0D%0A"));
}

#[test]
fn a_wrong_address_is_not_called_missing_too() {
    let answer = read_form("description=x&email=nobody&phone=");
    assert_eq!(codes(answer), [("/email".to_owned(), "not_one_address".to_owned())]);
}

#[test]
fn fields_that_break_a_rule_are_named_with_the_rule() {
    check("description", "", "empty");
    check("description", &"x".repeat(25_001), "too_long");
    check("description", "bell \u{7}", "control_characters");
    check("name", &"x".repeat(201), "too_long");
    check("name", "two\nlines", "several_lines");
    check("email", "a@b.example, c@d.example", "not_one_address");
    check("email", "a@b.example\r\nBcc: c@d.example", "control_characters");
    check("incident_date", "2026-04-01", "in_future");
    check("incident_date", "1899-12-31", "too_early");
    check("incident_date", "31.03.2026", "malformed_date");
    check("language", "english", "malformed_language");
    check("phone", "none", "phone_character");
    check("colour", "red", "unknown_field");
    check(read::KEY, "12345678", "unknown_field");
    check(read::HONEYPOT, "x", "unknown_field");
}

#[test]
fn encoded_line_breaks_do_not_enter_an_address() {
    for typed in ["a%40b.example%0D%0ABcc%3A+c%40d.example", "a%250d%250aBcc%40b.example"] {
        assert!(read_form(&format!("description=x&email={typed}")).is_err(), "{typed}");
    }
}

#[test]
fn everything_that_is_wrong_is_said_at_once() {
    let answer =
        read(r#"{"email": "x", "incident_date": 5, "language": "??", "other": {}, "description": "ok"}"#);
    let pointers: Vec<_> = codes(answer).into_iter().map(|(pointer, _)| pointer).collect();
    assert_eq!(pointers, ["/email", "/incident_date", "/language", "/other"]);
}

#[test]
fn a_missing_description_does_not_hide_what_is_wrong_after_it() {
    let answer = read(r#"{"email": "a@b.example", "needs": 5, "incident_date": "2027-01-01"}"#);
    let pointers: Vec<_> = codes(answer).into_iter().map(|(pointer, _)| pointer).collect();
    assert_eq!(pointers, ["/description", "/incident_date", "/needs"]);
}

#[test]
fn markup_and_template_syntax_are_taken_as_they_are() {
    let typed = "<script>alert(1)</script> {{ 7*7 }} %{x} =cmd()";
    let body = serde_json::json!({"description": typed, "name": typed, "email": "a@b.example"});
    let intake = read(&body.to_string()).unwrap().intake;
    assert_eq!(intake.description.as_str(), typed);
    assert_eq!(intake.name.unwrap().as_str(), typed);
}

#[test]
fn an_unknown_language_is_kept_for_the_letters_to_fall_back_from() {
    let posted = read(r#"{"description": "x", "email": "a@b.example", "language": "tlh-Latn"}"#).unwrap();
    assert_eq!(posted.intake.language.as_str(), "tlh");
}

#[test]
fn the_form_carries_its_key_and_its_traps() {
    let seen = "description=x&phone=020+7946+0000";
    let posted = read_form(&format!("{seen}&idempotency_key=0193-abcd&form_issued=s.1&website=")).unwrap();
    assert_eq!(posted.key.unwrap().as_str(), "0193-abcd");
    assert_eq!(posted.issued.as_deref(), Some("s.1"));
    assert!(!posted.trapped);
    assert!(read_form(&format!("{seen}&website=http%3A%2F%2Fspam.example")).unwrap().trapped);
    let answer = read_form(&format!("{seen}&idempotency_key=short"));
    assert_eq!(codes(answer), [("/idempotency_key".to_owned(), "key_length".to_owned())]);
}

#[test]
fn an_idempotency_key_is_printable_and_of_sensible_length() {
    assert_eq!(IdempotencyKey::parse("\"8e03978e-40d5\"").unwrap().as_str(), "8e03978e-40d5");
    assert_eq!(IdempotencyKey::parse("1234567"), Err(InvalidIdempotencyKey::Length));
    assert_eq!(IdempotencyKey::parse(&"x".repeat(129)), Err(InvalidIdempotencyKey::Length));
    assert_eq!(IdempotencyKey::parse("with blank"), Err(InvalidIdempotencyKey::Character));
    assert_eq!(IdempotencyKey::parse("schlüssel"), Err(InvalidIdempotencyKey::Character));
}

const TAKEN: &str = r#""description": "It broke.", "phone": "020 7946 0000""#;

#[test]
fn staff_say_how_and_when_the_complaint_came() {
    let body = format!(r#"{{{TAKEN}, "channel": "letter", "received_at": "2026-03-29T09:00:00+01:00"}}"#);
    let entry = read_staff(&body).unwrap();
    assert_eq!(entry.channel, Channel::Letter);
    assert_eq!(entry.received_at, "2026-03-29T08:00:00Z".parse().unwrap());
    let now = read_staff(&format!(r#"{{{TAKEN}, "channel": "phone"}}"#)).unwrap();
    assert_eq!(now.received_at, "2026-03-31T10:00:00Z".parse().unwrap());
}

#[test]
fn staff_cannot_backdate_wildly_or_postdate_or_use_the_web_channel() {
    let check = |more: &str, pointer: &str, code: &str| {
        let answer = read_staff(&format!("{{{TAKEN}{more}}}"));
        assert_eq!(codes(answer), [(pointer.to_owned(), code.to_owned())], "{more}");
    };
    check("", "/channel", "required");
    check(r#", "channel": "web""#, "/channel", "unknown_value");
    check(r#", "channel": "phone", "received_at": "2026-03-31T10:00:01Z""#, "/received_at", "in_future");
    check(r#", "channel": "phone", "received_at": "1926-03-31T10:00:00Z""#, "/received_at", "too_early");
    check(r#", "channel": "phone", "received_at": "yesterday""#, "/received_at", "malformed_instant");
}

#[test]
fn a_form_of_staff_says_the_time_on_the_company_s_wall_and_names_its_sending() {
    let now = "2026-03-31T10:00:00Z".parse().unwrap();
    let zone = jiff::tz::TimeZone::get("Europe/London").unwrap();
    let read = |body: &str| {
        let fields = Fields::from_form(body.as_bytes()).unwrap();
        StaffIntake::read(fields, (now, date(2026, 3, 31)), &zone)
    };
    let body =
        "channel=phone&email=ann%40example.com&description=x&idempotency_key=one-and-the-same&received_at=";
    let read_at = read(&format!("{body}2026-03-31T09:30")).unwrap();
    assert_eq!(read_at.received_at.to_string(), "2026-03-31T08:30:00Z");
    assert_eq!(read_at.key.unwrap().to_string(), "one-and-the-same");
    assert_eq!(read(body).unwrap().received_at, now);
    assert_eq!(
        codes(read(&format!("{body}soon"))),
        [("/received_at".to_owned(), "malformed_instant".to_owned())]
    );
    assert_eq!(
        codes(read(&format!("{body}2026-03-31T12:00"))),
        [("/received_at".to_owned(), "in_future".to_owned())]
    );
}

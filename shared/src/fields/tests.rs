use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::values::{EmailAddress, Line, Text};

fn json(body: &str) -> Fields {
    Fields::from_json(body.as_bytes()).unwrap()
}

fn form(body: &str) -> Fields {
    Fields::from_form(body.as_bytes()).unwrap()
}

/// Reads with `take`, and says where which codes were reported.
fn check<T>(mut fields: Fields, take: impl FnOnce(&mut Fields) -> T, reported: &[(&str, &str)]) -> T {
    let taken = take(&mut fields);
    let errors = fields.finish().err().unwrap_or_default();
    let codes: Vec<_> = errors.iter().map(|error| (error.pointer.as_str(), error.code.as_str())).collect();
    assert_eq!(codes, reported);
    taken
}

#[test]
fn what_is_not_one_json_object_is_malformed() {
    let check = |body: &[u8], why| assert_eq!(Fields::from_json(body).unwrap_err(), why, "{body:?}");
    check(b"", Malformed::NotJson);
    check(b"name=a", Malformed::NotJson);
    check(br#"{"a": "b""#, Malformed::NotJson);
    check(br#"{"a": "b"} {}"#, Malformed::NotJson);
    check(br#"{"a": "b",}"#, Malformed::NotJson);
    check(br#"{"a": "\ud800"}"#, Malformed::NotJson);
    check(b"{\"a\": \"\xff\"}", Malformed::NotUtf8);
    check(br#"["a"]"#, Malformed::NotAnObject);
    check(b"null", Malformed::NotAnObject);
    check(br#"{"a": 1, "a": 1}"#, Malformed::Duplicate);
    check(br#"{"a": 1, "\u0061": 1}"#, Malformed::Duplicate);
    check(br#"{"a": [{"b": {"c": 1, "c": 2}}]}"#, Malformed::Duplicate);
    check(format!("{{\"a\": {}1{}}}", "[".repeat(8), "]".repeat(8)).as_bytes(), Malformed::TooDeep);
    check(format!("{{\"a\": {}", "[".repeat(100_000)).as_bytes(), Malformed::TooDeep);
    assert!(Fields::from_json(br#" {"a": [[[[[[[1]]]]]]]} "#).is_ok());
}

#[test]
fn a_form_is_read_as_browsers_send_it() {
    let typed = form("name=Zo%C3%AB+Smith&text=50%25+off%0D%0A100%&&alone&x=a=b").typed();
    assert_eq!(typed["name"], "Zoë Smith");
    assert_eq!(typed["text"], "50% off\r\n100%");
    assert_eq!(typed["alone"], "");
    assert_eq!(typed["x"], "a=b");
    assert_eq!(Fields::from_form(b"a=1&b=2&%61=3").unwrap_err(), Malformed::Duplicate);
    assert_eq!(Fields::from_form(b"a=%ff").unwrap_err(), Malformed::NotUtf8);
}

#[test]
fn an_empty_field_is_absent_in_a_form_and_wrong_in_json() {
    assert_eq!(
        check(form("name=&x=+%0A"), |f| (f.text::<Line<9>>("name"), f.text::<Line<9>>("x")), &[]),
        (None, None)
    );
    check(json(r#"{"name": " "}"#), |f| f.text::<Line<9>>("name"), &[("/name", "empty")]);
    assert_eq!(check(json(r#"{"name": null}"#), |f| f.text::<Line<9>>("name"), &[]), None);
    check(form("name="), |f| f.required_text::<Line<9>>("name"), &[("/name", "required")]);
    check(json("{}"), |f| f.required_text::<Line<9>>("name"), &[("/name", "required")]);
}

#[test]
fn values_of_another_type_are_reported_and_not_guessed() {
    check(json(r#"{"a": 5}"#), |f| f.text::<Line<9>>("a"), &[("/a", "wrong_type")]);
    check(json(r#"{"a": "5"}"#), |f| f.number("a", 1, 9), &[("/a", "wrong_type")]);
    check(json(r#"{"a": 5.5}"#), |f| f.number("a", 1, 9), &[("/a", "wrong_type")]);
    check(json(r#"{"a": 12}"#), |f| f.number("a", 1, 9), &[("/a", "out_of_range")]);
    check(json(r#"{"a": -1}"#), |f| f.number("a", 1, 9), &[("/a", "out_of_range")]);
    check(json(r#"{"a": "true"}"#), |f| f.flag("a"), &[("/a", "wrong_type")]);
    check(json(r#"{"a": {}}"#), |f| f.objects("a", 1, |_| Some(())), &[("/a", "wrong_type")]);
    assert_eq!(check(form("a=5&b=on"), |f| (f.number("a", 1, 9), f.flag("b")), &[]), (Some(5), Some(true)));
}

#[test]
fn fields_that_nobody_asked_for_are_reported() {
    check(
        json(r#"{"a/b~c": 1, "z": null}"#),
        |_| (),
        &[("/a~1b~0c", "unknown_field"), ("/z", "unknown_field")],
    );
    let long = format!(r#"{{"{}": 1}}"#, "n".repeat(65));
    check(json(&long), |_| (), &[("", "unknown_field")]);
}

#[test]
fn a_body_full_of_unknown_fields_gets_a_short_answer() {
    let body = (0..5_000).map(|n| format!("f{n}=1")).collect::<Vec<_>>().join("&");
    assert_eq!(form(&body).finish().unwrap_err().len(), MOST_ERRORS);
}

#[test]
fn lists_of_objects_report_with_their_whole_pointer() {
    let read = |f: &mut Fields| f.objects("list", 2, |item| item.required_text::<Line<3>>("a"));
    let body = json(r#"{"list": [{"a": "b"}, {"a": "long", "c": 1}]}"#);
    check(body, read, &[("/list/1/a", "too_long"), ("/list/1/c", "unknown_field")]);
    check(json(r#"{"list": ["a"]}"#), read, &[("/list/0", "wrong_type")]);
    check(json(r#"{"list": [{}, {}, {}]}"#), read, &[("/list", "too_many")]);
    let taken = check(json(r#"{"list": [{"a": "b"}, {"a": "c"}]}"#), read, &[]);
    assert_eq!(taken.unwrap().len(), 2);
}

#[test]
fn dates_and_instants_have_one_form() {
    let date_of = |text: &str| parse_date(text);
    assert_eq!(date_of("2024-02-29"), Some(date(2024, 2, 29)));
    for wrong in ["2023-02-29", "20240229", "2024-2-29", "2024-02-29T10:00", "29/02/2024", "٢٠٢٤-٠٢-٢٩"]
    {
        assert_eq!(date_of(wrong), None, "{wrong}");
    }
    assert_eq!(parse_instant("2026-03-31T09:30:00Z"), parse_instant("2026-03-31T11:30:00+02:00"));
    for wrong in ["2026-03-31", "2026-03-31T09:30:00", "2026-03-31T09:30:00Z[Europe/London]", "now"] {
        assert_eq!(parse_instant(wrong), None, "{wrong}");
    }
}

#[test]
fn no_detail_repeats_what_was_typed() {
    let body = r#"{"a": "canary@@x", "b": "canary", "c": "canary", "d": "canary"}"#;
    let mut fields = json(body);
    fields.text::<EmailAddress>("a");
    fields.text::<Text<3>>("b");
    fields.choice("c", [("yes", ())]);
    fields.date("d");
    let shown = format!("{fields:?} {:?}", fields.errors);
    assert_eq!(fields.errors.len(), 4);
    assert!(!shown.contains("canary"), "{shown}");
}

proptest! {
    #[test]
    fn no_bytes_make_reading_panic(body in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = Fields::from_json(&body).map(Fields::finish);
        let _ = Fields::from_form(&body).map(Fields::finish);
    }

    #[test]
    fn a_form_gives_back_what_was_sent(name in "[a-z]{1,8}", value in "\\PC{0,40}") {
        let body: String = form_urlencoded::Serializer::new(String::new()).append_pair(&name, &value).finish();
        prop_assert_eq!(&form(&body).typed()[&name], &value);
    }
}

#[test]
fn a_form_names_the_fields_of_a_list_as_pointers_do() {
    let read = |fields: &mut Fields| {
        fields.objects("remedies", 2, |row| {
            let kind = row.required_choice("kind", [("apology", 1), ("refund", 2)]);
            row.raw_text("amount");
            kind
        })
    };
    let sent = "remedies/0/kind=refund&remedies/0/amount=5&remedies/1/kind=&remedies/1/amount=+&remedies/2/kind=apology";
    assert_eq!(check(form(sent), read, &[]), Some(vec![2, 1]), "an empty row is none");
    check(form("remedies/1/kind=&remedies/1/amount=5"), read, &[("/remedies/1/kind", "required")]);
    check(form("remedies/0/kind=gold"), read, &[("/remedies/0/kind", "unknown_value")]);
    check(form("remedies/0/kind=refund&remedies/0/x=1"), read, &[("/remedies/0/x", "unknown_field")]);
    check(form("remedies/00/kind=refund"), read, &[("/remedies~100~1kind", "unknown_field")]);
    check(form("remedies/x/kind=refund"), read, &[("/remedies~1x~1kind", "unknown_field")]);
    let three = "remedies/0/kind=refund&remedies/1/kind=refund&remedies/2/kind=refund";
    assert_eq!(check(form(three), read, &[("/remedies", "too_many")]), None);
    assert_eq!(check(form(""), read, &[]), Some(Vec::new()));
}

#[test]
fn a_form_ticks_several_of_a_list_of_words() {
    let words = [("legal", 1), ("media", 2)];
    let read = |fields: &mut Fields| fields.choices("flags", &words).into_iter().collect::<Vec<_>>();
    assert_eq!(check(form("flags/legal=yes&flags/media=on"), read, &[]), [1, 2]);
    assert_eq!(check(form("flags/legal="), read, &[]), [0; 0]);
    assert_eq!(check(form("flags=legal+media"), read, &[]), [1, 2]);
    check(form("flags/medial=yes"), read, &[("/flags", "unknown_value")]);
}

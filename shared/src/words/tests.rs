//! Every language says everything, and in its own words.

use std::collections::BTreeSet;

use super::*;
use crate::{
    command::{Outcome, RemedyKind},
    complaint::StageName,
    fields::FieldError,
    letter::Expected,
    problem::Kind,
    values::Channel,
};

/// Strings of the tables that are the same in both languages, by their place.
const ALIKE: [&str; 0] = [];

/// Words that a German text does not have, and nearly every English one does.
const ENGLISH_ONLY: [&str; 24] = [
    "the",
    "you",
    "your",
    "our",
    "we",
    "and",
    "of",
    "to",
    "is",
    "are",
    "it",
    "with",
    "have",
    "please",
    "complaint",
    "this",
    "that",
    "not",
    "by",
    "for",
    "or",
    "what",
    "error",
    "address",
];

/// What a reader sees of a page or a letter: the texts between its tags.
pub(crate) fn texts(html: &str) -> Vec<String> {
    let body = html.split_once("<body").map_or(html, |(_, body)| body);
    let after_tag = body.split('<').skip(1).filter_map(|part| part.split_once('>'));
    let unescape = |text: &str| {
        text.replace("&#60;", "<")
            .replace("&#62;", ">")
            .replace("&#34;", "\"")
            .replace("&#39;", "'")
            .replace("&#38;", "&")
    };
    after_tag.map(|(_, text)| unescape(text.trim())).filter(|text| !text.is_empty()).collect()
}

/// Whether nothing in German texts is left in English, but for `given`: names and texts that people or policy gave.
pub(crate) fn check_german(name: &str, english: &[String], german: &[String], given: &[&str]) {
    let without_given =
        |text: &String| given.iter().fold(text.clone(), |text, given| text.replace(given, " "));
    let english: BTreeSet<String> = english.iter().map(without_given).collect();
    for text in german.iter().map(without_given) {
        let says_something = text.chars().filter(|character| character.is_alphabetic()).count() > 2;
        assert!(!says_something || !english.contains(&text), "{name}: {text:?} is in English too");
        for word in text.split(|character: char| !character.is_alphabetic()) {
            assert!(!ENGLISH_ONLY.contains(&word.to_lowercase().as_str()), "{name}: {word:?} in {text:?}");
        }
    }
}

/// The fixed strings of a table, with their places: what `Debug` prints between quotes.
fn fixed(words: &Words) -> Vec<(String, String)> {
    let mut path: Vec<String> = Vec::new();
    let mut found = Vec::new();
    for line in format!("{words:#?}").lines() {
        let depth = (line.len() - line.trim_start().len()) / 4;
        path.truncate(depth);
        let (name, value) = line.trim().split_once(": ").unwrap_or(("", line.trim()));
        path.push(name.to_owned());
        if let Some((_, text)) = value.split_once('"') {
            found.push((path[1..].join("."), text.trim_end_matches(['"', ',']).to_owned()));
        }
    }
    found
}

/// What a language says of every variant that it is asked about.
fn spoken(words: &Words) -> Vec<(String, String)> {
    let mut said = Vec::new();
    let mut add = |place: String, text: &str| said.push((place, text.to_owned()));
    for stage in StageName::ALL {
        add(format!("status {stage:?}"), (words.view.status)(stage));
    }
    for next in [
        Next::Confirm,
        Next::TakeOn,
        Next::FindOut,
        Next::AnswerProposal,
        Next::CarryOut,
        Next::AskSoon,
        Next::AnswerQuestion,
        Next::SayHowItIs,
        Next::LookInto,
        Next::CompleteRecord,
        Next::Nothing,
    ] {
        add(format!("next {next:?}"), (words.view.next)(next));
    }
    for outcome in Outcome::ALL {
        add(format!("outcome {outcome:?}"), (words.view.outcome)(outcome));
        add(format!("conclusion {outcome:?}"), (words.letters.common.conclusion)(outcome));
    }
    let pound = Some(Money::parse("1.00 GBP").unwrap());
    for kind in RemedyKind::ALL {
        add(format!("remedy {kind:?}"), (words.view.remedy)(kind));
        add(format!("remedy in letters {kind:?}"), (words.letters.common.remedy)(kind));
        add(format!("done {kind:?}"), &(words.view.history.done)(kind, pound));
        add(format!("done without amount {kind:?}"), &(words.view.history.done)(kind, None));
    }
    for channel in Channel::ALL {
        add(format!("received {channel:?}"), &(words.view.history.received)(channel));
        add(format!("contacted {channel:?}"), &(words.view.history.contacted)(channel));
    }
    for what in [Expected::Contact, Expected::News, Expected::Answer] {
        add(format!("expected {what:?}"), &(words.letters.common.expected)(what, "x"));
    }
    for seconds in [60, 600, 36_000] {
        add(format!("wait {seconds}"), &(words.failure.wait)(seconds));
    }
    add("rated".to_owned(), &(words.view.history.rated)(3));
    add("link".to_owned(), &(words.letters.common.link)(1));
    add("link".to_owned(), &(words.letters.common.link)(30));
    add("contact".to_owned(), &(words.letters.common.contact)("x", "y"));
    add("contact here".to_owned(), &(words.letters.common.contact_here)("x"));
    add("above".to_owned(), words.letters.common.above);
    said
}

#[test]
fn no_word_of_english_is_left_in_the_german_table() {
    let of = |words: &Words| [fixed(words), spoken(words)].concat();
    let (english, german) = (of(ALL[0]), of(ALL[1]));
    assert!(english.len() > 200, "the tables were read: {}", english.len());
    assert_eq!(english.len(), german.len());
    for ((place, english), (german_place, german)) in english.into_iter().zip(german) {
        assert_eq!(place, german_place);
        assert!(!german.is_empty(), "{place} is empty");
        assert!(english != german || ALIKE.contains(&place.as_str()), "{place}: {german:?} in both");
        check_german(&place, &[], &[german], &[]);
    }
}

#[test]
fn every_kind_of_problem_is_said_in_german() {
    for kind in Kind::ALL {
        let problem = Problem { kind, ..Problem::internal() };
        let Said { title, detail } = german::WORDS.problem(&problem);
        check_german(kind.slug(), &[problem.title, problem.detail], &[title, detail], &[]);
    }
}

/// Every fault that a customer's form can have, with what is posted to get it.
const FAULTY_FORMS: [&str; 14] = [
    "description=",
    "description=x&email=nobody",
    "description=x&email=a@b@c.example",
    "description=x&email=a%20b@c.example",
    "description=x&email=a@b..c",
    "description=x&email=a%00@c.example",
    "description=a%00b&phone=12",
    "description=x&phone=call%20me",
    "description=x&phone=12345&incident_date=yesterday&other=1",
    "description=x&phone=12345&incident_date=2030-01-01&language=english",
    "description=x&phone=12345&incident_date=1820-01-01&idempotency_key=a",
    "description=x&phone=12345&idempotency_key=%C3%A4%C3%A4%C3%A4%C3%A4%C3%A4",
    "description=x&phone=12345&name=a%0Ab&order_reference=a%01b",
    "description=x&phone=12345&product=%00",
];

fn faults() -> Vec<FieldError> {
    use crate::{customer_body, fields::Fields, intake::Posted};
    let fields = |body: &str| Fields::from_form(body.as_bytes()).unwrap();
    let today = jiff::civil::date(2026, 11, 2);
    let long = format!(
        "description={}&email={}%40b.example&name={}",
        "x".repeat(25_001),
        "y".repeat(300),
        "z".repeat(999)
    );
    let mut found: Vec<FieldError> = FAULTY_FORMS
        .into_iter()
        .chain([long.as_str()])
        .flat_map(|body| Posted::read(fields(body), today).unwrap_err())
        .collect();
    for body in ["", "proposal=0&answer=maybe", "proposal=x&answer=accept"] {
        found.extend(customer_body::GiveAnswer::read(fields(body)).unwrap_err());
    }
    for body in ["", "rating=6", "rating=x&concern=perhaps", "rating=1&concern=yes"] {
        found.extend(customer_body::GiveFeedback::read(fields(body)).unwrap_err());
    }
    found
}

#[test]
fn whatever_is_wrong_with_a_customer_s_form_is_said_in_german() {
    let faults = faults();
    let codes: BTreeSet<&str> = faults.iter().map(|error| error.code.as_str()).collect();
    assert!(codes.len() > 15, "{codes:?}");
    for error in &faults {
        let said = (german::WORDS.wrong)(error);
        assert_ne!(said, german::OTHERWISE, "{} {}", error.pointer, error.code);
        check_german(&error.code, &[], &[said], &["example.com"]);
    }
    let too_long = faults.iter().find(|error| error.pointer == "/description" && error.code == "too_long");
    assert_eq!((german::WORDS.wrong)(too_long.unwrap()), "Das ist länger als 25000 Zeichen.");
}

#[test]
fn a_language_without_words_is_read_in_english() {
    let tag = |language: &str| of(Language::parse(language).unwrap()).tag;
    assert_eq!([tag("de"), tag("de-CH"), tag("en"), tag("fr"), tag("tlh")], ["de", "de", "en", "en", "en"]);
    assert!(has(Language::ENGLISH) && !has(Language::parse("fr").unwrap()));
}

#[test]
fn times_are_those_on_the_company_s_wall() {
    let zone = TimeZone::get("Europe/London").unwrap();
    let at: Timestamp = "2026-03-31T16:30:00Z".parse().unwrap();
    assert_eq!(ALL[0].time_at(at, &zone), "Tuesday 31 March 2026, 17:30");
    assert_eq!(ALL[0].day_at(at, &zone), "Tuesday 31 March 2026");
    // Who has the whole day is told the day, who has less is told the time.
    let (day, hours) = ("2026-03-31T22:59:59Z".parse().unwrap(), "2026-03-31T13:30:00Z".parse().unwrap());
    assert_eq!(ALL[0].until_at(day, &zone), "Tuesday 31 March 2026");
    assert_eq!(ALL[0].until_at(hours, &zone), ALL[0].time_at(hours, &zone));
    assert_eq!(ALL[1].time_at(at, &zone), "Dienstag, 31. März 2026, 17:30 Uhr");
}

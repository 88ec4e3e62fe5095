//! Holds the description of the API against what is described: the template's routes, the words of the domain, the
//! bodies that are read.
#![expect(clippy::unwrap_used, reason = "all of this file is tests")]

use std::collections::BTreeSet;

use complaints::{
    command::{Outcome, RemedyKind, Verb},
    complaint::StageName,
    fields::Fields,
    intake::Posted,
    staff_body,
    values::{Channel, Currency, Severity},
};
use serde_json::{Value, json};

fn document() -> Value {
    serde_json::from_str(include_str!("../openapi.json")).unwrap()
}

fn schema(name: &str) -> Value {
    document()["components"]["schemas"][name].clone()
}

fn words(schema: &Value) -> Vec<String> {
    schema["enum"].as_array().unwrap().iter().map(|word| word.as_str().unwrap().to_owned()).collect()
}

#[test]
fn every_route_of_the_template_is_described_and_no_other() {
    let template = include_str!("../../infra/template.yaml");
    let lines: Vec<&str> = template.lines().map(str::trim).collect();
    let routed: BTreeSet<(String, String)> = lines
        .iter()
        .enumerate()
        .filter_map(|(at, line)| {
            let path = line.strip_prefix("Path: ")?;
            let around = &lines[at.saturating_sub(2)..lines.len().min(at + 3)];
            let method = around.iter().find_map(|line| line.strip_prefix("Method: "))?;
            Some((path.to_owned(), method.to_lowercase()))
        })
        .collect();
    let document = document();
    let described: BTreeSet<(String, String)> = document["paths"]
        .as_object()
        .unwrap()
        .iter()
        .flat_map(|(path, methods)| {
            methods.as_object().unwrap().keys().map(|method| (path.clone(), method.clone()))
        })
        .collect();
    assert_eq!(described, routed);
}

/// The authorizer is asked whatever the request has, and its no is 403: the gateway would say 401 only for want of
/// something that the authorizer is asked by.
#[test]
fn who_may_not_gets_403_on_every_route_of_staff_and_401_on_none() {
    for (path, methods) in document()["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let answers = operation["responses"].as_object().unwrap();
            assert!(!answers.contains_key("401"), "{method} {path}");
            assert_eq!(answers.contains_key("403"), path.starts_with("/staff/"), "{method} {path}");
        }
    }
}

#[test]
fn every_list_of_words_is_the_domain_s() {
    let codes = |codes: &[&str]| codes.iter().map(|code| (*code).to_owned()).collect::<Vec<_>>();
    assert_eq!(words(&schema("Stage")), codes(&StageName::ALL.map(StageName::code)));
    assert_eq!(words(&schema("Outcome")), codes(&Outcome::ALL.map(Outcome::code)));
    assert_eq!(words(&schema("RemedyKind")), codes(&RemedyKind::ALL.map(RemedyKind::code)));
    assert_eq!(words(&schema("Severity")), codes(&Severity::ALL.map(Severity::code)));
    assert_eq!(words(&schema("Channel")), codes(&Channel::ALL.map(Channel::code)));
    let verbs: Vec<String> = Verb::ALL
        .iter()
        .map(|verb| serde_json::to_value(verb).unwrap().as_str().unwrap().to_owned())
        .collect();
    assert_eq!(words(&schema("Verb")), verbs);
}

/// A body with every field that the description has is refused for no unknown field, and one without any is refused
/// for exactly those that the description calls needed.
fn check<T>(
    name: &str,
    schema: &Value,
    read: impl Fn(Fields) -> Result<T, Vec<complaints::fields::FieldError>>,
) {
    // Whether a letter is to be shown only, and when something was said, is read for all steps.
    let read = |mut fields: Fields| {
        if schema["properties"].get("preview").is_some() {
            fields.flag("preview");
        }
        if schema["properties"].get("said_at").is_some() {
            fields.instant("said_at");
        }
        read(fields)
    };
    let all: serde_json::Map<String, Value> =
        schema["properties"].as_object().unwrap().keys().map(|field| (field.clone(), json!([[]]))).collect();
    let fields = |body: &Value| Fields::from_json(body.to_string().as_bytes()).unwrap();
    let errors = read(fields(&Value::Object(all))).err().unwrap();
    let unknown: Vec<_> = errors.iter().filter(|error| error.code == "unknown_field").collect();
    assert!(unknown.is_empty(), "{name}: {unknown:?}");
    let missing: BTreeSet<String> =
        read(fields(&json!({}))).err().unwrap_or_default().into_iter().map(|error| error.pointer).collect();
    // Of several of which one is needed, the first is asked for.
    let ways = schema.get("anyOf").or(schema.get("oneOf"));
    let one_of_them = ways.map(|ways| format!("/{}", ways[0]["required"][0].as_str().unwrap()));
    let needed: BTreeSet<String> = schema["required"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|field| format!("/{}", field.as_str().unwrap()))
        .chain(one_of_them)
        .collect();
    assert_eq!(missing, needed, "{name}");
}

#[test]
fn the_bodies_described_are_the_bodies_read() {
    let today = jiff::civil::date(2026, 3, 31);
    let now = "2026-03-31T10:00:00Z".parse().unwrap();
    let (currency, zone) = (Currency::parse("GBP").unwrap(), jiff::tz::TimeZone::UTC);
    check("Complaint", &schema("Complaint"), |fields| Posted::read(fields, today));
    check("StaffComplaint", &schema("StaffComplaint"), |fields| {
        complaints::intake::StaffIntake::read(fields, (now, today), &zone)
    });
    check("GiveAnswer", &schema("GiveAnswer"), complaints::customer_body::GiveAnswer::read);
    check("GiveFeedback", &schema("GiveFeedback"), complaints::customer_body::GiveFeedback::read);
    check("AddInformation", &schema("AddInformation"), complaints::customer_body::AddInformation::read);
    check("AskEscalation", &schema("AskEscalation"), complaints::customer_body::AskEscalation::read);
    check("TakeBack", &schema("TakeBack"), complaints::customer_body::TakeBack::read);
    check("GiveConsultation", &schema("GiveConsultation"), complaints::customer_body::GiveConsultation::read);
    check("Assign", &schema("Assign"), staff_body::Assign::read);
    check("AssignMany", &schema("AssignMany"), staff_body::AssignMany::read);
    check("Search", &schema("Search"), staff_body::Search::read);
    check("Discard", &schema("Discard"), staff_body::Discard::read);
    check("Triage", &schema("Triage"), |fields| staff_body::Triage::read(fields, currency));
    check("Contact", &schema("Contact"), staff_body::Contact::read);
    check("Finding", &schema("Investigate")["oneOf"][1], staff_body::Investigate::read);
    check("Propose", &schema("Propose"), |fields| staff_body::Propose::read(fields, currency, &zone));
    check("RecordAnswer", &schema("RecordAnswer"), staff_body::RecordAnswer::read);
    check("CorrectContact", &schema("CorrectContact"), staff_body::CorrectContact::read);
    check("ChangeRemedy", &schema("ChangeRemedy"), |fields| staff_body::ChangeRemedy::read(fields, &zone));
    check("Implement", &schema("Implement"), staff_body::Implement::read);
    check("Escalate", &schema("Escalate"), staff_body::Escalate::read);
    check("Because", &schema("Because"), staff_body::Because::read);
    check("EndLinks", &schema("EndLinks"), staff_body::Because::read);
    check("Export", &schema("Export"), staff_body::Export::read);
    let files = complaints::policy::Policy::built_in().evidence;
    check("SendFile", &schema("SendFile"), |fields| complaints::evidence::Wanted::read(fields, &files));
    check("AddFile", &schema("AddFile"), |fields| staff_body::AddFile::read(fields, &files));
    check("Close", &schema("Close"), staff_body::Close::read);
    check("RequestInformation", &schema("RequestInformation"), staff_body::RequestInformation::read);
    check("RecordInformation", &schema("RecordInformation"), staff_body::RecordInformation::read);
    check("Consult", &schema("Consult"), staff_body::Consult::read);
    check("RecordConsultation", &schema("RecordConsultation"), staff_body::RecordConsultation::read);
    check("AnnounceDelay", &schema("AnnounceDelay"), |fields| staff_body::AnnounceDelay::read(fields, &zone));
    check("Settle", &schema("Settle"), |fields| staff_body::Settle::read(fields, currency, &zone));
    check("Reopen", &schema("Reopen"), staff_body::Reopen::read);
    check("TakeFeedback", &schema("TakeFeedback"), staff_body::TakeFeedback::read);
    check("RecordWithdrawal", &schema("RecordWithdrawal"), staff_body::RecordWithdrawal::read);
    check("Refuse", &schema("Refuse"), staff_body::Refuse::read);
    check("DecideRefusal", &schema("DecideRefusal"), staff_body::DecideRefusal::read);
    check("MarkDuplicate", &schema("MarkDuplicate"), staff_body::MarkDuplicate::read);
    check("LinkComplaint", &schema("LinkComplaint"), staff_body::LinkComplaint::read);
    check("Hold", &schema("Hold"), staff_body::Hold::read);
    check("RecordDataRequest", &schema("RecordDataRequest"), staff_body::RecordDataRequest::read);
}

#[test]
fn every_reference_in_the_document_leads_somewhere() {
    fn references(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Object(entries) => {
                found.extend(entries.get("$ref").and_then(Value::as_str).map(str::to_owned));
                entries.values().for_each(|value| references(value, found));
            }
            Value::Array(items) => items.iter().for_each(|value| references(value, found)),
            _ => {}
        }
    }
    let (document, mut found) = (document(), Vec::new());
    references(&document, &mut found);
    assert!(!found.is_empty());
    for reference in found {
        assert!(document.pointer(reference.trim_start_matches('#')).is_some(), "{reference}");
    }
}

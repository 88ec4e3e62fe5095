use serde_json::{Value, json};

use super::*;
use crate::{
    command::{Answer, Flag, Outcome},
    decide::MOST_REMEDIES,
    values::Severity,
};
use std::collections::BTreeSet;

fn fields(body: &Value) -> Fields {
    Fields::from_json(body.to_string().as_bytes()).unwrap()
}

fn check<T: std::fmt::Debug>(read: Read<T>, reported: &[(&str, &str)]) {
    let errors = read.unwrap_err();
    let found: Vec<_> = errors.iter().map(|error| (error.pointer.as_str(), error.code.as_str())).collect();
    assert_eq!(found, reported);
}

fn propose(body: &Value) -> Read<Propose> {
    let zone = TimeZone::get("Europe/London").unwrap();
    Propose::read(fields(body), Currency::parse("GBP").unwrap(), &zone)
}

fn triage(body: &Value) -> Read<Triage> {
    Triage::read(fields(body), Currency::parse("GBP").unwrap())
}

#[test]
fn what_makes_a_complaint_grave_is_a_list_of_words() {
    let body = json!({"category": "billing", "severity": "low", "flags": ["media", "legal"], "subject": "ben",
        "loss": "1200.50", "note": "In the papers."});
    let read = triage(&body).unwrap();
    assert_eq!(read.flags, BTreeSet::from([Flag::Legal, Flag::Media]));
    assert_eq!(read.loss.unwrap().to_string(), "1200.50 GBP");
    let form = Fields::from_form(b"category=billing&severity=low&flags=media+legal").unwrap();
    assert_eq!(Triage::read(form, Currency::parse("GBP").unwrap()).unwrap().flags, read.flags);
    let body = json!({"category": "billing", "severity": "low", "flags": ["meddia"], "loss": "lots"});
    check(triage(&body), &[("/flags", "unknown_value"), ("/loss", "malformed_amount")]);
}

#[test]
fn each_body_is_read_into_its_type() {
    assert_eq!(Assign::read(fields(&json!({"owner": "ana"}))).unwrap().owner.as_str(), "ana");
    let triage = triage(&json!({"category": "delivery", "severity": "high"})).unwrap();
    assert_eq!((triage.category.as_str(), triage.severity), ("delivery", Severity::High));
    let contact = Contact::read(fields(&json!({"channel": "phone", "text": "Called."}))).unwrap();
    assert_eq!(contact.channel, Channel::Phone);
    let none = json!({"proposal": 2, "answer": "none", "reason": "Called three times."});
    let reason = "Called three times.".parse().unwrap();
    assert_eq!(
        RecordAnswer::read(fields(&none)),
        Ok(RecordAnswer { proposal: 2, said: Said::Nothing { reason } })
    );
    let answer = json!({"proposal": 2, "answer": "accept", "channel": "letter"});
    let said = Said::Answer { answer: Answer::Accept, reason: None, channel: Channel::Letter };
    assert_eq!(RecordAnswer::read(fields(&answer)).unwrap().said, said);
    let with_channel = json!({"proposal": 2, "answer": "none", "reason": "Called.", "channel": "phone"});
    check(RecordAnswer::read(fields(&with_channel)), &[("/channel", "unknown_field")]);
    let done = Implement::read(fields(&json!({"remedy": 1, "details": "Paid."}))).unwrap();
    assert_eq!(done.remedy, 1);
    assert_eq!(Escalate::read(fields(&json!({"reason": "Legal."}))).unwrap().reason.as_str(), "Legal.");
    assert_eq!(Close::read(fields(&json!({}))).unwrap().waive_follow_up, None);
}

#[test]
fn what_is_needed_is_asked_for_all_at_once() {
    check(Assign::read(fields(&json!({}))), &[("/owner", "required")]);
    check(triage(&json!({})), &[("/category", "required"), ("/severity", "required")]);
    check(
        Contact::read(fields(&json!({"channel": "web"}))),
        &[("/channel", "unknown_value"), ("/text", "required")],
    );
    let all = [("/proposal", "required"), ("/answer", "required"), ("/channel", "required")];
    check(RecordAnswer::read(fields(&json!({}))), &all);
    check(
        Implement::read(fields(&json!({"remedy": 0}))),
        &[("/remedy", "out_of_range"), ("/details", "required")],
    );
    check(
        Escalate::read(fields(&json!({"why": "x"}))),
        &[("/reason", "required"), ("/why", "unknown_field")],
    );
    check(Close::read(fields(&json!({"waive_follow_up": ""}))), &[("/waive_follow_up", "empty")]);
    check(Close::read(fields(&json!({"not_reached": ""}))), &[("/not_reached", "empty")]);
}

#[test]
fn an_investigation_adds_a_note_or_its_finding() {
    let note = Investigate::read(fields(&json!({"note": "Called the branch."}))).unwrap();
    assert!(matches!(note, Investigate::Note { .. }));
    let body = json!({"finding": "Fee charged twice.", "root_cause": "it", "preventable": true});
    let Investigate::Finding(found) = Investigate::read(fields(&body)).unwrap() else {
        panic!("a finding");
    };
    assert_eq!(
        (found.root_cause.as_deref(), found.preventable, found.deviation),
        (Some("it"), Some(true), None)
    );
    check(Investigate::read(fields(&json!({}))), &[("/finding", "required")]);
    check(Investigate::read(fields(&json!({"note": "a", "finding": "b"}))), &[("/note", "not_both")]);
    let mixed = json!({"note": "a", "root_cause": "it"});
    check(Investigate::read(fields(&mixed)), &[("/root_cause", "unknown_field")]);
    check(Investigate::read(fields(&json!({"note": 5}))), &[("/note", "wrong_type")]);
}

#[test]
fn a_proposal_promises_each_remedy_by_a_date_or_an_instant() {
    let body = json!({
        "outcome": "partly_upheld",
        "explanation": "We charged the fee twice.",
        "remedies": [
            {"kind": "apology", "promised_by": "2026-07-01"},
            {"kind": "refund", "amount": "12.50", "owner": "ana", "promised_by": "2026-07-02T16:00:00Z"},
        ],
    });
    let proposal = propose(&body).unwrap();
    assert_eq!(proposal.outcome, Outcome::PartlyUpheld);
    assert_eq!(proposal.remedies[0].promised_by.to_string(), "2026-07-01T22:59:59Z");
    assert_eq!(proposal.remedies[1].promised_by.to_string(), "2026-07-02T16:00:00Z");
    assert_eq!(proposal.remedies[1].amount.unwrap().to_string(), "12.50 GBP");
}

#[test]
fn a_remedy_that_is_wrong_is_named_by_its_place() {
    let check_remedy = |remedy: Value, field: &str, code: &str| {
        let good = json!({"kind": "apology", "promised_by": "2026-07-01"});
        let body = json!({"outcome": "upheld", "explanation": "x", "remedies": [good, remedy]});
        check(propose(&body), &[(&format!("/remedies/1{field}"), code)]);
    };
    let refund = |amount: Value| json!({"kind": "refund", "amount": amount, "promised_by": "2026-07-01"});
    check_remedy(json!({"promised_by": "2026-07-01"}), "/kind", "required");
    check_remedy(json!({"kind": "cake", "promised_by": "2026-07-01"}), "/kind", "unknown_value");
    check_remedy(json!({"kind": "apology"}), "/promised_by", "required");
    check_remedy(json!({"kind": "apology", "promised_by": "soon"}), "/promised_by", "malformed_date");
    check_remedy(json!({"kind": "refund", "promised_by": "2026-07-01"}), "/amount", "required");
    check_remedy(refund(json!("0")), "/amount", "required");
    check_remedy(refund(json!(12.5)), "/amount", "wrong_type");
    check_remedy(refund(json!("1,000.00")), "/amount", "malformed_amount");
    check_remedy(refund(json!("-1")), "/amount", "amount_negative");
    check_remedy(refund(json!("12.505")), "/amount", "amount_digits");
    check_remedy(json!("refund"), "", "wrong_type");
}

#[test]
fn a_proposal_has_no_more_remedies_than_a_record_can_hold() {
    let remedies = vec![json!({"kind": "apology", "promised_by": "2026-07-01"}); MOST_REMEDIES + 1];
    let body = json!({"outcome": "upheld", "explanation": "x", "remedies": remedies});
    check(propose(&body), &[("/remedies", "too_many")]);
}

#[test]
fn texts_have_their_limits() {
    let long = |count: usize| "x".repeat(count);
    check(Investigate::read(fields(&json!({"note": long(10_001)}))), &[("/note", "too_long")]);
    check(Escalate::read(fields(&json!({"reason": long(2_001)}))), &[("/reason", "too_long")]);
    let contact = json!({"channel": "email", "text": "bell \u{7}"});
    check(Contact::read(fields(&contact)), &[("/text", "control_characters")]);
}

#[test]
fn who_asked_for_a_higher_level_by_which_way_is_said_with_the_reason() {
    let by_phone =
        Escalate::read(fields(&json!({"reason": "Nobody calls back.", "asked_by": "phone"}))).unwrap();
    assert_eq!(by_phone.asked_by, Some(Channel::Phone));
    check(
        Escalate::read(fields(&json!({"reason": "x", "asked_by": "web"}))),
        &[("/asked_by", "unknown_value")],
    );
}

#[test]
fn a_settlement_is_a_finding_and_a_proposal_in_one() {
    let zone = TimeZone::get("Europe/London").unwrap();
    let settle = |body: &Value| Settle::read(fields(body), Currency::parse("GBP").unwrap(), &zone);
    let body = json!({"finding": "Charged twice.", "root_cause": "it", "outcome": "upheld", "explanation": "Sorry.",
        "remedies": [{"kind": "refund", "amount": "5", "promised_by": "2026-07-01"}], "channel": "phone"});
    let read = settle(&body).unwrap();
    assert_eq!(read.found.root_cause.as_deref(), Some("it"));
    assert_eq!((read.proposal.outcome, read.proposal.remedies.len()), (Outcome::Upheld, 1));
    let needed = ["/finding", "/outcome", "/explanation", "/channel"].map(|pointer| (pointer, "required"));
    check(settle(&json!({})), &needed);
    let wrong = json!({"finding": "x", "outcome": "upheld", "explanation": "x", "channel": "phone",
        "remedies": [{"kind": "cake", "promised_by": "soon"}]});
    check(
        settle(&wrong),
        &[("/remedies/0/kind", "unknown_value"), ("/remedies/0/promised_by", "malformed_date")],
    );
}

#[test]
fn a_new_date_is_a_day_or_an_instant() {
    let zone = TimeZone::get("Europe/London").unwrap();
    let delay = |until: &str| AnnounceDelay::read(fields(&json!({"until": until, "text": "x"})), &zone);
    assert_eq!(delay("2026-07-01").unwrap().until.to_string(), "2026-07-01T22:59:59Z");
    assert_eq!(delay("2026-07-01T10:00:00Z").unwrap().until.to_string(), "2026-07-01T10:00:00Z");
    check(delay("later"), &[("/until", "malformed_date")]);
}

#[test]
fn yes_or_no_is_said_and_not_guessed() {
    let text = json!({"text": "x"});
    check(DecideRefusal::read(fields(&text)), &[("/approve", "required")]);
    check(Hold::read(fields(&json!({"hold": "yes", "reason": "x"}))), &[("/hold", "wrong_type")]);
    assert!(Hold::read(fields(&json!({"hold": true, "reason": "A court asks."}))).unwrap().hold);
}

#[test]
fn a_concern_says_what_is_still_wrong_and_a_duplicate_names_the_other() {
    let feedback = json!({"rating": 2, "concern": true, "channel": "phone"});
    check(TakeFeedback::read(fields(&feedback)), &[("/comment", "required")]);
    check(MarkDuplicate::read(fields(&json!({}))), &[("/of", "required")]);
    check(
        Refuse::read(fields(&json!({"grounds": "dull", "explanation": "x"}))),
        &[("/grounds", "unknown_value")],
    );
}

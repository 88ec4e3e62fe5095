//! The stored form of every event, which must never change unnoticed, and the chain that seals them.

use std::collections::BTreeMap;

use insta::assert_snapshot;
use serde_json::Value;

use super::*;
use crate::{
    actor::Actor,
    command::{Answer, Command, NoteKind, Triage},
    complaint::Complaint,
    story::*,
    values::Digest,
};

const EVENTS: usize = 24;

/// Lives of complaints in which everything happens at least once.
fn lives() -> [Story; 3] {
    let commented = |rating, concern| Command::RecordFeedback {
        feedback: Feedback { rating, comment: Some(text()), concern },
        channel: Channel::Web,
    };
    let with_reason = |proposal, answer| Command::AnswerProposal {
        proposal,
        answer,
        reason: Some(text()),
        channel: Channel::Phone,
    };
    let mut refused = Story::begins("2026-06-08T09:00:00.123Z");
    refused
        .then(&Actor::System, Command::Acknowledge)
        .then(&manager(), Command::Assign { owner: owner() })
        .then(
            &csr(),
            Command::Triage(Triage {
                sub_category: Some("late".to_owned()),
                product: Some("Student loan".to_owned()),
                ..triaged("delivery", Severity::Critical)
            }),
        )
        .then(&csr(), Command::RecordContact { channel: Channel::Phone, text: text() })
        .then(&csr(), Command::AddNote { kind: NoteKind::Note, text: text() });
    let remedies = vec![Offer { owner: Some(owner()), ..refund(refused.now, "25.00 GBP") }];
    refused
        .then(&manager(), finding())
        .then(&manager(), propose(Outcome::Upheld, remedies.clone()))
        .then(&csr(), with_reason(1, Answer::Refuse))
        .then(&decider(), propose(Outcome::PartlyUpheld, remedies))
        .then(&csr(), Command::CompleteRemedy { remedy: 1, text: text() })
        .then(&Actor::System, bounced(LetterKind::ResolutionSummary))
        .at("2026-06-11T16:00:00Z")
        .then(&Actor::System, Command::FollowUp)
        .then(&Actor::Customer, commented(1, true));
    let mut accepted = Story::begins("2026-06-08T09:00:00Z");
    accepted
        .taken_on()
        .then(&csr(), finding())
        .then(&csr(), propose(Outcome::NotUpheld, vec![]))
        .then(&csr(), with_reason(1, Answer::Accept))
        .then(&csr(), Command::Close { waive_follow_up: Some(text()), not_reached: None });
    let mut late = Story::begins("2026-06-08T09:00:00Z");
    late.taken_on()
        .at("2026-06-18T15:00:00Z")
        .then(&Actor::System, Command::WatchPromises)
        .then(&csr(), Command::Escalate { reason: text() })
        .then(&csr(), Command::AskCustomer { text: text() })
        .then(&Actor::System, bounced(LetterKind::InformationRequest))
        .then(&manager(), Command::EndLinks { reason: Some(text()) });
    [refused, accepted, late]
}

/// The first of each event.
fn examples() -> BTreeMap<&'static str, Recorded> {
    let mut examples = BTreeMap::new();
    for recorded in lives().into_iter().flat_map(|life| life.events) {
        examples.entry(recorded.event.name()).or_insert(recorded);
    }
    assert_eq!(examples.len(), EVENTS, "an event without an example");
    examples
}

#[test]
fn every_event_is_stored_in_its_form() {
    let lines: Vec<String> =
        examples().values().map(|recorded| serde_json::to_string_pretty(&recorded.event).unwrap()).collect();
    assert_snapshot!("events", lines.join("\n"));
}

#[test]
fn an_events_name_is_its_type_in_the_record() {
    for (name, recorded) in examples() {
        assert_eq!(serde_json::to_value(&recorded.event).unwrap()["type"], name);
    }
}

#[test]
fn the_parts_of_events_are_stored_in_their_forms() {
    let reasons = [
        EscalationReason::Staff { text: text() },
        EscalationReason::Refused,
        EscalationReason::Severity,
        EscalationReason::Unowned,
        EscalationReason::Time { level: Level::Two },
        EscalationReason::ReopenedAgain,
    ];
    let kinds = [
        PromiseKind::Acknowledge,
        PromiseKind::Own,
        PromiseKind::FirstContact,
        PromiseKind::Update,
        PromiseKind::Answer,
        PromiseKind::Decide(Level::Two),
        PromiseKind::Consent,
        PromiseKind::Remedy(3),
        PromiseKind::Ask,
        PromiseKind::Close,
    ];
    let consents = [Consent::Given(Channel::Phone), Consent::Silence, Consent::NotNeeded];
    let actors = [Actor::Customer, csr(), Actor::System];
    let closings = [ClosedBecause::Feedback, ClosedBecause::Silence, ClosedBecause::Staff];
    let parts = serde_json::json!({
        "reasons": reasons,
        "promises": kinds,
        "consents": consents,
        "actors": actors,
        "closings": closings,
    });
    assert_snapshot!("parts", serde_json::to_string_pretty(&parts).unwrap());
}

#[test]
fn an_entry_of_the_audit_trail_is_stored_in_its_form() {
    assert_snapshot!("entry", serde_json::to_string_pretty(&examples()["Assigned"]).unwrap());
}

#[test]
fn a_complaint_is_stored_in_its_form() {
    let [mut refused, accepted, late] = lives();
    let mut proposed = Story::begins("2026-06-08T09:00:00Z");
    proposed.taken_on().proposed();
    refused.then(&decider(), finding());
    let offer = Offer { owner: Some(owner()), ..refund(refused.now, "25.00 GBP") };
    refused.then(&decider(), propose(Outcome::Upheld, vec![offer; 2]));
    refused.then(&csr(), Command::CompleteRemedy { remedy: 2, text: text() });
    let received = Story::begins("2026-06-08T09:00:00Z");
    let stored = [received, late, proposed, refused, accepted]
        .map(|story| serde_json::to_string_pretty::<Complaint>(&story.complaint).unwrap());
    assert_snapshot!("complaints", stored.join("\n"));
}

#[test]
fn a_chain_breaks_where_an_entry_is_left_out_or_put_elsewhere() {
    let [refused, ..] = lives();
    let mut previous = refused.events[0].previous;
    for recorded in &refused.events {
        assert!(recorded.follows(&previous));
        previous = recorded.hash;
    }
    for pair in refused.events.windows(3) {
        assert!(!pair[2].follows(&pair[0].hash));
        assert!(!pair[0].follows(&pair[1].hash));
    }
}

#[test]
fn whatever_is_changed_in_an_entry_breaks_its_seal() {
    for (name, recorded) in examples() {
        let stored = serde_json::to_value(&recorded).unwrap();
        let mut leaves = Vec::new();
        find_leaves(&stored, String::new(), &mut leaves);
        for leaf in leaves {
            let forged =
                forgeries(&stored, &leaf).into_iter().filter_map(|json| serde_json::from_value(json).ok());
            let forged: Vec<Recorded> = forged.filter(|forged| *forged != recorded).collect();
            assert!(
                !forged.is_empty() || takes_no_other(&leaf),
                "nothing else can stand in {leaf} of {name}"
            );
            for forged in forged {
                let previous = if leaf == "/previous" { recorded.previous } else { forged.previous };
                assert!(!forged.follows(&previous), "{leaf} of {name} was changed unseen");
            }
        }
    }
}

/// A name out of a list, or a reference with its check symbol: changing one character gives nothing that is read.
fn takes_no_other(leaf: &str) -> bool {
    let last = leaf.rsplit('/').next().unwrap_or_default();
    let guarded = [
        "acknowledgement",
        "alarm",
        "because",
        "by",
        "channel",
        "kind",
        "letter",
        "outcome",
        "promise",
        "reach",
        "reason",
        "reference",
        "role",
        "severity",
        "stage",
        "type",
    ];
    guarded.contains(&last)
}

fn find_leaves(value: &Value, at: String, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            fields.iter().for_each(|(name, field)| find_leaves(field, format!("{at}/{name}"), found));
        }
        Value::Array(items) => {
            items
                .iter()
                .enumerate()
                .for_each(|(index, item)| find_leaves(item, format!("{at}/{index}"), found));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => found.push(at),
    }
}

/// The record with other values in one place, most of which will not be read.
fn forgeries(stored: &Value, leaf: &str) -> Vec<Value> {
    let values = match stored.pointer(leaf).unwrap() {
        Value::Bool(given) => vec![Value::Bool(!given)],
        Value::Number(given) => {
            let given = given.as_u64().unwrap();
            vec![(given + 1).into(), given.saturating_sub(1).into()]
        }
        Value::String(given) => other_texts(given),
        // Nothing came before the first entry.
        Value::Null => vec![stored["after"].clone()],
        Value::Array(_) | Value::Object(_) => unreachable!("no leaf"),
    };
    let forge = |value| {
        let mut forged = stored.clone();
        *forged.pointer_mut(leaf).unwrap() = value;
        forged
    };
    values.into_iter().map(forge).collect()
}

fn other_texts(given: &str) -> Vec<Value> {
    let changed = |(place, letter): (usize, char)| {
        ['0', '1', 'a'].into_iter().filter(move |other| *other != letter).map(move |other| {
            given
                .char_indices()
                .map(|(at, same)| if at == place { other } else { same })
                .collect::<String>()
                .into()
        })
    };
    given.char_indices().flat_map(changed).collect()
}

#[test]
fn the_seal_covers_the_entry_before() {
    let recorded = examples().remove("Assigned").unwrap();
    let forged = Recorded { previous: Digest::of(b"another"), ..recorded };
    assert!(!forged.follows(&Digest::of(b"another")));
}

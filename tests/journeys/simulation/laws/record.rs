//! One complaint's record: it stands together, its trail is whole, every step in it was legal.

use std::collections::BTreeSet;

use complaints::complaint::{Complaint, Stage};
use complaints::event::{ClosedBecause, Event, Recorded};
use complaints::evolve::evolve;
use complaints::policy::Policy;
use complaints::values::Digest;
use serde_json::Value;

use super::super::books::{Books, Case, text};
use super::super::coverage::Coverage;
use super::{stages, time};

/// 3, 8, 10 to 13, 15 and 16 of one complaint.
pub(in super::super) fn check(books: &Books, id: &str, coverage: &mut Coverage) -> Result<(), String> {
    let case = &books.cases[id];
    whole(books, case).and_then(|()| trail(case, coverage)).map_err(|law| format!("{law}\nof {id}"))
}

/// 3, 8, 15: complaint, events, texts and index stand together.
fn whole(books: &Books, case: &Case) -> Result<(), String> {
    let (Some(item), Some(complaint), Some(last)) = (&case.item, &case.complaint, case.events.last()) else {
        return Err("3: there is a part of a complaint and not the rest".into());
    };
    let folded = case.events.iter().map(|recorded| &recorded.event);
    if complaints::evolve::replay(folded).as_ref() != Some(complaint) {
        return Err(format!("15: the events do not give the complaint {complaint:?}"));
    }
    let version = item.get("version").and_then(|version| version.as_n().ok());
    let said = complaint.version.to_string();
    if version != Some(&said) || case.events.len() != complaint.version as usize {
        return Err(format!("12: version {version:?} with {} events", case.events.len()));
    }
    if text(item, "head")? != last.hash.to_string() {
        return Err("15: the head is not the last entry's hash".into());
    }
    let reference = complaint.reference.to_string().replace('-', "");
    if books.references.get(&reference) != Some(&complaint.id.to_string()) {
        return Err(format!("3: the reference {reference} does not lead to the complaint"));
    }
    index(case, complaint)?;
    texts(case)
}

/// 8: every open complaint has its next date and role, and is found by them; closed ones have none.
fn index(case: &Case, complaint: &Complaint) -> Result<(), String> {
    let item = case.item.as_ref().ok_or("3: no item")?;
    if text(item, "stage_key")? != complaint.stage_name().code() {
        return Err("3: the index has another stage".into());
    }
    let due = item.get("due_at").and_then(|due| due.as_s().ok()).and_then(|due| due.parse().ok());
    if due != complaint.next_due() || due.is_some() != item.contains_key("due_shard") {
        return Err(format!("3: the index has {due:?} for {:?}", complaint.next_due()));
    }
    let has_due = complaint.next_due().is_some();
    if complaint.is_open() != has_due || complaint.is_open() != complaint.responsible().is_some() {
        return Err(format!("8: {} in {:?} with {:?}", complaint.reference, complaint.stage, complaint.next_due()));
    }
    Ok(())
}

/// 3: every text that an event points to is there, and none that no event points to.
fn texts(case: &Case) -> Result<(), String> {
    let mut pointed = BTreeSet::new();
    for recorded in &case.events {
        let event = serde_json::to_value(&recorded.event).map_err(|error| error.to_string())?;
        references(&event, &mut pointed);
    }
    let stored: BTreeSet<String> =
        case.private.keys().filter_map(|place| place.strip_prefix("text#")).map(str::to_owned).collect();
    let form = case.events.first().and_then(|first| match &first.event {
        Event::Received { receipt, .. } => Some(receipt.form.id.to_string()),
        _ => None,
    });
    if let Some(form) = form {
        pointed.remove(&form);
    }
    if stored != pointed || !case.private.contains_key("intake") {
        return Err(format!("3: events point to {pointed:?}, and there are {stored:?}"));
    }
    Ok(())
}

fn references(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => {
            if let (Some(Value::String(id)), true) = (map.get("id"), map.contains_key("digest")) {
                found.insert(id.clone());
            }
            map.values().for_each(|value| references(value, found));
        }
        Value::Array(list) => list.iter().for_each(|value| references(value, found)),
        _ => {}
    }
}

/// 9 to 13, 15, 16: entry by entry.
fn trail(case: &Case, coverage: &mut Coverage) -> Result<(), String> {
    let (policy, mut head) = (Policy::built_in(), Digest::from_bytes([0; 32]));
    let mut complaint: Option<Complaint> = None;
    let mut alarms = time::Alarms::default();
    for (recorded, number) in case.events.iter().zip(1..) {
        let entry = format!("{number} {}", recorded.event.name());
        if recorded.version != number || !recorded.follows(&head) {
            return Err(format!("15: entry {entry} does not follow the one before"));
        }
        head = recorded.hash;
        let after = evolve(complaint.clone(), &recorded.event).ok_or("15: the trail does not begin")?;
        if after.version != number {
            return Err(format!("12: entry {entry} made version {}", after.version));
        }
        let law = |law: String| format!("{law}\nin entry {entry}: {:?} by {:?}", recorded.event, recorded.actor);
        stages::check(complaint.as_ref(), recorded, &after).map_err(law)?;
        if let Some(before) = &complaint {
            time::check(before, recorded, &after, &mut alarms).map_err(law)?;
            gate(before, recorded).map_err(law)?;
        }
        time::measures(&after, recorded, &policy).map_err(law)?;
        complaint = Some(after);
    }
    // Only what is new would do for coverage; what was seen once is seen.
    for recorded in &case.events {
        coverage.note(stages::name(recorded));
    }
    Ok(())
}

/// 16: what closing demands; and no proposal without a finding.
fn gate(before: &Complaint, recorded: &Recorded) -> Result<(), String> {
    let cause = before.finding.as_ref().map(|finding| finding.root_cause.is_some());
    match &recorded.event {
        Event::Proposed { outcome, .. } | Event::Decided { outcome, .. } => match cause {
            None => Err("16: a proposal without a finding".into()),
            Some(false) if outcome.counts_as_upheld() => Err("16: upheld without a root cause".into()),
            Some(_) => Ok(()),
        },
        Event::Resolved { remedies, .. } if remedies.iter().any(|remedy| remedy.done_at.is_none()) => {
            Err("16: resolved with a remedy undone".into())
        }
        Event::Closed { because, follow_up_waived, .. } => {
            let Stage::FollowingUp { asked, .. } = before.stage else {
                return Err("16: closed before it was resolved".into());
            };
            let followed_up = match because {
                ClosedBecause::Feedback => before.feedback.is_some(),
                ClosedBecause::Silence => asked,
                ClosedBecause::Staff => follow_up_waived.is_some() || before.feedback.is_some(),
            };
            if before.unreached || !followed_up {
                return Err(format!("16: closed with unreached {} and followed up {followed_up}", before.unreached));
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

//! One complaint's record: it stands together, its trail is whole, every step in it was legal.

use std::collections::{BTreeMap, BTreeSet};

use complaints::complaint::{Complaint, Remedy, Stage};
use complaints::event::{ClosedBecause, Event, Recorded};
use complaints::evolve::evolve;
use complaints::promise::{Alarm, PromiseKind};
use complaints::values::Digest;
use jiff::SignedDuration;
use serde_json::Value;

use super::super::books::{Books, Case, number, text};
use super::super::coverage::Coverage;
use super::{stages, time};

/// The trails as far as they were followed, by complaint.
#[derive(Debug, Default)]
pub(in super::super) struct Trails(BTreeMap<String, Trail>);

impl Trails {
    /// How long after its time the latest alarm was given.
    pub(in super::super) fn latest_alarm(&self) -> SignedDuration {
        self.0.values().map(|trail| trail.alarms.latest).max().unwrap_or_default()
    }
}

#[derive(Debug)]
struct Trail {
    complaint: Option<Complaint>,
    head: Digest,
    alarms: time::Alarms,
}

impl Default for Trail {
    fn default() -> Trail {
        Trail { complaint: None, head: Digest::from_bytes([0; 32]), alarms: time::Alarms::default() }
    }
}

/// 3, 8, 10 to 13, 15 and 16 of one complaint.
pub(in super::super) fn check(
    books: &Books,
    id: &str,
    trails: &mut Trails,
    coverage: &mut Coverage,
) -> Result<(), String> {
    let (case, trail) = (&books.cases[id], trails.0.entry(id.to_owned()).or_default());
    let checked = trail.follow(case, coverage).and_then(|()| whole(books, case, trail));
    checked.map_err(|law| format!("{law}\nof {id}"))
}

/// 3, 8, 15: complaint, events, texts and index stand together.
fn whole(books: &Books, case: &Case, trail: &Trail) -> Result<(), String> {
    let (Some(item), Some(complaint), Some(last)) = (&case.item, &case.complaint, case.events.last()) else {
        return Err("3: there is a part of a complaint and not the rest".into());
    };
    if trail.complaint.as_ref() != Some(complaint) {
        return Err(format!("15: the events do not give the complaint {complaint:?}"));
    }
    let version = number(item, "version");
    let said = complaint.version.to_string();
    if version != Some(said.as_str()) || case.events.len() != complaint.version as usize {
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
    let due = text(item, "due_at").ok().and_then(|due| due.parse().ok());
    // Those that are over are found by when the time of their record began, unless they are held.
    let kept = complaint.kept_from().filter(|_| !complaint.held);
    let (expected, partition) = match complaint.next_due() {
        Some(next) => (Some(next), "DUE#0"),
        None => (kept, "KEPT#0"),
    };
    if due != expected || due.is_some_and(|_| text(item, "due_shard").ok() != Some(partition)) {
        return Err(format!("3: the index has {due:?} for {expected:?}"));
    }
    let has_due = complaint.next_due().is_some();
    if complaint.is_open() != has_due || complaint.is_open() != complaint.responsible().is_some() {
        return Err(format!(
            "8: {} in {:?} with {:?}",
            complaint.reference,
            complaint.stage,
            complaint.next_due()
        ));
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
    // The form has a place of its own, and one that was put right another's.
    for form in case.events.iter().filter_map(|recorded| recorded.event.form()) {
        pointed.remove(&form.id.to_string());
    }
    // What is to be erased goes at its time; what is written afterwards stays.
    let is_whole = stored == pointed && case.private.contains_key("intake");
    if !is_whole && (case.erased_at().is_none() || !stored.is_subset(&pointed)) {
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

impl Trail {
    /// 9 to 13, 15, 16: goes on entry by entry.
    fn follow(&mut self, case: &Case, coverage: &mut Coverage) -> Result<(), String> {
        let followed = self.complaint.as_ref().map_or(0, |complaint| complaint.version as usize);
        for recorded in &case.events[followed..] {
            let law = |law: String| {
                format!("{law}\nin entry {}: {:?} by {:?}", recorded.version, recorded.event, recorded.actor)
            };
            self.step(recorded).map_err(law)?;
            stages::note(recorded, coverage);
        }
        Ok(())
    }

    fn step(&mut self, recorded: &Recorded) -> Result<(), String> {
        let number = self.complaint.as_ref().map_or(0, |complaint| complaint.version) + 1;
        if recorded.version != number || !recorded.follows(&self.head) {
            return Err("15: it does not follow the one before".into());
        }
        let after = evolve(self.complaint.clone(), &recorded.event).ok_or("15: the trail does not begin")?;
        if after.version != number {
            return Err(format!("12: it made version {}", after.version));
        }
        stages::check(self.complaint.as_ref(), recorded, &after)?;
        if let Some(before) = &self.complaint {
            time::check(before, recorded, &after, &mut self.alarms)?;
            gate(before, recorded)?;
        }
        time::measures(&after, recorded)?;
        (self.head, self.complaint) = (recorded.hash, Some(after));
        Ok(())
    }
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
        Event::Resolved { remedies, .. } if remedies.iter().any(Remedy::is_open) => {
            Err("16: resolved with a remedy undone".into())
        }
        Event::Closed { because, follow_up_waived, not_reached, .. } => {
            let Stage::FollowingUp { asked, .. } = before.stage else {
                return Err("16: closed before it was resolved".into());
            };
            let followed_up = match because {
                ClosedBecause::Feedback => before.feedback.is_some(),
                ClosedBecause::Silence => asked,
                ClosedBecause::Staff => {
                    let close = before.promises.get(PromiseKind::Close);
                    let waited_for = asked && close.is_some_and(|close| close.alarm == Alarm::Missed);
                    follow_up_waived.is_some() || before.feedback.is_some() || waited_for
                }
            };
            if before.unreached && not_reached.is_none() || !followed_up {
                return Err(format!(
                    "16: closed with unreached {} and followed up {followed_up}",
                    before.unreached
                ));
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

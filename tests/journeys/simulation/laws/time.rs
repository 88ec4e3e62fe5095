//! Promises and the clock.

use std::collections::BTreeSet;

use complaints::complaint::Complaint;
use complaints::event::{Elapsed, Event, Recorded, WaitEnd};
use complaints::promise::PromiseKind;
use jiff::civil::{Weekday, time};
use jiff::{SignedDuration, Timestamp};

use super::super::run::Run;

/// What was said about promises so far.
#[derive(Debug, Default)]
pub(super) struct Alarms {
    said: BTreeSet<(bool, PromiseKind, Timestamp)>,
    /// How long after its time, or after there was anything to say, the latest was said.
    pub(super) latest: SignedDuration,
    /// When the entry before was made.
    before: Timestamp,
}

/// 9 and 10: each alarm once per promise, and no promise later than it was, but where people were told a new date.
pub(super) fn check(
    before: &Complaint,
    recorded: &Recorded,
    after: &Complaint,
    alarms: &mut Alarms,
) -> Result<(), String> {
    let alarm = match &recorded.event {
        Event::PromiseWarned { promise, due, .. } => Some((false, *promise, *due)),
        Event::PromiseMissed { promise, due, again: false, .. } => Some((true, *promise, *due)),
        _ => None,
    };
    if let Some((_, promise, _)) = alarm {
        let due = before
            .promises
            .get(promise)
            .and_then(|standing| standing.alarm_at)
            .filter(|at| *at <= recorded.at);
        let due = due.ok_or("10: an alarm before its time")?;
        alarms.latest = alarms.latest.max(recorded.at.duration_since(due.max(alarms.before)));
    }
    alarms.before = recorded.at;
    if alarm.is_some_and(|alarm| !alarms.said.insert(alarm)) {
        return Err("9: said before".into());
    }
    for promise in before.promises.iter() {
        let later = after.promises.get(promise.kind).is_some_and(|standing| standing.due > promise.due);
        if later && !may_move(&recorded.event, promise.kind) {
            return Err(format!("10: {:?} moved later", promise.kind));
        }
    }
    Ok(())
}

fn may_move(event: &Event, kind: PromiseKind) -> bool {
    match event {
        Event::Reopened { .. } => true,
        // Each of these comes with the new date.
        Event::DelayAnnounced { .. } | Event::Escalated { .. } => {
            matches!(kind, PromiseKind::Notice | PromiseKind::Update)
        }
        // What is agreed gets another date.
        Event::RemedyChanged { remedy, .. } => kind == PromiseKind::Remedy(*remedy),
        // In the place of one that was not answered.
        Event::Proposed { .. } => kind == PromiseKind::Consent,
        Event::InformationAdded { resumed: Some(_), .. } | Event::WaitEnded { .. } => {
            let is_told = !matches!(event, Event::WaitEnded { because: WaitEnd::Unheard, .. });
            kind.stands_still() || is_told && kind == PromiseKind::Update
        }
        Event::InformationAsked { .. } => matches!(kind, PromiseKind::Update | PromiseKind::Information),
        Event::ContactMade { .. } | Event::PromiseMissed { .. } | Event::ProposalRefused { .. } => {
            kind == PromiseKind::Update
        }
        _ => false,
    }
}

/// 9: what was due when a sweep went through has been said.
pub(super) fn sweeps(run: &Run) -> Result<(), String> {
    let notes = run.witness.notes();
    for (sweep, is_its) in [("watch-deadlines", false), ("follow-up", true)] {
        let Some(swept) = notes.swept.get(sweep) else { continue };
        for (complaint, case) in run.books.complaints() {
            // What changed after the sweep was not there for it to see.
            let changed = case.events.last().is_some_and(|last| last.at >= *swept);
            let mine = |kind| matches!(kind, PromiseKind::Ask | PromiseKind::Close) == is_its;
            let due = complaint.promises.first_due(*swept, mine).filter(|_| !changed);
            if let Some(promise) = due {
                return Err(format!(
                    "9: {sweep} went through at {swept}, and {} still has {promise:?}",
                    complaint.reference
                ));
            }
        }
    }
    Ok(())
}

/// 11: the times that events state, against a slow and independent count.
pub(super) fn measures(complaint: &Complaint, recorded: &Recorded) -> Result<(), String> {
    let elapsed = match &recorded.event {
        Event::Acknowledged { elapsed, .. }
        | Event::Proposed { elapsed, .. }
        | Event::Decided { elapsed, .. }
        | Event::Closed { elapsed, .. } => *elapsed,
        _ => return Ok(()),
    };
    let slow = Elapsed {
        calendar: recorded.at.duration_since(complaint.received_at).as_mins(),
        working: slowly(complaint.received_at, recorded.at),
    };
    let differs = (elapsed.calendar - slow.calendar).abs() > 1 || elapsed.working != slow.working;
    if differs { Err(format!("11: counted again {slow:?}")) } else { Ok(()) }
}

/// Whole minutes between nine and five, Monday to Friday, but for holidays: day by day.
fn slowly(from: Timestamp, to: Timestamp) -> i64 {
    let calendar = &super::POLICY.calendar;
    let zone = calendar.zone();
    let holidays: BTreeSet<_> = calendar.holidays().map(|(day, _)| day).collect();
    let (mut day, last) = (from.to_zoned(zone.clone()).date(), to.to_zoned(zone.clone()).date());
    let mut sum = SignedDuration::ZERO;
    while day <= last {
        let is_free = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) || holidays.contains(&day);
        if !is_free {
            let at = |hour| day.to_datetime(time(hour, 0, 0, 0)).to_zoned(zone.clone()).unwrap().timestamp();
            let (opens, closes) = (at(9).max(from), at(17).min(to));
            if opens < closes {
                sum += closes.duration_since(opens);
            }
        }
        day = day.tomorrow().unwrap();
    }
    sum.as_mins()
}

//! How a complaint stands, as the desk's lists and its head of a case say it.

use jiff::Timestamp;

use super::{clock::Countdown, in_words};
use crate::{
    complaint::{Complaint, Stage},
    letter::staff::words as staff,
    policy::Policy,
    promise::{Promise, PromiseKind},
    words,
};

/// A promise that stands, as staff see it.
#[derive(Clone, Debug)]
pub(super) struct Standing {
    pub(super) name: String,
    pub(super) due: Timestamp,
    pub(super) date: String,
    pub(super) countdown: Countdown,
    /// Its time stands still, so that its date is none.
    pub(super) still: bool,
    /// The date that the customer was told, where it is another.
    pub(super) told: Option<String>,
}

/// All promises of a complaint: those whose time runs first, the nearest before others.
pub(super) fn promises(complaint: &Complaint, policy: &Policy, now: Timestamp) -> Vec<Standing> {
    let mut standing: Vec<Standing> =
        complaint.promises.iter().map(|promise| of(promise, complaint, policy, now)).collect();
    standing.sort_by_key(|standing| (standing.still, standing.due));
    standing
}

fn of(promise: &Promise, complaint: &Complaint, policy: &Policy, now: Timestamp) -> Standing {
    let name = staff::promise(promise.kind, policy);
    let is_answer = promise.kind == PromiseKind::of_answer(complaint.level);
    let told = complaint.answer_told().filter(|told| is_answer && *told != promise.due);
    Standing {
        name: in_words(&name),
        due: promise.due,
        date: short_time(promise.due, policy),
        countdown: Countdown::to(promise.due, now, &policy.calendar),
        still: promise.still,
        told: told.map(|told| short_time(told, policy)),
    }
}

/// Where it is, in a word or two: its stage, or what an investigation waits for.
pub(super) fn stage(complaint: &Complaint) -> &'static str {
    match &complaint.stage {
        Stage::Investigating(open) if open.waiting_since.is_some() => "Waiting for the customer",
        Stage::Investigating(_) if complaint.departments_waited_for() > 0 => "Department asked",
        _ => complaint.stage_name().title(),
    }
}

/// A category as the policy calls it.
pub(super) fn category(complaint: &Complaint, policy: &Policy) -> Option<String> {
    let key = complaint.category.as_deref()?;
    let category = policy.category(key);
    let name = category.map_or_else(|| key.to_owned(), |category| category.name.to_string());
    let sub = complaint.sub_category.as_deref().map(|sub| {
        let known = category.and_then(|category| category.sub_category(sub));
        known.map_or_else(|| sub.to_owned(), |sub| sub.name.to_string())
    });
    Some(sub.map_or_else(|| name.clone(), |sub| format!("{name}: {sub}")))
}

/// A time where the company is, short: `Mon 5 Oct 2026, 09:00`.
pub(super) fn short_time(at: Timestamp, policy: &Policy) -> String {
    at.to_zoned(policy.calendar.zone().clone()).strftime("%a %-d %b %Y, %H:%M").to_string()
}

/// A day where the company is.
pub(super) fn day(at: Timestamp, policy: &Policy) -> String {
    words::english().day_at(at, policy.calendar.zone())
}

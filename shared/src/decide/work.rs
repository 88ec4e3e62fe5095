//! What staff do until there is a proposal: assign, triage, get in touch, investigate, escalate.

use jiff::Timestamp;

use super::{Context, Unfolding, elapsed};
use crate::{
    command::{EscalationReason, Finding, TextRef, Verb},
    complaint::{Complaint, StageName},
    event::{Event, FirstContact},
    policy::{Policy, Span},
    promise::{Promise, PromiseKind},
    rejection::Rejection,
    values::{Channel, Level, Severity, StaffId},
};

pub(super) fn assign(_: &Complaint, owner: StaffId) -> Vec<Event> {
    vec![Event::Assigned { owner }]
}

pub(super) fn triage(
    complaint: &Complaint,
    category: String,
    sub_category: Option<String>,
    severity: Severity,
    product: Option<String>,
    context: &Context<'_>,
) -> Result<Vec<Event>, Rejection> {
    let policy = context.policy;
    let Some(known) = policy.category(&category) else {
        return Err(unfit("/category", "The policy has no such category."));
    };
    if let Some(sub) = &sub_category
        && known.sub_category(sub).is_none()
    {
        return Err(unfit("/sub_category", "The policy has no such sub-category in this category."));
    }
    if let Some(product) = &product
        && policy.product(product).is_none()
    {
        return Err(unfit("/product", "The policy has no such product."));
    }
    let same = complaint.category.as_ref() == Some(&category)
        && complaint.sub_category == sub_category
        && complaint.severity == severity
        && (product.is_none() || complaint.product == product);
    if same {
        return Ok(Vec::new());
    }
    let promises = brought_forward(complaint, severity, context);
    let mut unfolding = Unfolding::of(complaint);
    unfolding.add(Event::Triaged { category, sub_category, severity, product, promises });
    let starts_at = policy.severities.of(severity).starts_at;
    if complaint.level < starts_at {
        let escalated = escalated(complaint, severity, starts_at, EscalationReason::Severity, context);
        unfolding.add(escalated);
    }
    Ok(unfolding.events)
}

/// The promises that the severity makes earlier than they stand; those that would be later are left as told.
fn brought_forward(complaint: &Complaint, severity: Severity, context: &Context<'_>) -> Vec<Promise> {
    let (policy, received, now) = (context.policy, complaint.received_at, context.now);
    let times = policy.severities.of(severity);
    let by = |span: Span, from| span.deadline(possible_from(span, from, context), &policy.calendar);
    let answer =
        |kind, from| answer_within(kind, times.answer, possible_from(times.answer, from, context), policy);
    // Who has heard from us since receipt need not hear again before the usual time from now.
    let updated = if complaint.contacted { now } else { received };
    let mut wanted = vec![
        Promise::new(PromiseKind::Acknowledge, by(times.acknowledge, received)),
        Promise::new(PromiseKind::Update, by(times.update_every, updated)),
        answer(PromiseKind::Answer, received),
    ];
    if let Some(span) = times.first_contact {
        wanted.push(Promise::new(PromiseKind::FirstContact, by(span, received)));
    }
    if complaint.level > Level::One {
        wanted.push(answer(PromiseKind::Decide(complaint.level), now));
    }
    wanted
        .into_iter()
        .filter(|promise| {
            complaint.promises.get(promise.kind).is_some_and(|standing| promise.due < standing.due)
        })
        .collect()
}

/// A date that had passed before the severity was known cannot be promised any more: then the time runs from now.
fn possible_from(span: Span, from: Timestamp, context: &Context<'_>) -> Timestamp {
    if span.deadline(from, &context.policy.calendar) > context.now { from } else { context.now }
}

/// A time to answer in, with a warning when most of it is used up.
pub(super) fn answer_within(kind: PromiseKind, span: Span, from: Timestamp, policy: &Policy) -> Promise {
    let warn_at = span.fraction_deadline(from, policy.escalation.warn_at_percent, &policy.calendar);
    Promise::with_warning(kind, span.deadline(from, &policy.calendar), warn_at)
}

pub(super) fn contact(
    complaint: &Complaint,
    channel: Channel,
    text: TextRef,
    context: &Context<'_>,
) -> Event {
    let first = (!complaint.contacted).then(|| FirstContact {
        in_time: complaint.promises.get(PromiseKind::FirstContact).map(|promise| context.now <= promise.due),
        elapsed: elapsed(complaint, context),
    });
    let owes_updates = matches!(
        complaint.stage_name(),
        StageName::Received | StageName::Acknowledged | StageName::Investigating
    );
    let next_update = owes_updates.then(|| next_update(complaint, context));
    Event::ContactMade { channel, text, at: context.now, first, next_update }
}

/// The next update counts from now.
pub(super) fn next_update(complaint: &Complaint, context: &Context<'_>) -> Promise {
    let every = context.policy.severities.of(complaint.severity).update_every;
    Promise::new(PromiseKind::Update, every.deadline(context.now, &context.policy.calendar))
}

pub(super) fn note(complaint: &Complaint, text: TextRef) -> Result<Vec<Event>, Rejection> {
    triaged(complaint)?;
    Ok(vec![Event::NoteAdded { text }])
}

pub(super) fn finding(
    complaint: &Complaint,
    finding: Finding,
    context: &Context<'_>,
) -> Result<Vec<Event>, Rejection> {
    triaged(complaint)?;
    if let Some(cause) = &finding.root_cause
        && context.policy.root_cause(cause).is_none()
    {
        return Err(unfit("/root_cause", "The policy has no such root cause."));
    }
    Ok(vec![Event::FindingRecorded { finding }])
}

fn triaged(complaint: &Complaint) -> Result<(), Rejection> {
    if complaint.category.is_some() { Ok(()) } else { Err(Rejection::TooEarly { first: Verb::Triage }) }
}

pub(super) fn escalate(
    complaint: &Complaint,
    text: TextRef,
    context: &Context<'_>,
) -> Result<Vec<Event>, Rejection> {
    let Some(to) = complaint.level.next() else {
        return Err(unfit("/reason", "The complaint is at the highest level: it is decided there."));
    };
    Ok(vec![escalated(complaint, complaint.severity, to, EscalationReason::Staff { text }, context)])
}

/// One level up, with a clock of its own.
pub(super) fn escalated(
    complaint: &Complaint,
    severity: Severity,
    to: Level,
    reason: EscalationReason,
    context: &Context<'_>,
) -> Event {
    let span = context.policy.severities.of(severity).answer;
    let decide = answer_within(PromiseKind::Decide(to), span, context.now, context.policy);
    Event::Escalated { from: complaint.level, to, reason, decide }
}

pub(super) fn unfit(pointer: &str, detail: &str) -> Rejection {
    Rejection::Unfit { pointer: pointer.to_owned(), code: "unknown_value", detail: detail.to_owned() }
}

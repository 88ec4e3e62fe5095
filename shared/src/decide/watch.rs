//! What the promises' times demand: warnings, alarms, escalation, reminders. Each once per promise, in their order.

use jiff::{SignedDuration, Timestamp};

use super::{Context, Unfolding, inquire, resolve, work};
use crate::{
    command::{EscalationReason, Verdict},
    complaint::Complaint,
    event::{Consent, Event, WaitEnd},
    policy::{Silence, Span},
    promise::{Alarm, Promise, PromiseKind},
    values::Level,
};

pub(super) fn watch(complaint: &Complaint, context: &Context<'_>) -> Vec<Event> {
    let mut unfolding = Unfolding::of(complaint);
    while let Some(file) = unfolding.complaint.overdue_scan(context.now) {
        unfolding.add(Event::EvidenceScanned { file, verdict: Verdict::Failed });
    }
    while let Some(promise) = unfolding.complaint.promises.first_due(context.now, is_watched).cloned() {
        alarm(&mut unfolding, &promise, context);
    }
    unfolding.events
}

/// The follow-up's promises are looked after by [`follow`](super::follow).
fn is_watched(kind: PromiseKind) -> bool {
    !matches!(kind, PromiseKind::Ask | PromiseKind::Close)
}

fn alarm(unfolding: &mut Unfolding, promise: &Promise, context: &Context<'_>) {
    match promise.kind {
        PromiseKind::Acknowledge | PromiseKind::FirstContact | PromiseKind::Ask | PromiseKind::Close => {
            unfolding.add(missed(promise, None));
        }
        PromiseKind::Own => {
            unfolding.add(missed(promise, None));
            escalate_from(unfolding, Level::One, EscalationReason::Unowned, context);
        }
        PromiseKind::Update => {
            let renewed = Some(work::next_update(unfolding.complaint.severity, context));
            let complaint = &unfolding.complaint;
            let told = unfolding.events.iter().any(is_told)
                || complaint.promises.iter().any(|other| tells(complaint, other, context));
            let (promise, due, written) = (promise.kind, promise.due, !told);
            unfolding.add(Event::PromiseMissed { promise, due, next: None, renewed, again: false, written });
        }
        PromiseKind::Answer => answer(unfolding, promise, Level::One, context),
        PromiseKind::Decide(level) => answer(unfolding, promise, level, context),
        PromiseKind::Notice => {
            let event = inquire::announce_by_itself(&unfolding.complaint, context);
            unfolding.add(event);
        }
        PromiseKind::Information => information(unfolding, promise, context),
        PromiseKind::Consultation(_) => {
            let every = context.policy.consultation.remind_every;
            unfolding.add(missed(promise, Some(every.deadline(context.now, &context.policy.calendar))));
        }
        PromiseKind::Consent => consent(unfolding, promise, context),
        PromiseKind::Remedy(_) => {
            let next = context.policy.escalation.remind_every.deadline(context.now, &context.policy.calendar);
            unfolding.add(missed(promise, Some(next)));
        }
    }
}

/// Whether the customer is written to for what this sweep has done already.
fn is_told(event: &Event) -> bool {
    matches!(
        event,
        Event::Escalated { .. }
            | Event::DelayAnnounced { .. }
            | Event::WaitEnded { .. }
            | Event::PromiseWarned { promise: PromiseKind::Information, .. }
    )
}

/// Whether the customer is written to for this promise now, or about what they were asked on this very day, so that there
/// is no need for an update besides.
fn tells(complaint: &Complaint, promise: &Promise, context: &Context<'_>) -> bool {
    let due_by = |by| !promise.still && promise.alarm_at.is_some_and(|at| at <= by);
    match promise.kind {
        PromiseKind::Notice => due_by(context.now),
        PromiseKind::Information => due_by(context.policy.calendar.end_of_day(context.now)),
        // Where it goes up a level; a warning is for staff, and so is what is missed higher up.
        kind => kind.escalates(complaint.level) && due_by(context.now) && promise.due <= context.now,
    }
}

/// A level's time to answer: a warning first, then one level up; the last level is reminded until it answers.
fn answer(unfolding: &mut Unfolding, promise: &Promise, level: Level, context: &Context<'_>) {
    if promise.alarm == Alarm::Quiet && context.now < promise.due {
        unfolding.add(warned(promise, Some(promise.due)));
        return;
    }
    let remind_every = context.policy.escalation.remind_every;
    let again = level.is_final().then(|| remind_every.deadline(context.now, &context.policy.calendar));
    unfolding.add(missed(promise, again));
    escalate_from(unfolding, level, EscalationReason::Time { level }, context);
}

/// Escalates unless it has gone further up already, or there is no further.
fn escalate_from(unfolding: &mut Unfolding, level: Level, reason: EscalationReason, context: &Context<'_>) {
    let complaint = &unfolding.complaint;
    if complaint.level == level
        && let Some(to) = level.next()
    {
        let event = work::escalated(complaint, complaint.severity, to, reason, context);
        unfolding.add(event);
    }
}

/// The customer does not send what they were asked for: a reminder, then it goes on without.
fn information(unfolding: &mut Unfolding, promise: &Promise, context: &Context<'_>) {
    if promise.alarm == Alarm::Quiet {
        let remind_after = context.policy.information.remind_after;
        unfolding.add(warned(promise, Some(time_to_react(promise, remind_after, context))));
    } else if let Some(event) = inquire::end_wait(&unfolding.complaint, WaitEnd::Silence, context) {
        unfolding.add(event);
    } else {
        unfolding.add(missed(promise, None));
    }
}

/// The customer says nothing to a proposal: a reminder, then the policy's rule.
fn consent(unfolding: &mut Unfolding, promise: &Promise, context: &Context<'_>) {
    if promise.alarm == Alarm::Quiet {
        let remind_after = context.policy.consent.remind_after;
        unfolding.add(warned(promise, Some(time_to_react(promise, remind_after, context))));
        return;
    }
    let number = unfolding.complaint.proposals;
    // Once staff were asked to get an answer, it is theirs.
    let silent = unfolding.complaint.is_silence() && promise.alarm == Alarm::Warned;
    match context.policy.consent.on_silence {
        Silence::Implement if silent => {
            resolve::accepted(unfolding, number, Consent::Silence, None, context);
        }
        Silence::Implement | Silence::AskStaff => {
            unfolding.add(missed(promise, Some(a_day_after(context.now))));
        }
    }
}

/// What a customer is asked to do by a deadline, whose day they may have whole (`until`), with a reminder before it. One
/// that would come later, as where the policy counts the one by days of work and the other by any days, comes with the
/// deadline, and gives its own time.
pub(super) fn asked_until(
    kind: PromiseKind,
    (deadline, until): (Timestamp, Timestamp),
    remind_after: Span,
    context: &Context<'_>,
) -> Promise {
    let remind_at = remind_after.deadline(context.now, &context.policy.calendar);
    Promise::with_warning(kind, until, if remind_at < deadline { remind_at } else { until })
}

/// When a span that begins now is over, and until when a customer has time who is told so.
pub(super) fn deadline(span: Span, context: &Context<'_>) -> (Timestamp, Timestamp) {
    let calendar = &context.policy.calendar;
    (span.deadline(context.now, calendar), span.open_until(context.now, calendar))
}

/// After a reminder the customer has until the date they were told; after a late one as long as they would have had.
pub(super) fn time_to_react(promise: &Promise, usual: Span, context: &Context<'_>) -> Timestamp {
    if context.now < promise.due {
        promise.due
    } else {
        usual.open_until(context.now, &context.policy.calendar)
    }
}

pub(super) fn warned(promise: &Promise, next: Option<Timestamp>) -> Event {
    Event::PromiseWarned { promise: promise.kind, due: promise.due, next }
}

pub(super) fn missed(promise: &Promise, next: Option<Timestamp>) -> Event {
    let again = promise.alarm == Alarm::Missed;
    Event::PromiseMissed {
        promise: promise.kind,
        due: promise.due,
        next,
        renewed: None,
        again,
        written: false,
    }
}

pub(super) fn a_day_after(now: Timestamp) -> Timestamp {
    now.checked_add(SignedDuration::from_hours(24)).unwrap_or(Timestamp::MAX)
}

//! Receive and acknowledge.

use super::{Context, elapsed, work};
use crate::{
    command::Receipt,
    complaint::Complaint,
    event::Event,
    policy::Span,
    promise::{Promise, PromiseKind},
    rejection::Rejection,
    values::Severity,
};

pub(super) fn receive(receipt: Receipt, context: &Context<'_>) -> Result<Event, Rejection> {
    if receipt.received_at > context.now {
        return Err(Rejection::unfit(
            "/received_at",
            "in_future",
            "The complaint cannot have been received in the future.",
        ));
    }
    let promises = first_promises(&receipt, context);
    Ok(Event::Received { receipt, entered_at: context.now, policy: context.policy.version, promises })
}

/// Before triage every complaint is promised what a normal one is. What the customer is told can still be kept, however
/// long ago the complaint came in; when the acknowledgement is owed has run since then.
fn first_promises(receipt: &Receipt, context: &Context<'_>) -> Vec<Promise> {
    let (policy, from) = (context.policy, receipt.received_at);
    let times = policy.severities.of(Severity::Normal);
    let due = |span: Span| span.deadline(from, &policy.calendar);
    let told_from = |span: Span| work::possible_from(span, from, context.now, policy);
    let told = |span: Span| span.deadline(told_from(span), &policy.calendar);
    let mut promises = vec![
        Promise::new(PromiseKind::Acknowledge, due(times.acknowledge)),
        // Nobody can take on what is not here yet.
        Promise::new(
            PromiseKind::Own,
            policy.escalation.unowned_after.deadline(context.now, &policy.calendar),
        ),
        Promise::new(PromiseKind::Update, told(times.update_every)),
    ];
    let from = told_from(times.answer);
    promises.extend(work::answer_within(PromiseKind::Answer, times.answer, from, context.now, policy));
    if let Some(span) = times.first_contact {
        promises.push(Promise::new(PromiseKind::FirstContact, told(span)));
    }
    promises
}

pub(super) fn acknowledge(complaint: &Complaint, context: &Context<'_>) -> Vec<Event> {
    let in_time =
        complaint.promises.get(PromiseKind::Acknowledge).is_none_or(|promise| context.now <= promise.due);
    vec![Event::Acknowledged { at: context.now, in_time, elapsed: elapsed(complaint, context) }]
}

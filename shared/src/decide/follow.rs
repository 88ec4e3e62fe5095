//! After the last remedy: ask, remind, take feedback, close, or open again.

use jiff::Timestamp;

use super::{Context, Unfolding, elapsed, watch, work};
use crate::{
    command::{EscalationReason, Feedback, Outcome, TextRef},
    complaint::{Complaint, Remedy, Stage, StageName},
    event::{ClosedBecause, Event},
    policy::Policy,
    promise::{Alarm, Promise, PromiseKind},
    rejection::{Missing, Rejection},
    values::{Channel, Level, Severity},
};

pub(super) fn follow_up(complaint: &Complaint, context: &Context<'_>) -> Vec<Event> {
    let mut unfolding = Unfolding::of(complaint);
    let mine = |kind| matches!(kind, PromiseKind::Ask | PromiseKind::Close);
    while let Some(promise) = unfolding.complaint.promises.first_due(context.now, mine).cloned() {
        match (promise.kind, promise.alarm) {
            (PromiseKind::Ask, _) => unfolding.add(ask(context)),
            (_, Alarm::Quiet) => {
                let next = watch::time_to_react(&promise, context.policy.follow_up.remind_after, context);
                unfolding.add(watch::warned(&promise, Some(next)));
            }
            (_, Alarm::Warned | Alarm::Missed) => {
                let event = end_in_silence(&unfolding.complaint, &promise, context);
                unfolding.add(event);
            }
        }
    }
    unfolding.events
}

fn ask(context: &Context<'_>) -> Event {
    let follow_up = &context.policy.follow_up;
    let until = watch::deadline(follow_up.close_after, context);
    let close = watch::asked_until(PromiseKind::Close, until, follow_up.remind_after, context);
    Event::SatisfactionAsked { close }
}

/// Silence closes a complete record. An incomplete one alarms staff daily until it is complete, and so does one whose
/// customer wrote something when they were asked: a person says what that means.
fn end_in_silence(complaint: &Complaint, promise: &Promise, context: &Context<'_>) -> Event {
    if complaint.is_silence() && missing(complaint, true).is_empty() {
        closed(complaint, ClosedBecause::Silence, [None, None], context)
    } else {
        watch::missed(promise, Some(watch::a_day_after(context.now)))
    }
}

fn closed(
    complaint: &Complaint,
    because: ClosedBecause,
    [follow_up_waived, not_reached]: [Option<TextRef>; 2],
    context: &Context<'_>,
) -> Event {
    let (at, elapsed) = (context.now, elapsed(complaint, context));
    Event::Closed { because, at, elapsed, follow_up_waived, not_reached }
}

pub(super) fn feedback(
    complaint: &Complaint,
    feedback: Feedback,
    channel: Channel,
    context: &Context<'_>,
) -> Result<Vec<Event>, Rejection> {
    if !(1..=5).contains(&feedback.rating) {
        return Err(Rejection::unfit("/rating", "out_of_range", "The rating is a number from 1 to 5."));
    }
    let (concern, is_unsatisfied) = (feedback.concern, feedback.is_unsatisfied());
    check_resolved(complaint, concern, context)?;
    if concern && !within_window(complaint, context.said(), context.policy) {
        return Err(Rejection::WindowPassed);
    }
    let mut unfolding = Unfolding::of(complaint);
    let again = complaint.feedback.is_some();
    let open = complaint.stage_name() == StageName::FollowingUp;
    let close = (open && is_unsatisfied && !concern).then(|| looked_into(context));
    let said_at = context.said_at;
    unfolding.add(Event::FeedbackGiven { feedback, channel, again, close, said_at });
    if concern {
        reopened(&mut unfolding, None, context);
    } else if complaint.is_open() && !is_unsatisfied && missing(&unfolding.complaint, true).is_empty() {
        // A person looks at what somebody says who is not satisfied.
        let event = closed(&unfolding.complaint, ClosedBecause::Feedback, [None, None], context);
        unfolding.add(event);
    }
    Ok(unfolding.events)
}

/// By when a person has looked into what somebody says who is not satisfied: nobody is asked or reminded of anything more.
fn looked_into(context: &Context<'_>) -> Promise {
    let due = context.policy.escalation.remind_every.deadline(context.now, &context.policy.calendar);
    Promise { alarm: Alarm::Warned, ..Promise::new(PromiseKind::Close, due) }
}

/// Until when a complaint that was resolved at this time can be taken up again.
pub(crate) fn reopen_until(resolved_at: Timestamp, policy: &Policy) -> Timestamp {
    policy.reopening.within.open_until(resolved_at, &policy.calendar)
}

/// Whether it can still be taken up again. The window counts from the resolution, never from a later change.
pub(crate) fn within_window(complaint: &Complaint, now: Timestamp, policy: &Policy) -> bool {
    match &complaint.stage {
        Stage::FollowingUp { .. } => true,
        Stage::Closed { resolved_at, .. } => now <= reopen_until(*resolved_at, policy),
        Stage::Received
        | Stage::Acknowledged
        | Stage::Investigating(_)
        | Stage::Proposed(_)
        | Stage::Implementing { .. }
        | Stage::Withdrawn { .. }
        | Stage::Refused { .. }
        | Stage::Duplicate { .. } => false,
    }
}

/// Taken up again by staff, or at a customer's word that is no feedback.
pub(super) fn reopen(
    complaint: &Complaint,
    text: TextRef,
    context: &Context<'_>,
) -> Result<Vec<Event>, Rejection> {
    check_resolved(complaint, true, context)?;
    if !within_window(complaint, context.said(), context.policy) {
        return Err(Rejection::WindowPassed);
    }
    let mut unfolding = Unfolding::of(complaint);
    reopened(&mut unfolding, Some(text), context);
    Ok(unfolding.events)
}

/// What was said before there was a resolution is not about it. But that something is wrong with what was proposed, said to be
/// silent about it, is a concern once it is resolved.
fn check_resolved(complaint: &Complaint, concern: bool, context: &Context<'_>) -> Result<(), Rejection> {
    let resolved = match &complaint.stage {
        Stage::FollowingUp { resolved_at, .. } | Stage::Closed { resolved_at, .. } => *resolved_at,
        _ => return Ok(()),
    };
    let begins = complaint.silence().filter(|_| concern).map_or(resolved, |silence| silence.since);
    if context.said_at.is_some_and(|said| said < begins) {
        let detail = "That was before it was resolved: record it as what they told us.";
        return Err(Rejection::unfit("/said_at", "too_early", detail));
    }
    Ok(())
}

/// A second reopening is at least high, and goes to level 2 at once; so does what was found to be one of several while it
/// was resolved.
fn reopened(unfolding: &mut Unfolding, text: Option<TextRef>, context: &Context<'_>) {
    let complaint = &unfolding.complaint;
    let (policy, now) = (context.policy, context.now);
    let again = complaint.reopenings >= 1;
    let severity = if again { complaint.severity.max(Severity::High) } else { complaint.severity };
    let span = policy.severities.of(severity).answer;
    let mut promises = vec![work::next_update(severity, context)];
    promises.extend(work::answer_within(PromiseKind::Answer, span, now, now, policy));
    if complaint.level > Level::One {
        let [decide, _] = work::answer_within(PromiseKind::Decide(complaint.level), span, now, now, policy);
        promises.push(decide);
    }
    if complaint.owner.is_none() {
        promises.push(Promise::new(
            PromiseKind::Own,
            policy.escalation.unowned_after.deadline(now, &policy.calendar),
        ));
    }
    let said_at = context.said_at;
    unfolding.add(Event::Reopened { at: now, severity, text, promises, said_at });
    let complaint = &unfolding.complaint;
    let pattern = complaint.patterns.first().map(|pattern| EscalationReason::Pattern { pattern: *pattern });
    let reason = again.then_some(EscalationReason::ReopenedAgain).or(pattern);
    if let Some(reason) = reason
        && complaint.level == Level::One
    {
        let event = work::escalated(complaint, complaint.severity, Level::Two, reason, context);
        unfolding.add(event);
    }
}

pub(super) fn close(
    complaint: &Complaint,
    waive_follow_up: Option<TextRef>,
    not_reached: Option<TextRef>,
    context: &Context<'_>,
) -> Result<Vec<Event>, Rejection> {
    let mut missing = missing(complaint, waive_follow_up.is_some());
    // Whom nobody reached has no answer in writing, for the reason that is given.
    missing.retain(|gap| not_reached.is_none() || *gap != Missing::WrittenResponse);
    if missing.is_empty() {
        Ok(vec![closed(complaint, ClosedBecause::Staff, [waive_follow_up, not_reached], context)])
    } else {
        Err(Rejection::Incomplete { missing })
    }
}

/// What the record lacks for closing; `followed_up` says that the follow-up is made or left out with a reason.
pub fn missing(complaint: &Complaint, followed_up: bool) -> Vec<Missing> {
    let mut missing = match &complaint.stage {
        Stage::Received | Stage::Acknowledged | Stage::Investigating(_) => {
            vec![Missing::Outcome, Missing::WrittenResponse, Missing::Consent]
        }
        Stage::Proposed(proposal) => {
            let mut missing = vec![Missing::Consent];
            missing.extend(undone(&proposal.remedies));
            missing
        }
        Stage::Implementing { remedies, .. } => undone(remedies).collect(),
        Stage::FollowingUp { .. } | Stage::Closed { .. } => Vec::new(),
        // What ends without an answer needs none of what an answer needs.
        Stage::Withdrawn { .. } | Stage::Refused { .. } | Stage::Duplicate { .. } => return Vec::new(),
    };
    if complaint.unreached && !missing.contains(&Missing::WrittenResponse) {
        missing.push(Missing::WrittenResponse);
    }
    if lacks_root_cause(complaint) {
        missing.push(Missing::RootCause);
    }
    let asked_and_answered = complaint.feedback.is_some()
        && matches!(complaint.stage, Stage::FollowingUp { .. } | Stage::Closed { .. });
    // They were asked and reminded, and their time to answer is over.
    let waited_for =
        complaint.promises.get(PromiseKind::Close).is_some_and(|promise| promise.alarm == Alarm::Missed);
    if !followed_up && !asked_and_answered && !waited_for {
        missing.push(Missing::FollowUp);
    }
    missing
}

fn undone(remedies: &[Remedy]) -> impl Iterator<Item = Missing> {
    (1..)
        .zip(remedies)
        .filter(|(_, remedy)| remedy.is_open())
        .map(|(number, remedy)| Missing::Remedy { number, kind: remedy.kind })
}

fn lacks_root_cause(complaint: &Complaint) -> bool {
    let outcome = match &complaint.stage {
        Stage::Proposed(proposal) => Some(proposal.outcome),
        _ => complaint.decision().map(|decision| decision.outcome),
    };
    let cause = complaint.finding.as_ref().and_then(|finding| finding.root_cause.as_ref());
    outcome.is_some_and(Outcome::counts_as_upheld) && cause.is_none()
}

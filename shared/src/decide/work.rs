//! What staff do before and beside the answer: assign, triage, get in touch, investigate, escalate.

use jiff::Timestamp;

use super::{Context, Unfolding, elapsed, inquire, resolve, rights};
use crate::{
    command::{Answer, EscalationReason, Finding, NoteKind, Pattern, Reach, TextRef, Verb},
    complaint::{Complaint, Proposal, Stage, StageName},
    event::{Event, FirstContact},
    policy::{Policy, Span},
    promise::{Alarm, Promise, PromiseKind},
    rejection::Rejection,
    values::{Channel, ComplaintId, Level, Severity, StaffId},
};

pub(super) fn assign(complaint: &Complaint, owner: StaffId) -> Result<Vec<Event>, Rejection> {
    if complaint.subject.as_ref() == Some(&owner) {
        return Err(Rejection::unfit(
            "/owner",
            "subject",
            "The complaint is about this person, who cannot handle it.",
        ));
    }
    Ok(vec![Event::Assigned { owner }])
}

/// A date that had passed before the complaint was entered, or its severity known, cannot be promised any more: then the
/// time runs from now.
pub(super) fn possible_from(span: Span, from: Timestamp, now: Timestamp, policy: &Policy) -> Timestamp {
    if span.deadline(from, &policy.calendar) > now { from } else { now }
}

/// A time to answer in, with a warning when most of it is used up; and when the customer is told, should it not be
/// kept. `clock` is now on the clock of the answer.
pub(super) fn answer_within(
    kind: PromiseKind,
    span: Span,
    from: Timestamp,
    clock: Timestamp,
    policy: &Policy,
) -> [Promise; 2] {
    let due = span.deadline(from, &policy.calendar);
    let warn_at = span.fraction_deadline(from, policy.escalation.warn_at_percent, &policy.calendar);
    [Promise::with_warning(kind, due, warn_at), notice_before(due, clock, policy)]
}

/// When the customer is told that a date will not be kept: when most of the working time until then is used up, or
/// with the date itself where there is none.
pub(super) fn notice_before(due: Timestamp, clock: Timestamp, policy: &Policy) -> Promise {
    let calendar = &policy.calendar;
    let most = calendar.worked(clock, due) * i32::from(policy.delay.notice_at_percent) / 100;
    let at = calendar.add_elapsed(clock, most);
    Promise::new(PromiseKind::Notice, if at > clock { at } else { due })
}

pub(super) fn contact(
    complaint: &Complaint,
    channel: Channel,
    text: TextRef,
    context: &Context<'_>,
) -> Result<Vec<Event>, Rejection> {
    if channel == Channel::Email && complaint.reach != Reach::Email {
        return Err(Rejection::unfit(
            "/channel",
            "no_address",
            "There is no e-mail address that the customer could be reached at.",
        ));
    }
    if channel == Channel::Email && context.said_at.is_some() {
        return Err(Rejection::unfit("/said_at", "not_then", "What goes by e-mail goes out now."));
    }
    let first = first_contact(complaint, context);
    let next = next_update(complaint.severity, &Context { now: context.said(), ..*context });
    // What was promised since stands; and what is over renews nothing.
    let is_news = |next: &Promise| {
        let standing = complaint.promises.get(PromiseKind::Update);
        context.said_at.is_none()
            || next.due > standing.map_or(context.now, |standing| standing.due.max(context.now))
    };
    let next_update = Some(next).filter(|next| complaint.stage_name().owes_answer() && is_news(next));
    let (at, said_at) = (context.now, context.said_at);
    Ok(vec![Event::ContactMade { channel, text, at, said_at, first, next_update }])
}

/// How long it took, where nobody has been in touch with the customer yet.
pub(super) fn first_contact(complaint: &Complaint, context: &Context<'_>) -> Option<FirstContact> {
    if complaint.contacted {
        return None;
    }
    let promise = complaint.promises.get(PromiseKind::FirstContact);
    let in_time = promise.map(|promise| context.said() <= promise.due);
    let unseen = in_time == Some(false) && complaint.promises.is_unseen(PromiseKind::FirstContact);
    let called_missed = in_time == Some(true)
        && complaint.promises.get(PromiseKind::FirstContact).is_some_and(|it| it.alarm == Alarm::Missed);
    let then = Context { now: context.said(), ..*context };
    Some(FirstContact { in_time, unseen, called_missed, elapsed: elapsed(complaint, &then) })
}

/// The next update counts from now.
pub(super) fn next_update(severity: Severity, context: &Context<'_>) -> Promise {
    let every = context.policy.severities.of(severity).update_every;
    Promise::new(PromiseKind::Update, every.deadline(context.now, &context.policy.calendar))
}

/// The same where a letter by itself says how it goes on: whom it does not reach has heard nothing.
pub(super) fn next_update_by_letter(
    complaint: &Complaint,
    severity: Severity,
    context: &Context<'_>,
) -> Option<Promise> {
    let is_reached = complaint.reach == Reach::Email && !complaint.unreached;
    is_reached.then(|| next_update(severity, context))
}

pub(super) fn note(complaint: &Complaint, kind: NoteKind, text: TextRef) -> Result<Vec<Event>, Rejection> {
    triaged(complaint)?;
    Ok(vec![Event::NoteAdded { kind, text, draft: None }])
}

pub(super) fn finding(
    complaint: &Complaint,
    finding: Finding,
    context: &Context<'_>,
) -> Result<Vec<Event>, Rejection> {
    triaged(complaint)?;
    check_cause(&finding, context.policy)?;
    Ok(vec![Event::FindingRecorded { finding }])
}

pub(super) fn check_cause(finding: &Finding, policy: &Policy) -> Result<(), Rejection> {
    match &finding.root_cause {
        Some(cause) if policy.root_cause(cause).is_none() => {
            Err(unfit("/root_cause", "The policy has no such root cause."))
        }
        Some(_) | None => Ok(()),
    }
}

pub(super) fn triaged(complaint: &Complaint) -> Result<(), Rejection> {
    if complaint.category.is_some() {
        Ok(())
    } else {
        Err(Rejection::TooEarly { first: Verb::Triage, detail: "The complaint has to be triaged first." })
    }
}

pub(super) fn escalate(
    complaint: &Complaint,
    reason: EscalationReason,
    context: &Context<'_>,
) -> Result<Vec<Event>, Rejection> {
    let Some(to) = complaint.level.next() else {
        return Err(unfit("/reason", "The complaint is at the highest level: it is decided there."));
    };
    Ok(vec![escalated(complaint, complaint.severity, to, reason, context)])
}

/// A customer gets the second level by asking, and the third by refusing what the second proposes, or where who decides
/// there sees fit to follow their wish. Where it has gone up already, what they say is theirs to read who have it. Who asks
/// staff for it when there is a proposal refuses that.
pub(super) fn ask_escalation(
    complaint: &Complaint,
    text: TextRef,
    channel: Channel,
    context: &Context<'_>,
) -> Result<Vec<Event>, Rejection> {
    if let Stage::Proposed(Proposal { number, .. }) = complaint.stage {
        return resolve::answer(complaint, number, Answer::Refuse, Some(text), channel, context);
    }
    let sees_fit = rights::may(context.actor, Verb::Escalate, complaint.level).is_ok();
    if complaint.level.is_final() || complaint.level > Level::One && !sees_fit {
        inquire::check_room(complaint, channel, context)?;
        let (at, said_at, marks) = (context.now, context.said_at, Vec::new());
        let (resumed, written) = (None, false);
        return Ok(vec![Event::InformationAdded { text, channel, at, said_at, resumed, marks, written }]);
    }
    escalate(complaint, EscalationReason::Asked { text, channel }, context)
}

/// To a higher level, with a clock of its own, which stands still while the customer is waited for. Where a level's time
/// is over and the customer was told of a later date before, that date stays theirs: one that comes sooner than the new
/// level's is kept, or put off again by a notice in its time. While the customer has an answer, that stands with its dates,
/// which are the new level's to see to.
pub(super) fn escalated(
    complaint: &Complaint,
    severity: Severity,
    to: Level,
    reason: EscalationReason,
    context: &Context<'_>,
) -> Event {
    if !complaint.stage_name().owes_answer() {
        return Event::Escalated {
            from: complaint.level,
            to,
            reason,
            decide: None,
            told: None,
            notice: None,
            next_update: None,
        };
    }
    let span = context.policy.severities.of(severity).answer;
    let from = inquire::answer_clock(complaint, context);
    let [decide, notice] = answer_within(PromiseKind::Decide(to), span, from, from, context.policy);
    let is_over = matches!(reason, EscalationReason::Time { .. });
    let told = Some(complaint.told_by).filter(|told| is_over && context.now < *told && *told < decide.due);
    let notice = told.map_or(notice, |told| notice_before(told, context.now, context.policy));
    let next_update = next_update_by_letter(complaint, severity, context);
    let (decide, notice) = (Some(decide), Some(notice));
    Event::Escalated { from: complaint.level, to, reason, decide, told, notice, next_update }
}

/// One of several: where they are as many as the policy says, what is still at the first level goes up; what is resolved,
/// when it is taken up again.
pub(super) fn pattern(
    complaint: &Complaint,
    pattern: Pattern,
    count: u32,
    others: Vec<ComplaintId>,
    context: &Context<'_>,
) -> Vec<Event> {
    let escalation = &context.policy.escalation;
    let most = match pattern {
        Pattern::Repeated => escalation.repeated,
        Pattern::Alike => escalation.alike,
    };
    if count < most {
        return Vec::new();
    }
    let mut unfolding = Unfolding::of(complaint);
    unfolding.add(Event::PatternFound { pattern, count, others });
    let is_resolved = !complaint.is_open() || complaint.stage_name() == StageName::FollowingUp;
    if complaint.level == Level::One && !is_resolved {
        let reason = EscalationReason::Pattern { pattern };
        let event = escalated(complaint, complaint.severity, Level::Two, reason, context);
        unfolding.add(event);
    }
    unfolding.events
}

/// A value is none of those that there are.
pub(super) fn unfit(pointer: &str, detail: &str) -> Rejection {
    Rejection::unfit(pointer, "unknown_value", detail)
}

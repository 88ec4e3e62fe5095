//! What a complaint is about, how severe it is, and where it goes for that.

use jiff::SignedDuration;

use super::{Context, Unfolding, inquire, work};
use crate::{
    command::{EscalationReason, Flag, Triage},
    complaint::Complaint,
    event::Event,
    evolve,
    policy::{Policy, Span},
    promise::{Promise, PromiseKind},
    rejection::Rejection,
    values::{Level, Role, Severity},
};

pub(super) fn triage(
    complaint: &Complaint,
    mut triage: Triage,
    context: &Context<'_>,
) -> Result<Vec<Event>, Rejection> {
    check(&triage, context.policy)?;
    triage.severity = triage.severity.max(least_severity(complaint, &triage, context.policy));
    if is_so(complaint, &triage) {
        return Ok(Vec::new());
    }
    let way_up = way_up(&triage, context.policy);
    let promises = brought_forward(complaint, triage.severity, context);
    let mut unfolding = Unfolding::of(complaint);
    unfolding.add(Event::Triaged { triage, promises });
    if let Some((to, reason)) = way_up
        && complaint.level < to
    {
        let event = escalated(&unfolding.complaint, to, reason, context);
        unfolding.add(event);
    }
    Ok(unfolding.events)
}

/// To the level that the severity or the subject asks for. That makes no date later: where the customer has a sooner one,
/// by what was promised or by what the severity makes of it, that stands.
fn escalated(complaint: &Complaint, to: Level, reason: EscalationReason, context: &Context<'_>) -> Event {
    let clock = inquire::answer_clock(complaint, context);
    let mut event = work::escalated(complaint, complaint.severity, to, reason, context);
    if let Event::Escalated { decide: Some(decide), told, notice, .. } = &mut event
        && clock < complaint.told_by
        && complaint.told_by < decide.due
    {
        *told = Some(complaint.told_by);
        *notice = Some(work::notice_before(complaint.told_by, clock, context.policy));
    }
    event
}

fn check(triage: &Triage, policy: &Policy) -> Result<(), Rejection> {
    let Some(known) = policy.category(&triage.category) else {
        return Err(work::unfit("/category", "The policy has no such category."));
    };
    if known.text_required && triage.note.is_none() {
        return Err(Rejection::unfit(
            "/note",
            "missing",
            "This category says nothing by itself: say what the complaint is about.",
        ));
    }
    if let Some(sub) = &triage.sub_category
        && known.sub_category(sub).is_none()
    {
        return Err(work::unfit("/sub_category", "The policy has no such sub-category in this category."));
    }
    if let Some(product) = &triage.product
        && policy.product(product).is_none()
    {
        return Err(work::unfit("/product", "The policy has no such product."));
    }
    if triage.subject_role.is_some() && triage.subject.is_none() {
        return Err(Rejection::unfit("/subject", "missing", "Say whose role that is."));
    }
    if triage.loss.is_some_and(|loss| loss.currency() != policy.redress.csr.currency()) {
        return Err(Rejection::unfit("/loss", "currency", "The amount is not in the policy's currency."));
    }
    Ok(())
}

/// What the flags, the loss and a second reopening make of it, whatever else was said.
fn least_severity(complaint: &Complaint, triage: &Triage, policy: &Policy) -> Severity {
    let by_flags = triage.flags.iter().map(|flag| flag.least_severity()).max();
    let large = triage.loss.is_some_and(|loss| loss.exceeds(policy.severities.high_above_loss));
    let is_high = large || complaint.reopenings > 1;
    by_flags.into_iter().chain(is_high.then_some(Severity::High)).max().unwrap_or(Severity::Low)
}

/// How far up it goes at once, and why; the highest of the reasons.
fn way_up(triage: &Triage, policy: &Policy) -> Option<(Level, EscalationReason)> {
    let starts_at = policy.severities.of(triage.severity).starts_at;
    if let Some(flag) = triage.flags.iter().find(|flag| flag.is_from_outside()) {
        Some((Level::Three, EscalationReason::Outside { flag: *flag }))
    } else if triage.subject_role == Some(Role::Manager) {
        // The second level is theirs; it goes to the next one.
        Some((Level::Three, EscalationReason::Subject))
    } else if starts_at > Level::One {
        Some((starts_at, EscalationReason::Severity))
    } else if triage.subject.is_some() || triage.flags.contains(&Flag::Staff) {
        Some((Level::Two, EscalationReason::Subject))
    } else {
        None
    }
}

/// Whether it says nothing new. A note always does.
fn is_so(complaint: &Complaint, triage: &Triage) -> bool {
    triage.note.is_none()
        && complaint.category.as_ref() == Some(&triage.category)
        && complaint.sub_category == triage.sub_category
        && complaint.severity == triage.severity
        && complaint.flags == triage.flags
        && complaint.subject == triage.subject
        && complaint.subject_role == triage.subject_role
        && complaint.loss == triage.loss
        && (triage.product.is_none() || complaint.product == triage.product)
}

/// The promises that another severity makes earlier than they stand; those that would be later are left as told. What was
/// promised under the same severity stands, whatever the calendar says now.
fn brought_forward(complaint: &Complaint, severity: Severity, context: &Context<'_>) -> Vec<Promise> {
    if severity == complaint.severity {
        return Vec::new();
    }
    let (policy, received) = (context.policy, complaint.received_at);
    let clock = inquire::answer_clock(complaint, context);
    let times = policy.severities.of(severity);
    let by = |span: Span, from| {
        span.deadline(work::possible_from(span, from, context.now, policy), &policy.calendar)
    };
    // Who has heard from us since receipt need not hear again before the usual time from now.
    let updated = if complaint.contacted { context.now } else { received };
    let mut wanted = vec![
        Promise::new(PromiseKind::Acknowledge, by(times.acknowledge, received)),
        Promise::new(PromiseKind::Update, by(times.update_every, updated)),
    ];
    // What was taken up again had its answer: the time to the next one does not run from receipt.
    let from = if complaint.reopenings > 0 { clock } else { received };
    let from = work::possible_from(times.answer, from, clock, policy);
    let [mut answer, _] = work::answer_within(PromiseKind::Answer, times.answer, from, clock, policy);
    if from == received {
        // Time that has stood still since receipt is not used up.
        let stood_still = SignedDuration::from_mins(complaint.stood_still);
        let later = |at| policy.calendar.add_elapsed(at, stood_still);
        answer = Promise { due: later(answer.due), alarm_at: answer.alarm_at.map(later), ..answer };
    }
    wanted.push(answer);
    if let Some(span) = times.first_contact {
        wanted.push(Promise::new(PromiseKind::FirstContact, by(span, received)));
    }
    if complaint.level > Level::One {
        let kind = PromiseKind::Decide(complaint.level);
        let [decide, _] = work::answer_within(kind, times.answer, clock, clock, policy);
        wanted.push(decide);
    }
    wanted.retain(|promise| is_sooner(complaint, promise));
    // A notice is about the date that stands, which a delay may have put off: it comes forward only with that.
    let notice = evolve::soonest_answer(complaint.level, &wanted)
        .map(|due| work::notice_before(due, clock, policy))
        .filter(|notice| is_sooner(complaint, notice));
    wanted.extend(notice);
    wanted
}

fn is_sooner(complaint: &Complaint, promise: &Promise) -> bool {
    complaint.promises.get(promise.kind).is_some_and(|standing| promise.due < standing.due)
}

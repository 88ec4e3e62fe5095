//! Propose, accept or refuse, carry out.

use jiff::{SignedDuration, Timestamp};

use super::{Context, Unfolding, elapsed, inquire, watch, work};
use crate::{
    command::{Answer, EscalationReason, Finding, NoteKind, Offer, Outcome, TextRef, Verb},
    complaint::{Complaint, Proposal, Remedy, Stage},
    event::{Consent, Draft, Event, Moved},
    promise::{Alarm, Promise, PromiseKind},
    rejection::Rejection,
    values::{Channel, Level, Money, Role, StaffId},
};

/// More would make the record larger than what is written at every command may be.
pub const MOST_REMEDIES: usize = 6;
/// A remedy that is promised for later than this is a slip of the pen.
const LONGEST_PROMISE: SignedDuration = SignedDuration::from_hours(2 * 366 * 24);

pub(super) fn propose(
    complaint: &Complaint,
    outcome: Outcome,
    remedies: Vec<Offer>,
    text: TextRef,
    context: &Context<'_>,
) -> Result<Vec<Event>, Rejection> {
    let Some(finding) = &complaint.finding else {
        let detail = "What was found has to be recorded before anything is proposed.";
        return Err(Rejection::TooEarly { first: Verb::RecordFinding, detail });
    };
    if outcome.counts_as_upheld() && finding.root_cause.is_none() {
        let detail = "What was found names no root cause, and an upheld complaint needs one: record the finding again, \
                      with its cause.";
        return Err(Rejection::TooEarly { first: Verb::RecordFinding, detail });
    }
    let mut unfolding = Unfolding::of(complaint);
    if !goes_up(&mut unfolding, outcome, &remedies, &text, context)? {
        put(&mut unfolding, outcome, remedies, text, context);
    }
    Ok(unfolding.events)
}

/// A straightforward complaint is put right in one go; the customer has agreed to it by this channel.
pub(super) fn settle_at_once(
    complaint: &Complaint,
    finding: Finding,
    outcome: Outcome,
    remedies: Vec<Offer>,
    text: TextRef,
    channel: Channel,
    context: &Context<'_>,
) -> Result<Vec<Event>, Rejection> {
    work::triaged(complaint)?;
    work::check_cause(&finding, context.policy)?;
    if outcome.counts_as_upheld() && finding.root_cause.is_none() {
        return Err(Rejection::unfit("/root_cause", "missing", "An upheld complaint needs a root cause."));
    }
    let mut unfolding = Unfolding::of(complaint);
    unfolding.add(Event::FindingRecorded { finding });
    if !goes_up(&mut unfolding, outcome, &remedies, &text, context)? {
        put(&mut unfolding, outcome, remedies, text, context);
        if let Stage::Proposed(Proposal { number, .. }) = unfolding.complaint.stage {
            accepted(&mut unfolding, number, Consent::Given(channel), None, context);
        }
    }
    Ok(unfolding.events)
}

/// Offers it to the customer; at level 3, decides it.
fn put(
    unfolding: &mut Unfolding,
    outcome: Outcome,
    remedies: Vec<Offer>,
    text: TextRef,
    context: &Context<'_>,
) {
    let complaint = &unfolding.complaint;
    let (number, at) = (complaint.proposals.saturating_add(1), context.now);
    // What takes the place of a proposal is no answer anew: whether that came in time was said with the first.
    let replaces = matches!(complaint.stage, Stage::Proposed(_));
    let in_time = replaces || inquire::answer_clock(complaint, context) <= complaint.answer_by;
    let unseen = !in_time && complaint.promises.is_unseen(PromiseKind::Answer);
    let (elapsed, first) = (elapsed(complaint, context), work::first_contact(complaint, context));
    if complaint.level == Level::Three {
        unfolding.add(Event::Decided {
            number,
            outcome,
            remedies,
            text,
            at,
            in_time,
            unseen,
            elapsed,
            first,
        });
        resolve_when_done(unfolding, context);
    } else {
        let consent = consent_promise(context);
        unfolding.add(Event::Proposed {
            number,
            outcome,
            remedies,
            text,
            at,
            in_time,
            unseen,
            elapsed,
            first,
            consent,
        });
    }
}

/// What is more than the actor may give is kept as a draft, and goes to the level that may.
fn goes_up(
    unfolding: &mut Unfolding,
    outcome: Outcome,
    remedies: &[Offer],
    text: &TextRef,
    context: &Context<'_>,
) -> Result<bool, Rejection> {
    let sum = check_offers(remedies, unfolding.complaint.subject.as_ref(), context)?;
    let Some(role) = context.actor.role() else {
        return Err(Rejection::NotAllowed { needs: Some(Role::Csr) });
    };
    let needed = context.policy.redress.role_for(sum);
    let (to, severity) = (Level::of(needed), unfolding.complaint.severity);
    if role >= needed {
        return Ok(false);
    }
    // A draft does not keep the silence to what is proposed from being taken for a yes: it has to be sent up first.
    let is_proposed = matches!(unfolding.complaint.stage, Stage::Proposed(_));
    if to <= unfolding.complaint.level || is_proposed {
        return Err(Rejection::NotAllowed { needs: Some(needed) });
    }
    let draft = Some(Draft { outcome, remedies: remedies.to_vec() });
    unfolding.add(Event::NoteAdded { kind: NoteKind::Draft, text: text.clone(), draft });
    let reason = EscalationReason::Redress { sum };
    let event = work::escalated(&unfolding.complaint, severity, to, reason, context);
    unfolding.add(event);
    Ok(true)
}

fn consent_promise(context: &Context<'_>) -> Promise {
    let consent = &context.policy.consent;
    let until = watch::deadline(consent.silence_after, context);
    watch::asked_until(PromiseKind::Consent, until, consent.remind_after, context)
}

/// What is offered can be promised; the sum of all amounts.
fn check_offers(
    offers: &[Offer],
    subject: Option<&StaffId>,
    context: &Context<'_>,
) -> Result<Money, Rejection> {
    if offers.len() > MOST_REMEDIES {
        return Err(Rejection::unfit("/remedies", "too_many", "At most six remedies go into one proposal."));
    }
    let currency = context.policy.redress.csr.currency();
    let mut sum = Money::zero(currency);
    for (index, offer) in offers.iter().enumerate() {
        if offer.owner.is_some() && offer.owner.as_ref() == subject {
            let pointer = format!("/remedies/{index}/owner");
            let detail = "The complaint is about this person, who cannot carry it out.";
            return Err(Rejection::unfit(&pointer, "subject", detail));
        }
        check_date(offer.promised_by, &format!("/remedies/{index}/promised_by"), context)?;
        let Some(amount) = offer.amount else { continue };
        if amount.currency() != currency {
            let pointer = format!("/remedies/{index}/amount");
            return Err(Rejection::unfit(
                &pointer,
                "currency",
                "The amount is not in the policy's currency.",
            ));
        }
        sum = sum.checked_add(amount).ok_or_else(|| {
            Rejection::unfit("/remedies", "too_large", "The amounts are too large to add up.")
        })?;
    }
    Ok(sum)
}

/// A remedy can be promised for this date.
fn check_date(date: Timestamp, pointer: &str, context: &Context<'_>) -> Result<(), Rejection> {
    if date <= context.now {
        let detail = "The date promised for a remedy lies in the past.";
        return Err(Rejection::unfit(pointer, "in_past", detail));
    }
    if date.duration_since(context.now) > LONGEST_PROMISE {
        let detail = "The date promised for a remedy is more than two years away.";
        return Err(Rejection::unfit(pointer, "too_far", detail));
    }
    Ok(())
}

pub(super) fn answer(
    complaint: &Complaint,
    proposal: u8,
    answer: Answer,
    reason: Option<TextRef>,
    channel: Channel,
    context: &Context<'_>,
) -> Result<Vec<Event>, Rejection> {
    if !was_no_silence(complaint, proposal, answer, context) {
        check_standing(complaint, proposal)?;
    }
    if let (Stage::Proposed(Proposal { at: Some(at), .. }), Some(said)) = (&complaint.stage, context.said_at)
        && said < *at
    {
        return Err(Rejection::unfit("/said_at", "too_early", "The proposal was made later than that."));
    }
    let mut unfolding = Unfolding::of(complaint);
    match answer {
        Answer::Accept => {
            accepted(&mut unfolding, proposal, Consent::Given(channel), reason, context);
        }
        Answer::Refuse => {
            let next_update = work::next_update(complaint.severity, context);
            let said_at = context.said_at;
            unfolding.add(Event::ProposalRefused { number: proposal, channel, reason, next_update, said_at });
            if let Some(to) = complaint.level_if_refused() {
                let (refused, severity) = (&unfolding.complaint, complaint.severity);
                let event = work::escalated(refused, severity, to, EscalationReason::Refused, context);
                unfolding.add(event);
            }
        }
    }
    Ok(unfolding.events)
}

fn check_standing(complaint: &Complaint, proposal: u8) -> Result<(), Rejection> {
    if matches!(&complaint.stage, Stage::Proposed(standing) if standing.number == proposal) {
        return Ok(());
    }
    Err(Rejection::unfit(
        "/proposal",
        "not_standing",
        "That proposal does not stand any more: the page of the complaint has the one that does.",
    ))
}

/// Of who says nothing, or cannot be reached, a person says in the end what that means, where time itself does not.
pub(super) fn take_as_consent(
    complaint: &Complaint,
    proposal: u8,
    text: TextRef,
    context: &Context<'_>,
) -> Result<Vec<Event>, Rejection> {
    check_standing(complaint, proposal)?;
    if complaint.wrote {
        let detail = "The customer has written since: record as their answer what they mean by it.";
        return Err(Rejection::unfit("/answer", "wrote", detail));
    }
    if !is_consent_overdue(complaint) {
        let detail = "The customer still has time to answer.";
        return Err(Rejection::unfit("/answer", "too_early", detail));
    }
    if context.said_at.is_some() {
        return Err(Rejection::unfit("/said_at", "not_then", "Nobody has said anything."));
    }
    let mut unfolding = Unfolding::of(complaint);
    accepted(&mut unfolding, proposal, Consent::Silence, Some(text), context);
    Ok(unfolding.events)
}

/// Whether the customer's time to answer a proposal is over, and staff were asked to see to it.
pub(super) fn is_consent_overdue(complaint: &Complaint) -> bool {
    complaint.promises.get(PromiseKind::Consent).is_some_and(|promise| promise.alarm == Alarm::Missed)
}

/// It is carried out, by this consent.
pub(super) fn accepted(
    unfolding: &mut Unfolding,
    number: u8,
    consent: Consent,
    reason: Option<TextRef>,
    context: &Context<'_>,
) {
    let moved = match &unfolding.complaint.stage {
        Stage::Proposed(proposal) => moved(proposal, context),
        _ => Vec::new(),
    };
    let taken_at = (consent == Consent::Silence).then_some(context.now);
    let said_at = context.said_at;
    unfolding.add(Event::ProposalAccepted { number, consent, reason, moved, taken_at, said_at });
    resolve_when_done(unfolding, context);
}

/// What was to be done by a date that passed while the customer's answer was waited for: nobody begins before that.
fn moved(proposal: &Proposal, context: &Context<'_>) -> Vec<Moved> {
    let (calendar, now) = (&context.policy.calendar, context.now);
    let Some(at) = proposal.at else { return Vec::new() };
    let passed = (1..).zip(&proposal.remedies).filter(|(_, remedy)| remedy.promised_by <= now);
    let later = |(number, remedy): (u8, &Remedy)| {
        let due = calendar.as_far(at, remedy.promised_by, now);
        Moved { remedy: number, promised_by: calendar.end_of_day(due) }
    };
    passed.map(later).collect()
}

/// Whether it is carried out because the customer said nothing to it: a yes adds nothing then, a no comes too late for
/// this way, and is no second answer.
pub(crate) fn is_taken_as_consent(complaint: &Complaint, proposal: u8) -> bool {
    complaint
        .decision()
        .is_some_and(|decision| decision.number == proposal && decision.consent == Consent::Silence)
}

/// Whether it is a no that had come by the time at which their silence was taken for a yes, or one to what a person took for
/// a yes: then it is a refusal like any other while it is carried out or has been.
pub(super) fn was_no_silence(
    complaint: &Complaint,
    proposal: u8,
    answer: Answer,
    context: &Context<'_>,
) -> bool {
    answer == Answer::Refuse
        && complaint.is_open()
        && is_taken_as_consent(complaint, proposal)
        && complaint.silence().is_some_and(|silence| {
            (silence.by_person || context.said_at.is_some()) && silence.was_broken_by(context.said())
        })
}

/// A yes to what was taken for one already, with when it came, says nothing new; and no answer came before the question.
pub(super) fn check_news(
    complaint: &Complaint,
    proposal: u8,
    answer: Answer,
    context: &Context<'_>,
) -> Result<(), Rejection> {
    let Some((silence, said)) = complaint.silence().zip(context.said_at) else { return Ok(()) };
    if !is_taken_as_consent(complaint, proposal) {
        return Ok(());
    }
    if said < silence.since {
        return Err(Rejection::unfit("/said_at", "too_early", "The proposal was made later than that."));
    }
    match answer {
        Answer::Accept => {
            let detail = "Their silence was taken for a yes already: there is nothing more to record.";
            Err(Rejection::unfit("/answer", "taken_as_consent", detail))
        }
        Answer::Refuse => Ok(()),
    }
}

pub(super) fn complete_remedy(
    complaint: &Complaint,
    remedy: u8,
    text: TextRef,
    context: &Context<'_>,
) -> Result<Vec<Event>, Rejection> {
    let found = agreed(complaint, remedy)?;
    if found.dropped_at.is_some() {
        let detail = "The customer was told that it will not be done: give it a date again first.";
        return Err(Rejection::unfit("/remedy", "dropped", detail));
    }
    let mut unfolding = Unfolding::of(complaint);
    unfolding.add(Event::RemedyDone {
        remedy,
        kind: found.kind,
        amount: found.amount,
        text,
        at: context.now,
        in_time: context.now <= found.agreed_for.unwrap_or(found.promised_by),
    });
    resolve_when_done(&mut unfolding, context);
    Ok(unfolding.events)
}

/// What was agreed can turn out to take longer, or to be impossible; the customer is told why.
pub(super) fn change_remedy(
    complaint: &Complaint,
    remedy: u8,
    promised_by: Option<Timestamp>,
    text: TextRef,
    context: &Context<'_>,
) -> Result<Vec<Event>, Rejection> {
    let found = agreed(complaint, remedy)?;
    if found.done_at.is_some() {
        return Err(Rejection::unfit("/remedy", "done", "It was carried out."));
    }
    if let Some(date) = promised_by {
        check_date(date, "/promised_by", context)?;
        if found.is_open() && found.promised_by == date {
            return Err(Rejection::unfit(
                "/promised_by",
                "unchanged",
                "It is promised for this date already.",
            ));
        }
    }
    let open = complaint.remedies().iter().filter(|remedy| remedy.is_open()).count();
    let mut unfolding = Unfolding::of(complaint);
    unfolding.add(Event::RemedyChanged {
        remedy,
        kind: found.kind,
        amount: found.amount,
        owner: found.owner.clone(),
        due: found.promised_by,
        promised_by,
        again: found.dropped_at.is_some(),
        last: promised_by.is_none() && open == 1,
        text,
        at: context.now,
    });
    resolve_when_done(&mut unfolding, context);
    Ok(unfolding.events)
}

/// The remedy of this number.
fn agreed(complaint: &Complaint, remedy: u8) -> Result<&Remedy, Rejection> {
    complaint
        .remedy(remedy)
        .ok_or_else(|| Rejection::unfit("/remedy", "unknown_value", "There is no remedy of that number."))
}

/// With the last remedy, done or dropped, the complaint is resolved, and the follow-up gets its date.
pub(super) fn resolve_when_done(unfolding: &mut Unfolding, context: &Context<'_>) {
    let Stage::Implementing { remedies, decision } = &unfolding.complaint.stage else {
        return;
    };
    if !remedies.iter().any(Remedy::is_open) {
        let due = context.policy.follow_up.ask_after.deadline(context.now, &context.policy.calendar);
        let (outcome, remedies) = (decision.outcome, remedies.clone());
        let ask = Promise::new(PromiseKind::Ask, due);
        let dropped = match unfolding.events.last() {
            Some(Event::RemedyChanged { text, .. }) => Some(text.clone()),
            _ => None,
        };
        let root_cause = unfolding.complaint.finding.as_ref().and_then(|finding| finding.root_cause.clone());
        unfolding.add(Event::Resolved { at: context.now, outcome, root_cause, remedies, dropped, ask });
    }
}

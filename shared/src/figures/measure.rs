//! What an event says about speed, quality, outcome and the customer's voice.

use jiff::SignedDuration;

use super::{
    CAUSE, NO_CAUSE,
    count::Tally,
    histogram::{MOST_DAYS, MOST_HOURS, amount_bucket, begun, bucket, working_days},
};
use crate::{
    command::{Feedback, Outcome, UndeliverableReason},
    complaint::{Acknowledgement, StageName},
    event::{ClosedBecause, Consent, Elapsed, Event, FirstContact, Recorded},
    letter_kind::LetterKind,
    policy::Policy,
    profile::Profile,
    promise::PromiseKind,
    values::Money,
};

const MINUTES_PER_HOUR: i64 = 60;
const MINUTES_PER_DAY: i64 = 24 * MINUTES_PER_HOUR;
const A_DAY: SignedDuration = SignedDuration::from_hours(24);

pub(super) fn event(tally: &mut Tally, recorded: &Recorded, policy: &Policy) {
    match &recorded.event {
        Event::Acknowledged { in_time, elapsed, .. } => {
            timed(tally, "speed#acknowledgement", Some(*in_time));
            in_hours(tally, "speed#acknowledgement", *elapsed);
            let within_24h = recorded.at.duration_since(recorded.after.received_at) <= A_DAY;
            tally.add("speed#acknowledgement", "within_24h", within_24h.into());
        }
        Event::LetterUndeliverable { letter, reason, .. } => {
            tally.add(&format!("undeliverable#{}", letter.code()), "count", 1);
            if *letter == LetterKind::Acknowledgement {
                unmade(tally, recorded, *reason, policy);
            }
        }
        Event::ContactMade { first, .. } | Event::InformationAsked { first, .. } => {
            in_touch(tally, first.as_ref(), recorded, policy);
        }
        Event::Proposed { number, in_time, unseen, elapsed, first, .. }
        | Event::Decided { number, in_time, unseen, elapsed, first, .. } => {
            in_touch(tally, first.as_ref(), recorded, policy);
            // What takes the place of a proposal was answered with that.
            if recorded.before.as_ref().is_none_or(|before| before.stage != StageName::Proposed) {
                answered(tally, *number, *in_time, *elapsed, recorded, policy);
            }
            missed(tally, PromiseKind::Answer, recorded, (*unseen).into());
            if matches!(recorded.event, Event::Decided { .. }) {
                tally.add("consent#not_needed", "count", 1);
            }
        }
        Event::ProposalAccepted { consent, .. } => {
            let item = match consent {
                Consent::Given(_) => "consent#given",
                Consent::Silence => "consent#silence",
                Consent::NotNeeded => "consent#not_needed",
            };
            tally.add(item, "count", 1);
        }
        Event::ProposalRefused { .. } => tally.add("consent#refused", "count", 1),
        // What is answered anew at its own level was counted when it came there.
        Event::Escalated { from, to, reason, .. } if from != to => {
            tally.add(&format!("escalation#{}", reason.code()), &format!("to_{}", to.number()), 1);
        }
        Event::PromiseMissed { promise, again: false, .. } => {
            missed(tally, *promise, recorded, 1);
        }
        Event::RemedyDone { kind, amount, in_time, .. } => {
            remedy(tally, &format!("remedy#{}", kind.code()), *amount, *in_time);
        }
        Event::RemedyChanged { promised_by, .. } => {
            let item = if promised_by.is_some() { "remedy_change#date" } else { "remedy_change#dropped" };
            tally.add(item, "count", 1);
        }
        Event::Resolved { outcome, root_cause, .. } => resolved(tally, *outcome, root_cause.as_deref()),
        Event::SatisfactionAsked { .. } => tally.add("satisfaction#all", "asked", 1),
        Event::FeedbackGiven { feedback, again: false, .. } => {
            voice(tally, feedback);
            // Who answers after silence has closed it was counted as silent.
            let is_asked =
                recorded.before.as_ref().is_some_and(|before| before.stage == StageName::FollowingUp);
            tally.add("satisfaction#all", "responded", is_asked.into());
        }
        Event::Closed { because, elapsed, .. } => {
            tally.add("speed#closing", "count", 1);
            in_days(tally, "speed#closing", *elapsed, recorded, policy);
            tally.add(closing(*because), "count", 1);
        }
        Event::Reopened { .. } => reopened(tally, recorded),
        Event::DelayAnnounced { .. } => tally.add("delay#announced", "count", 1),
        Event::Withdrawn { .. } => tally.add("closing#withdrawn", "count", 1),
        Event::Refused { grounds, .. } => tally.add(&format!("closing#{}", grounds.code()), "count", 1),
        Event::MarkedDuplicate { .. } => tally.add("closing#duplicate", "count", 1),
        Event::ContactCorrected { .. } => tally.add("data#corrected", "count", 1),
        Event::DataAsked { .. } => tally.add("data#asked", "count", 1),
        Event::ErasureAsked { .. } => tally.add("data#erasure_asked", "count", 1),
        Event::ErasureDeclined { .. } => tally.add("data#erasure_declined", "count", 1),
        Event::Restricted { .. } => tally.add("data#restricted", "count", 1),
        Event::Exported { .. } => tally.add("data#exported", "count", 1),
        Event::ReplyLeftOut { why, .. } => tally.add(&format!("replies#{}", why.code()), "mails", 1),
        Event::Received { .. }
        | Event::Escalated { .. }
        | Event::Assigned { .. }
        | Event::Triaged { .. }
        | Event::NoteAdded { .. }
        | Event::FindingRecorded { .. }
        | Event::PromiseWarned { .. }
        | Event::PromiseMissed { .. }
        | Event::InformationAdded { .. }
        | Event::WaitEnded { .. }
        | Event::Consulted { .. }
        | Event::ConsultationAnswered { .. }
        | Event::PatternFound { .. }
        | Event::RefusalProposed { .. }
        | Event::RefusalDeclined { .. }
        | Event::DuplicateAbsorbed { .. }
        | Event::Linked { .. }
        | Event::Unlinked { .. }
        // Who is asked once answers once; what they find wrong later is counted by its reopening.
        | Event::FeedbackGiven { again: true, .. }
        | Event::LinksEnded { .. }
        | Event::EvidenceAdded { .. }
        | Event::EvidenceScanned { .. }
        | Event::Disowned { .. }
        | Event::HoldSet { .. }
        | Event::HoldLifted { .. } => {}
    }
}

/// An acknowledgement that does not arrive was not made. One that came back was counted when it was sent; known to have
/// come back before its time was over, it did not keep it either.
fn unmade(tally: &mut Tally, recorded: &Recorded, reason: UndeliverableReason, policy: &Policy) {
    let item = "speed#acknowledgement";
    let before = recorded.before.as_ref().map(|before| before.acknowledgement);
    match before {
        Some(Acknowledgement::Owed) => {
            tally.add(item, "undeliverable", 1);
            tally.add(item, "no_address", (reason == UndeliverableReason::NoAddress).into());
        }
        Some(Acknowledgement::Sent) => {
            let Profile { received_at, severity, .. } = recorded.after;
            let promised = policy.severities.of(severity).acknowledge.deadline(received_at, &policy.calendar);
            let within_24h = recorded.at.duration_since(received_at) <= A_DAY;
            tally.add(item, "back_within_24h", within_24h.into());
            tally.add(item, "back_in_time", (recorded.at <= promised).into());
        }
        Some(Acknowledgement::Undeliverable) | None => {}
    }
}

/// Root causes are counted of what was upheld, beside its number.
fn resolved(tally: &mut Tally, outcome: Outcome, root_cause: Option<&str>) {
    let item = format!("outcome#{}", outcome.code());
    tally.add(&item, "count", 1);
    if outcome.counts_as_upheld() {
        let counter = root_cause.map_or_else(|| NO_CAUSE.to_owned(), |cause| format!("{CAUSE}{cause}"));
        tally.add(&item, &counter, 1);
    }
}

/// How many there were, and how many of those with a date kept it.
fn timed(tally: &mut Tally, item: &str, in_time: Option<bool>) {
    tally.add(item, "count", 1);
    if let Some(in_time) = in_time {
        tally.add(item, "timed", 1);
        tally.add(item, "in_time", in_time.into());
    }
}

fn in_hours(tally: &mut Tally, item: &str, elapsed: Elapsed) {
    for (prefix, minutes) in [("calendar", elapsed.calendar), ("working", elapsed.working)] {
        tally.add(item, &bucket(prefix, begun(minutes, MINUTES_PER_HOUR), MOST_HOURS), 1);
    }
}

/// Days of 24 hours on the one clock; on the other, working days as promises count them.
fn in_days(tally: &mut Tally, item: &str, elapsed: Elapsed, recorded: &Recorded, policy: &Policy) {
    let at = recorded.event.said_at().unwrap_or(recorded.at);
    let working = working_days(recorded.after.received_at, at, &policy.calendar);
    tally.add(item, &bucket("calendar", begun(elapsed.calendar, MINUTES_PER_DAY), MOST_DAYS), 1);
    tally.add(item, &bucket("working", working, MOST_DAYS), 1);
}

/// The first answer is what speed is measured by; of later ones only whether they came in time, since time since
/// receipt says nothing about them.
fn answered(
    tally: &mut Tally,
    number: u8,
    in_time: bool,
    elapsed: Elapsed,
    recorded: &Recorded,
    policy: &Policy,
) {
    if number > 1 {
        timed(tally, "speed#further_answer", Some(in_time));
        return;
    }
    timed(tally, "speed#answer", Some(in_time));
    in_days(tally, "speed#answer", elapsed, recorded, policy);
}

fn remedy(tally: &mut Tally, item: &str, amount: Option<Money>, in_time: bool) {
    tally.add(item, "count", 1);
    tally.add(item, "in_time", in_time.into());
    if let Some(amount) = amount {
        tally.add(item, "paid", 1);
        tally.add(item, "amount", amount.minor());
        tally.add(item, &amount_bucket(amount), 1);
    }
}

fn voice(tally: &mut Tally, feedback: &Feedback) {
    let item = "satisfaction#all";
    tally.add(item, "answered", 1);
    tally.add(item, &format!("rating_{}", feedback.rating), 1);
    tally.add(item, "concern", feedback.concern.into());
    tally.add(item, "comment", feedback.comment.is_some().into());
}

fn closing(because: ClosedBecause) -> &'static str {
    match because {
        ClosedBecause::Feedback => "closing#feedback",
        ClosedBecause::Silence => "closing#silence",
        ClosedBecause::Staff => "closing#staff",
    }
}

/// A person was in touch with the customer, where it was for the first time.
fn in_touch(tally: &mut Tally, first: Option<&FirstContact>, recorded: &Recorded, policy: &Policy) {
    let Some(first) = first else { return };
    // What was counted as missed when its date passed stays so.
    timed(tally, "speed#first_contact", first.in_time.filter(|_| !first.called_missed));
    tally.add("promise#first_contact", "missed", first.unseen.into());
    in_days(tally, "speed#first_contact", first.elapsed, recorded, policy);
}

fn reopened(tally: &mut Tally, recorded: &Recorded) {
    let from_closed = recorded.before.as_ref().is_some_and(|before| before.stage == StageName::Closed);
    tally.add(if from_closed { "reopening#closed" } else { "reopening#following_up" }, "count", 1);
}

/// A date is missed once, when it passes: what is done later counts where it is done, and not here again.
fn missed(tally: &mut Tally, promise: PromiseKind, recorded: &Recorded, by: i64) {
    let code = promise_code(promise, recorded.after.reopened);
    tally.add(&format!("promise#{code}"), "missed", by);
}

/// Promises by their kind, all remedies as one and all levels as one. What was taken up again had its first answer.
fn promise_code(promise: PromiseKind, reopened: bool) -> &'static str {
    match promise {
        PromiseKind::Acknowledge => "acknowledge",
        PromiseKind::Own => "own",
        PromiseKind::FirstContact => "first_contact",
        PromiseKind::Update => "update",
        PromiseKind::Answer if reopened => "further_answer",
        PromiseKind::Answer => "answer",
        PromiseKind::Decide(_) => "decide",
        PromiseKind::Notice => "notice",
        PromiseKind::Information => "information",
        PromiseKind::Consultation(_) => "consultation",
        PromiseKind::Consent => "consent",
        PromiseKind::Remedy(_) => "remedy",
        PromiseKind::Ask => "ask",
        PromiseKind::Close => "close",
    }
}

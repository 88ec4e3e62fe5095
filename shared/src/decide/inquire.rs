//! Questions to the customer and to departments, and the notice of a delay.
//!
//! While the customer's information is waited for, the time to answer stands still: the promises of an answer keep the
//! dates they had when the first question was put, and so do those that are made meanwhile, as if it were still that
//! instant. When the wait is over all of them move on by the same rule, so that no change in between loses time.

use jiff::{SignedDuration, Timestamp};

use super::{Context, follow, watch, work};
use crate::{
    actor::Actor,
    command::{Mark, Reach, TextRef, UndeliverableReason},
    complaint::{Complaint, StageName},
    event::{Event, Resumed, WaitEnd},
    letter_kind::LetterKind,
    promise::{Alarm, Promise, PromiseKind},
    rejection::Rejection,
    values::Channel,
};

/// More questions to departments are not open at once: each is part of the record that every command writes.
pub(crate) const MOST_CONSULTED: usize = 6;
/// A delay of more than this is a slip of the pen.
const LONGEST_DELAY: SignedDuration = SignedDuration::from_hours(366 * 24);

/// Now; while the customer is waited for, the instant at which the time to answer stopped.
pub(super) fn answer_clock(complaint: &Complaint, context: &Context<'_>) -> Timestamp {
    complaint.waiting_since().unwrap_or(context.now)
}

/// The question goes by mail: who cannot get it is called, and what they say is recorded. Asking again makes the wait
/// longer, up to what the policy lets the time to answer stand still in all.
pub(super) fn ask_customer(
    complaint: &Complaint,
    text: TextRef,
    context: &Context<'_>,
) -> Result<Vec<Event>, Rejection> {
    if complaint.reach != Reach::Email {
        return Err(Rejection::unfit(
            "/text",
            "no_address",
            "There is no e-mail address that the question could go to: call them, and record the contact.",
        ));
    }
    let (times, calendar) = (&context.policy.information, &context.policy.calendar);
    let longest = longest_wait(complaint, context);
    if longest <= context.now {
        return Err(Rejection::unfit(
            "/text",
            "waited_enough",
            "The time to answer has stood still for as long as it may: call the customer, or go on with what is known.",
        ));
    }
    let ((deadline, usual), last) =
        (watch::deadline(times.silence_after, context), calendar.end_of_day(longest));
    let until = (deadline.min(longest), usual.min(last));
    let mut by = watch::asked_until(PromiseKind::Information, until, times.remind_after, context);
    if last < usual && by.alarm_at.is_some_and(|at| calendar.date(at) == calendar.date(last)) {
        // What they were asked before has used up the time, and a reminder would give more of it.
        by = Promise { alarm: Alarm::Warned, ..Promise::new(by.kind, by.due) };
    }
    Ok(vec![Event::InformationAsked {
        text,
        at: context.now,
        by,
        first: work::first_contact(complaint, context),
        next_update: Some(work::next_update(complaint.severity, context)),
    }])
}

/// Every command reads the complaint, and staff its whole record: it must not grow without end. Mails have a limit of
/// their own, and what staff take down is theirs to judge.
pub(super) fn check_room(
    complaint: &Complaint,
    channel: Channel,
    context: &Context<'_>,
) -> Result<(), Rejection> {
    let most = context.policy.limits.additions;
    if channel != Channel::Web || complaint.additions < most {
        return Ok(());
    }
    let detail = format!(
        "At most {most} messages are taken here with one complaint. Please reply to our e-mail or call us."
    );
    Err(Rejection::unfit("/text", "too_many", detail))
}

/// Who answers a letter after the end is written to once: a mail by itself takes nothing up again.
pub(super) fn inform(
    complaint: &Complaint,
    text: TextRef,
    channel: Channel,
    marks: Vec<Mark>,
    context: &Context<'_>,
) -> Event {
    let mailed = channel == Channel::Email && *context.actor == Actor::Customer;
    let within = || follow::within_window(complaint, context.now, context.policy);
    let closed = complaint.stage_name() == StageName::Closed && within();
    // They are kept and shown to staff, who see whether it is the answer.
    let is_strangers = Mark::are_of_a_stranger(&marks, complaint.address_since.is_some());
    // What was said before the question is no answer to it.
    let is_earlier = context.said_at.zip(complaint.asked_at()).is_some_and(|(said, asked)| said < asked);
    let resumed = if is_strangers || is_earlier { None } else { resume(complaint, true, context) };
    Event::InformationAdded {
        text,
        channel,
        at: context.now,
        said_at: context.said_at,
        resumed,
        marks,
        written: mailed && closed && !complaint.told_of_reopening,
    }
}

/// Until when the customer may be waited for: what stood still before counts.
fn longest_wait(complaint: &Complaint, context: &Context<'_>) -> Timestamp {
    let (calendar, since) = (&context.policy.calendar, answer_clock(complaint, context));
    let in_all = calendar.worked(since, context.policy.information.longest_wait.deadline(since, calendar));
    let left = in_all - SignedDuration::from_mins(complaint.stood_still);
    if left.is_positive() { calendar.add_elapsed(since, left) } else { since }
}

/// The answer did not come in its time, cannot come, or came as a file.
pub(super) fn end_wait(complaint: &Complaint, because: WaitEnd, context: &Context<'_>) -> Option<Event> {
    // Who does not know that they were asked is not written to.
    let resumed = resume(complaint, because != WaitEnd::Unheard, context)?;
    Some(Event::WaitEnded { because, at: context.now, resumed })
}

/// Who does not know that they were asked is not waited for.
pub(super) fn not_delivered(
    complaint: &Complaint,
    letter: LetterKind,
    reason: UndeliverableReason,
    about: Option<u32>,
    context: &Context<'_>,
) -> Vec<Event> {
    let elsewhere = about.zip(complaint.address_since).is_some_and(|(about, since)| about < since);
    let mut events = vec![Event::LetterUndeliverable { letter, reason, at: context.now, elsewhere }];
    let asks = matches!(letter, LetterKind::InformationRequest | LetterKind::InformationReminder);
    if asks && !elsewhere {
        events.extend(end_wait(complaint, WaitEnd::Unheard, context));
    }
    events
}

/// Whose address it is did not complain, and has nothing to answer.
pub(super) fn disown(complaint: &Complaint, context: &Context<'_>) -> Vec<Event> {
    let mut events = vec![Event::Disowned { at: context.now }];
    events.extend(end_wait(complaint, WaitEnd::Unheard, context));
    events
}

/// How the time to answer goes on: what was so many working minutes away when it stopped is as many away now; and where a
/// letter says so, by when the next one comes.
fn resume(complaint: &Complaint, is_told: bool, context: &Context<'_>) -> Option<Resumed> {
    let severity = complaint.severity;
    let update = is_told.then(|| work::next_update_by_letter(complaint, severity, context)).flatten();
    let since = complaint.waiting_since()?;
    let calendar = &context.policy.calendar;
    // It goes on from when the answer came; from now where a date that follows from that is over already.
    let still = complaint.promises.iter().filter(|promise| promise.still).map(|promise| promise.due);
    let mut dates = still.chain([complaint.answer_by, complaint.told_by]).filter(|at| *at > since);
    let is_possible = dates.all(|at| calendar.as_far(since, at, context.said()) > context.now);
    let from = if is_possible { context.said() } else { context.now };
    let later =
        |at: Timestamp| if at <= since { at } else { calendar.add_elapsed(from, calendar.worked(since, at)) };
    let date = |at: Timestamp| if at <= since { at } else { calendar.as_far(since, at, from) };
    let promises = complaint.promises.iter().filter(|promise| promise.still).map(|promise| Promise {
        due: date(promise.due),
        alarm_at: promise.alarm_at.map(|at| if at == promise.due { date(at) } else { later(at) }),
        still: false,
        ..promise.clone()
    });
    Some(Resumed {
        promises: promises.chain(update).collect(),
        answer_by: date(complaint.answer_by),
        told_by: date(complaint.told_by),
        stood_still: complaint.stood_still + calendar.working_between(since, from),
    })
}

pub(super) fn consult(
    complaint: &Complaint,
    department: String,
    text: TextRef,
    context: &Context<'_>,
) -> Result<Vec<Event>, Rejection> {
    if context.policy.department(&department).is_none() {
        return Err(work::unfit("/department", "The policy has no such department."));
    }
    if complaint.departments_waited_for() >= MOST_CONSULTED {
        return Err(work::unfit("/department", "Too many questions are open: wait for their answers."));
    }
    let Some(number) = complaint.consultations.checked_add(1) else {
        return Err(work::unfit("/department", "No more can be asked about one complaint."));
    };
    let due = context.policy.consultation.answer_within.deadline(context.now, &context.policy.calendar);
    let by = Promise::new(PromiseKind::Consultation(number), due);
    Ok(vec![Event::Consulted { number, department, text, by }])
}

/// Whether this consultation was answered before; what it was is not known here, so that nothing can equal it.
pub(super) fn is_answered(complaint: &Complaint, number: u8) -> Result<bool, Rejection> {
    let asked = (1..=complaint.consultations).contains(&number);
    if asked && complaint.consultation(number).is_none() && complaint.is_open() {
        Err(Rejection::AlreadyAnswered)
    } else {
        Ok(false)
    }
}

pub(super) fn answer_consultation(
    complaint: &Complaint,
    number: u8,
    text: TextRef,
    context: &Context<'_>,
) -> Result<Vec<Event>, Rejection> {
    let Some(consultation) = complaint.consultation(number) else {
        return Err(work::unfit("/consultation", "There is no question of that number."));
    };
    if matches!(context.actor, Actor::Department { key } if *key != consultation.department) {
        return Err(Rejection::NotAllowed { needs: None });
    }
    Ok(vec![Event::ConsultationAnswered { number, text, at: context.now }])
}

/// By staff, before the time announces itself.
pub(super) fn announce_delay(
    complaint: &Complaint,
    until: Timestamp,
    text: TextRef,
    context: &Context<'_>,
) -> Result<Vec<Event>, Rejection> {
    if complaint.waiting_since().is_some() {
        return Err(work::unfit(
            "/until",
            "The time to answer stands still until the customer has answered.",
        ));
    }
    if until <= context.now || until <= complaint.told_by {
        return Err(work::unfit(
            "/until",
            "The new date has to be later than now and than the one the customer has.",
        ));
    }
    if until.duration_since(context.now) > LONGEST_DELAY {
        return Err(work::unfit("/until", "The new date is more than a year away."));
    }
    Ok(vec![delayed(complaint, until, Some(text), context)])
}

/// The time for a notice has come: the new date follows the old one.
pub(super) fn announce_by_itself(complaint: &Complaint, context: &Context<'_>) -> Event {
    let from = complaint.told_by.max(context.now);
    let until = context.policy.delay.extend_by.deadline(from, &context.policy.calendar);
    delayed(complaint, until, None, context)
}

fn delayed(complaint: &Complaint, until: Timestamp, text: Option<TextRef>, context: &Context<'_>) -> Event {
    let notice = work::notice_before(until, context.now, context.policy);
    let next_update = work::next_update_by_letter(complaint, complaint.severity, context);
    Event::DelayAnnounced { due: complaint.told_by, until, text, notice, next_update }
}

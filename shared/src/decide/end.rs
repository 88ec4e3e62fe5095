//! The ways out before there is a resolution: taken back, not taken on, the same as another.

use jiff::Timestamp;

use super::{Context, Unfolding, elapsed, inquire, rights};
use crate::{
    command::{Grounds, Other, Reach, TextRef, Verb},
    complaint::{Complaint, Refusal, StageName},
    event::{Event, WaitEnd},
    rejection::Rejection,
    values::{Channel, ComplaintId},
};

pub(super) fn withdraw(
    complaint: &Complaint,
    reason: Option<TextRef>,
    channel: Channel,
    context: &Context<'_>,
) -> Event {
    Event::Withdrawn { reason, channel, at: context.now, elapsed: elapsed(complaint, context) }
}

/// A manager who would refuse it has approved of that.
pub(super) fn propose_refusal(
    complaint: &Complaint,
    grounds: Grounds,
    text: TextRef,
    context: &Context<'_>,
) -> Vec<Event> {
    let mut unfolding = Unfolding::of(complaint);
    unfolding.add(Event::RefusalProposed { grounds, text: text.clone() });
    if context.actor.role() >= Some(rights::refuses(complaint.level)) {
        let event = refused(complaint, Refusal { grounds, text }, None, context);
        unfolding.add(event);
    }
    unfolding.events
}

pub(super) fn decide_refusal(
    complaint: &Complaint,
    approve: bool,
    text: TextRef,
    context: &Context<'_>,
) -> Result<Vec<Event>, Rejection> {
    let Some(refusal) = complaint.refusal.clone() else {
        let detail = "Nobody has proposed to refuse the complaint.";
        return Err(Rejection::TooEarly { first: Verb::ProposeRefusal, detail });
    };
    Ok(vec![if approve {
        refused(complaint, refusal, Some(text), context)
    } else {
        Event::RefusalDeclined { text }
    }])
}

fn refused(
    complaint: &Complaint,
    refusal: Refusal,
    approval: Option<TextRef>,
    context: &Context<'_>,
) -> Event {
    let Refusal { grounds, text } = refusal;
    Event::Refused { grounds, text, approval, at: context.now, elapsed: elapsed(complaint, context) }
}

/// What goes on has to be as good for the customer: nothing that they were told or that has been reached is lost by it.
pub(super) fn mark_duplicate(
    complaint: &Complaint,
    other: &Other,
    context: &Context<'_>,
) -> Result<Vec<Event>, Rejection> {
    let unfit = |code, detail: &str| Err(Rejection::unfit("/of", code, detail));
    if other.id == complaint.id {
        return unfit("same", "A complaint is not a duplicate of itself.");
    }
    // Whose address it is says that what was said there or here is not theirs.
    if complaint.reach == Reach::Disowned {
        return unfit("disowned", "Whoever has the address says they never complained: this is not theirs.");
    }
    if other.reach == Reach::Disowned {
        return unfit("disowned", "Whoever has the address of that complaint says it is not theirs.");
    }
    // Only to one customer can be said that they hear of the other one, and only theirs is what was said here.
    if other.customer != complaint.customer {
        return unfit("other_customer", "That complaint is another customer's: each of them gets an answer.");
    }
    if other.stage.is_end() {
        return Err(Rejection::other_is_over());
    }
    // Its answer is given: nobody works on it, and the customer would get none to this one.
    if other.stage == StageName::FollowingUp {
        return unfit("answered", "That complaint has been answered. Take it up again, or handle this one.");
    }
    // What has gone up does not come down because it was complained of before. Nobody has said how grave this one is
    // before its triage.
    let is_graver = complaint.category.is_some() && other.severity < complaint.severity;
    if other.level < complaint.level || is_graver {
        return unfit(
            "lower",
            "That complaint is at a lower level or less severe than this one. Escalate or triage it first, or make it \
             the duplicate of this one.",
        );
    }
    // The date that they were told here has to be kept; while they are waited for they have none.
    if other.answer_by.zip(complaint.answer_told()).is_some_and(|(other, own)| other > own) {
        return unfit(
            "later",
            "That complaint is to be answered later than this one. Triage it first, or make it the duplicate of this one.",
        );
    }
    Ok(vec![Event::MarkedDuplicate { of: other.id, at: context.now, elapsed: elapsed(complaint, context) }])
}

/// More that have to do with one complaint are found by its category and product.
const MOST_LINKED: usize = 10;

/// Two that have to do with each other, and each of which goes on by itself.
pub(super) fn link(
    complaint: &Complaint,
    other: ComplaintId,
    text: TextRef,
) -> Result<Vec<Event>, Rejection> {
    if other == complaint.id {
        return Err(Rejection::unfit("/other", "itself", "That is this very complaint."));
    }
    if complaint.linked.len() >= MOST_LINKED {
        let detail = format!("At most {MOST_LINKED} complaints are linked with one.");
        return Err(Rejection::unfit("/other", "too_many", detail));
    }
    Ok(vec![Event::Linked { other, text: Some(text) }])
}

/// As it was said there. Where there is no room for it any more, it stands there only.
pub(super) fn return_link(complaint: &Complaint, other: ComplaintId, linked: bool) -> Vec<Event> {
    if !linked {
        vec![Event::Unlinked { other, text: None }]
    } else if complaint.linked.len() < MOST_LINKED {
        vec![Event::Linked { other, text: None }]
    } else {
        Vec::new()
    }
}

/// What was said there is the information that is waited for where it was said after that was asked, and no silence to any
/// other question that was asked before it.
pub(super) fn absorb(
    complaint: &Complaint,
    duplicate: ComplaintId,
    text: TextRef,
    said_at: Timestamp,
    context: &Context<'_>,
) -> Vec<Event> {
    let waited_for = complaint.waiting_since().is_some_and(|since| since <= said_at);
    let answers = waited_for || complaint.was_asked_by(said_at);
    let mut events = vec![Event::DuplicateAbsorbed { duplicate, text, answers }];
    if waited_for {
        events.extend(inquire::end_wait(complaint, WaitEnd::Duplicate, context));
    }
    events
}

//! What an event makes of a complaint. It cannot fail: what happened, happened.

mod follow;
mod intake;
mod resolve;
mod work;

use crate::{
    complaint::{Complaint, Stage},
    event::Event,
    promise::{Alarm, PromiseKind},
};

/// The complaint after the event; none only before the first `Received`.
pub fn evolve(complaint: Option<Complaint>, event: &Event) -> Option<Complaint> {
    match complaint {
        None => intake::begin(event),
        Some(mut complaint) => {
            complaint.version += 1;
            apply(&mut complaint, event);
            Some(complaint)
        }
    }
}

/// The complaint that these events make.
pub fn replay<'a>(events: impl IntoIterator<Item = &'a Event>) -> Option<Complaint> {
    events.into_iter().fold(None, evolve)
}

fn apply(complaint: &mut Complaint, event: &Event) {
    match event {
        Event::Received { .. } => {}
        Event::Acknowledged { .. } => intake::acknowledged(complaint),
        Event::LetterUndeliverable { letter, reason, .. } => intake::undelivered(complaint, *letter, *reason),
        Event::Assigned { owner } => work::assigned(complaint, owner),
        Event::Triaged { category, sub_category, severity, product, promises } => {
            complaint.category = Some(category.clone());
            complaint.sub_category.clone_from(sub_category);
            complaint.severity = *severity;
            if product.is_some() {
                complaint.product.clone_from(product);
            }
            work::brought_forward(complaint, promises);
        }
        Event::ContactMade { channel, next_update, .. } => {
            work::contacted(complaint, *channel, next_update.as_ref());
        }
        Event::NoteAdded { .. } => leave(complaint, &Stage::Acknowledged, Stage::Investigating),
        Event::FindingRecorded { finding } => {
            complaint.finding = Some(finding.clone());
            leave(complaint, &Stage::Acknowledged, Stage::Investigating);
        }
        Event::Escalated { from, to, decide, .. } => work::escalated(complaint, *from, *to, decide),
        Event::Proposed { number, outcome, remedies, text, consent, .. } => {
            resolve::proposed(complaint, *number, *outcome, remedies, text, consent);
        }
        Event::Decided { number, outcome, remedies, text, .. } => {
            resolve::decided(complaint, *number, *outcome, remedies, text);
        }
        Event::ProposalAccepted { number, consent, .. } => resolve::accepted(complaint, *number, *consent),
        Event::ProposalRefused { number, next_update, .. } => {
            resolve::refused(complaint, *number, next_update);
        }
        Event::RemedyDone { remedy, at, .. } => resolve::remedy_done(complaint, *remedy, *at),
        Event::PromiseWarned { promise, next, .. } => {
            complaint.promises.alarmed(*promise, Alarm::Warned, *next);
        }
        Event::PromiseMissed { promise, next, renewed, .. } => {
            complaint.promises.alarmed(*promise, Alarm::Missed, *next);
            if let Some(renewed) = renewed {
                complaint.promises.make(renewed.clone());
            }
        }
        Event::Resolved { at, ask, .. } => follow::resolved(complaint, *at, ask),
        Event::SatisfactionAsked { close } => follow::asked(complaint, close),
        Event::FeedbackGiven { feedback, .. } => {
            complaint.unreached = false;
            complaint.feedback = Some(feedback.clone());
        }
        Event::Closed { at, .. } => follow::closed(complaint, *at),
        Event::Reopened { promises, .. } => follow::reopened(complaint, promises),
    }
}

/// Moves on from one stage only; anything that came later stays.
fn leave(complaint: &mut Complaint, from: &Stage, to: Stage) {
    if complaint.stage == *from {
        complaint.stage = to;
    }
}

/// The date that the answer is measured by: of the first answer the one told first, of a further one the level's.
fn answer_due(complaint: &Complaint) -> Option<jiff::Timestamp> {
    let promises = &complaint.promises;
    let standing =
        promises.get(PromiseKind::Answer).or_else(|| promises.get(PromiseKind::Decide(complaint.level)));
    standing.map(|promise| promise.due)
}

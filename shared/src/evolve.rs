//! What an event makes of a complaint. It cannot fail: what happened, happened.

use crate::{
    command::{Answer, Offer},
    complaint::{Acknowledgement, Complaint, Decision, Proposal, Remedy, Stage},
    event::{Consent, Event},
    letter_kind::LetterKind,
    promise::{Alarm, Promise, PromiseKind, Promises},
    values::{Channel, Level, Severity},
};

/// The complaint after the event; none only before the first `Received`.
pub fn evolve(complaint: Option<Complaint>, event: &Event) -> Option<Complaint> {
    match complaint {
        None => begin(event),
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

fn begin(event: &Event) -> Option<Complaint> {
    let Event::Received { receipt, entered_at: _, promises } = event else {
        return None;
    };
    let mut standing = Promises::default();
    promises.iter().cloned().for_each(|promise| standing.make(promise));
    let answer_by = standing.get(PromiseKind::Answer).map_or(receipt.received_at, |promise| promise.due);
    Some(Complaint {
        id: receipt.id,
        reference: receipt.reference.clone(),
        version: 1,
        received_at: receipt.received_at,
        channel: receipt.channel,
        language: receipt.language.clone(),
        reach: receipt.reach,
        customer: receipt.customer.clone(),
        product: receipt.product.clone(),
        category: None,
        sub_category: None,
        severity: Severity::Normal,
        owner: None,
        level: Level::One,
        acknowledgement: Acknowledgement::Owed,
        unreached: false,
        contacted: false,
        finding: None,
        answer_by,
        proposals: 0,
        answered: None,
        feedback: None,
        reopenings: 0,
        promises: standing,
        stage: Stage::Received,
    })
}

fn apply(complaint: &mut Complaint, event: &Event) {
    match event {
        Event::Received { .. } => {}
        Event::Acknowledged { .. } => {
            complaint.acknowledgement = Acknowledgement::Sent;
            complaint.promises.settle(PromiseKind::Acknowledge);
            leave(complaint, &Stage::Received, Stage::Acknowledged);
        }
        Event::LetterUndeliverable { letter, .. } => undelivered(complaint, *letter),
        Event::Assigned { owner } => {
            complaint.owner = Some(owner.clone());
            complaint.promises.settle(PromiseKind::Own);
        }
        Event::Triaged { category, sub_category, severity, product, promises } => {
            complaint.category = Some(category.clone());
            complaint.sub_category.clone_from(sub_category);
            complaint.severity = *severity;
            if product.is_some() {
                complaint.product.clone_from(product);
            }
            promises.iter().cloned().for_each(|promise| complaint.promises.make_earlier(promise));
            if let Some(answer) = complaint.promises.get(PromiseKind::Answer) {
                complaint.answer_by = complaint.answer_by.min(answer.due);
            }
        }
        Event::ContactMade { channel, next_update, .. } => contacted(complaint, *channel, next_update.as_ref()),
        Event::NoteAdded { .. } => leave(complaint, &Stage::Acknowledged, Stage::Investigating),
        Event::FindingRecorded { finding } => {
            complaint.finding = Some(finding.clone());
            leave(complaint, &Stage::Acknowledged, Stage::Investigating);
        }
        Event::Proposed { number, outcome, remedies, text, consent, .. } => {
            answered(complaint, *number);
            complaint.promises.make(consent.clone());
            let remedies = remedies.iter().map(begun).collect();
            complaint.stage =
                Stage::Proposed(Proposal { number: *number, outcome: *outcome, remedies, text: text.clone() });
        }
        Event::Decided { number, outcome, remedies, text, .. } => {
            answered(complaint, *number);
            let decision = Decision {
                number: *number,
                outcome: *outcome,
                consent: Consent::NotNeeded,
                text: text.clone(),
            };
            implement(complaint, decision, remedies.iter().map(begun).collect());
        }
        Event::ProposalAccepted { number, consent, .. } => {
            complaint.answered = Some((*number, Answer::Accept));
            // Who answers has been reached.
            complaint.unreached &= !matches!(consent, Consent::Given(_));
            complaint.promises.settle(PromiseKind::Consent);
            if let Stage::Proposed(proposal) = &complaint.stage {
                let Proposal { number, outcome, remedies, text } = proposal.clone();
                implement(complaint, Decision { number, outcome, consent: *consent, text }, remedies);
            }
        }
        Event::ProposalRefused { number, next_update, .. } => {
            complaint.answered = Some((*number, Answer::Refuse));
            complaint.unreached = false;
            complaint.promises.settle(PromiseKind::Consent);
            complaint.promises.make(next_update.clone());
            complaint.stage = Stage::Investigating;
        }
        Event::Escalated { from, to, decide, .. } => {
            complaint.level = *to;
            complaint.promises.settle(PromiseKind::Own);
            complaint.promises.settle(PromiseKind::Decide(*from));
            complaint.promises.make(decide.clone());
            // The customer had the answer promised first, and is told this date for the next.
            if complaint.promises.get(PromiseKind::Answer).is_none() {
                complaint.answer_by = decide.due;
            }
        }
        Event::PromiseWarned { promise, next, .. } => {
            complaint.promises.alarmed(*promise, Alarm::Warned, *next);
        }
        Event::PromiseMissed { promise, next, renewed, .. } => {
            complaint.promises.alarmed(*promise, Alarm::Missed, *next);
            if let Some(renewed) = renewed {
                complaint.promises.make(renewed.clone());
            }
        }
        Event::RemedyDone { remedy, at, .. } => {
            complaint.promises.settle(PromiseKind::Remedy(*remedy));
            if let Stage::Implementing { remedies, .. } = &mut complaint.stage
                && let Some(done) = remedies.get_mut(usize::from(*remedy).saturating_sub(1))
            {
                done.done_at = Some(*at);
            }
        }
        Event::Resolved { at, ask, .. } => {
            complaint.promises.keep_only(|_| false);
            complaint.promises.make(ask.clone());
            // The question is asked anew; until here the last answer stands, so that giving it twice does nothing.
            complaint.feedback = None;
            if let Stage::Implementing { decision, .. } = &complaint.stage {
                let decision = decision.clone();
                complaint.stage = Stage::FollowingUp { decision, resolved_at: *at, asked: false };
            }
        }
        Event::SatisfactionAsked { close } => {
            complaint.promises.settle(PromiseKind::Ask);
            complaint.promises.make(close.clone());
            if let Stage::FollowingUp { asked, .. } = &mut complaint.stage {
                *asked = true;
            }
        }
        Event::FeedbackGiven { feedback, .. } => {
            complaint.unreached = false;
            complaint.feedback = Some(feedback.clone());
        }
        Event::Closed { at, .. } => {
            complaint.promises.keep_only(|_| false);
            if let Stage::FollowingUp { decision, resolved_at, .. } = &complaint.stage {
                let (decision, resolved_at) = (decision.clone(), *resolved_at);
                complaint.stage = Stage::Closed { decision, resolved_at, closed_at: *at };
            }
        }
        Event::Reopened { promises, .. } => {
            complaint.reopenings = complaint.reopenings.saturating_add(1);
            complaint.finding = None;
            complaint.promises.keep_only(|_| false);
            promises.iter().cloned().for_each(|promise| complaint.promises.make(promise));
            if let Some(answer) = complaint.promises.get(PromiseKind::Answer) {
                complaint.answer_by = answer.due;
            }
            complaint.stage = Stage::Investigating;
        }
    }
}

/// Moves on from one stage only; anything that came later stays.
fn leave(complaint: &mut Complaint, from: &Stage, to: Stage) {
    if complaint.stage == *from {
        complaint.stage = to;
    }
}

fn undelivered(complaint: &mut Complaint, letter: LetterKind) {
    // What closing demanded was so when it was closed; a letter that comes back later is a task, not a gap.
    if letter.must_arrive() && complaint.is_open() {
        complaint.unreached = true;
    }
    if letter == LetterKind::Acknowledgement {
        complaint.acknowledgement = Acknowledgement::Undeliverable;
        complaint.promises.settle(PromiseKind::Acknowledge);
        leave(complaint, &Stage::Acknowledged, Stage::Received);
    }
}

fn contacted(complaint: &mut Complaint, channel: Channel, next_update: Option<&Promise>) {
    complaint.contacted = true;
    complaint.promises.settle(PromiseKind::FirstContact);
    if let Some(next) = next_update {
        complaint.promises.make(next.clone());
    }
    // Where mail came back, only another way reaches the customer.
    if channel != Channel::Email || !complaint.unreached {
        complaint.unreached = false;
        leave(complaint, &Stage::Received, Stage::Acknowledged);
    }
}

/// The customer has an answer: what was promised until then is over.
fn answered(complaint: &mut Complaint, number: u8) {
    complaint.proposals = number;
    complaint.contacted = true;
    complaint.promises.keep_only(|_| false);
}

fn implement(complaint: &mut Complaint, decision: Decision, remedies: Vec<Remedy>) {
    for (number, remedy) in (1..).zip(&remedies) {
        complaint.promises.make(Promise::new(PromiseKind::Remedy(number), remedy.promised_by));
    }
    complaint.stage = Stage::Implementing { decision, remedies };
}

fn begun(offer: &Offer) -> Remedy {
    Remedy {
        kind: offer.kind,
        amount: offer.amount,
        owner: offer.owner.clone(),
        promised_by: offer.promised_by,
        done_at: None,
    }
}

//! Propose, accept or refuse, carry out.

use jiff::Timestamp;

use crate::{
    command::{Answer, Offer, Outcome, TextRef},
    complaint::{Complaint, Decision, Investigation, Proposal, Remedy, Stage, TakenSilence},
    event::{Consent, Moved},
    promise::{Promise, PromiseKind},
};

pub(super) fn proposed(
    complaint: &mut Complaint,
    number: u8,
    outcome: Outcome,
    offers: &[Offer],
    text: &TextRef,
    at: Timestamp,
    consent: &Promise,
) {
    answered(complaint, number);
    complaint.promises.make(consent.clone());
    let remedies = offers.iter().map(begun).collect();
    let proposal = Proposal { number, outcome, remedies, text: text.clone(), at: Some(at), level: None };
    complaint.stage = Stage::Proposed(proposal);
}

pub(super) fn decided(
    complaint: &mut Complaint,
    number: u8,
    outcome: Outcome,
    offers: &[Offer],
    text: &TextRef,
) {
    answered(complaint, number);
    let decision =
        Decision { number, outcome, consent: Consent::NotNeeded, text: text.clone(), silence: None };
    implement(complaint, decision, offers.iter().map(begun).collect());
}

pub(super) fn accepted(
    complaint: &mut Complaint,
    number: u8,
    consent: Consent,
    (taken_at, by_person): (Option<Timestamp>, bool),
    moved: &[Moved],
) {
    // Silence is no answer, whatever it is taken for; who answers has been reached.
    if matches!(consent, Consent::Given(_)) {
        complaint.answered = Some((number, Answer::Accept));
        complaint.unreached = false;
    }
    complaint.promises.settle(PromiseKind::Consent);
    if let Stage::Proposed(proposal) = &complaint.stage {
        let Proposal { number, outcome, mut remedies, text, at: since, level } = proposal.clone();
        let level = level.unwrap_or(complaint.level);
        let silence = taken_at.zip(since).map(|(at, since)| TakenSilence { at, since, level, by_person });
        for Moved { remedy, promised_by } in moved {
            if let Some(moved) = remedies.get_mut(usize::from(*remedy).saturating_sub(1)) {
                moved.promised_by = *promised_by;
            }
        }
        implement(complaint, Decision { number, outcome, consent, text, silence }, remedies);
    }
}

pub(super) fn refused(complaint: &mut Complaint, number: u8, next_update: &Promise) {
    complaint.answered = Some((number, Answer::Refuse));
    complaint.unreached = false;
    // What was begun on their silence, which was none, goes no further.
    complaint.promises.keep_only(|kind| {
        !matches!(kind, PromiseKind::Consent | PromiseKind::Remedy(_) | PromiseKind::Ask | PromiseKind::Close)
    });
    // What was said of what was resolved so is of no resolution.
    if matches!(complaint.stage, Stage::FollowingUp { .. }) {
        complaint.feedback = None;
    }
    complaint.promises.make(next_update.clone());
    complaint.stage = Stage::Investigating(Investigation::default());
}

pub(super) fn remedy_done(complaint: &mut Complaint, remedy: u8, at: Timestamp) {
    complaint.promises.settle(PromiseKind::Remedy(remedy));
    if let Stage::Implementing { remedies, .. } = &mut complaint.stage
        && let Some(done) = remedies.get_mut(usize::from(remedy).saturating_sub(1))
    {
        done.done_at = Some(at);
    }
}

pub(super) fn remedy_changed(
    complaint: &mut Complaint,
    remedy: u8,
    promised_by: Option<Timestamp>,
    at: Timestamp,
) {
    let Stage::Implementing { remedies, .. } = &mut complaint.stage else { return };
    let Some(changed) = remedies.get_mut(usize::from(remedy).saturating_sub(1)) else { return };
    if let Some(date) = promised_by {
        changed.agreed_for.get_or_insert(changed.promised_by);
        (changed.promised_by, changed.dropped_at) = (date, None);
        complaint.promises.make(Promise::new(PromiseKind::Remedy(remedy), date));
    } else {
        changed.dropped_at = Some(at);
        complaint.promises.settle(PromiseKind::Remedy(remedy));
    }
}

/// The customer has an answer: what was promised until then is over.
fn answered(complaint: &mut Complaint, number: u8) {
    complaint.proposals = number;
    complaint.contacted = true;
    complaint.wrote = false;
    // What went to a wrong address is told anew by this.
    complaint.unreached &= complaint.address_since.is_none();
    complaint.refusal = None;
    complaint.stood_still = 0;
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
        agreed_for: None,
        done_at: None,
        dropped_at: None,
    }
}

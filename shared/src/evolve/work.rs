//! What staff do with a complaint before and beside its answer.

use jiff::Timestamp;

use super::{answer_due, leave, soonest_answer};
use crate::{
    command::Triage,
    complaint::{Complaint, Proposal, Stage},
    promise::{Promise, PromiseKind},
    values::{Channel, Level, StaffId},
};

pub(super) fn assigned(complaint: &mut Complaint, owner: &StaffId) {
    complaint.owner = Some(owner.clone());
    complaint.promises.settle(PromiseKind::Own);
}

pub(super) fn triaged(complaint: &mut Complaint, triage: &Triage, promises: &[Promise]) {
    complaint.category = Some(triage.category.clone());
    complaint.sub_category.clone_from(&triage.sub_category);
    complaint.severity = triage.severity;
    complaint.flags.clone_from(&triage.flags);
    complaint.subject.clone_from(&triage.subject);
    complaint.subject_role = triage.subject_role;
    complaint.loss = triage.loss;
    if triage.product.is_some() {
        complaint.product.clone_from(&triage.product);
    }
    // Nobody handles a complaint about themselves.
    if complaint.subject.is_some() && complaint.owner == complaint.subject {
        complaint.owner = None;
    }
    if let Stage::Proposed(Proposal { remedies, .. }) | Stage::Implementing { remedies, .. } =
        &mut complaint.stage
        && complaint.subject.is_some()
    {
        let undone = remedies.iter_mut().filter(|remedy| remedy.is_open());
        for remedy in undone.filter(|remedy| remedy.owner == complaint.subject) {
            remedy.owner = None;
        }
    }
    promises.iter().cloned().for_each(|promise| complaint.promises.make_earlier(promise));
    if let Some(due) = answer_due(complaint) {
        complaint.answer_by = complaint.answer_by.min(due);
    }
    // What the customer was told stands, but for a date that is brought forward now.
    if let Some(sooner) = soonest_answer(complaint.level, promises) {
        complaint.told_by = complaint.told_by.min(sooner);
    }
    stand_still_if_waiting(complaint);
}

/// What is promised while the customer is waited for stands still like the rest.
fn stand_still_if_waiting(complaint: &mut Complaint) {
    if complaint.waiting_since().is_some() {
        complaint.promises.stand_still();
    }
}

pub(super) fn contacted(
    complaint: &mut Complaint,
    channel: Channel,
    next_update: Option<&Promise>,
    said_at: Option<Timestamp>,
) {
    complaint.contacted = true;
    complaint.promises.settle(PromiseKind::FirstContact);
    if let Some(next) = next_update {
        complaint.promises.make(next.clone());
    }
    // Where mail came back, only another way reaches the customer, and not before it did.
    if channel != Channel::Email && complaint.is_reached_by(said_at) || !complaint.unreached {
        complaint.unreached = false;
        leave(complaint, &Stage::Received, Stage::Acknowledged);
    }
}

pub(super) fn escalated(complaint: &mut Complaint, from: Level, to: Level, promises: [Option<&Promise>; 3]) {
    let [decide, ..] = promises;
    let owed =
        complaint.promises.get(PromiseKind::Answer).or(complaint.promises.get(PromiseKind::Decide(from)));
    // While an answer is owed it is measured by the date told first; after a refusal by the level's own.
    if let (None, Some(decide)) = (owed, decide) {
        complaint.answer_by = decide.due;
    }
    if let Stage::Proposed(proposal) = &mut complaint.stage {
        proposal.level.get_or_insert(from);
    }
    complaint.level = to;
    complaint.promises.settle(PromiseKind::Own);
    complaint.promises.settle(PromiseKind::Decide(from));
    promises.into_iter().flatten().cloned().for_each(|promise| complaint.promises.make(promise));
    stand_still_if_waiting(complaint);
}

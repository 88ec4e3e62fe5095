//! Receive and acknowledge.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::leave;
use crate::{
    command::{ContactData, Reach, UndeliverableReason},
    complaint::{Acknowledgement, Complaint, Stage},
    event::Event,
    letter_kind::LetterKind,
    promise::{PromiseKind, Promises},
    values::{Level, Severity},
};

pub(super) fn begin(event: &Event) -> Option<Complaint> {
    let Event::Received { receipt, entered_at: _, policy, promises } = event else {
        return None;
    };
    let mut standing = Promises::default();
    promises.iter().cloned().for_each(|promise| standing.make(promise));
    let answer_by = standing.get(PromiseKind::Answer).map_or(receipt.received_at, |promise| promise.due);
    Some(Complaint {
        id: receipt.id,
        reference: receipt.reference,
        version: 1,
        received_at: receipt.received_at,
        policy: *policy,
        channel: receipt.channel,
        language: receipt.language,
        reach: receipt.reach,
        customer: receipt.customer,
        product: receipt.product.clone(),
        category: None,
        sub_category: None,
        severity: Severity::Normal,
        flags: BTreeSet::new(),
        subject: None,
        subject_role: None,
        loss: None,
        owner: None,
        level: Level::One,
        acknowledgement: Acknowledgement::Owed,
        unreached: false,
        unreached_at: None,
        wrote: false,
        contacted: false,
        finding: None,
        answer_by,
        told_by: answer_by,
        stood_still: 0,
        consulted: Vec::new(),
        consultations: 0,
        refusal: None,
        patterns: Vec::new(),
        duplicates: Vec::new(),
        linked: Vec::new(),
        additions: 0,
        files: 0,
        refused_files: 0,
        unscanned: Vec::new(),
        answering: Vec::new(),
        links: 0,
        held: false,
        addresses: 0,
        address_since: None,
        data_asked: false,
        erasure_asked: false,
        proposals: 0,
        answered: None,
        feedback: None,
        reopenings: 0,
        told_of_reopening: false,
        promises: standing,
        stage: Stage::Received,
    })
}

pub(super) fn acknowledged(complaint: &mut Complaint) {
    complaint.acknowledgement = Acknowledgement::Sent;
    complaint.promises.settle(PromiseKind::Acknowledge);
    leave(complaint, &Stage::Received, Stage::Acknowledged);
}

pub(super) fn undelivered(
    complaint: &mut Complaint,
    letter: LetterKind,
    reason: UndeliverableReason,
    at: Timestamp,
    elsewhere: bool,
) {
    if reason == UndeliverableReason::Suppressed && complaint.reach == Reach::Email && !elsewhere {
        complaint.reach = Reach::Suppressed;
    }
    // What closing demanded was so when it was closed; a letter that comes back later is a task, not a gap. So is a
    // reminder of what has been answered.
    let is_answered = match letter {
        LetterKind::ProposalReminder => !matches!(complaint.stage, Stage::Proposed(_)),
        LetterKind::SatisfactionReminder => {
            !matches!(complaint.stage, Stage::FollowingUp { asked: true, .. }) || complaint.feedback.is_some()
        }
        _ => false,
    };
    // By the link to another address they hear of all that went astray.
    let must_arrive =
        letter.must_arrive() || letter == LetterKind::NewLink && complaint.address_since.is_some();
    if must_arrive && complaint.is_open() && !is_answered && !elsewhere {
        complaint.unreached = true;
        complaint.unreached_at = Some(at);
    }
    if letter == LetterKind::Acknowledgement {
        complaint.acknowledgement = Acknowledgement::Undeliverable;
        complaint.promises.settle(PromiseKind::Acknowledge);
        if !elsewhere {
            leave(complaint, &Stage::Acknowledged, Stage::Received);
        }
    }
}

/// Who has another address gets a link of their own there; what was mailed before opens nothing any more.
pub(super) fn corrected(complaint: &mut Complaint, contact: &ContactData, at: Timestamp) {
    complaint.customer = contact.customer;
    complaint.language = contact.language;
    if let Some(reach) = contact.reach {
        let had_address = complaint.reach != Reach::PhoneOnly;
        complaint.reach = reach;
        complaint.links = complaint.links.saturating_add(1);
        complaint.addresses = complaint.addresses.saturating_add(1);
        complaint.address_since = had_address.then_some(complaint.version).or(complaint.address_since);
        // What they were asked, somebody else was: their silence says nothing. Anything else they can read on their page now.
        let is_asked = matches!(complaint.stage, Stage::Proposed(_) | Stage::FollowingUp { asked: true, .. });
        complaint.unreached = if is_asked {
            had_address || complaint.unreached
        } else {
            complaint.unreached && reach != Reach::Email
        };
        complaint.unreached_at = complaint.unreached.then_some(at);
    }
}

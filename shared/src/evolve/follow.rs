//! After the last remedy.

use jiff::Timestamp;

use super::answer_due;
use crate::{
    command::Feedback,
    complaint::{Complaint, Investigation, Stage},
    promise::{Promise, PromiseKind},
    values::Severity,
};

pub(super) fn resolved(complaint: &mut Complaint, at: Timestamp, ask: &Promise) {
    complaint.promises.keep_only(|_| false);
    complaint.promises.make(ask.clone());
    // The question is asked anew; until here the last answer stands, so that giving it twice does nothing.
    complaint.feedback = None;
    if let Stage::Implementing { decision, .. } = &complaint.stage {
        let decision = decision.clone();
        complaint.stage = Stage::FollowingUp { decision, resolved_at: at, asked: false };
    }
}

pub(super) fn asked(complaint: &mut Complaint, close: &Promise) {
    complaint.wrote = false;
    complaint.promises.settle(PromiseKind::Ask);
    complaint.promises.make(close.clone());
    if let Stage::FollowingUp { asked, .. } = &mut complaint.stage {
        *asked = true;
    }
}

pub(super) fn rated(complaint: &mut Complaint, feedback: &Feedback, close: Option<&Promise>) {
    complaint.unreached = false;
    if let Some(close) = close {
        complaint.promises.settle(PromiseKind::Ask);
        complaint.promises.make_earlier(close.clone());
    }
    complaint.feedback = Some(feedback.clone());
}

pub(super) fn closed(complaint: &mut Complaint, at: Timestamp) {
    complaint.promises.keep_only(|_| false);
    complaint.consulted.clear();
    if let Stage::FollowingUp { decision, resolved_at, .. } = &complaint.stage {
        let (decision, resolved_at) = (decision.clone(), *resolved_at);
        complaint.stage = Stage::Closed { decision, resolved_at, closed_at: at };
    }
}

pub(super) fn reopened(complaint: &mut Complaint, severity: Severity, promises: &[Promise]) {
    complaint.severity = severity;
    complaint.reopenings = complaint.reopenings.saturating_add(1);
    complaint.told_of_reopening = false;
    // They have heard from us, or would not say that something is still wrong.
    complaint.unreached = false;
    // Their words are in the event; that they were given is all a repetition is known by.
    if let Some(feedback) = &mut complaint.feedback {
        feedback.comment = None;
    }
    complaint.finding = None;
    complaint.promises.keep_only(|_| false);
    promises.iter().cloned().for_each(|promise| complaint.promises.make(promise));
    if let Some(due) = answer_due(complaint) {
        complaint.answer_by = due;
        complaint.told_by = due;
    }
    complaint.stood_still = 0;
    complaint.stage = Stage::Investigating(Investigation::default());
}

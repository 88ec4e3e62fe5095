//! The ways out before there is a resolution, and what comes of them for another complaint.

use jiff::Timestamp;

use crate::{
    command::Reach,
    complaint::{Complaint, Stage},
    values::ComplaintId,
};

/// More duplicates of one complaint are in its events only.
const MOST_DUPLICATES: usize = 10;

pub(super) fn leave(complaint: &mut Complaint, end: Stage) {
    complaint.promises.keep_only(|_| false);
    complaint.refusal = None;
    complaint.consulted.clear();
    complaint.stage = end;
}

pub(super) fn absorbed(complaint: &mut Complaint, duplicate: ComplaintId, answers: bool) {
    complaint.wrote |= answers;
    if complaint.duplicates.len() < MOST_DUPLICATES {
        complaint.duplicates.push(duplicate);
    }
}

/// Whoever complained has not read what we wrote, and their silence says nothing; who got it opens nothing more by what
/// they were mailed.
pub(super) fn disowned(complaint: &mut Complaint, at: Timestamp) {
    complaint.reach = Reach::Disowned;
    complaint.unreached = complaint.is_open();
    complaint.unreached_at = Some(at);
    complaint.links = complaint.links.saturating_add(1);
}

/// Nothing of the customer is left, and nothing that they wanted of us.
pub(super) fn restricted(complaint: &mut Complaint) {
    complaint.erasure_asked = false;
    complaint.data_asked = false;
    complaint.reach = Reach::Restricted;
}

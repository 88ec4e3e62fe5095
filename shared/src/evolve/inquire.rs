//! Questions to the customer and to departments.

use jiff::Timestamp;

use super::investigate;
use crate::decide::MOST_CONSULTED;
use crate::{
    command::{Mark, Reach},
    complaint::{Complaint, Consultation, Investigation, Stage},
    event::Resumed,
    promise::{Promise, PromiseKind},
    values::Channel,
};

pub(super) fn asked(complaint: &mut Complaint, at: Timestamp, by: &Promise, next_update: Option<&Promise>) {
    investigate(complaint);
    complaint.contacted = true;
    complaint.promises.settle(PromiseKind::FirstContact);
    if let Some(next) = next_update {
        complaint.promises.make(next.clone());
    }
    complaint.promises.make(by.clone());
    complaint.promises.stand_still();
    if let Some(investigation) = investigation(complaint) {
        // Who is asked twice is waited for since the first question.
        investigation.asked_again_at = investigation.waiting_since.map(|_| at);
        investigation.waiting_since.get_or_insert(at);
    }
}

pub(super) fn delay_announced(
    complaint: &mut Complaint,
    until: Timestamp,
    notice: &Promise,
    next_update: Option<&Promise>,
) {
    complaint.told_by = until;
    complaint.promises.make(notice.clone());
    if let Some(next) = next_update {
        complaint.promises.make(next.clone());
    }
}

pub(super) fn informed(
    complaint: &mut Complaint,
    channel: Channel,
    marks: &[Mark],
    resumption: Option<&Resumed>,
    said_at: Option<Timestamp>,
) {
    // Who writes has been reached; but a mail may be a stranger's, or theirs whose address it is and who never complained.
    let is_anothers = channel == Channel::Email && complaint.reach == Reach::Disowned;
    if !is_anothers && !Mark::are_of_a_stranger(marks, complaint.address_since.is_some()) {
        complaint.unreached &= !complaint.is_reached_by(said_at);
        complaint.wrote |= !said_at.is_some_and(|said| is_before_the_question(complaint, said));
    }
    if let Some(resumption) = resumption {
        resumed(complaint, resumption);
    }
}

/// Whether what was said then, and is taken down now, was said before the customer was asked last: they can be silent to that
/// all the same.
fn is_before_the_question(complaint: &Complaint, said: Timestamp) -> bool {
    let is_asked = matches!(complaint.stage, Stage::Proposed(_) | Stage::FollowingUp { .. });
    is_asked && !complaint.was_asked_by(said)
}

pub(super) fn resumed(complaint: &mut Complaint, resumed: &Resumed) {
    complaint.promises.settle(PromiseKind::Information);
    resumed.promises.iter().cloned().for_each(|promise| complaint.promises.make(promise));
    complaint.answer_by = resumed.answer_by;
    complaint.told_by = resumed.told_by;
    complaint.stood_still = resumed.stood_still;
    complaint.answering.clear();
    if let Some(investigation) = investigation(complaint) {
        *investigation = Investigation::default();
    }
}

pub(super) fn consulted(complaint: &mut Complaint, consultation: Consultation, by: &Promise) {
    investigate(complaint);
    complaint.consultations = consultation.number;
    complaint.promises.make(by.clone());
    // Of what is not waited for any more the last few are remembered.
    if complaint.consulted.len() >= MOST_CONSULTED
        && let Some(old) = complaint.consulted.iter().position(|asked| !complaint.waits_for(asked.number))
    {
        complaint.consulted.remove(old);
    }
    complaint.consulted.push(consultation);
}

pub(super) fn consultation_answered(complaint: &mut Complaint, number: u8) {
    complaint.promises.settle(PromiseKind::Consultation(number));
    complaint.consulted.retain(|consultation| consultation.number != number);
}

fn investigation(complaint: &mut Complaint) -> Option<&mut Investigation> {
    if let Stage::Investigating(investigation) = &mut complaint.stage { Some(investigation) } else { None }
}

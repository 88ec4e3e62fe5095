//! What an event makes of a complaint. It cannot fail: what happened, happened.

mod end;
mod follow;
mod inquire;
mod intake;
mod resolve;
mod work;

use crate::{
    command::{EscalationReason, Verdict},
    complaint::{Complaint, Consultation, Investigation, Refusal, Stage},
    event::Event,
    promise::{Alarm, Promise, PromiseKind},
    values::{Channel, Level, TextId},
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
        Event::Received { .. } | Event::ReplyLeftOut { .. } => {}
        Event::Acknowledged { .. } => intake::acknowledged(complaint),
        Event::LetterUndeliverable { letter, reason, at, elsewhere } => {
            intake::undelivered(complaint, *letter, *reason, *at, *elsewhere);
        }
        Event::Assigned { owner } => work::assigned(complaint, owner),
        Event::Triaged { triage, promises } => work::triaged(complaint, triage, promises),
        Event::ContactMade { channel, next_update, said_at, .. } => {
            work::contacted(complaint, *channel, next_update.as_ref(), *said_at);
        }
        Event::NoteAdded { .. } => investigate(complaint),
        Event::FindingRecorded { finding } => {
            complaint.finding = Some(finding.clone());
            investigate(complaint);
        }
        Event::Escalated { from, to, reason, decide, notice, next_update, .. } => {
            let promises = [decide, notice, next_update];
            work::escalated(complaint, *from, *to, promises.map(Option::as_ref));
            // The letter of the escalation tells this date.
            complaint.told_by = event.answer_told().unwrap_or(complaint.told_by);
            // Who asks for it has been reached.
            complaint.unreached &= !matches!(reason, EscalationReason::Asked { .. });
        }
        Event::Proposed { number, outcome, remedies, text, at, consent, .. } => {
            resolve::proposed(complaint, *number, *outcome, remedies, text, *at, consent);
        }
        Event::Decided { number, outcome, remedies, text, .. } => {
            resolve::decided(complaint, *number, *outcome, remedies, text);
        }
        Event::ProposalAccepted { number, consent, moved, taken_at, reason, .. } => {
            let taken = (*taken_at, reason.is_some());
            resolve::accepted(complaint, *number, *consent, taken, moved);
        }
        Event::ProposalRefused { number, next_update, .. } => {
            resolve::refused(complaint, *number, next_update);
        }
        Event::RemedyDone { remedy, at, .. } => resolve::remedy_done(complaint, *remedy, *at),
        Event::RemedyChanged { remedy, promised_by, at, .. } => {
            resolve::remedy_changed(complaint, *remedy, *promised_by, *at);
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
        Event::Resolved { at, ask, .. } => follow::resolved(complaint, *at, ask),
        Event::SatisfactionAsked { close } => follow::asked(complaint, close),
        Event::FeedbackGiven { feedback, close, .. } => {
            follow::rated(complaint, feedback, close.as_ref());
        }
        Event::Closed { at, .. } => follow::closed(complaint, *at),
        Event::Reopened { promises, severity, .. } => follow::reopened(complaint, *severity, promises),
        Event::InformationAsked { at, by, next_update, .. } => {
            inquire::asked(complaint, *at, by, next_update.as_ref());
        }
        Event::InformationAdded { resumed, written, channel, marks, said_at, .. } => {
            inquire::informed(complaint, *channel, marks, resumed.as_ref(), *said_at);
            complaint.additions = complaint.additions.saturating_add((*channel == Channel::Web).into());
            complaint.told_of_reopening |= *written;
        }
        Event::WaitEnded { resumed, .. } => inquire::resumed(complaint, resumed),
        Event::Consulted { number, department, text, by } => {
            let consultation =
                Consultation { number: *number, department: department.clone(), text: text.clone() };
            inquire::consulted(complaint, consultation, by);
        }
        Event::ConsultationAnswered { number, .. } => inquire::consultation_answered(complaint, *number),
        Event::DelayAnnounced { until, notice, next_update, .. } => {
            inquire::delay_announced(complaint, *until, notice, next_update.as_ref());
        }
        Event::PatternFound { pattern, .. } => complaint.patterns.push(*pattern),
        Event::Withdrawn { at, .. } => end::leave(complaint, Stage::Withdrawn { at: *at }),
        Event::RefusalProposed { grounds, text } => {
            complaint.refusal = Some(Refusal { grounds: *grounds, text: text.clone() });
        }
        Event::RefusalDeclined { .. } => complaint.refusal = None,
        Event::Refused { grounds, text, at, .. } => {
            let refusal = Refusal { grounds: *grounds, text: text.clone() };
            end::leave(complaint, Stage::Refused { refusal, at: *at });
        }
        Event::MarkedDuplicate { of, at, .. } => end::leave(complaint, Stage::Duplicate { of: *of, at: *at }),
        Event::DuplicateAbsorbed { duplicate, answers, .. } => end::absorbed(complaint, *duplicate, *answers),
        Event::Linked { other, .. } => complaint.linked.push(*other),
        Event::Unlinked { other, .. } => complaint.linked.retain(|linked| linked != other),
        Event::EvidenceAdded { file, answers, .. } => evidence_added(complaint, file.id, *answers),
        Event::EvidenceScanned { file, verdict } => scanned(complaint, file, *verdict),
        Event::Disowned { at } => end::disowned(complaint, *at),
        Event::LinksEnded { .. } => complaint.links = complaint.links.saturating_add(1),
        Event::ContactCorrected { contact, at, .. } => intake::corrected(complaint, contact, *at),
        Event::DataAsked { .. } => complaint.data_asked = true,
        Event::Exported { .. } => complaint.data_asked = false,
        Event::ErasureAsked { .. } => complaint.erasure_asked = true,
        Event::ErasureDeclined { .. } => complaint.erasure_asked = false,
        Event::Restricted { .. } => end::restricted(complaint),
        Event::HoldSet { .. } => complaint.held = true,
        Event::HoldLifted { .. } => complaint.held = false,
    }
}

/// Who sends it by their page has read what they were asked there, and is not silent. What was sent before a question does
/// not answer it, however late its scan.
fn evidence_added(complaint: &mut Complaint, file: TextId, answers: bool) {
    complaint.files = complaint.files.saturating_add(1);
    complaint.unscanned.push(file);
    let waited_for = answers && complaint.waiting_since().is_some();
    complaint.answering.extend(waited_for.then_some(file));
    complaint.unreached &= !answers;
    complaint.wrote |= answers;
}

fn scanned(complaint: &mut Complaint, file: &TextId, verdict: Verdict) {
    complaint.unscanned.retain(|unscanned| unscanned != file);
    complaint.answering.retain(|answering| answering != file);
    if verdict != Verdict::Clean {
        complaint.files = complaint.files.saturating_sub(1);
        complaint.refused_files = complaint.refused_files.saturating_add(1);
    }
}

/// Moves on from one stage only; anything that came later stays.
fn leave(complaint: &mut Complaint, from: &Stage, to: Stage) {
    if complaint.stage == *from {
        complaint.stage = to;
    }
}

/// The first thing that is looked into takes a complaint into its investigation; one whose customer no acknowledgement reached,
/// too.
fn investigate(complaint: &mut Complaint) {
    leave(complaint, &Stage::Received, Stage::Investigating(Investigation::default()));
    leave(complaint, &Stage::Acknowledged, Stage::Investigating(Investigation::default()));
}

/// The soonest of these dates by which a complaint at this level is to be answered: the first answer's, or the level's.
pub(crate) fn soonest_answer(level: Level, promises: &[Promise]) -> Option<jiff::Timestamp> {
    let kinds = [PromiseKind::Answer, PromiseKind::of_answer(level)];
    promises.iter().filter(|promise| kinds.contains(&promise.kind)).map(|promise| promise.due).min()
}

/// The date that the answer is measured by: of the first answer the one told first, of a further one the level's.
fn answer_due(complaint: &Complaint) -> Option<jiff::Timestamp> {
    let promises = &complaint.promises;
    let standing =
        promises.get(PromiseKind::Answer).or_else(|| promises.get(PromiseKind::Decide(complaint.level)));
    standing.map(|promise| promise.due)
}

//! Files, and what becomes of a customer's data.

use super::{Context, inquire};
use crate::{
    actor::Actor,
    command::{ContactData, Reach, TextRef, Verb, Verdict},
    complaint::{Complaint, Stage},
    event::{Event, WaitEnd},
    rejection::Rejection,
    values::{Channel, TextId},
};

/// Customers answer by a file as well: it is the information that they are waited for once it can be taken, and no silence
/// to any other question. What staff add may be anything, and answers nothing; nor does what comes with a mail, where the
/// words say whether it is the customer's.
pub(super) fn add_evidence(
    complaint: &Complaint,
    file: TextRef,
    channel: Channel,
    context: &Context<'_>,
) -> Result<Vec<Event>, Rejection> {
    let evidence = &context.policy.evidence;
    let too_many = |detail: String| Err(Rejection::unfit("/files", "too_many", detail));
    let most = if channel == Channel::Email && *context.actor == Actor::Customer {
        evidence.max_files_by_mail()
    } else {
        evidence.max_files
    };
    if complaint.files >= most {
        return too_many(format!("At most {most} files are kept with one complaint."));
    }
    // Who sends nothing but what cannot be taken does not get on by sending more of it, and keeps nobody else from it.
    if *context.actor == Actor::Customer && complaint.refused_files >= evidence.max_files.saturating_mul(2) {
        return too_many("Too many files were sent that could not be taken.".to_owned());
    }
    let is_theirs = *context.actor == Actor::Customer && channel != Channel::Email;
    let is_asked = complaint.waiting_since().is_some()
        || matches!(complaint.stage, Stage::Proposed(_) | Stage::FollowingUp { asked: true, .. });
    let answers = is_theirs && is_asked;
    Ok(vec![Event::EvidenceAdded { file, channel, answers }])
}

/// A clean file that the customer sent when they were asked is their answer; one that is removed is none.
pub(super) fn record_scan(
    complaint: &Complaint,
    file: TextId,
    verdict: Verdict,
    context: &Context<'_>,
) -> Vec<Event> {
    let mut events = vec![Event::EvidenceScanned { file, verdict }];
    if verdict == Verdict::Clean && complaint.answering.contains(&file) {
        events.extend(inquire::end_wait(complaint, WaitEnd::File, context));
    }
    events
}

/// Who has only the link must not be left without one: customers end theirs where a new one can be mailed.
pub(super) fn end_links(
    complaint: &Complaint,
    reason: Option<TextRef>,
    context: &Context<'_>,
) -> Result<Vec<Event>, Rejection> {
    if *context.actor == Actor::Customer && complaint.reach != Reach::Email {
        return Err(Rejection::unfit("/reason", "no_address", "There is no address to mail a new link to."));
    }
    if complaint.links == u8::MAX {
        return Err(Rejection::unfit("/reason", "too_many", "The links cannot be ended any more often."));
    }
    Ok(vec![Event::LinksEnded { reason, at: context.now }])
}

/// An address that is mistyped, or that the customer has only now. What becomes of their links goes with it, as often as
/// there is a number for it.
pub(super) fn correct_contact(
    complaint: &Complaint,
    contact: ContactData,
    text: TextRef,
    context: &Context<'_>,
) -> Result<Vec<Event>, Rejection> {
    if contact.reach.is_some() && (complaint.links == u8::MAX || complaint.addresses == u8::MAX) {
        return Err(Rejection::unfit("/email", "too_many", "The address cannot be changed any more often."));
    }
    Ok(vec![Event::ContactCorrected { contact, text, at: context.now }])
}

pub(super) fn decline_erasure(complaint: &Complaint, text: TextRef) -> Result<Vec<Event>, Rejection> {
    if complaint.erasure_asked {
        Ok(vec![Event::ErasureDeclined { text }])
    } else {
        let detail = "The customer has not asked for their data to be erased.";
        Err(Rejection::TooEarly { first: Verb::AskErasure, detail })
    }
}

/// A hold beats every wish to take something away.
pub(super) fn restrict(
    complaint: &Complaint,
    text: TextRef,
    context: &Context<'_>,
) -> Result<Vec<Event>, Rejection> {
    if complaint.held {
        return Err(Rejection::Held);
    }
    Ok(vec![Event::Restricted { text, at: context.now }])
}

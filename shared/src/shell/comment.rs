//! Whether the words of an answer that came again are kept: nobody is thanked for what is thrown away.
//!
//! The record knows feedback that comes again by its rating, an answer to a proposal by its yes or no, and a remedy by its
//! number, a link by the other complaint. Of words it holds no more than a salted digest, so that only here, where the texts are, can be seen whether they are the same.

use super::{
    Shell, StepError,
    ledger::{Change, Done},
};
use crate::{
    command::{Command, Feedback, TextRef},
    complaint::Complaint,
    decide,
    event::Event,
    rejection::Rejection,
    values::ComplaintId,
};

/// The words that come with feedback, with the answer to a proposal, with a remedy that is carried out or changed, or with a
/// link.
pub(super) struct Comment {
    reference: TextRef,
    words: String,
    about: About,
}

/// What the words go with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum About {
    Feedback,
    /// The answer to this proposal.
    Proposal(u8),
    /// That this remedy is carried out.
    Remedy(u8),
    /// That this remedy has another date, or is dropped.
    Change(u8),
    /// That this complaint has to do with it, or has not.
    Link(ComplaintId),
}

impl Comment {
    /// The words that a change would keep; none where it is no such answer, or one without a word.
    pub(super) fn of(change: &Change) -> Option<Comment> {
        let (comment, about) = match &change.command {
            Command::RecordFeedback { feedback: Feedback { comment, .. }, .. } => {
                (comment.as_ref(), About::Feedback)
            }
            Command::AnswerProposal { reason, proposal, .. } => (reason.as_ref(), About::Proposal(*proposal)),
            Command::TakeAsConsent { proposal, text } => (Some(text), About::Proposal(*proposal)),
            Command::Link { other, text } | Command::Unlink { other, text } => {
                (Some(text), About::Link(*other))
            }
            Command::CompleteRemedy { remedy, text, .. } => (Some(text), About::Remedy(*remedy)),
            Command::ChangeRemedy { remedy, text, .. } => (Some(text), About::Change(*remedy)),
            _ => return None,
        };
        let comment = comment?;
        let words = change.texts.iter().find_map(|text| text.said_by(comment))?;
        Some(Comment { reference: comment.clone(), words: words.to_owned(), about })
    }

    /// Whether the change kept them; texts are written with the events or not at all.
    pub(super) async fn is_kept(&self, shell: &Shell, done: &Done) -> Result<bool, StepError> {
        if !done.events.is_empty() {
            return Ok(true);
        }
        // Nothing to record may also mean that an earlier attempt was carried out, and its answer lost.
        Ok(shell.ledger().text(done.complaint.id, &self.reference).await?.is_some())
    }

    /// Whether the last such answer that came with words came with the same: then this is that, sent again.
    pub(super) async fn came_before(&self, shell: &Shell, complaint: &Complaint) -> Result<bool, StepError> {
        let events = shell.ledger().events(complaint.id).await?;
        let last = events.iter().rev().find_map(|recorded| self.same(&recorded.event));
        let Some(comment) = last else { return Ok(false) };
        Ok(shell.ledger().text(complaint.id, comment).await?.as_ref() == Some(&self.words))
    }

    /// The words of an event that is such an answer.
    fn same<'e>(&self, event: &'e Event) -> Option<&'e TextRef> {
        match event {
            Event::FeedbackGiven { feedback, .. } if self.about == About::Feedback => {
                feedback.comment.as_ref()
            }
            Event::RemedyDone { remedy, text, .. } if self.about == About::Remedy(*remedy) => Some(text),
            Event::RemedyChanged { remedy, text, .. } if self.about == About::Change(*remedy) => Some(text),
            Event::Linked { other, text } | Event::Unlinked { other, text }
                if self.about == About::Link(*other) =>
            {
                text.as_ref()
            }
            Event::ProposalAccepted { number, reason, .. }
            | Event::ProposalRefused { number, reason, .. }
                if self.about == About::Proposal(*number) =>
            {
                reason.as_ref()
            }
            _ => None,
        }
    }

    /// What is said where they are not kept.
    pub(super) fn not_kept(&self, complaint: &Complaint) -> Rejection {
        match self.about {
            About::Proposal(proposal) if decide::is_taken_as_consent(complaint, proposal) => {
                Rejection::TakenAsConsent
            }
            _ => Rejection::AlreadyAnswered,
        }
    }
}

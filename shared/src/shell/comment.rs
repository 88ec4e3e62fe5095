//! Whether the words of an answer that came again are kept: nobody is thanked for what is thrown away.
//!
//! The record knows feedback that comes again by its rating, and an answer to a proposal by its yes or no. Of words it
//! holds no more than a salted digest, so that only here, where the texts are, can be seen whether they are the same.

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
};

/// The words that come with feedback, or with the answer to a proposal.
pub(super) struct Comment {
    reference: TextRef,
    words: String,
    /// Which proposal it is about; none where it is feedback.
    proposal: Option<u8>,
}

impl Comment {
    /// The words that a change would keep; none where it is no such answer, or one without a word.
    pub(super) fn of(change: &Change) -> Option<Comment> {
        let (comment, proposal) = match &change.command {
            Command::RecordFeedback { feedback: Feedback { comment, .. }, .. } => (comment, None),
            Command::AnswerProposal { reason, proposal, .. } => (reason, Some(*proposal)),
            _ => return None,
        };
        let comment = comment.as_ref()?;
        let words = change.texts.iter().find_map(|text| text.said_by(comment))?;
        Some(Comment { reference: comment.clone(), words: words.to_owned(), proposal })
    }

    /// Whether the change kept them; texts are written with the events or not at all.
    pub(super) async fn is_kept(&self, shell: &Shell, done: &Done) -> Result<bool, StepError> {
        if !done.events.is_empty() {
            return Ok(true);
        }
        // Nothing to record may also mean that an earlier attempt was carried out, and its answer lost.
        Ok(shell.ledger().text(done.complaint.id, &self.reference).await?.is_some())
    }

    /// Whether the customer's last such answer came with the same words: then this is that, sent again.
    pub(super) async fn came_before(&self, shell: &Shell, complaint: &Complaint) -> Result<bool, StepError> {
        let events = shell.ledger().events(complaint.id).await?;
        let last = events.iter().rev().find_map(|recorded| self.same(&recorded.event));
        let Some(comment) = last.and_then(Option::as_ref) else { return Ok(false) };
        Ok(shell.ledger().text(complaint.id, comment).await?.as_ref() == Some(&self.words))
    }

    /// The words of an event that is such an answer.
    fn same<'e>(&self, event: &'e Event) -> Option<&'e Option<TextRef>> {
        match event {
            Event::FeedbackGiven { feedback, .. } if self.proposal.is_none() => Some(&feedback.comment),
            Event::ProposalAccepted { number, reason, .. }
            | Event::ProposalRefused { number, reason, .. }
                if self.proposal == Some(*number) =>
            {
                Some(reason)
            }
            _ => None,
        }
    }

    /// What is said where they are not kept.
    pub(super) fn not_kept(&self, complaint: &Complaint) -> Rejection {
        match self.proposal {
            Some(proposal) if decide::is_taken_as_consent(complaint, proposal) => Rejection::TakenAsConsent,
            _ => Rejection::AlreadyAnswered,
        }
    }
}

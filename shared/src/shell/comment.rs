//! Whether the words of feedback that came again are kept: nobody is thanked for what is thrown away.
//!
//! The record knows feedback that comes again by its rating. Of words it holds no more than a salted digest, so that only
//! here, where the texts are, can be seen whether they are the same.

use super::{
    Shell, StepError,
    ledger::{Change, Done},
};
use crate::{
    command::{Command, Feedback, TextRef},
    complaint::Complaint,
    event::Event,
};

/// The words that come with feedback.
pub(super) struct Comment {
    reference: TextRef,
    words: String,
}

impl Comment {
    /// The words that a change would keep; none where it is no feedback, or feedback without a word.
    pub(super) fn of(change: &Change) -> Option<Comment> {
        let Command::RecordFeedback { feedback: Feedback { comment: Some(comment), .. }, .. } =
            &change.command
        else {
            return None;
        };
        let words = change.texts.iter().find_map(|text| text.said_by(comment))?;
        Some(Comment { reference: comment.clone(), words: words.to_owned() })
    }

    /// Whether the change kept them; texts are written with the events or not at all.
    pub(super) async fn is_kept(&self, shell: &Shell, done: &Done) -> Result<bool, StepError> {
        if !done.events.is_empty() {
            return Ok(true);
        }
        // Nothing to record may also mean that an earlier attempt was carried out, and its answer lost.
        Ok(shell.ledger().text(done.complaint.id, &self.reference).await?.is_some())
    }

    /// Whether the customer's last feedback came with the same words: then this is that, sent again.
    pub(super) async fn came_before(&self, shell: &Shell, complaint: &Complaint) -> Result<bool, StepError> {
        let events = shell.ledger().events(complaint.id).await?;
        let last = events.iter().rev().find_map(|recorded| match &recorded.event {
            Event::FeedbackGiven { feedback, .. } => Some(feedback),
            _ => None,
        });
        let Some(comment) = last.and_then(|feedback| feedback.comment.as_ref()) else { return Ok(false) };
        Ok(shell.ledger().text(complaint.id, comment).await?.as_ref() == Some(&self.words))
    }
}

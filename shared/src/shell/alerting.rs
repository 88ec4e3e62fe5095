//! Letters to staff: the policy's number at once have mails of their own, further ones are gathered.
//!
//! One sweep can send up thirty complaints, and thirty mails at the same minute are read like none. What the same
//! mailboxes would get beyond the number within a quarter of an hour is one mail, with a line for each. Critical
//! complaints never wait for that, and a department has each question by itself, with its link. What is said of
//! gathered [acknowledgements](super::acknowledging) holds here too: one record per cause, both or neither, once.

use super::{
    Shell, StepError,
    correspondence::Posted,
    ledger::{Gathering, Loaded, Occasion, Reader},
    mailer::{Attempt, Fate, MailName, Outgoing, fate_of},
};
use crate::{
    complaint::Complaint,
    letter::{self, StaffFacts},
    letter_kind::LetterKind,
    values::{EmailAddress, Severity},
};

impl Shell {
    /// Gathers a letter to staff when its mailboxes have had their number. None when it has a mail of its own; otherwise
    /// what is known of it.
    pub(super) async fn gather_alert(
        &self,
        complaint: &Complaint,
        own: &MailName,
        to: &[EmailAddress],
    ) -> Result<Option<Fate>, StepError> {
        if own.letter.is_to_department() || complaint.severity == Severity::Critical {
            return Ok(None);
        }
        let (ledger, gathering) = (self.ledger(), Gathering::of_staff(to));
        let event = format!("{}:{}", own.subject, own.cause);
        if ledger.has_own_alert(&gathering, &event).await? {
            return Ok(None);
        }
        let before = ledger.gather(&gathering, &event, &own.key()).await?;
        Ok(Some(before.as_ref().map_or(Fate::Open, fate_of)))
    }

    /// Sends the mail that says what was gathered, less what has been overtaken.
    pub(super) async fn mail_digest(&self, name: &MailName, attempt: Attempt) -> Result<Posted, StepError> {
        let gathered = self.ledger().close_gathering(&name.key()).await?;
        let mut letters = Vec::new();
        for (id, version) in gathered.events() {
            let occasion = self.ledger().occasion(id, version, Reader::Staff).await?;
            let Some(Occasion { loaded: Loaded { complaint, .. }, recorded, .. }) = occasion else {
                continue;
            };
            let policy = self.policy_of(&complaint).await?;
            let Some((kind, _)) = letter::staff_letter_for(&recorded, &complaint, &policy) else { continue };
            let facts = StaffFacts {
                policy: &policy,
                complaint: &complaint,
                recorded: &recorded,
                text: None,
                link: None,
                base_url: self.config().base_url()?,
            };
            let Some(letter) = letter::to_staff(kind, &facts) else { continue };
            letters.push(letter::Gist::of(&letter, &complaint));
        }
        let Some(letter) = letter::digest(self.policy(), letters, self.config().base_url()?) else {
            return Ok(Posted::Nothing);
        };
        let outgoing =
            Outgoing { name: name.clone(), to: gathered.to, letter, attachments: Vec::new(), reply_to: None };
        let fate = self.mailer().send(&outgoing, attempt).await?;
        self.tell_gathered(name, fate).await?;
        Ok(Posted::Letter(LetterKind::Digest, fate))
    }
}

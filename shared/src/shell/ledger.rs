//! The only writer of complaints: load, decide, evolve, and **one** transaction with the complaint under a version
//! condition, its new events, their outbox pointers, private texts, and the marks that make repetitions harmless.

mod access;
mod contact;
mod execute;
mod expire;
mod found;
#[cfg(feature = "mail")]
mod gathering;
mod group;
mod held;
mod list;
#[cfg(feature = "mail")]
mod occasion;
mod read;
mod receive;
mod recount;
mod redress;
mod remove;
mod replies;
mod tally;
mod transaction;
mod verdict;
mod verify;
mod write;

use aws_sdk_dynamodb::Client;
use jiff::Timestamp;

use super::{Shell, StepError, link::Opens};
use crate::{
    actor::Actor,
    command::{Command, TextRef},
    complaint::Complaint,
    event::Recorded,
    rejection::Rejection,
    values::{CommandId, ComplaintId, Digest, Reference, TextId},
};

#[cfg(feature = "mail")]
pub(in crate::shell) use gathering::{Gathering, Mailed};
#[cfg(feature = "mail")]
pub(in crate::shell) use occasion::{Occasion, Reader};
#[cfg(feature = "mail")]
pub(in crate::shell) use read::Loaded;
pub(in crate::shell) use read::{record, record_text};
pub(in crate::shell) use write::json;

pub use access::{AccessPage, AccessPlace, NoAccessPlace};
pub use contact::Correction;
pub use expire::Expiring;
pub use found::Found;
pub use group::Beside;
pub use held::{HeldFrom, HeldPage, HeldPost, NoPlace};
pub use list::{CURSOR, Counted, Page};
pub use read::Pointer;
pub use receive::{Idempotency, Receiving, Reception, Refused, Suspicion};
pub use recount::{RECOUNTED_WITHIN, Recounted};
pub use verdict::{Decided, Judged, Verdict};
pub use verify::{Fault, Verified};

/// A view of the table that speaks of complaints.
#[derive(Clone, Copy, Debug)]
pub struct Ledger<'a> {
    shell: &'a Shell,
}

/// A text that goes into an item of its own, so that it can be erased without touching the record.
#[derive(Clone, Debug)]
pub struct PrivateText {
    id: TextId,
    salt: [u8; 16],
    text: String,
}

impl PrivateText {
    /// Seals a text with a new salt.
    pub fn new(shell: &Shell, text: impl Into<String>) -> Result<PrivateText, StepError> {
        Ok(PrivateText { id: shell.new_text_id()?, salt: shell.random()?, text: text.into() })
    }

    /// Seals a text that has its name already.
    pub fn named(shell: &Shell, id: TextId, text: impl Into<String>) -> Result<PrivateText, StepError> {
        Ok(PrivateText { id, salt: shell.random()?, text: text.into() })
    }

    /// What it says, where it is the one that a reference points to.
    pub(super) fn said_by(&self, reference: &TextRef) -> Option<&str> {
        (self.id == reference.id).then_some(&self.text)
    }

    /// What events hold of it.
    pub fn reference(&self) -> TextRef {
        TextRef { id: self.id, digest: Digest::keyed(&self.salt, self.text.as_bytes()) }
    }
}

/// One command on one complaint, with what is written along with its events.
#[derive(Clone, Debug)]
pub struct Change {
    /// Which complaint.
    pub complaint: ComplaintId,
    /// What somebody without an account opened it by: unless that opens it still, there is no such complaint.
    pub opened: Option<Opens>,
    /// As the page's address has it: a complaint of another reference is not meant.
    pub reference: Option<Reference>,
    /// What is asked.
    pub command: Command,
    /// Names this attempt; the same again is recognised.
    pub command_id: CommandId,
    /// Who asks.
    pub actor: Actor,
    /// The version that the actor saw, where they say so.
    pub expected: Option<u32>,
    /// Whether it was seen on a page, which was made before the acknowledgement went out mostly.
    pub on_page: bool,
    /// Texts that the command points to.
    pub texts: Vec<PrivateText>,
    /// When what is recorded was said, where that is taken down later.
    pub said_at: Option<Timestamp>,
    /// The form that takes the place of the one on file.
    pub correction: Option<Correction>,
    /// The event and step whose effect this is; done once only.
    pub effect: Option<(String, &'static str)>,
}

impl Change {
    /// A command of somebody, with nothing written along, on whatever version there is.
    pub fn by(
        shell: &Shell,
        actor: Actor,
        complaint: ComplaintId,
        command: Command,
    ) -> Result<Change, StepError> {
        let command_id = shell.new_command_id()?;
        Ok(Change {
            complaint,
            opened: None,
            reference: None,
            command,
            command_id,
            actor,
            expected: None,
            on_page: false,
            texts: Vec::new(),
            said_at: None,
            correction: None,
            effect: None,
        })
    }

    /// A command by a step of the system.
    pub fn by_system(
        shell: &Shell,
        complaint: ComplaintId,
        command: Command,
        effect: Option<(String, &'static str)>,
    ) -> Result<Change, StepError> {
        Ok(Change { effect, ..Change::by(shell, Actor::System, complaint, command)? })
    }
}

/// What came of a change.
#[derive(Clone, Debug)]
pub struct Done {
    /// The complaint now.
    pub complaint: Complaint,
    /// What was recorded; nothing when there was nothing left to do.
    pub events: Vec<Recorded>,
}

/// What would come of a change.
#[derive(Clone, Debug)]
pub struct Foreseen {
    /// The complaint as it is.
    pub now: Complaint,
    /// The complaint as it would be.
    pub then: Complaint,
    /// What would be recorded; nothing when there is nothing left to do.
    pub events: Vec<Recorded>,
}

/// Why nothing was recorded.
#[derive(Debug, thiserror::Error)]
pub enum NotDone {
    /// The domain says no.
    #[error(transparent)]
    Rejected(#[from] Rejection),
    /// Somebody else was faster: the version is another now.
    #[error("the complaint is at version {now}")]
    Stale {
        /// The version it is at.
        now: u32,
    },
    /// The world does not answer.
    #[error(transparent)]
    Failed(#[from] StepError),
}

impl<'a> Ledger<'a> {
    pub(super) fn new(shell: &'a Shell) -> Ledger<'a> {
        Ledger { shell }
    }

    fn client(self) -> &'a Client {
        &self.shell.dynamo
    }

    fn table(self) -> Result<&'a str, StepError> {
        Ok(self.shell.config.table()?)
    }
}

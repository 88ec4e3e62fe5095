//! Mail: one record per cause, claimed before SES is called, and SES called with one attempt.
//!
//! `SendEmail` has no token: a lost answer plus a retry is two mails. So the record says what is known:
//!
//! ```text
//!            claim              200
//!  (none) ──────────► sending ───────► sent ──── SES event ───► bounced, suppressed, complained
//!                      │  │ no answer
//!     refused for now  │  └──────────► unknown ── SES event ──► sent
//!                      ▼                 │ no event in 15 minutes: one more attempt, then
//!                   pending              └─────────────────────► rejected
//! ```
//!
//! Acknowledgements beyond a customer's number a day are `gathered` into one mail (see the shell's `acknowledging`).
//! A crash between claim and answer leaves `sending`, which after 15 minutes counts as `unknown`.

mod message;
mod name;
mod record;

use aws_config::SdkConfig;
use aws_sdk_sesv2::{
    config::retry::RetryConfig,
    types::{Destination, EmailContent},
};

use super::{Shell, StepError, error::code_of};
use crate::{command::UndeliverableReason, letter::Letter, reply::ReplyAddress, values::EmailAddress};

pub use name::MailName;
pub(super) use record::fate_of;

use message::{Refusal, addresses, message, refusal, tag};
use record::Claim;

/// What is to be done with a mail whose fate is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Wait, or it is settled.
    Nothing,
    /// Send it.
    Send(Attempt),
    /// Tell the complaints in it what became of it.
    Tell(Fate),
    /// Its attempts or its time are used up.
    GiveUp,
}

/// A file that goes with a mail.
#[derive(Clone, Debug)]
pub struct Attachment {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub content_type: &'static str,
    /// What is in it.
    pub content: Vec<u8>,
}

/// A mail, ready to be sent.
#[derive(Clone, Debug)]
pub struct Outgoing {
    /// Which one.
    pub name: MailName,
    /// To whom.
    pub to: Vec<EmailAddress>,
    /// What it says.
    pub letter: Letter,
    /// What goes with it.
    pub attachments: Vec<Attachment>,
    /// Where answers go; to the policy's address without one.
    pub reply_to: Option<ReplyAddress>,
}

/// What is known of a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// SES took it.
    Sent,
    /// It is being sent by another, or whether SES took it is not known yet.
    Open,
    /// It will not arrive.
    Failed(UndeliverableReason),
}

/// What SES said about a mail later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Report {
    /// It was sent or delivered.
    Sent,
    /// It did not or will not arrive.
    Failed(UndeliverableReason),
}

/// Which attempt at a mail this is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attempt {
    /// Nobody has tried, or SES certainly did not take it.
    First,
    /// Whether SES took the first is unknown, and it had its time to say so.
    Again,
}

/// What the log says when a letter to staff is known not to arrive. An alarm of the template listens for these words:
/// nobody would hear of it by mail.
pub const STAFF_NOT_REACHED: &str = "a letter to staff did not arrive";

/// The mail.
#[derive(Clone, Copy, Debug)]
pub struct Mailer<'a> {
    shell: &'a Shell,
}

/// The client for SES: one attempt, never a retry.
pub(super) fn client(sdk: &SdkConfig) -> aws_sdk_sesv2::Client {
    let config = aws_sdk_sesv2::config::Builder::from(sdk).retry_config(RetryConfig::disabled()).build();
    aws_sdk_sesv2::Client::from_conf(config)
}

impl<'a> Mailer<'a> {
    pub(super) fn new(shell: &'a Shell) -> Mailer<'a> {
        Mailer { shell }
    }

    /// Sends a mail unless that was done, or is being done.
    pub async fn send(&self, outgoing: &Outgoing, attempt: Attempt) -> Result<Fate, StepError> {
        match self.claim(&outgoing.name, attempt).await? {
            Claim::Theirs(fate) => Ok(fate),
            Claim::Ours => self.call(outgoing).await,
        }
    }

    fn reply_to(self, outgoing: &Outgoing) -> String {
        let policys = || self.shell.policy().company.reply_to.to_ascii();
        outgoing.reply_to.as_ref().map_or_else(policys, ToString::to_string)
    }

    async fn call(&self, outgoing: &Outgoing) -> Result<Fate, StepError> {
        let name = &outgoing.name;
        let sent = self
            .shell
            .ses
            .send_email()
            .from_email_address(self.shell.config.sender()?.to_ascii())
            .destination(Destination::builder().set_to_addresses(Some(addresses(&outgoing.to))).build())
            .reply_to_addresses(self.reply_to(outgoing))
            .configuration_set_name(self.shell.config.configuration_set()?)
            .email_tags(tag("mail", &name.tag())?)
            .content(EmailContent::builder().simple(message(outgoing)?).build())
            .send()
            .await;
        let error = match sent {
            Ok(sent) => {
                self.settle(name, "sent", sent.message_id()).await?;
                return Ok(Fate::Sent);
            }
            Err(error) => error,
        };
        match refusal(&error) {
            Refusal::ForNow => {
                // The record is the promise to send it later; a step's own retries would only add to SES's load.
                tracing::warn!(mail = %name.key(), cause = code_of(&error), "SES did not want a mail for now");
                self.put_off(name).await?;
                Ok(Fate::Open)
            }
            Refusal::ForGood => {
                tracing::warn!(mail = %name.key(), cause = code_of(&error), "SES refused a mail for good");
                note_failure(name, UndeliverableReason::Rejected);
                self.settle(name, "rejected", None).await?;
                Ok(Fate::Failed(UndeliverableReason::Rejected))
            }
            Refusal::Unknown => {
                tracing::warn!(mail = %name.key(), cause = code_of(&error), "whether SES took a mail is unknown");
                self.unknown(name).await?;
                Ok(Fate::Open)
            }
        }
    }
}

/// A customer who is not reached becomes a task for staff; that staff are not reached is for the alarm.
fn note_failure(name: &MailName, reason: UndeliverableReason) {
    if !name.letter.is_to_customer() {
        tracing::error!(mail = %name.key(), ?reason, "{STAFF_NOT_REACHED}");
    }
}

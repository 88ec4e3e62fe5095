//! Acknowledgements to one customer: the policy's number a day have mails of their own, further ones are gathered.
//!
//! Anybody can type anybody's address into the form, so that a mail for each post would let strangers fill a mailbox. For
//! the same reason what a post or its page brings about on its day is mailed about the same few complaints only.
//! What comes after the number is acknowledged by one mail an hour, which names every complaint. Its duties stay what
//! they are under crashes, repetition and several instances at once:
//!
//! - Who has a mail of their own is a set of ids, one item for customer and day, and a conditional write adds to it:
//!   the same complaint gets the same answer however often and by whomever it is asked.
//! - Who has none is gathered in one transaction: their own mail's record says so, unless there is such a record
//!   already, and their id is put into the record of the hour's mail, unless that is closed. Both or neither, and once.
//! - The hour's mail has one name and one record as every mail has, and `settle-mails` sends it when the hour is over:
//!   claimed before the call, one attempt, one more after an unknown answer, given up with tasks for staff. It is closed
//!   before it is written, so that what is in the record is in the mail; who comes later goes into the next hour's.
//! - No complaint counts as acknowledged before SES has taken the mail; when it is refused or comes back, each gets its
//!   task. The record stays due until all of them know, so that the next sweep tells those whom a crash left out.

use std::sync::Arc;

use super::{
    Shell, StepError,
    correspondence::{Posted, name_of, unreachable_by_mail},
    ledger::{Gathering, Mailed, Occasion, Reader},
    mailer::{Attempt, Fate, MailName, Outgoing, fate_of},
};
use crate::{
    complaint::{Acknowledgement, Complaint},
    event::Recorded,
    intake::Intake,
    letter::{self, CustomerFacts},
    letter_kind::LetterKind,
    policy::Policy,
    values::EmailAddress,
};

/// The event that an acknowledgement is about is the first of its complaint.
const RECEIVED: u32 = 1;

/// A complaint that a gathered mail acknowledges.
struct Member {
    complaint: Complaint,
    recorded: Recorded,
    intake: Intake,
    to: EmailAddress,
    link: String,
    not_me: String,
    policy: Arc<Policy>,
}

impl Shell {
    /// Gathers an acknowledgement when its customer has had the day's number. None when it has a mail of its own;
    /// otherwise what is known of it.
    pub(super) async fn gather(
        &self,
        complaint: &Complaint,
        own: &MailName,
    ) -> Result<Option<Fate>, StepError> {
        let ledger = self.ledger();
        if ledger.is_among_todays(complaint, Mailed::Letters).await? {
            return Ok(None);
        }
        let gathering = Gathering::of_customer(complaint.customer);
        let before = ledger.gather(&gathering, &complaint.id.to_string(), &own.key()).await?;
        Ok(Some(before.as_ref().map_or(Fate::Open, fate_of)))
    }

    /// Sends the mail that acknowledges what was gathered, and tells each complaint in it.
    pub(super) async fn mail_acknowledgements(
        &self,
        name: &MailName,
        attempt: Attempt,
    ) -> Result<Posted, StepError> {
        let members = self.members(name).await?;
        let Some(to) = members.first().map(|first| first.to.clone()) else { return Ok(Posted::Nothing) };
        let facts: Vec<CustomerFacts<'_>> = members
            .iter()
            .map(|member| CustomerFacts {
                policy: &member.policy,
                complaint: &member.complaint,
                intake: &member.intake,
                link: &member.link,
                not_me: &member.not_me,
                answerable: false,
                text: None,
                other: None,
                recorded: Some(&member.recorded),
            })
            .collect();
        let Some(letter) = letter::acknowledgements(&facts) else { return Ok(Posted::Nothing) };
        let outgoing =
            Outgoing { name: name.clone(), to: vec![to], letter, attachments: Vec::new(), reply_to: None };
        let fate = self.mailer().send(&outgoing, attempt).await?;
        self.tell_gathered(name, fate).await?;
        Ok(Posted::Letter(LetterKind::Acknowledgement, fate))
    }

    /// Gathers an acknowledgement with those of the address that turned out to be right, once.
    async fn gather_anew(&self, complaint: &Complaint) -> Result<(), StepError> {
        if complaint.acknowledgement != Acknowledgement::Owed {
            return Ok(());
        }
        let since = complaint.address_since.unwrap_or(RECEIVED);
        let own = name_of(complaint.id, LetterKind::Acknowledgement, since);
        let gathering = Gathering::of_customer(complaint.customer);
        self.ledger().gather(&gathering, &complaint.id.to_string(), &own.key()).await.map(drop)
    }

    /// Tells each complaint that was gathered what became of the mail; nothing while that is open.
    pub async fn tell_gathered(&self, name: &MailName, fate: Fate) -> Result<(), StepError> {
        if fate == Fate::Open {
            return Ok(());
        }
        // Nothing of a complaint hangs on a letter to staff.
        for id in self.ledger().close_gathering(&name.key()).await?.complaints() {
            let loaded = self.ledger().load_item(id).await?;
            // Who cannot be reached by mail was left out of it, and is a task already.
            let Some(loaded) = loaded.filter(|loaded| unreachable_by_mail(loaded.complaint.reach).is_none())
            else {
                continue;
            };
            if !Gathering::of_customer(loaded.complaint.customer).is_of(name) {
                self.gather_anew(&loaded.complaint).await?;
                continue;
            }
            self.follow_through(id, RECEIVED, LetterKind::Acknowledgement, fate, Some(loaded)).await?;
        }
        self.mailer().told(name).await
    }

    /// What a gathered mail is written from, the earliest complaint first. Left out are those whose customer was erased;
    /// with a task for staff, those whose address is known not to be reached any more; and those whose address turned out to
    /// be another, which are in the next mail there.
    async fn members(&self, name: &MailName) -> Result<Vec<Member>, StepError> {
        let ledger = self.ledger();
        let mut members = Vec::new();
        for id in ledger.close_gathering(&name.key()).await?.complaints() {
            let Some(Occasion { loaded, recorded, intake }) =
                ledger.occasion(id, RECEIVED, Reader::Customer).await?
            else {
                continue;
            };
            if let Some(reason) = unreachable_by_mail(loaded.complaint.reach) {
                let fate = Fate::Failed(reason);
                self.follow_through(id, RECEIVED, LetterKind::Acknowledgement, fate, Some(loaded)).await?;
                continue;
            }
            if !Gathering::of_customer(loaded.complaint.customer).is_of(name) {
                self.gather_anew(&loaded.complaint).await?;
                continue;
            }
            let (complaint, Some(intake)) = (loaded.complaint, intake) else { continue };
            let Some(to) = intake.email.clone() else { continue };
            let (link, not_me) = (self.private_link(&complaint)?, self.not_me_link(&complaint)?);
            let policy = self.policy_of(&complaint).await?;
            members.push(Member { complaint, recorded, intake, to, link, not_me, policy });
        }
        Ok(members)
    }
}

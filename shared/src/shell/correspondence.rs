//! From an event to the letter that it asks for, and from the letter's fate back to the complaint.
//!
//! A letter is written from the record each time it is sent, so that a mail record holds no personal data.

use std::fmt::Display;

use super::{
    Shell, StepError,
    ledger::{Change, Loaded, Mailed, NotDone, Occasion, Reader},
    mailer::{Attempt, Fate, MailName, Outgoing, Report},
};
use crate::{
    actor::Actor,
    command::{Command, EscalationReason, Reach, UndeliverableReason},
    complaint::{Complaint, Consultation},
    event::{Event, Recorded},
    intake::Intake,
    letter::{self, CustomerFacts, StaffFacts},
    letter_kind::LetterKind,
    promise::PromiseKind,
    values::ComplaintId,
};

/// The step whose effect it is that a letter is known not to arrive.
const UNDELIVERABLE: &str = "undeliverable";

/// What was done about an event's letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Posted {
    /// The event asks for none, or what it asked for is overtaken.
    Nothing,
    /// This is known of it.
    Letter(LetterKind, Fate),
}

impl Shell {
    /// Sends the customer the letter that this event asks for, if it asks for one.
    pub async fn write_to_customer(
        &self,
        id: ComplaintId,
        version: u32,
        wanted: impl Fn(LetterKind) -> bool,
    ) -> Result<Posted, StepError> {
        let Some(occasion) = self.ledger().occasion(id, version, Reader::Customer).await? else {
            return Ok(Posted::Nothing);
        };
        let complaint = &occasion.loaded.complaint;
        let Some(kind) =
            letter::customer_letter_for(&occasion.recorded, complaint).filter(|kind| wanted(*kind))
        else {
            return Ok(Posted::Nothing);
        };
        if kind == LetterKind::Acknowledgement && unreachable_by_mail(complaint.reach).is_none() {
            let name = name_of(id, kind, version);
            if let Some(fate) = self.gather(complaint, &name).await? {
                self.follow_through(id, version, kind, fate, Some(occasion.loaded)).await?;
                return Ok(Posted::Letter(kind, fate));
            }
        }
        if self.is_brought_about(kind, &occasion)
            && !self.ledger().is_among_todays(complaint, Mailed::Letters).await?
        {
            return Ok(Posted::Nothing);
        }
        self.post(occasion, kind, Attempt::First).await
    }

    /// Sends staff the letter that this event asks for, if it asks for one.
    pub async fn write_to_staff(&self, id: ComplaintId, version: u32) -> Result<Posted, StepError> {
        let Some(occasion) = self.ledger().occasion(id, version, Reader::Staff).await? else {
            return Ok(Posted::Nothing);
        };
        let complaint = &occasion.loaded.complaint;
        let Some((kind, to)) =
            letter::staff_letter_for(&occasion.recorded, complaint, &*self.policy_of(complaint).await?)
        else {
            return Ok(Posted::Nothing);
        };
        let name = name_of(id, kind, version);
        if let Some(fate) = self.gather_alert(complaint, &name, &to).await? {
            return Ok(Posted::Letter(kind, fate));
        }
        self.post(occasion, kind, Attempt::First).await
    }

    /// Sends a mail again, whose first attempt came to nothing or may have.
    pub async fn write_again(&self, name: &MailName, attempt: Attempt) -> Result<Posted, StepError> {
        match name.letter {
            LetterKind::Digest => return self.mail_digest(name, attempt).await,
            LetterKind::Acknowledgement if name.is_gathering() => {
                return self.mail_acknowledgements(name, attempt).await;
            }
            LetterKind::MonthlyReport => return self.mail_report_again(name, attempt).await,
            LetterKind::Reconciliation => return self.mail_findings_again(name, attempt).await,
            _ => {}
        }
        let Some((id, version)) = occasion(name) else {
            // A link that was asked for belongs to its day, and to no event.
            let Ok(id) = ComplaintId::parse(&name.subject) else { return Ok(Posted::Nothing) };
            return match self.ledger().load(id).await? {
                Some(complaint) if name.letter == LetterKind::NewLink => {
                    self.mail_link(&complaint, name.clone(), attempt).await
                }
                _ => Ok(Posted::Nothing),
            };
        };
        let reader = if name.letter.is_to_customer() { Reader::Customer } else { Reader::Staff };
        let Some(occasion) = self.ledger().occasion(id, version, reader).await? else {
            return Ok(Posted::Nothing);
        };
        // What has been overtaken since the first attempt is not written; of letters to staff that is seen as they are
        // composed.
        let is_wanted = || {
            letter::customer_letter_for(&occasion.recorded, &occasion.loaded.complaint) == Some(name.letter)
        };
        if name.letter.is_to_customer() && !is_wanted() {
            return Ok(Posted::Nothing);
        }
        self.post(occasion, name.letter, attempt).await
    }

    /// Mails the customer a new private link; at most one a day.
    pub async fn mail_new_link(&self, id: ComplaintId) -> Result<Posted, StepError> {
        let day = self.policy().calendar.date(self.now()).to_string();
        let name = MailName { subject: id.to_string(), letter: LetterKind::NewLink, cause: day };
        let Some(complaint) = self.ledger().load(id).await? else { return Ok(Posted::Nothing) };
        if unreachable_by_mail(complaint.reach).is_some()
            || !self.ledger().is_among_todays(&complaint, Mailed::NewLinks).await?
        {
            return Ok(Posted::Nothing);
        }
        self.mail_link(&complaint, name, Attempt::First).await
    }

    async fn mail_link(
        &self,
        complaint: &Complaint,
        name: MailName,
        attempt: Attempt,
    ) -> Result<Posted, StepError> {
        let id = complaint.id;
        if unreachable_by_mail(complaint.reach).is_some() {
            return Ok(Posted::Nothing);
        }
        // Erased: there is nobody to write to any more.
        let Some(intake) = self.ledger().intake(id).await? else { return Ok(Posted::Nothing) };
        let Some(outgoing) = self.compose_for_customer(complaint, &intake, None, name).await? else {
            return Ok(Posted::Nothing);
        };
        let (kind, cause) = (outgoing.name.letter, outgoing.name.cause.clone());
        let fate = self.mailer().send(&outgoing, attempt).await?;
        self.follow_through(id, cause, kind, fate, None).await?;
        Ok(Posted::Letter(kind, fate))
    }

    /// Whether a letter is about what anybody can bring about who types an address into the form, and has the link that is
    /// answered: that it goes up for being one of several, or by the page, or is taken back. It stands on the page as well,
    /// so that of what came on the same day it is mailed about the first few only.
    fn is_brought_about(&self, kind: LetterKind, occasion: &Occasion) -> bool {
        let Occasion { loaded, recorded, .. } = occasion;
        let complaint = &loaded.complaint;
        let by_page_or_post = match &recorded.event {
            Event::Escalated { reason, .. } => {
                matches!(reason, EscalationReason::Pattern { .. } | EscalationReason::Asked { .. })
            }
            Event::Withdrawn { .. } => true,
            _ => false,
        };
        let date = |at| self.policy().calendar.date(at);
        by_page_or_post
            && matches!(recorded.actor, Actor::Customer | Actor::System)
            && date(complaint.id.made_at()) == date(self.now())
            && unreachable_by_mail(complaint.reach).is_none()
            && !kind.is_nobodys(complaint.reach)
    }

    async fn post(
        &self,
        occasion: Occasion,
        kind: LetterKind,
        attempt: Attempt,
    ) -> Result<Posted, StepError> {
        let Occasion { loaded, recorded, intake } = occasion;
        let complaint = &loaded.complaint;
        let (id, version) = (complaint.id, recorded.version);
        let name = name_of(id, kind, version);
        if kind.is_to_customer() && kind.is_nobodys(complaint.reach) {
            return Ok(Posted::Nothing);
        }
        let outgoing = if kind.is_to_customer() {
            if let Some(reason) = unreachable_by_mail(complaint.reach) {
                let fate = Fate::Failed(reason);
                // An attempt from when there was an address may stand open.
                let had_one = complaint.reach == Reach::Suppressed || complaint.addresses > 0;
                self.follow_through(id, version, kind, fate, Some(loaded)).await?;
                if had_one {
                    self.mailer().record(&name, Report::Failed(reason)).await?;
                }
                return Ok(Posted::Letter(kind, fate));
            }
            // Erased: there is nobody to write to any more.
            let Some(intake) = intake else { return Ok(Posted::Nothing) };
            self.compose_for_customer(complaint, &intake, Some(&recorded), name).await?
        } else {
            self.compose_for_staff(complaint, &recorded, name).await?
        };
        let Some(outgoing) = outgoing else { return Ok(Posted::Nothing) };
        let fate = self.mailer().send(&outgoing, attempt).await?;
        self.follow_through(id, version, kind, fate, Some(loaded)).await?;
        Ok(Posted::Letter(kind, fate))
    }

    async fn compose_for_customer(
        &self,
        complaint: &Complaint,
        intake: &Intake,
        recorded: Option<&Recorded>,
        name: MailName,
    ) -> Result<Option<Outgoing>, StepError> {
        let Some(to) = intake.email.clone() else { return Ok(None) };
        let text = match recorded.and_then(|recorded| letter::text_of(&recorded.event, complaint)) {
            Some(reference) => self.ledger().text(complaint.id, reference).await?,
            None => None,
        };
        let other = self.ledger().goes_on_as(recorded).await?;
        let reply_to = self.reply_address(complaint.reference)?;
        let (link, not_me) = (self.private_link(complaint)?, self.not_me_link(complaint)?);
        let policy = self.policy_of(complaint).await?;
        let facts = CustomerFacts {
            policy: &policy,
            complaint,
            intake,
            link: &link,
            not_me: &not_me,
            answerable: reply_to.is_some(),
            text: text.as_deref(),
            other,
            recorded,
        };
        let letter = letter::to_customer(name.letter, &facts);
        Ok(letter.map(|letter| Outgoing { name, to: vec![to], letter, attachments: Vec::new(), reply_to }))
    }

    async fn compose_for_staff(
        &self,
        complaint: &Complaint,
        recorded: &Recorded,
        name: MailName,
    ) -> Result<Option<Outgoing>, StepError> {
        let policy = &*self.policy_of(complaint).await?;
        let Some((_, to)) = letter::staff_letter_for(recorded, complaint, policy) else { return Ok(None) };
        let (text, link) = match question_of(&recorded.event, complaint) {
            Some(asked) if name.letter.is_to_department() => (
                self.ledger().text(complaint.id, &asked.text).await?,
                Some(self.consultation_link(complaint.id, asked.number)?),
            ),
            Some(_) | None => (None, None),
        };
        let facts = StaffFacts {
            policy,
            complaint,
            recorded,
            text: text.as_deref(),
            link: link.as_deref(),
            base_url: self.config().base_url()?,
        };
        let letter = letter::to_staff(name.letter, &facts);
        Ok(letter.map(|letter| Outgoing { name, to, letter, attachments: Vec::new(), reply_to: None }))
    }

    /// What a letter's fate means for the complaint: the acknowledgement is made, or a person must reach the customer.
    /// Who has just read the complaint hands it over.
    pub(super) async fn follow_through(
        &self,
        id: ComplaintId,
        cause: impl Display,
        kind: LetterKind,
        fate: Fate,
        read: Option<Loaded>,
    ) -> Result<(), StepError> {
        self.follow_through_of(None, id, cause, kind, fate, read).await
    }

    /// The same of a letter about the event that made this version, which may have been sent long ago.
    async fn follow_through_of(
        &self,
        about: Option<u32>,
        id: ComplaintId,
        cause: impl Display,
        kind: LetterKind,
        fate: Fate,
        read: Option<Loaded>,
    ) -> Result<(), StepError> {
        let command = match fate {
            Fate::Sent if kind == LetterKind::Acknowledgement => Command::Acknowledge,
            Fate::Failed(reason) if kind.is_to_customer() => {
                Command::ReportUndeliverable { letter: kind, reason, about }
            }
            Fate::Sent | Fate::Open | Fate::Failed(_) => return Ok(()),
        };
        let effect =
            matches!(fate, Fate::Failed(_)).then(|| (format!("{id}:{cause}:{}", kind.code()), UNDELIVERABLE));
        let change = Change::by_system(self, id, command, effect)?;
        match Box::pin(self.ledger().execute_on(read, change)).await {
            Err(NotDone::Failed(error)) => Err(error),
            // Neither command is ever refused on a complaint that exists; on one that was removed there is no duty left.
            Ok(_) | Err(NotDone::Rejected(_) | NotDone::Stale { .. }) => Ok(()),
        }
    }

    /// Takes in what SES said about a mail. The complaint first: should the rest be lost, the same report comes again.
    pub async fn take_report(&self, name: &MailName, report: Report) -> Result<(), StepError> {
        let fate = match report {
            Report::Sent => Fate::Sent,
            Report::Failed(reason) => Fate::Failed(reason),
        };
        if name.is_gathering() {
            self.tell_gathered(name, fate).await?;
        } else if let Ok(id) = ComplaintId::parse(&name.subject) {
            let about = name.cause.parse().ok();
            self.follow_through_of(about, id, &name.cause, name.letter, fate, None).await?;
        }
        self.mailer().record(name, report).await
    }
}

/// Why no letter is sent to this customer at all.
pub(super) fn unreachable_by_mail(reach: Reach) -> Option<UndeliverableReason> {
    match reach {
        Reach::Email => None,
        Reach::PhoneOnly | Reach::Disowned | Reach::Restricted => Some(UndeliverableReason::NoAddress),
        Reach::Suppressed => Some(UndeliverableReason::Suppressed),
    }
}

/// The mail of this letter about this event.
pub(super) fn name_of(id: ComplaintId, letter: LetterKind, version: u32) -> MailName {
    MailName { subject: id.to_string(), letter, cause: version.to_string() }
}

/// The event that a mail is about; reports and other mails have none.
fn occasion(name: &MailName) -> Option<(ComplaintId, u32)> {
    Some((ComplaintId::parse(&name.subject).ok()?, name.cause.parse().ok()?))
}

/// The question to a department that an event puts or is a reminder of; none once it was answered.
fn question_of<'a>(event: &Event, complaint: &'a Complaint) -> Option<&'a Consultation> {
    let number = match event {
        Event::Consulted { number, .. }
        | Event::PromiseMissed { promise: PromiseKind::Consultation(number), .. } => *number,
        _ => return None,
    };
    complaint.consultation(number)
}

//! Which event asks for which letter. One letter a command is enough: where two events come of one command, one of
//! them speaks for both. What has been overtaken by the time it is read is not written any more.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::{
    actor::Actor,
    command::{EscalationReason, LeftOut, Reach, Triage, Verdict},
    complaint::{Complaint, Remedy, Stage, StageName},
    decide::refuses,
    event::{Event, Recorded, WaitEnd},
    letter_kind::LetterKind,
    policy::Policy,
    promise::PromiseKind,
    values::{Channel, EmailAddress, Level, Role, Severity, StaffId},
};

/// The letter to the customer that an event asks for; `complaint` is the complaint as it stands now.
#[expect(clippy::too_many_lines, reason = "a table of all events: one arm each, and none is forgotten")]
pub fn customer_letter_for(recorded: &Recorded, complaint: &Complaint) -> Option<LetterKind> {
    let stage = complaint.stage_name();
    match &recorded.event {
        Event::Received { .. } => Some(LetterKind::Acknowledgement),
        Event::ContactMade { channel: Channel::Email, .. } => Some(LetterKind::Update),
        Event::Proposed { number, remedies, .. } => {
            let summed_up = remedies.is_empty() && is_resolved_by(complaint, *number);
            let stands = stage != StageName::Withdrawn && complaint.proposals == *number;
            (!summed_up && stands).then_some(LetterKind::Proposal)
        }
        Event::Decided { .. } => Some(LetterKind::FinalDecision),
        Event::PromiseWarned { promise: PromiseKind::Consent, due, .. } => {
            let stands =
                complaint.promises.get(PromiseKind::Consent).is_some_and(|promise| promise.due == *due);
            stands.then_some(LetterKind::ProposalReminder)
        }
        Event::PromiseWarned { promise: PromiseKind::Close, .. } => {
            waits_for_feedback(complaint).then_some(LetterKind::SatisfactionReminder)
        }
        Event::InformationAsked { .. } => {
            complaint.waiting_since().is_some().then_some(LetterKind::InformationRequest)
        }
        Event::PromiseWarned { promise: PromiseKind::Information, .. } => {
            complaint.waiting_since().is_some().then_some(LetterKind::InformationReminder)
        }
        // Where it was not for a person to write, the customer hears at least how it stands.
        Event::PromiseMissed { promise: PromiseKind::Update, written: true, .. }
        | Event::InformationAdded { resumed: Some(_), .. }
        | Event::WaitEnded { because: WaitEnd::Silence | WaitEnd::File | WaitEnd::Duplicate, .. } => {
            stage.owes_answer().then_some(LetterKind::Update)
        }
        Event::InformationAdded { written: true, .. } => {
            (stage == StageName::Closed).then_some(LetterKind::Update)
        }
        Event::DelayAnnounced { until, .. } => {
            (stage.owes_answer() && complaint.told_by == *until).then_some(LetterKind::DelayNotice)
        }
        // Where no letter goes, there is no link to send and nobody's task in that.
        Event::LinksEnded { .. } => (complaint.reach == Reach::Email).then_some(LetterKind::NewLink),
        Event::ContactCorrected { contact, .. } => {
            let stands = complaint.reach == Reach::Email && contact.customer == complaint.customer;
            (stands && contact.reach == Some(Reach::Email)).then_some(LetterKind::NewLink)
        }
        Event::Withdrawn { .. } => Some(LetterKind::Withdrawal),
        Event::Refused { .. } => Some(LetterKind::Refusal),
        Event::MarkedDuplicate { .. } => Some(LetterKind::Duplicate),
        Event::Escalated { to, decide, .. } => {
            let stands = match decide {
                Some(_) => complaint.promises.get(PromiseKind::Decide(*to)).is_some(),
                None => complaint.level == *to && complaint.is_open() && !stage.owes_answer(),
            };
            (stands && !is_told_by_reopening(recorded)).then_some(LetterKind::EscalationNotice)
        }
        Event::RemedyChanged { remedy, promised_by, last, .. } => {
            let stands = match stage {
                StageName::Implementing => stands_changed(complaint, *remedy, *promised_by),
                // The summary says why of the last one alone.
                StageName::FollowingUp | StageName::Closed => promised_by.is_none() && !last,
                _ => false,
            };
            stands.then_some(LetterKind::RemedyChange)
        }
        Event::Resolved { remedies, .. } => {
            let stands = matches!(stage, StageName::FollowingUp | StageName::Closed);
            (stands && !said_by_final_decision(remedies, complaint)).then_some(LetterKind::ResolutionSummary)
        }
        Event::SatisfactionAsked { .. } => {
            waits_for_feedback(complaint).then_some(LetterKind::SatisfactionQuestion)
        }
        Event::Closed { .. } => (stage == StageName::Closed).then_some(LetterKind::Closing),
        Event::Reopened { .. } => complaint.is_open().then_some(LetterKind::Reopening),
        // A refusal escalates, and that letter says so; the rest is between staff, or on the customer's page.
        Event::Acknowledged { .. }
        | Event::LetterUndeliverable { .. }
        | Event::Assigned { .. }
        | Event::Triaged { .. }
        | Event::ContactMade { .. }
        | Event::NoteAdded { .. }
        | Event::FindingRecorded { .. }
        | Event::ProposalAccepted { .. }
        | Event::ProposalRefused { .. }
        | Event::PromiseWarned { .. }
        | Event::PromiseMissed { .. }
        | Event::InformationAdded { .. }
        | Event::WaitEnded { .. }
        | Event::ReplyLeftOut { .. }
        | Event::Consulted { .. }
        | Event::ConsultationAnswered { .. }
        | Event::PatternFound { .. }
        | Event::RefusalProposed { .. }
        | Event::RefusalDeclined { .. }
        | Event::DuplicateAbsorbed { .. }
        | Event::Linked { .. }
        | Event::Unlinked { .. }
        | Event::EvidenceAdded { .. }
        | Event::EvidenceScanned { .. }
        | Event::Disowned { .. }
        | Event::DataAsked { .. }
        | Event::ErasureAsked { .. }
        | Event::ErasureDeclined { .. }
        | Event::Restricted { .. }
        | Event::Exported { .. }
        | Event::HoldSet { .. }
        | Event::HoldLifted { .. }
        | Event::RemedyDone { .. }
        | Event::FeedbackGiven { .. } => None,
    }
}

/// Whether what became of a remedy is so still.
fn stands_changed(complaint: &Complaint, remedy: u8, promised_by: Option<Timestamp>) -> bool {
    complaint.remedy(remedy).is_some_and(|remedy| match promised_by {
        Some(date) => remedy.is_open() && remedy.promised_by == date,
        None => remedy.dropped_at.is_some(),
    })
}

/// Whether it went up as it was taken up again: the letter of that tells the new date and the level as well.
fn is_told_by_reopening(recorded: &Recorded) -> bool {
    match &recorded.event {
        Event::Escalated { reason: EscalationReason::ReopenedAgain, .. } => true,
        // Found to be one of several, by the system, while it was resolved; gone up at somebody's word.
        Event::Escalated { reason: EscalationReason::Pattern { .. }, .. } => recorded.actor != Actor::System,
        _ => false,
    }
}

fn waits_for_feedback(complaint: &Complaint) -> bool {
    complaint.stage_name() == StageName::FollowingUp && complaint.feedback.is_none()
}

/// What was offered is agreed to and done: the summary says both.
fn is_resolved_by(complaint: &Complaint, number: u8) -> bool {
    match &complaint.stage {
        Stage::FollowingUp { decision, .. } | Stage::Closed { decision, .. } => decision.number == number,
        Stage::Received
        | Stage::Acknowledged
        | Stage::Investigating(_)
        | Stage::Proposed(_)
        | Stage::Implementing { .. }
        | Stage::Withdrawn { .. }
        | Stage::Refused { .. }
        | Stage::Duplicate { .. } => false,
    }
}

/// A final decision without remedies is resolved as it is taken: its letter is the summary.
fn said_by_final_decision(remedies: &[Remedy], complaint: &Complaint) -> bool {
    remedies.is_empty() && complaint.is_decided_for_good()
}

/// The letter to staff that an event asks for, and the mailboxes it goes to; `complaint` is the complaint as it
/// stands now.
pub fn staff_letter_for(
    recorded: &Recorded,
    complaint: &Complaint,
    policy: &Policy,
) -> Option<(LetterKind, Vec<EmailAddress>)> {
    let mut to = Mailboxes { policy, complaint, found: BTreeMap::new() };
    let kind = staff_letter(recorded, complaint, &mut to)?;
    Some((kind, to.found.into_values().collect()))
}

fn staff_letter(recorded: &Recorded, complaint: &Complaint, to: &mut Mailboxes<'_>) -> Option<LetterKind> {
    if let Some(kind) = even_when_over(recorded, to) {
        return Some(kind).filter(|_| !to.found.is_empty());
    }
    if !complaint.is_open() {
        return None;
    }
    match &recorded.event {
        // Once the customer has an answer, no department is asked for it any more.
        Event::Consulted { number, department, .. } => {
            complaint.waited_for(*number)?;
            to.department(department)?;
            Some(LetterKind::Consultation)
        }
        Event::PromiseMissed { promise: PromiseKind::Consultation(number), .. } => {
            to.department(&complaint.waited_for(*number)?.department)?;
            Some(LetterKind::ConsultationReminder)
        }
        Event::RefusalProposed { .. } => {
            complaint.refusal.as_ref()?;
            to.role(refuses(complaint.level));
            Some(LetterKind::Task)
        }
        Event::RefusalDeclined { .. } => {
            to.handler_unless(&recorded.actor);
            (!to.found.is_empty()).then_some(LetterKind::Task)
        }
        Event::Assigned { owner } => assigned(recorded, owner, complaint, to),
        Event::Triaged { triage: Triage { severity, .. }, .. } => {
            // Where it goes up a level as well, the letter of that says so.
            let stays = complaint.level == recorded.after.level;
            if is_told_to_manager(recorded, *severity, to.policy) && (stays || !to.is_about_manager()) {
                to.manager();
            }
            if stays && (lost_its_owner(recorded) || is_told_to_level(recorded, *severity, to.policy)) {
                to.role(complaint.level.role());
            }
            (!to.found.is_empty()).then_some(LetterKind::Task)
        }
        Event::PromiseWarned {
            promise: promise @ (PromiseKind::Answer | PromiseKind::Decide(_)), ..
        } => {
            to.handler();
            to.decider(*promise);
            Some(LetterKind::DeadlineNear)
        }
        Event::PromiseMissed { promise, again, .. } => missed(*promise, *again, recorded, to),
        Event::Escalated { to: level, .. } => {
            to.role(level.role());
            to.owner_unless(&recorded.actor);
            Some(LetterKind::Escalated)
        }
        Event::ProposalAccepted { .. } | Event::Decided { .. } => remedies_to_do(complaint, to),
        Event::RemedyChanged { owner, .. } => remedy_changed(recorded, owner.as_ref(), to),
        Event::Reopened { severity, .. } => {
            tell_of_reopening(*severity, recorded, to);
            Some(LetterKind::Task)
        }
        Event::ConsultationAnswered { .. }
        | Event::WaitEnded { because: WaitEnd::Silence, .. }
        | Event::EvidenceScanned { verdict: Verdict::Infected | Verdict::Failed | Verdict::Unfit, .. } => {
            to.handler();
            Some(LetterKind::Task)
        }
        Event::Received { .. }
        | Event::Acknowledged { .. }
        | Event::LetterUndeliverable { .. }
        | Event::InformationAsked { .. }
        | Event::InformationAdded { .. }
        // The letter about what did not arrive, or about the file, says so.
        | Event::WaitEnded { .. }
        | Event::ReplyLeftOut { .. }
        | Event::DelayAnnounced { .. }
        | Event::PatternFound { .. }
        | Event::Withdrawn { .. }
        | Event::Refused { .. }
        | Event::MarkedDuplicate { .. }
        | Event::DuplicateAbsorbed { .. }
        | Event::Linked { .. }
        | Event::Unlinked { .. }
        | Event::EvidenceAdded { .. }
        | Event::EvidenceScanned { .. }
        | Event::Disowned { .. }
        | Event::LinksEnded { .. }
        | Event::ContactCorrected { .. }
        | Event::DataAsked { .. }
        | Event::ErasureAsked { .. }
        | Event::ErasureDeclined { .. }
        | Event::Restricted { .. }
        | Event::Exported { .. }
        | Event::HoldSet { .. }
        | Event::HoldLifted { .. }
        | Event::ContactMade { .. }
        | Event::NoteAdded { .. }
        | Event::FindingRecorded { .. }
        | Event::Proposed { .. }
        | Event::ProposalRefused { .. }
        | Event::PromiseWarned { .. }
        | Event::RemedyDone { .. }
        | Event::Resolved { .. }
        | Event::SatisfactionAsked { .. }
        | Event::FeedbackGiven { .. }
        | Event::Closed { .. } => None,
    }
}

/// Who decides at its level hears of it too; from the first level, by the letter of the escalation.
fn tell_of_reopening(severity: Severity, recorded: &Recorded, to: &mut Mailboxes<'_>) {
    to.handler();
    if recorded.after.level > Level::One {
        to.role(recorded.after.level.role());
        if is_told_to_manager(recorded, severity, to.policy) {
            to.manager();
        }
    }
}

/// Whether it has become so severe that the manager hears of it.
pub(super) fn is_told_to_manager(recorded: &Recorded, severity: Severity, policy: &Policy) -> bool {
    let other = recorded.before.as_ref().is_none_or(|before| before.severity != severity);
    other && policy.severities.of(severity).tell_manager
}

/// Whether it has become so severe that its level, which it is at already, has to know.
pub(super) fn is_told_to_level(recorded: &Recorded, severity: Severity, policy: &Policy) -> bool {
    let raised = recorded.before.as_ref().is_none_or(|before| before.severity < severity);
    raised && policy.severities.of(severity).starts_at > Level::One
}

/// Whether it is about the very person who handled it.
pub(super) fn lost_its_owner(recorded: &Recorded) -> bool {
    recorded.after.owner.is_none() && recorded.before.as_ref().is_some_and(|before| before.owner.is_some())
}

/// What is a task even when the complaint is over; nothing else is.
fn even_when_over(recorded: &Recorded, to: &mut Mailboxes<'_>) -> Option<LetterKind> {
    match &recorded.event {
        Event::LetterUndeliverable { .. } => {
            to.handler();
            Some(LetterKind::Undeliverable)
        }
        // Nobody need know of an absence note.
        Event::ReplyLeftOut { why: LeftOut::Automatic, .. } => None,
        Event::InformationAdded { .. }
        | Event::DuplicateAbsorbed { .. }
        | Event::EvidenceAdded { .. }
        | Event::ReplyLeftOut { .. }
        | Event::ContactCorrected { .. }
        | Event::Disowned { .. } => {
            to.handler_unless(&recorded.actor);
            Some(LetterKind::Task)
        }
        // A concern takes it up again, of which they hear.
        Event::FeedbackGiven { feedback, .. } if feedback.is_unsatisfied() && !feedback.concern => {
            to.handler_unless(&recorded.actor);
            Some(LetterKind::Task)
        }
        Event::DataAsked { .. } | Event::ErasureAsked { .. } => {
            to.manager();
            Some(LetterKind::Task)
        }
        Event::Withdrawn { .. }
        | Event::Refused { .. }
        | Event::MarkedDuplicate { .. }
        | Event::Closed { .. } => {
            if matches!(recorded.event, Event::Withdrawn { .. }) {
                to.who_had_it(&recorded.actor);
            }
            // What they asked for before can be decided from now on.
            if to.complaint.erasure_asked {
                to.manager();
            }
            Some(LetterKind::Task)
        }
        _ => None,
    }
}

/// Who takes a complaint themselves knows it.
fn assigned(
    recorded: &Recorded,
    owner: &StaffId,
    complaint: &Complaint,
    to: &mut Mailboxes<'_>,
) -> Option<LetterKind> {
    let by_owner = matches!(&recorded.actor, Actor::Staff { id, .. } if id == owner);
    if by_owner || complaint.owner.as_ref() != Some(owner) {
        return None;
    }
    to.handler();
    Some(LetterKind::Assigned)
}

fn missed(
    promise: PromiseKind,
    again: bool,
    recorded: &Recorded,
    to: &mut Mailboxes<'_>,
) -> Option<LetterKind> {
    // The letter of the escalation says both.
    if promise.escalates(recorded.after.level) {
        return None;
    }
    match promise {
        PromiseKind::Remedy(number) => {
            let remedy =
                number.checked_sub(1).and_then(|index| to.complaint.remedies().get(usize::from(index)));
            match remedy.and_then(|remedy| remedy.owner.as_ref()) {
                Some(owner) => to.person(owner),
                None => to.handler(),
            }
            if again {
                to.manager();
            }
        }
        PromiseKind::Answer | PromiseKind::Decide(_) => {
            to.handler();
            to.decider(promise);
        }
        PromiseKind::Acknowledge
        | PromiseKind::Own
        | PromiseKind::FirstContact
        | PromiseKind::Update
        | PromiseKind::Notice
        | PromiseKind::Information
        | PromiseKind::Consultation(_) => to.handler(),
        // What waits for a person day after day is not stopped by one who is away.
        PromiseKind::Consent | PromiseKind::Ask | PromiseKind::Close => {
            to.handler();
            if again {
                to.decider(promise);
                to.manager();
            }
        }
    }
    Some(LetterKind::DeadlineMissed)
}

fn remedies_to_do(complaint: &Complaint, to: &mut Mailboxes<'_>) -> Option<LetterKind> {
    let Stage::Implementing { remedies, .. } = &complaint.stage else {
        return None;
    };
    let undone = remedies.iter().filter(|remedy| remedy.is_open());
    for remedy in undone {
        match &remedy.owner {
            Some(owner) => to.person(owner),
            None => to.handler(),
        }
    }
    (!to.found.is_empty()).then_some(LetterKind::Task)
}

/// Who was to carry it out, unless they know it because they did it.
fn remedy_changed(
    recorded: &Recorded,
    owner: Option<&StaffId>,
    to: &mut Mailboxes<'_>,
) -> Option<LetterKind> {
    match owner {
        Some(owner) => to.person_unless(owner, &recorded.actor),
        None => to.handler_unless(&recorded.actor),
    }
    (!to.found.is_empty()).then_some(LetterKind::Task)
}

/// The mailboxes found so far, each once, in a fixed order.
struct Mailboxes<'a> {
    policy: &'a Policy,
    complaint: &'a Complaint,
    found: BTreeMap<String, EmailAddress>,
}

impl Mailboxes<'_> {
    /// Who handles the complaint: its owner, or without one the role of its level.
    fn handler(&mut self) {
        match &self.complaint.owner {
            Some(owner) => self.person(owner),
            None => self.role(self.complaint.level.role()),
        }
    }

    /// Who decides at a level above the first: the owner alone may not.
    fn decider(&mut self, promise: PromiseKind) {
        let level = match promise {
            PromiseKind::Decide(level) => level,
            _ => self.complaint.level,
        };
        if level > Level::One {
            self.role(level.role());
        }
    }

    /// The same, but for who knows it because they did it.
    fn handler_unless(&mut self, actor: &Actor) {
        if self.complaint.owner.is_some() {
            self.owner_unless(actor);
        } else {
            self.handler();
        }
    }

    /// Who was at it: its owner, and who decides at a level above the first. Nobody had what nobody took on.
    fn who_had_it(&mut self, actor: &Actor) {
        self.owner_unless(actor);
        if self.complaint.level > Level::One {
            self.role(self.complaint.level.role());
        }
    }

    fn owner_unless(&mut self, actor: &Actor) {
        if let Some(owner) = &self.complaint.owner {
            self.person_unless(owner, actor);
        }
    }

    fn person_unless(&mut self, person: &StaffId, actor: &Actor) {
        if !matches!(actor, Actor::Staff { id, .. } if id == person) {
            self.person(person);
        }
    }

    /// A person whose id is an e-mail address is written to there, others through their role's mailbox.
    fn person(&mut self, id: &StaffId) {
        match EmailAddress::parse(id.as_str()) {
            Ok(address) => self.add(address),
            Err(_) => self.role(self.complaint.level.role()),
        }
    }

    /// None where the policy has no such department any more.
    fn department(&mut self, key: &str) -> Option<()> {
        self.policy.department(key).map(|department| self.add(department.email.clone()))
    }

    /// The manager; of a complaint that is about a manager, who decides above them.
    fn manager(&mut self) {
        self.role(if self.is_about_manager() { Role::Final } else { Role::Manager });
    }

    fn is_about_manager(&self) -> bool {
        self.complaint.subject_role == Some(Role::Manager)
    }

    fn role(&mut self, role: Role) {
        self.add(self.policy.mailboxes.of(role).clone());
    }

    fn add(&mut self, address: EmailAddress) {
        self.found.insert(address.as_str().to_owned(), address);
    }
}

#[cfg(test)]
mod tests;

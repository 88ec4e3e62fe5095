//! A complaint as it stands. It changes only through [`evolve`](crate::evolve::evolve).

mod stage;

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{
    actor::Actor,
    command::{Answer, Feedback, Finding, Flag, Pattern, Reach},
    event::Consent,
    profile::Profile,
    promise::{Alarm, PromiseKind, Promises},
    values::{
        Channel, ComplaintId, Digest, Language, Level, Money, Reference, Role, Severity, StaffId, TextId,
    },
};

pub use stage::{
    Consultation, Decision, Investigation, Proposal, Refusal, Remedy, Stage, StageName, TakenSilence,
};

/// A scan takes seconds; a file of which nothing is heard for as long was not scanned.
const SCANNED_WITHIN: SignedDuration = SignedDuration::from_hours(1);

/// One complaint: what every decision about it is made from. It holds no personal data and no long text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own; none follows from another")]
pub struct Complaint {
    /// Its id.
    pub id: ComplaintId,
    /// What people say on the phone.
    pub reference: Reference,
    /// How many events made it.
    pub version: u32,
    /// When the customer complained.
    pub received_at: Timestamp,
    /// The version of the policy that it is handled under.
    #[serde(default = "first_policy", skip_serializing_if = "is_first_policy")]
    pub policy: u32,
    /// By which way.
    pub channel: Channel,
    /// The language of its letters.
    pub language: Language,
    /// How the customer can be written to.
    pub reach: Reach,
    /// Keyed hash of the customer's address or phone.
    pub customer: Digest,
    /// One of the policy's products.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    /// What it is about; none before triage.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// One of the category's sub-categories.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sub_category: Option<String>,
    /// How severe; normal before triage.
    pub severity: Severity,
    /// What makes it grave.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub flags: BTreeSet<Flag>,
    /// The member of staff it is about, who cannot own it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<StaffId>,
    /// That person's role, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject_role: Option<Role>,
    /// What the customer has lost, where triage knew of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub loss: Option<Money>,
    /// Who handles it; without one, the level's role does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<StaffId>,
    /// How far up it is.
    pub level: Level,
    /// Whether the acknowledgement was made.
    pub acknowledgement: Acknowledgement,
    /// Whether a letter came back and the customer was not reached another way since.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unreached: bool,
    /// When that was last found, so that what was said before says nothing of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unreached_at: Option<Timestamp>,
    /// Whether the customer has written since they were asked last whether they agree or are satisfied. What they wrote is
    /// no answer, but no silence either.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub wrote: bool,
    /// Whether a person has been in touch with the customer.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub contacted: bool,
    /// What the investigation found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finding: Option<Finding>,
    /// The date that the answer is measured by: the first that the customer was told. A notice of delay does not move
    /// it; time in which the clock stood still does.
    pub answer_by: Timestamp,
    /// The date that the customer was told last for the answer.
    pub told_by: Timestamp,
    /// For how many working minutes the time to answer has stood still, waiting for the customer.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub stood_still: i64,
    /// Departments that were asked and have not answered; once the customer has an answer, they are not waited for any more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub consulted: Vec<Consultation>,
    /// How many consultations there were.
    #[serde(default, skip_serializing_if = "is_zero_u8")]
    pub consultations: u8,
    /// The refusal that waits for the manager.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refusal: Option<Refusal>,
    /// What it was found to be one of.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub patterns: Vec<Pattern>,
    /// What turned out to be the same; the first few.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub duplicates: Vec<ComplaintId>,
    /// What has to do with it, as staff say.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub linked: Vec<ComplaintId>,
    /// What the customer added on its page.
    #[serde(default, skip_serializing_if = "is_zero_u8")]
    pub additions: u8,
    /// How many files there are, those that wait for their scan among them.
    #[serde(default, skip_serializing_if = "is_zero_u8")]
    pub files: u8,
    /// How many files came that were not taken.
    #[serde(default, skip_serializing_if = "is_zero_u8")]
    pub refused_files: u8,
    /// Files that were not scanned yet.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unscanned: Vec<TextId>,
    /// Those of them that came while the customer was waited for: one that can be taken is their answer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answering: Vec<TextId>,
    /// How often its private links were ended; only those of the present number open it.
    #[serde(default, skip_serializing_if = "is_zero_u8")]
    pub links: u8,
    /// How often its e-mail address was put right; who got our mail can say they never complained while it goes there.
    #[serde(default, skip_serializing_if = "is_zero_u8")]
    pub addresses: u8,
    /// The version since which letters go to the present one, where they went to another before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address_since: Option<u32>,
    /// Whether it is kept beyond its time.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub held: bool,
    /// Whether the customer wants a copy of their data, and has not got it yet.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub data_asked: bool,
    /// Whether the customer wants their data erased, and nobody has decided yet.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub erasure_asked: bool,
    /// How many proposals and decisions there were.
    pub proposals: u8,
    /// The customer's last answer to a proposal, and which one that was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answered: Option<(u8, Answer)>,
    /// What the customer said when asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub feedback: Option<Feedback>,
    /// How often it was reopened.
    pub reopenings: u8,
    /// Whether a customer who wrote when it was closed was told how to have it taken up again.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub told_of_reopening: bool,
    /// What stands promised.
    pub promises: Promises,
    /// Where it is.
    pub stage: Stage,
}

/// Whether the acknowledgement was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Acknowledgement {
    /// Not yet.
    Owed,
    /// It was sent, and nothing came back.
    Sent,
    /// It could not be delivered: a task for staff.
    Undeliverable,
}

impl Complaint {
    /// The stage's name.
    pub fn stage_name(&self) -> StageName {
        match self.stage {
            Stage::Received => StageName::Received,
            Stage::Acknowledged => StageName::Acknowledged,
            Stage::Investigating(_) => StageName::Investigating,
            Stage::Proposed(_) => StageName::Proposed,
            Stage::Implementing { .. } => StageName::Implementing,
            Stage::FollowingUp { .. } => StageName::FollowingUp,
            Stage::Closed { .. } => StageName::Closed,
            Stage::Withdrawn { .. } => StageName::Withdrawn,
            Stage::Refused { .. } => StageName::Refused,
            Stage::Duplicate { .. } => StageName::Duplicate,
        }
    }

    /// By when the customer has an answer, as they were told; none where they have it, or are waited for.
    pub fn answer_told(&self) -> Option<Timestamp> {
        (self.stage_name().owes_answer() && self.waiting_since().is_none()).then_some(self.told_by)
    }

    /// The level that looks at it should the customer refuse what is proposed, or have refused what is carried out because they
    /// said nothing: the one above that which made the proposal, or where it has gone up to since. None where there is nothing
    /// to refuse.
    pub fn level_if_refused(&self) -> Option<Level> {
        let proposed_at = match &self.stage {
            Stage::Proposed(proposal) => proposal.level.unwrap_or(self.level),
            _ => self.silence()?.level,
        };
        proposed_at.next().max(Some(self.level))
    }

    /// The silence by which it is carried out, or was.
    pub fn silence(&self) -> Option<&TakenSilence> {
        self.decision()?.silence.as_ref()
    }

    /// Whether hearing nothing more of the customer is silence: not of who has written since they were asked, nor of who was
    /// not reached, nor of who has said that they are not satisfied.
    pub fn is_silence(&self) -> bool {
        let says_no = matches!(self.stage, Stage::FollowingUp { .. }) && self.is_unsatisfied();
        !self.wrote && !self.unreached && !says_no
    }

    /// Whether who said something at this time has been reached since a letter came back; now, where no time is given.
    pub(crate) fn is_reached_by(&self, said_at: Option<Timestamp>) -> bool {
        said_at.is_none_or(|said| self.unreached_at.is_some_and(|found| found <= said))
    }

    /// Whether what was said at this time can be about what the customer was asked last, whether they agree or are
    /// satisfied: what was said before says nothing of it. Whoever had been answered by then says that it was no answer.
    pub fn was_asked_by(&self, said: Timestamp) -> bool {
        match &self.stage {
            Stage::Proposed(proposal) => proposal.at.is_none_or(|at| at <= said),
            Stage::FollowingUp { resolved_at, .. } => *resolved_at <= said,
            _ => false,
        }
    }

    /// Whether the customer has said that they are not satisfied.
    pub fn is_unsatisfied(&self) -> bool {
        self.feedback.as_ref().is_some_and(Feedback::is_unsatisfied)
    }

    /// Whether this member of staff is who it is about.
    pub fn is_about(&self, actor: &Actor) -> bool {
        matches!(actor, Actor::Staff { id, .. } if self.subject.as_ref() == Some(id))
    }

    /// Whether something is still owed.
    pub fn is_open(&self) -> bool {
        !self.stage_name().is_end()
    }

    /// What its investigation waits for.
    pub fn investigation(&self) -> Option<&Investigation> {
        match &self.stage {
            Stage::Investigating(investigation) => Some(investigation),
            Stage::Received
            | Stage::Acknowledged
            | Stage::Proposed(_)
            | Stage::Implementing { .. }
            | Stage::FollowingUp { .. }
            | Stage::Closed { .. }
            | Stage::Withdrawn { .. }
            | Stage::Refused { .. }
            | Stage::Duplicate { .. } => None,
        }
    }

    /// Since when the customer's information is waited for.
    pub fn waiting_since(&self) -> Option<Timestamp> {
        self.investigation().and_then(|investigation| investigation.waiting_since)
    }

    /// The question of this number to a department that has not answered it.
    pub fn consultation(&self, number: u8) -> Option<&Consultation> {
        self.consulted.iter().find(|consultation| consultation.number == number)
    }

    /// The same, where its answer is waited for.
    pub fn waited_for(&self, number: u8) -> Option<&Consultation> {
        self.consultation(number).filter(|asked| self.waits_for(asked.number))
    }

    /// How many departments are waited for before the customer has an answer.
    pub fn departments_waited_for(&self) -> usize {
        self.consulted.iter().filter(|asked| self.waits_for(asked.number)).count()
    }

    /// Whether the answer to the question of this number is waited for.
    pub fn waits_for(&self, consultation: u8) -> bool {
        self.promises.get(PromiseKind::Consultation(consultation)).is_some()
    }

    /// When the customer was asked last for the information that is waited for.
    pub fn asked_at(&self) -> Option<Timestamp> {
        let investigation = self.investigation()?;
        investigation.asked_again_at.or(investigation.waiting_since)
    }

    /// When it ended, for those that did.
    pub fn ended_at(&self) -> Option<Timestamp> {
        match &self.stage {
            Stage::Closed { closed_at, .. } => Some(*closed_at),
            Stage::Withdrawn { at } | Stage::Refused { at, .. } | Stage::Duplicate { at, .. } => Some(*at),
            Stage::Received
            | Stage::Acknowledged
            | Stage::Investigating(_)
            | Stage::Proposed(_)
            | Stage::Implementing { .. }
            | Stage::FollowingUp { .. } => None,
        }
    }

    /// Since when the time counts that its record is kept; open ones are kept whatever the time.
    pub fn kept_from(&self) -> Option<Timestamp> {
        self.ended_at().map(|ended| ended.max(self.received_at))
    }

    /// The next instant at which somebody is to be told something; every open complaint has one.
    pub fn next_due(&self) -> Option<Timestamp> {
        let scan = self.unscanned.iter().map(scanned_by).min().filter(|_| self.is_open());
        self.promises.next_due().into_iter().chain(scan).min()
    }

    /// A file whose scan has not been heard of in its time.
    pub fn overdue_scan(&self, now: Timestamp) -> Option<TextId> {
        self.unscanned.iter().find(|file| self.is_open() && scanned_by(file) <= now).copied()
    }

    /// The role that is responsible, owner or not; closed ones have none.
    pub fn responsible(&self) -> Option<Role> {
        self.is_open().then_some(self.level.role())
    }

    /// Whether the date told for the answer has passed without one.
    pub fn is_overdue(&self) -> bool {
        self.promises.iter().any(|promise| {
            promise.alarm == Alarm::Missed
                && matches!(
                    promise.kind,
                    PromiseKind::Answer | PromiseKind::Decide(_) | PromiseKind::Remedy(_)
                )
        })
    }

    /// Whether any promised date has passed, whatever was promised.
    pub fn is_late(&self, now: Timestamp) -> bool {
        self.is_overdue() || self.promises.iter().any(|promise| !promise.still && promise.due < now)
    }

    /// The decision that is being carried out, or was.
    pub fn decision(&self) -> Option<&Decision> {
        match &self.stage {
            Stage::Implementing { decision, .. }
            | Stage::FollowingUp { decision, .. }
            | Stage::Closed { decision, .. } => Some(decision),
            Stage::Received
            | Stage::Acknowledged
            | Stage::Investigating(_)
            | Stage::Proposed(_)
            | Stage::Withdrawn { .. }
            | Stage::Refused { .. }
            | Stage::Duplicate { .. } => None,
        }
    }

    /// Whether what was decided is our last word: the highest level has decided it, rather than taken over what was agreed.
    pub fn is_decided_for_good(&self) -> bool {
        self.decision().is_some_and(|decision| decision.consent == Consent::NotNeeded)
    }

    /// The remedies that were offered or are being carried out.
    pub fn remedies(&self) -> &[Remedy] {
        match &self.stage {
            Stage::Proposed(proposal) => &proposal.remedies,
            Stage::Implementing { remedies, .. } => remedies,
            Stage::Received
            | Stage::Acknowledged
            | Stage::Investigating(_)
            | Stage::FollowingUp { .. }
            | Stage::Closed { .. }
            | Stage::Withdrawn { .. }
            | Stage::Refused { .. }
            | Stage::Duplicate { .. } => &[],
        }
    }

    /// The remedy of this number, counted from 1.
    pub fn remedy(&self, number: u8) -> Option<&Remedy> {
        self.remedies().get(usize::from(number).checked_sub(1)?)
    }

    /// How it counts in figures.
    pub fn profile(&self) -> Profile {
        Profile {
            stage: self.stage_name(),
            level: self.level,
            severity: self.severity,
            category: self.category.clone(),
            product: self.product.clone(),
            channel: self.channel,
            acknowledgement: self.acknowledgement,
            owner: self.owner.clone(),
            overdue: self.is_overdue(),
            waiting: self.waiting_since().is_some(),
            reopened: self.reopenings > 0,
            received_at: self.received_at,
        }
    }
}

fn first_policy() -> u32 {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
fn is_first_policy(version: &u32) -> bool {
    *version == first_policy()
}

/// By when something should have been heard of a file's scan: a file's id says when it came.
fn scanned_by(file: &TextId) -> Timestamp {
    file.made_at().checked_add(SCANNED_WITHIN).unwrap_or(Timestamp::MAX)
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
fn is_zero(number: &i64) -> bool {
    *number == 0
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
fn is_zero_u8(number: &u8) -> bool {
    *number == 0
}

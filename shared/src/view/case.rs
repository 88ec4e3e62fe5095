//! A complaint as staff see it, as JSON.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::Serialize;

use super::{
    alike::Alike,
    together::{Other, Together},
};
use crate::{
    access::Access,
    actor::Actor,
    command::{Flag, Pattern, Verb},
    complaint::{Acknowledgement, Complaint, Consultation, Refusal, Stage},
    decide::allowed_now,
    event::Recorded,
    evidence::FileView,
    intake::Intake,
    policy::Policy,
    promise::{Promise, PromiseKind},
    redress::{Like, Spread},
    triage::Suggestion,
    values::{Channel, ComplaintId, Level, Reference, Role, Severity, StaffId, TextId},
};

/// A complaint in short: one line of a list, and the answer to every write. Without personal data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own; none follows from another")]
pub struct Summary {
    /// Its id.
    pub id: ComplaintId,
    /// What people say on the phone.
    pub reference: Reference,
    /// Also the `ETag`, and what `If-Match` of the next write has to say.
    pub version: u32,
    /// Where it is, with what belongs to that: proposal, remedies, decision.
    pub stage: Stage,
    /// How far up.
    pub level: Level,
    /// How severe.
    pub severity: Severity,
    /// By which way it came.
    pub channel: Channel,
    /// The version of the policy whose times it goes by.
    pub policy: u32,
    /// When the customer complained.
    pub received_at: Timestamp,
    /// What it is about; none before triage.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// One of the category's sub-categories.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sub_category: Option<String>,
    /// One of the policy's products.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    /// Who handles it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<StaffId>,
    /// The role that is responsible; closed ones have none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub responsible: Option<Role>,
    /// Whether the acknowledgement was made.
    pub acknowledgement: Acknowledgement,
    /// Whether the customer has to be reached another way than by mail.
    pub unreached: bool,
    /// Whether a person was in touch with them.
    pub contacted: bool,
    /// Whether a promised date has passed.
    pub overdue: bool,
    /// The date that the answer is measured by: the first that the customer was told, moved on by the time that stood still.
    pub answer_by: Timestamp,
    /// The date that the customer was told last for the answer.
    pub told_by: Timestamp,
    /// What makes it grave.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub flags: BTreeSet<Flag>,
    /// The member of staff it is about, who cannot own it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<StaffId>,
    /// That person's role, where it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject_role: Option<Role>,
    /// What it was found to be one of.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub patterns: Vec<Pattern>,
    /// What turned out to be the same; the first few.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub duplicates: Vec<ComplaintId>,
    /// Departments that were asked and have not answered.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub consulted: Vec<Consultation>,
    /// The refusal that waits for the manager.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refusal: Option<Refusal>,
    /// Whether it is kept beyond its time.
    pub held: bool,
    /// Whether the customer wants a copy of their data, and has not got it yet.
    pub data_asked: bool,
    /// Whether the customer wants their data erased, and nobody has decided yet.
    pub erasure_asked: bool,
    /// When somebody is next told something about it; closed ones have none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_due: Option<Timestamp>,
    /// What stands promised.
    pub promises: Vec<StandingPromise>,
    /// What the one who asks can do with it now.
    pub allowed: Vec<Verb>,
}

/// A promise that stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StandingPromise {
    /// What is promised, by name and where there are several with its number: `answer`, `decide 2`, `remedy 1`.
    pub promise: String,
    /// By when.
    pub by: Timestamp,
}

/// A whole case: the summary with what the customer told us, what happened, and every text by its id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Case {
    /// The complaint in short.
    #[serde(flatten)]
    pub summary: Summary,
    /// What the customer told us; none when it was erased.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub complaint: Option<Intake>,
    /// The audit trail.
    pub history: Vec<Recorded>,
    /// The texts that the trail points to; those erased are left out.
    pub texts: BTreeMap<TextId, String>,
    /// How many texts, the earliest, are left out because there is no room for them.
    #[serde(skip_serializing_if = "is_zero")]
    pub texts_left_out: usize,
    /// The files that came, the earliest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<FileView>,
    /// What its text suggests for triage; none once it was triaged, or when the text was erased.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<Suggestion>,
    /// What is like it, while nobody has triaged it: the same customer's, and those whose texts are alike.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub alike: Vec<Alike>,
    /// What it is one of several of, with the others.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub together: Vec<Together>,
    /// What it goes on as, or what was put with it as the same.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub same: Vec<Other>,
    /// What has to do with it, as staff say.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub linked: Vec<Other>,
    /// What the audit trail says has to do with it, or has not after all: for the page, which calls them by name.
    #[serde(skip)]
    pub told: Vec<Other>,
    /// How the latest like cases were put right, while a proposal can be made; none where there are no like cases.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub redress: Option<Spread>,
    /// Who looked at it and who was refused something, the newest first, as far back as fits; none for who may not
    /// see that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accesses: Option<Vec<Access>>,
}

/// A page of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Page {
    /// The complaints.
    pub complaints: Vec<Summary>,
    /// Where the next page begins; none on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

impl Summary {
    /// The summary for one who asks.
    pub fn of(complaint: &Complaint, actor: &Actor) -> Summary {
        Summary {
            id: complaint.id,
            reference: complaint.reference,
            version: complaint.version,
            stage: complaint.stage.clone(),
            level: complaint.level,
            severity: complaint.severity,
            channel: complaint.channel,
            policy: complaint.policy,
            received_at: complaint.received_at,
            category: complaint.category.clone(),
            sub_category: complaint.sub_category.clone(),
            product: complaint.product.clone(),
            owner: complaint.owner.clone(),
            responsible: complaint.responsible(),
            acknowledgement: complaint.acknowledgement,
            unreached: complaint.unreached,
            contacted: complaint.contacted,
            overdue: complaint.is_overdue(),
            answer_by: complaint.answer_by,
            told_by: complaint.told_by,
            flags: complaint.flags.clone(),
            subject: complaint.subject.clone(),
            subject_role: complaint.subject_role,
            patterns: complaint.patterns.clone(),
            duplicates: complaint.duplicates.clone(),
            consulted: complaint.consulted.clone(),
            refusal: complaint.refusal.clone(),
            held: complaint.held,
            data_asked: complaint.data_asked,
            erasure_asked: complaint.erasure_asked,
            next_due: complaint.next_due(),
            promises: complaint.promises.iter().map(StandingPromise::of).collect(),
            allowed: allowed_now(complaint, actor),
        }
    }
}

/// So much of texts is shown with one case, in bytes: a Lambda answers with at most 6 MB, and a page takes up to five
/// times as much for what it has to escape.
const MOST_TEXT: usize = 1_000_000;

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
fn is_zero(number: &usize) -> bool {
    *number == 0
}

impl Case {
    /// The texts that there is room for, the latest of them, and how many there is none for.
    pub fn fitting(texts: impl IntoIterator<Item = (TextId, String)>) -> (BTreeMap<TextId, String>, usize) {
        // By their ids they are in the order in which they came.
        let mut texts: BTreeMap<TextId, String> = texts.into_iter().collect();
        let mut room = MOST_TEXT;
        let too_much = texts.iter().rev().find(|(_, text)| {
            let left = room.checked_sub(text.len());
            room = left.unwrap_or_default();
            left.is_none()
        });
        let Some(too_much) = too_much.map(|(id, _)| *id) else { return (texts, 0) };
        let mut fitting = texts.split_off(&too_much);
        fitting.remove(&too_much);
        (fitting, texts.len() + 1)
    }

    /// What is like it, while somebody thinks about how to put it right.
    pub fn like(summary: &Summary, complaint: &Complaint) -> Option<Like> {
        let is_open = summary.allowed.iter().any(|verb| matches!(verb, Verb::Propose | Verb::SettleAtOnce));
        Like::of(complaint).filter(|_| is_open)
    }

    /// What the text suggests, while triage has not said what the complaint is about.
    pub fn suggestion(complaint: &Complaint, told: Option<&Intake>, policy: &Policy) -> Option<Suggestion> {
        let told = told.filter(|_| complaint.category.is_none())?;
        Some(Suggestion::of(told, policy))
    }
}

impl StandingPromise {
    fn of(promise: &Promise) -> StandingPromise {
        let name = match promise.kind {
            PromiseKind::Acknowledge => "acknowledge".to_owned(),
            PromiseKind::Own => "own".to_owned(),
            PromiseKind::FirstContact => "first_contact".to_owned(),
            PromiseKind::Update => "update".to_owned(),
            PromiseKind::Answer => "answer".to_owned(),
            PromiseKind::Decide(level) => format!("decide {}", level.number()),
            PromiseKind::Notice => "notice".to_owned(),
            PromiseKind::Information => "information".to_owned(),
            PromiseKind::Consultation(number) => format!("consultation {number}"),
            PromiseKind::Consent => "consent".to_owned(),
            PromiseKind::Remedy(number) => format!("remedy {number}"),
            PromiseKind::Ask => "ask".to_owned(),
            PromiseKind::Close => "close".to_owned(),
        };
        StandingPromise { promise: name, by: promise.due }
    }
}

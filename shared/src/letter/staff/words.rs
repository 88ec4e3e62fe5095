//! Words that several letters to staff use.

use jiff::{Timestamp, civil::Date};

use super::super::{Phrases, StaffFacts, writing::Writing};
use crate::{
    complaint::{Complaint, StageName},
    policy::Policy,
    promise::PromiseKind,
    values::{Level, Severity},
    words,
};

/// Begins a letter to staff: what it is about, and how the complaint stands. Nothing of the customer but the reference.
pub(super) fn to_staff(facts: &StaffFacts<'_>, subject: &str, heading: &str) -> Writing {
    Writing::new(format!("Complaint {}: {subject}", facts.complaint.reference), heading)
}

/// Ends a letter to staff: how the complaint stands, and where to open it.
pub(super) fn case(writing: Writing, facts: &StaffFacts<'_>) -> Writing {
    let StaffFacts { policy, complaint, base_url, .. } = facts;
    let category = complaint
        .category
        .as_deref()
        .map_or("not triaged yet", |key| policy.category(key).map_or(key, |category| category.name.as_str()));
    let owner = complaint.owner.as_ref().map_or("nobody yet", |owner| owner.as_str());
    writing
        .facts([
            ("Complaint", Some(complaint.reference.to_string())),
            ("Received", Some(day(complaint.received_at, policy))),
            ("Stage", Some(stage(complaint.stage_name()).to_owned())),
            ("Category", Some(category.to_owned())),
            ("Severity", Some(severity(complaint.severity).to_owned())),
            ("Level", Some(level(complaint.level, policy))),
            ("Owner", Some(owner.to_owned())),
            ("Answer promised by", answer_date(complaint).map(|due| day(due, policy))),
        ])
        .link("Open the complaint", &format!("{base_url}/staff/complaints/{}", complaint.reference))
        .footer("This e-mail was sent by the complaints system.")
}

/// The date that the customer was told last, while the answer is owed.
fn answer_date(complaint: &Complaint) -> Option<Timestamp> {
    complaint.stage_name().owes_answer().then_some(complaint.told_by)
}

/// A date as the company's wall shows it: `Friday 4 December 2026`.
pub(super) fn day(at: Timestamp, policy: &Policy) -> String {
    phrases(policy).day(at)
}

/// A date in words.
pub(super) fn in_words(date: Date) -> String {
    (words::english().day)(date)
}

/// Dates and remedies as customers read them in English.
pub(super) fn phrases(policy: &Policy) -> Phrases<'_> {
    Phrases { policy, words: words::english() }
}

/// A date and time as the company's wall shows it, for staff.
pub(super) fn minute(at: Timestamp, policy: &Policy) -> String {
    (words::english().time)(at.to_zoned(policy.calendar.zone().clone()).datetime())
}

/// A level as the company calls it.
pub(crate) fn level(level: Level, policy: &Policy) -> String {
    format!("{} ({})", level.number(), policy.company.level_name(level).as_str())
}

fn stage(stage: StageName) -> &'static str {
    match stage {
        StageName::Received => "Received, not acknowledged yet",
        StageName::Acknowledged => "Acknowledged",
        StageName::Investigating => "Being investigated",
        StageName::Proposed => "Waiting for the customer's answer to the proposal",
        StageName::Implementing => "Remedies being carried out",
        StageName::FollowingUp => "Following up",
        StageName::Closed => "Closed",
        StageName::Withdrawn => "Withdrawn by the customer",
        StageName::Refused => "Not taken on",
        StageName::Duplicate => "Goes on as another complaint",
    }
}

/// How severe, in a word.
pub(crate) fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Low => "Low",
        Severity::Normal => "Normal",
        Severity::High => "High",
        Severity::Critical => "Critical",
    }
}

/// A promise as staff speak of it.
pub(crate) fn promise(kind: PromiseKind, policy: &Policy) -> String {
    match kind {
        PromiseKind::Acknowledge => "the acknowledgement".to_owned(),
        PromiseKind::Own => "taking the complaint on".to_owned(),
        PromiseKind::FirstContact => "the first personal contact".to_owned(),
        PromiseKind::Update => "the update to the customer".to_owned(),
        PromiseKind::Answer => "the answer to the customer".to_owned(),
        PromiseKind::Decide(of) => format!("the answer of level {}", level(of, policy)),
        PromiseKind::Notice => "the notice of delay to the customer".to_owned(),
        PromiseKind::Information => "the information from the customer".to_owned(),
        PromiseKind::Consultation(number) => format!("the answer to consultation {number}"),
        PromiseKind::Consent => "the customer's answer to the proposal".to_owned(),
        PromiseKind::Remedy(number) => format!("remedy {number}"),
        PromiseKind::Ask => "the question whether the customer is satisfied".to_owned(),
        PromiseKind::Close => "closing the complaint".to_owned(),
    }
}

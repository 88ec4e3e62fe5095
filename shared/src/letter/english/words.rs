//! Words that several letters use.

use jiff::{Timestamp, civil::Date};

use super::super::{CustomerFacts, StaffFacts, writing::Writing};
use crate::{
    command::{Offer, Outcome, RemedyKind},
    complaint::{Complaint, Remedy, StageName},
    policy::Policy,
    promise::PromiseKind,
    values::{Level, Money, Severity},
};

const LANGUAGE: &str = "en";

/// Begins a letter to the customer: what it is about, and their name.
pub(super) fn to_customer(facts: &CustomerFacts<'_>, subject: &str, heading: &str) -> Writing {
    let subject = format!("Your complaint {}: {subject}", facts.complaint.reference);
    let greeting = match &facts.intake.name {
        Some(name) => format!("Dear {},", name.as_str()),
        None => "Dear customer,".to_owned(),
    };
    Writing::new(LANGUAGE, subject, heading).say(greeting)
}

/// Ends a letter to the customer: how to reach us, and who signs.
pub(super) fn signed(writing: Writing, facts: &CustomerFacts<'_>) -> Writing {
    let company = &facts.policy.company;
    writing
        .signed(["Kind regards".to_owned(), format!("{}, complaints", company.name.as_str())])
        .footer(format!(
            "Your reference is {}. Please give it when you call or write to us. You can reply to this e-mail: your \
             reply goes to {}.",
            facts.complaint.reference, company.reply_to
        ))
        .footer(format!(
            "The link in this e-mail is personal: please do not pass it on. It works for {} days; after that it offers \
             you a new one.",
            facts.policy.limits.link_days
        ))
}

/// The way to the customer's own page.
pub(super) fn page(writing: Writing, facts: &CustomerFacts<'_>, words: &str) -> Writing {
    writing.link(words, facts.link)
}

/// Begins a letter to staff: what it is about, and how the complaint stands. Nothing of the customer but the reference.
pub(super) fn to_staff(facts: &StaffFacts<'_>, subject: &str, heading: &str) -> Writing {
    Writing::new(LANGUAGE, format!("Complaint {}: {subject}", facts.complaint.reference), heading)
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
    in_words(policy.calendar.date(at))
}

/// A date in words.
pub(super) fn in_words(date: Date) -> String {
    date.strftime("%A %-d %B %Y").to_string()
}

/// A date and time as the company's wall shows it, for staff.
pub(super) fn minute(at: Timestamp, policy: &Policy) -> String {
    at.to_zoned(policy.calendar.zone().clone()).strftime("%A %-d %B %Y, %H:%M").to_string()
}

/// What the customer is promised next, a sentence each, the earliest first. A date that has passed is no promise.
pub(super) fn dates(facts: &CustomerFacts<'_>) -> Vec<String> {
    let CustomerFacts { complaint, policy, .. } = *facts;
    let now = facts.recorded.map_or(Timestamp::MIN, |recorded| recorded.at);
    let mut promises: Vec<(Timestamp, &str)> = complaint
        .promises
        .iter()
        .filter(|promise| promise.due > now)
        .filter_map(|promise| {
            let what = match promise.kind {
                PromiseKind::FirstContact => "One of us will be in touch with you",
                PromiseKind::Update => "You will hear from us how things stand",
                PromiseKind::Acknowledge
                | PromiseKind::Own
                | PromiseKind::Answer
                | PromiseKind::Decide(_)
                | PromiseKind::Notice
                | PromiseKind::Information
                | PromiseKind::Consultation(_)
                | PromiseKind::Consent
                | PromiseKind::Remedy(_)
                | PromiseKind::Ask
                | PromiseKind::Close => return None,
            };
            Some((promise.due, what))
        })
        .collect();
    // Of the answer it is the date told last that the customer has; none while the clock stands still.
    let owed = complaint.stage_name().owes_answer() && complaint.waiting_since().is_none();
    if owed && complaint.told_by > now {
        promises.push((complaint.told_by, "You will have our answer"));
    }
    promises.sort();
    promises.iter().map(|(due, what)| format!("{what} by {}.", day(*due, policy))).collect()
}

/// What we concluded, to the customer; an explanation by a person may follow.
pub(super) fn conclusion(writing: Writing, outcome: Outcome, explanation: Option<&str>) -> Writing {
    let words = match outcome {
        Outcome::Upheld => "You were right to complain. We are sorry that we got this wrong.",
        Outcome::PartlyUpheld => "You were right in part. We are sorry for what we got wrong.",
        Outcome::NotUpheld => {
            "We know that this matters to you and have looked into it with care. We did not find that we did \
             something wrong."
        }
        Outcome::ResolvedWithoutFinding => {
            "We would like to put this right for you without deciding who was at fault."
        }
    };
    writing.say(words).passage(explanation)
}

/// A remedy that is offered, with its date.
pub(super) fn offered(offer: &Offer, policy: &Policy) -> String {
    format!("{}, by {}", what(offer.kind, offer.amount), day(offer.promised_by, policy))
}

/// A remedy that is promised, with its date.
pub(super) fn promised(remedy: &Remedy, policy: &Policy) -> String {
    format!("{}, by {}", what(remedy.kind, remedy.amount), day(remedy.promised_by, policy))
}

/// A remedy that was carried out, with the day.
pub(super) fn done(remedy: &Remedy, policy: &Policy) -> String {
    let what = what(remedy.kind, remedy.amount);
    match remedy.done_at {
        Some(at) => format!("{what}, on {}", day(at, policy)),
        None => what,
    }
}

fn what(kind: RemedyKind, amount: Option<Money>) -> String {
    let words = match kind {
        RemedyKind::Apology => "An apology",
        RemedyKind::Explanation => "An explanation of what happened",
        RemedyKind::Refund => "A refund",
        RemedyKind::Replacement => "A replacement",
        RemedyKind::Repair => "A repair",
        RemedyKind::Credit => "A credit to your account",
        RemedyKind::GoodwillPayment => "A payment as a gesture of goodwill",
        RemedyKind::CorrectedRecord => "A correction of our records",
        RemedyKind::ChangedDecision => "A change of our decision",
        RemedyKind::ChangedProcedure => "A change in the way we work",
    };
    amount.map_or_else(|| words.to_owned(), |amount| format!("{words} ({amount})"))
}

/// Who outside the company can be turned to.
pub(super) fn external_body(policy: &Policy) -> String {
    let body = &policy.external_body;
    format!(
        "an independent body outside our company can look at your complaint: {}, {}",
        body.name.as_str(),
        body.url.as_str()
    )
}

/// A level as the company calls it.
pub(super) fn level(level: Level, policy: &Policy) -> String {
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

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Low => "Low",
        Severity::Normal => "Normal",
        Severity::High => "High",
        Severity::Critical => "Critical",
    }
}

/// A promise as staff speak of it.
pub(super) fn promise(kind: PromiseKind, policy: &Policy) -> String {
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

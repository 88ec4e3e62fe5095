//! Decisions as sentences: given a complaint, when somebody asks something of it at an instant, then this happens.

mod authority;
mod consent;
mod deadlines;
mod ends;
mod follow_up;
mod inquire;
mod intake;
mod path;
mod remedies;
mod repetition;
mod reply;
mod said;
mod stages;
mod triage;
mod way_up;

use super::*;
use crate::{
    command::{Answer, NoteKind, Offer, Outcome, Triage},
    complaint::StageName,
    event::{Consent, Resumed, WaitEnd},
    evolve::replay,
    promise::PromiseKind,
    story::*,
    values::{Channel, Level, Role, Severity, StaffId},
};

/// A Monday at ten in the morning in London; no holiday is near.
const MONDAY: &str = "2026-06-08T09:00:00Z";

/// When the actor gives the command at this instant, then these events come of it, or this no; and the events are
/// all there is to the complaint.
fn check(given: &mut Story, at: &str, actor: &Actor, command: Command, then: &[&str]) {
    let asked = format!("{command:?} at {at}");
    let known = given.events.len();
    let came: Vec<String> = match given.at(at).attempt(actor, command) {
        Ok(()) => given.events[known..].iter().map(|recorded| event(&recorded.event)).collect(),
        Err(no) => vec![rejection(&no)],
    };
    assert_eq!(came, then, "{asked}");
    assert_eq!(replay(given.events.iter().map(|recorded| &recorded.event)).as_ref(), Some(&given.complaint));
}

/// The sweep for deadlines.
fn watch(given: &mut Story, at: &str, then: &[&str]) {
    check(given, at, &Actor::System, Command::WatchPromises, then);
}

/// The sweep for follow-ups.
fn follow(given: &mut Story, at: &str, then: &[&str]) {
    check(given, at, &Actor::System, Command::FollowUp, then);
}

fn event(event: &Event) -> String {
    let said = match event {
        Event::Acknowledged { in_time, .. } => timely(*in_time).to_owned(),
        Event::LetterUndeliverable { letter, .. } => letter.code().to_owned(),
        Event::Assigned { owner } => owner.to_string(),
        Event::Triaged { triage: Triage { severity, .. }, promises } => {
            let shown = promises.iter().filter(|promise| promise.kind != PromiseKind::Notice);
            let earlier = shown.map(|promise| format!(", {} by {}", kind(promise.kind), promise.due));
            std::iter::once(severity.code().to_owned()).chain(earlier).collect()
        }
        Event::ContactMade { first, next_update, .. } => {
            let first = first.map(|first| format!("first {}", first.in_time.map_or("untimed", timely)));
            let next = next_update.as_ref().map(|promise| format!("again by {}", promise.due));
            first.into_iter().chain(next).collect::<Vec<_>>().join(", ")
        }
        Event::Proposed { number, in_time, .. } | Event::Decided { number, in_time, .. } => {
            format!("{number} {}", timely(*in_time))
        }
        Event::ProposalAccepted { number, consent, moved, .. } => {
            let by = match consent {
                Consent::Given(_) => "",
                Consent::Silence => " by silence",
                Consent::NotNeeded => " without need",
            };
            let moved = moved.iter().map(|it| format!(", remedy {} by {}", it.remedy, it.promised_by));
            format!("{number}{by}{}", moved.collect::<String>())
        }
        Event::ProposalRefused { number, .. } | Event::ConsultationAnswered { number, .. } => {
            number.to_string()
        }
        Event::Escalated { from, to, reason, decide, .. } => {
            let by = decide.as_ref().map(|decide| format!(", by {}", decide.due));
            format!("{from} to {to}, {}{}", reason.code(), by.unwrap_or_default())
        }
        Event::PromiseWarned { promise, .. } => kind(*promise),
        Event::PromiseMissed { promise, again, renewed, .. } => {
            let again = if *again { " again" } else { "" };
            let renewed = renewed.as_ref().map(|promise| format!(", next by {}", promise.due));
            format!("{}{again}{}", kind(*promise), renewed.unwrap_or_default())
        }
        Event::RemedyChanged { remedy, promised_by, .. } => {
            let to = promised_by.map_or_else(|| "dropped".to_owned(), |date| format!("by {date}"));
            format!("{remedy} {to}")
        }
        Event::RemedyDone { remedy, in_time, .. } => format!("{remedy} {}", timely(*in_time)),
        Event::SatisfactionAsked { close } => format!("until {}", close.due),
        Event::FeedbackGiven { feedback, .. } => feedback.rating.to_string(),
        Event::Closed { because, .. } => format!("{because:?}").to_lowercase(),
        Event::Resolved { ask, .. } => format!("ask by {}", ask.due),
        Event::InformationAsked { by, .. } => format!("by {}", by.due),
        Event::InformationAdded { resumed, .. } => resumed.as_ref().map(again).unwrap_or_default(),
        Event::WaitEnded { because: WaitEnd::Silence, resumed, .. } => again(resumed),
        Event::WaitEnded { because: WaitEnd::Unheard, resumed, .. } => format!("unheard, {}", again(resumed)),
        Event::WaitEnded { because: WaitEnd::Duplicate, resumed, .. } => {
            format!("duplicate, {}", again(resumed))
        }
        Event::WaitEnded { because: WaitEnd::File, resumed, .. } => format!("file, {}", again(resumed)),
        Event::Consulted { number, department, by, .. } => format!("{number} {department} by {}", by.due),
        Event::DelayAnnounced { until, .. } => format!("until {until}"),
        Event::PatternFound { pattern, count, .. } => format!("{} {count}", pattern.code()),
        Event::Refused { grounds, .. } | Event::RefusalProposed { grounds, .. } => grounds.code().to_owned(),
        Event::EvidenceScanned { verdict, .. } => format!("{verdict:?}").to_lowercase(),
        Event::ReplyLeftOut { why, .. } => why.code().to_owned(),
        Event::Withdrawn { .. }
        | Event::RefusalDeclined { .. }
        | Event::MarkedDuplicate { .. }
        | Event::DuplicateAbsorbed { .. }
        | Event::Linked { .. }
        | Event::Unlinked { .. }
        | Event::EvidenceAdded { .. }
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
        | Event::Received { .. }
        | Event::NoteAdded { .. }
        | Event::FindingRecorded { .. }
        | Event::Reopened { .. } => String::new(),
    };
    format!("{} {said}", event.name()).trim().to_owned()
}

fn again(resumed: &Resumed) -> String {
    format!("answer by {}", resumed.told_by)
}

fn timely(in_time: bool) -> &'static str {
    if in_time { "in time" } else { "late" }
}

fn kind(kind: PromiseKind) -> String {
    format!("{kind:?}").to_lowercase()
}

fn rejection(no: &Rejection) -> String {
    match no {
        Rejection::NotFound => "no: not found".to_owned(),
        Rejection::NotAllowed { needs: None } => "no: somebody else".to_owned(),
        Rejection::NotAllowed { needs: Some(role) } => format!("no: needs {}", role.code()),
        Rejection::Illegal { stage, .. } => format!("no: {}", stage.code()),
        Rejection::TooEarly { first, .. } => format!("no: first {first:?}"),
        Rejection::Incomplete { missing } => {
            let codes: Vec<&str> = missing.iter().map(|missing| missing.code()).collect();
            format!("no: lacks {}", codes.join(", "))
        }
        Rejection::AlreadyAnswered => "no: answered otherwise".to_owned(),
        Rejection::TakenAsConsent => "no: taken as consent".to_owned(),
        Rejection::WindowPassed => "no: too late".to_owned(),
        Rejection::Held => "no: held".to_owned(),
        Rejection::Unfit { pointer, code, .. } => format!("no: {pointer} {code}"),
    }
}

/// A complaint of Monday, at work: acknowledged, triaged, with an owner.
fn at_work() -> Story {
    let mut story = Story::begins(MONDAY);
    story.taken_on();
    story
}

/// With a refund proposed on Monday, an hour after receipt.
fn proposed() -> Story {
    let mut story = at_work();
    story.proposed();
    story
}

/// With a refund to be carried out by the 18th.
fn implementing() -> Story {
    let mut story = proposed();
    story.accepted();
    story
}

/// Resolved on Monday, an hour after receipt.
fn following_up() -> Story {
    let mut story = implementing();
    story.then(&csr(), done(1));
    story
}

/// At level 2, on Monday, with a finding.
fn at_level_two() -> Story {
    let mut story = at_work();
    story.then(&csr(), escalate()).then(&csr(), finding());
    story
}

/// At level 3, on Monday, with a finding.
fn at_level_three() -> Story {
    let mut story = at_level_two();
    story.then(&manager(), escalate());
    story
}

fn done(remedy: u8) -> Command {
    Command::CompleteRemedy { remedy, text: text() }
}

fn escalate() -> Command {
    Command::Escalate { reason: text() }
}

fn contact(channel: Channel) -> Command {
    Command::RecordContact { channel, text: text() }
}

fn assign(owner: &str) -> Command {
    Command::Assign { owner: StaffId::parse(owner).unwrap() }
}

fn close(waived: bool) -> Command {
    Command::Close { waive_follow_up: waived.then(text), not_reached: None }
}

fn inform() -> Command {
    Command::AddInformation { text: text(), channel: Channel::Web, marks: Vec::new() }
}

fn refuse(proposal: u8) -> Command {
    answer(proposal, Answer::Refuse)
}

fn accept(proposal: u8) -> Command {
    answer(proposal, Answer::Accept)
}

/// An offer of so much, promised for the 18th of June.
fn offer(amount: &str) -> Offer {
    Offer {
        promised_by: "2026-06-18T09:00:00Z".parse().unwrap(),
        ..refund(jiff::Timestamp::UNIX_EPOCH, amount)
    }
}

fn ben() -> Actor {
    Actor::Staff { id: StaffId::parse("ben").unwrap(), role: Role::Csr }
}

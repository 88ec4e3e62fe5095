//! The audit trail in plain words, for staff.

use super::{in_words, standing};
use crate::{
    actor::Actor,
    command::{
        EscalationReason, Finding, Mark, Pattern, Reach, TextRef, Triage, UndeliverableReason, Verdict,
    },
    event::{ClosedBecause, Consent, Event, Recorded, WaitEnd},
    letter::staff::words as staff,
    policy::Policy,
    values::Money,
};

/// What an event says: in words, and which of the complaint's texts go with it.
#[derive(Clone, Debug, Default)]
pub(super) struct Said<'a> {
    pub(super) words: String,
    pub(super) texts: Vec<&'a TextRef>,
}

impl<'a> Said<'a> {
    fn of(words: impl Into<String>) -> Said<'a> {
        Said { words: words.into(), texts: Vec::new() }
    }

    fn with(mut self, texts: impl IntoIterator<Item = &'a TextRef>) -> Said<'a> {
        self.texts.extend(texts);
        self
    }
}

/// Who did it.
pub(super) fn who(actor: &Actor, policy: &Policy) -> String {
    match actor {
        Actor::Customer => "customer".to_owned(),
        Actor::Staff { id, role } => format!("{id}, {}", role.title()),
        Actor::Department { key } => department(key, policy),
        Actor::System => "system".to_owned(),
    }
}

pub(super) fn department(key: &str, policy: &Policy) -> String {
    policy.department(key).map_or_else(|| key.to_owned(), |department| department.name.to_string())
}

/// What happened, and when it was said where it was taken down later.
pub(super) fn said<'a>(recorded: &'a Recorded, policy: &Policy) -> Said<'a> {
    let mut said = happened(recorded, policy);
    if let Some(at) = recorded.event.said_at() {
        said.words = format!("{} That was {}.", said.words, standing::short_time(at, policy));
    }
    said
}

#[expect(clippy::too_many_lines, reason = "a table of all events: one arm each, and none is forgotten")]
fn happened<'a>(recorded: &'a Recorded, policy: &Policy) -> Said<'a> {
    let day = |at: &jiff::Timestamp| standing::day(*at, policy);
    let channel = |channel: &crate::values::Channel| in_words(channel.code()).to_lowercase();
    match &recorded.event {
        Event::Received { receipt, entered_at, .. } => {
            let received = standing::short_time(receipt.received_at, policy);
            let late = if received == standing::short_time(*entered_at, policy) {
                String::new()
            } else {
                format!(", received {received}")
            };
            Said::of(format!("The complaint came in by {}{late}.", channel(&receipt.channel)))
        }
        Event::Acknowledged { in_time, .. } => {
            Said::of(if *in_time { "Acknowledged in time." } else { "Acknowledged, but late." })
        }
        Event::LetterUndeliverable { letter, reason, .. } => Said::of(format!(
            "Letter not delivered: {}; {}.",
            letter.code().replace('-', " "),
            undelivered(*reason)
        )),
        Event::Assigned { owner } => Said::of(format!("Assigned to {owner}.")),
        Event::Triaged { triage, .. } => Said::of(triaged(triage, policy)).with(&triage.note),
        Event::ContactMade { channel: by, text, .. } => {
            Said::of(format!("Got in touch with the customer by {}.", channel(by))).with([text])
        }
        Event::NoteAdded { kind, text, draft } => {
            let kind = match kind {
                crate::command::NoteKind::Note => "Note.",
                crate::command::NoteKind::Fact => "A fact.",
                crate::command::NoteKind::Conversation => "A talk.",
                crate::command::NoteKind::Draft => "Draft of a proposal that is more than they may give.",
            };
            let offer = draft.as_ref().map(|draft| offered(draft.outcome.code(), &draft.remedies, policy));
            let offer = offer.map(|offer| format!(" {offer}.")).unwrap_or_default();
            Said::of(format!("{kind}{offer}")).with([text])
        }
        Event::InformationAsked { text, by, .. } => {
            Said::of(format!("The customer was asked, to answer by {}.", day(&by.due))).with([text])
        }
        Event::InformationAdded { text, channel: by, marks, .. } => {
            let marks: Vec<&str> = marks.iter().map(|mark| marked(*mark)).collect();
            let marks =
                if marks.is_empty() { String::new() } else { format!(" Mind: {}.", marks.join("; ")) };
            Said::of(format!("The customer told us more by {}.{marks}", channel(by))).with([text])
        }
        Event::ReplyLeftOut { why, .. } => {
            Said::of(format!("A mail of the customer was left out: {}.", in_words(why.code()).to_lowercase()))
        }
        Event::WaitEnded { because, .. } => Said::of(match because {
            WaitEnd::Silence => "The customer did not answer; it goes on without.",
            WaitEnd::File => "The customer sent a file when they were asked; it goes on.",
            WaitEnd::Duplicate => "The customer complained of it again when they were asked; it goes on.",
            WaitEnd::Unheard => "Our question did not reach the customer; it goes on without.",
        }),
        Event::Consulted { number, department: key, text, by } => {
            let department = department(key, policy);
            Said::of(format!("Question {number} to {department}, to be answered by {}.", day(&by.due)))
                .with([text])
        }
        Event::ConsultationAnswered { number, text, .. } => {
            Said::of(format!("Question {number} was answered.")).with([text])
        }
        Event::DelayAnnounced { due, until, text, .. } => {
            Said::of(format!("Delay announced: {} instead of {}.", day(until), day(due))).with(text)
        }
        Event::FindingRecorded { finding } => Said::of(found(finding, policy)).with([&finding.text]),
        Event::Proposed { number, outcome, remedies, text, .. } => {
            Said::of(format!("Proposal {number}: {}.", offered(outcome.code(), remedies, policy)))
                .with([text])
        }
        Event::Decided { number, outcome, remedies, text, .. } => Said::of(format!(
            "Final decision, number {number}: {}.",
            offered(outcome.code(), remedies, policy)
        ))
        .with([text]),
        Event::ProposalAccepted { number, consent, reason, moved, .. } => {
            let words = match consent {
                Consent::Given(by) => format!("Proposal {number} accepted by {}.", channel(by)),
                Consent::Silence => format!("Proposal {number} taken as accepted: no answer came."),
                Consent::NotNeeded => "The decision is carried out; it needs no consent.".to_owned(),
            };
            let moved =
                moved.iter().map(|it| format!(" Remedy {} is now due {}.", it.remedy, day(&it.promised_by)));
            Said::of(format!("{words}{}", moved.collect::<String>())).with(reason)
        }
        Event::ProposalRefused { number, channel: by, reason, .. } => {
            Said::of(format!("Proposal {number} refused by {}.", channel(by))).with(reason)
        }
        Event::Escalated { from, to, reason, .. } => {
            let (why, text) = escalated(reason, policy);
            let rises = from != to;
            let (from, to) = (from.number(), staff::level(*to, policy));
            let words = if rises {
                format!("Escalated from level {from} to level {to}: {why}.")
            } else {
                format!("To be answered anew at level {to}: {why}.")
            };
            Said::of(words).with(text)
        }
        Event::PatternFound { pattern, count, .. } => Said::of(match pattern {
            Pattern::Repeated => format!("Complaint {count} of the same customer."),
            Pattern::Alike => format!("One of {count} about the same thing."),
        }),
        Event::PromiseWarned { promise, due, .. } => {
            Said::of(format!("Date near: {}, by {}.", staff::promise(*promise, policy), day(due)))
        }
        Event::PromiseMissed { promise, due, again, .. } => {
            let again = if *again { "Still missed" } else { "Date missed" };
            Said::of(format!("{again}: {}, by {}.", staff::promise(*promise, policy), day(due)))
        }
        Event::RemedyChanged { remedy, kind, amount, promised_by, text, .. } => {
            let what = with_amount(in_words(kind.code()), *amount);
            let now = match promised_by {
                Some(date) => format!("has another date, {}", day(date)),
                None => "is dropped".to_owned(),
            };
            Said::of(format!("Remedy {remedy} {now}: {what}.")).with([text])
        }
        Event::RemedyDone { remedy, kind, amount, text, in_time, .. } => {
            let late = if *in_time { "" } else { ", late" };
            let what = with_amount(in_words(kind.code()), *amount);
            Said::of(format!("Remedy {remedy} carried out{late}: {what}.")).with([text])
        }
        Event::Resolved { outcome, .. } => {
            Said::of(format!("Nothing is left to do: {}.", in_words(outcome.code()).to_lowercase()))
        }
        Event::SatisfactionAsked { close } => Said::of(format!(
            "The customer was asked whether they are satisfied; closes {}.",
            day(&close.due)
        )),
        Event::FeedbackGiven { feedback, channel: by, .. } => {
            let concern = if feedback.concern { " Something is still wrong." } else { "" };
            Said::of(format!("Feedback by {}: {} of 5.{concern}", channel(by), feedback.rating))
                .with(&feedback.comment)
        }
        Event::Closed { because, follow_up_waived, not_reached, .. } => Said::of(match because {
            ClosedBecause::Feedback => "Closed after the customer's feedback.",
            ClosedBecause::Silence => "Closed: the customer was asked and said nothing.",
            ClosedBecause::Staff => "Closed.",
        })
        .with(follow_up_waived)
        .with(not_reached),
        Event::Reopened { severity, text, .. } => {
            Said::of(format!("Taken up again, severity {}.", severity.code())).with(text)
        }
        Event::Withdrawn { reason, channel: by, .. } => {
            Said::of(format!("The customer took it back by {}.", channel(by))).with(reason)
        }
        Event::RefusalProposed { grounds, text } => {
            Said::of(format!("Refusal proposed: {}.", in_words(grounds.code()).to_lowercase())).with([text])
        }
        Event::RefusalDeclined { text } => Said::of("Refusal not approved; it is handled.").with([text]),
        Event::Refused { grounds, text, approval, .. } => {
            Said::of(format!("Not taken on: {}.", in_words(grounds.code()).to_lowercase()))
                .with([text])
                .with(approval)
        }
        Event::MarkedDuplicate { .. } => Said::of("It is the same as another complaint, which goes on."),
        Event::DuplicateAbsorbed { text, .. } => {
            Said::of("Another complaint is the same; what was said there:").with([text])
        }
        Event::Linked { text, .. } => Said::of("Another complaint has to do with it.").with(text),
        Event::Unlinked { text, .. } => {
            Said::of("A complaint that was linked has nothing to do with it.").with(text)
        }
        Event::EvidenceAdded { channel: by, .. } => Said::of(format!("A file came by {}.", channel(by))),
        Event::EvidenceScanned { verdict, .. } => Said::of(match verdict {
            Verdict::Clean => "A file was scanned: nothing harmful in it.",
            Verdict::Infected => "A file was removed: something harmful is in it.",
            Verdict::Failed => "A file was removed: it could not be scanned.",
            Verdict::Unfit => "A file was removed: it is of no type or size that is taken.",
        }),
        Event::Disowned { .. } => Said::of(
            "Who got our mail says they never complained; they are not written to again, and the private links \
                 are ended.",
        ),
        Event::LinksEnded { reason, .. } => Said::of("The private links were ended.").with(reason),
        Event::ContactCorrected { contact, text, .. } => {
            let address = match contact.reach {
                Some(Reach::Email) => " Letters go to another address.",
                Some(_) => " There is no e-mail address any more.",
                None => "",
            };
            Said::of(format!("Contact data was put right.{address}")).with([text])
        }
        Event::DataAsked { channel: by, .. } => {
            Said::of(format!("The customer wants a copy of their data, by {}.", channel(by)))
        }
        Event::ErasureAsked { channel: by, .. } => {
            Said::of(format!("The customer wants their data erased, by {}.", channel(by)))
        }
        Event::ErasureDeclined { text } => Said::of("The data is kept.").with([text]),
        Event::Restricted { text, .. } => Said::of("The customer's data was erased.").with([text]),
        Event::Exported { text, .. } => Said::of("All data on the customer was handed out.").with([text]),
        Event::HoldSet { text } => Said::of("The record is held.").with([text]),
        Event::HoldLifted { text } => Said::of("The hold was lifted.").with([text]),
    }
}

pub(super) fn undelivered(reason: UndeliverableReason) -> &'static str {
    match reason {
        UndeliverableReason::NoAddress => "there is no e-mail address",
        UndeliverableReason::Bounced => "it came back",
        UndeliverableReason::Suppressed => "the address takes no mail of ours",
        UndeliverableReason::Rejected => "the mail service refused it",
        UndeliverableReason::MarkedAsSpam => "it was marked as spam",
    }
}

fn triaged(triage: &Triage, policy: &Policy) -> String {
    let category = policy.category(&triage.category).map_or(triage.category.as_str(), |it| it.name.as_str());
    let mut words = format!("Triaged: {category}, {}", triage.severity.code());
    if let Some(product) = &triage.product {
        words = format!("{words}, {product}");
    }
    let flags: Vec<String> = triage.flags.iter().map(|flag| flag.words().to_lowercase()).collect();
    if !flags.is_empty() {
        words = format!("{words}; {}", flags.join(", "));
    }
    if let Some(loss) = triage.loss {
        words = format!("{words}; lost {loss}");
    }
    format!("{words}.")
}

fn found(finding: &Finding, policy: &Policy) -> String {
    let cause = finding.root_cause.as_deref().map(|key| {
        let name = policy.root_cause(key).map_or(key, |cause| cause.name.as_str());
        format!(" Root cause: {name}.")
    });
    let yes = |flag: Option<bool>, words: &str| flag.filter(|flag| *flag).map(|_| words.to_owned());
    let parts = [
        cause,
        yes(finding.preventable, " Preventable."),
        yes(finding.deviation, " Own procedure was departed from."),
    ];
    format!("Found out.{}", parts.into_iter().flatten().collect::<String>())
}

fn offered(outcome: &str, remedies: &[crate::command::Offer], policy: &Policy) -> String {
    let one = |offer: &crate::command::Offer| {
        let what = with_amount(in_words(offer.kind.code()).to_lowercase(), offer.amount);
        format!("{what} by {}", standing::day(offer.promised_by, policy))
    };
    let all: Vec<String> = std::iter::once(in_words(outcome)).chain(remedies.iter().map(one)).collect();
    all.join("; ")
}

fn with_amount(what: String, amount: Option<Money>) -> String {
    match amount {
        Some(amount) => format!("{what} of {amount}"),
        None => what,
    }
}

fn escalated<'a>(reason: &'a EscalationReason, policy: &Policy) -> (String, Option<&'a TextRef>) {
    let plain = |words: &str| (words.to_owned(), None);
    match reason {
        EscalationReason::Staff { text } => ("staff say so".to_owned(), Some(text)),
        EscalationReason::Refused => plain("the customer refused the proposal"),
        EscalationReason::Asked { text, .. } => ("the customer asked for it".to_owned(), Some(text)),
        EscalationReason::Severity => plain("it is critical"),
        EscalationReason::Subject => plain("it is about a member of staff"),
        EscalationReason::Outside { flag } => (flag.words().to_lowercase(), None),
        EscalationReason::Redress { sum } => (format!("{sum} is more than the level may give"), None),
        EscalationReason::Unowned => plain("nobody took it on in time"),
        EscalationReason::Time { level } => {
            (format!("the time of level {} is used up", staff::level(*level, policy)), None)
        }
        EscalationReason::ReopenedAgain => plain("it was taken up again for the second time"),
        EscalationReason::Pattern { pattern: Pattern::Repeated } => {
            plain("the customer has complained repeatedly")
        }
        EscalationReason::Pattern { pattern: Pattern::Alike } => {
            plain("there are several about the same thing")
        }
    }
}

fn marked(mark: Mark) -> &'static str {
    match mark {
        Mark::OtherAddress => "it came from another address than the one on file",
        Mark::Unproven => "the sender's domain does not vouch for them",
        Mark::SuspectedSpam => "the mail service takes it for spam",
        Mark::Shortened => "it was longer than what is kept",
        Mark::FilesLeftOut => "files that came with it were not kept",
    }
}

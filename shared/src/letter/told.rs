//! What each letter to a customer tells, taken out of record and event once for all languages; and the table of
//! letters that every language fills.

use jiff::Timestamp;

use super::{CustomerFacts, writing::Writing};
use crate::{
    command::{EscalationReason, Grounds, Offer, Outcome, RemedyKind},
    complaint::{Complaint, Remedy, Stage, StageName},
    event::{ClosedBecause, Event, WaitEnd},
    letter_kind::LetterKind,
    policy::Silence,
    promise::PromiseKind,
    values::{Level, Money},
};

/// The letters of one language: what each says between greeting and signature. None may be missing.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Letters {
    pub(crate) common: Common,
    pub(crate) acknowledgement: fn(&CustomerFacts<'_>) -> Writing,
    /// Of several complaints at once. It holds no name and no words of the posts: who typed this address into the form
    /// may not be the one who reads the letter.
    pub(crate) acknowledgements: fn(&[CustomerFacts<'_>]) -> Writing,
    pub(crate) update: fn(&CustomerFacts<'_>, News<'_>) -> Writing,
    pub(crate) information_request: fn(&CustomerFacts<'_>, &InformationRequest<'_>) -> Writing,
    pub(crate) information_reminder: fn(&CustomerFacts<'_>, Timestamp) -> Writing,
    pub(crate) delay_notice: fn(&CustomerFacts<'_>, &DelayNotice) -> Writing,
    pub(crate) remedy_change: fn(&CustomerFacts<'_>, &RemedyChange) -> Writing,
    pub(crate) withdrawal: fn(&CustomerFacts<'_>) -> Writing,
    pub(crate) refusal: fn(&CustomerFacts<'_>, Grounds) -> Writing,
    pub(crate) duplicate: fn(&CustomerFacts<'_>) -> Writing,
    pub(crate) proposal: fn(&CustomerFacts<'_>, &Proposal<'_>) -> Writing,
    pub(crate) proposal_reminder: fn(&CustomerFacts<'_>, &ProposalReminder<'_>) -> Writing,
    pub(crate) escalation_notice: fn(&CustomerFacts<'_>, &EscalationNotice<'_>) -> Writing,
    pub(crate) final_decision: fn(&CustomerFacts<'_>, &FinalDecision<'_>) -> Writing,
    pub(crate) resolution_summary: fn(&CustomerFacts<'_>, &ResolutionSummary<'_>) -> Writing,
    pub(crate) satisfaction_question: fn(&CustomerFacts<'_>, &SatisfactionAsked) -> Writing,
    pub(crate) satisfaction_reminder: fn(&CustomerFacts<'_>, &SatisfactionAsked) -> Writing,
    pub(crate) closing: fn(&CustomerFacts<'_>, &Closing) -> Writing,
    pub(crate) reopening: fn(&CustomerFacts<'_>, &Reopening<'_>) -> Writing,
    pub(crate) new_link: fn(&CustomerFacts<'_>, NewLink) -> Writing,
}

/// What all letters of one language have in common.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Common {
    /// The subject, of the reference and what this letter is about.
    pub(crate) subject: fn(&str, &str) -> String,
    /// The greeting, of the customer's name if they gave one.
    pub(crate) greeting: fn(Option<&str>) -> String,
    pub(crate) regards: &'static str,
    /// Who signs, of the company's name.
    pub(crate) desk: fn(&str) -> String,
    /// How to reach us, of the reference and the address that replies go to.
    pub(crate) contact: fn(&str, &str) -> String,
    /// The same where an answer to the mail is put with the complaint, of the reference.
    pub(crate) contact_here: fn(&str) -> String,
    /// The line above the letter where that is so, below which everything is ours. It holds [`MARKER`](crate::reply::MARKER).
    pub(crate) above: &'static str,
    /// What to know of the link, of the days that it works.
    pub(crate) link: fn(u32) -> String,
    /// What is to be expected, of the day.
    pub(crate) expected: fn(Expected, &str) -> String,
    pub(crate) conclusion: fn(Outcome) -> &'static str,
    pub(crate) remedy: fn(RemedyKind) -> &'static str,
    /// A remedy and the day by which it is done.
    pub(crate) by: fn(&str, &str) -> String,
    /// A remedy and the day on which it was done.
    pub(crate) on: fn(&str, &str) -> String,
    /// A remedy that was dropped.
    pub(crate) dropped: fn(&str) -> String,
}

/// What a customer can expect from us by a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Expected {
    Contact,
    News,
    Answer,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Proposal<'a> {
    pub(crate) outcome: Outcome,
    pub(crate) remedies: &'a [Offer],
    /// None once it was answered.
    pub(crate) question: Option<Question<'a>>,
    /// Whether it takes the place of one that was not answered.
    pub(crate) replaces: bool,
}

/// What a standing proposal asks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Question<'a> {
    pub(crate) answer_by: Timestamp,
    /// Whether a remedy's date can have passed by then.
    pub(crate) may_pass: bool,
    /// The name of the level that looks at a refusal.
    pub(crate) next_level: Option<&'a str>,
    pub(crate) on_silence: Silence,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct ProposalReminder<'a> {
    pub(crate) remedies: &'a [Remedy],
    pub(crate) answer_by: Timestamp,
    /// Whether a remedy's date can have passed by then.
    pub(crate) may_pass: bool,
    pub(crate) on_silence: Silence,
}

/// What an update has to say.
#[derive(Clone, Copy, Debug)]
pub(crate) enum News<'a> {
    /// What a person wrote.
    Words(&'a str),
    /// What the customer was asked for has come.
    Informed,
    /// What they were asked for has not come, and is not waited for any more.
    NotInformed,
    /// It is still waited for.
    Waiting,
    /// Nobody has written in time, so that time itself does.
    StillAtWork,
    /// The complaint is closed, and the customer has answered one of its letters.
    Over { reopen_until: Timestamp },
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct InformationRequest<'a> {
    pub(crate) question: &'a str,
    pub(crate) answer_by: Timestamp,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct DelayNotice {
    /// The date that the customer had.
    pub(crate) due: Timestamp,
    pub(crate) until: Timestamp,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct RemedyChange {
    pub(crate) kind: RemedyKind,
    pub(crate) amount: Option<Money>,
    /// The date that the customer had.
    pub(crate) due: Timestamp,
    pub(crate) becomes: Becomes,
}

/// What becomes of a remedy that was agreed.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Becomes {
    /// It is done by this date.
    By {
        date: Timestamp,
        /// Whether they were told that it would not be done.
        after_all: bool,
    },
    /// It is not done.
    Dropped {
        /// Whether the customer can ask for a higher level.
        may_go_up: bool,
    },
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct EscalationNotice<'a> {
    pub(crate) reason: &'a EscalationReason,
    /// The name of the level that it went to.
    pub(crate) level: &'a str,
    pub(crate) owed: Owed,
}

/// What the customer can expect of the level that it went to.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Owed {
    /// An answer.
    Answer {
        by: Timestamp,
        /// Whether it is the date that they were told before.
        is_as_told: bool,
    },
    /// A date for the answer, once the customer's information has come.
    Date,
    /// Nothing new: what was proposed waits for the customer's answer.
    Consent,
    /// Nothing new: what was promised is carried out.
    Remedies,
    /// Nothing new: all that was promised is done.
    Nothing,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct FinalDecision<'a> {
    pub(crate) outcome: Outcome,
    pub(crate) remedies: &'a [Offer],
    /// Whether it takes the place of a proposal that was not answered.
    pub(crate) replaces: bool,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct ResolutionSummary<'a> {
    pub(crate) outcome: Outcome,
    pub(crate) remedies: &'a [Remedy],
    /// Whether the text is about what could not be done, and not the explanation of the decision.
    pub(crate) is_dropped: bool,
    /// When the customer is asked whether they are satisfied.
    pub(crate) ask_at: Timestamp,
    pub(crate) reopen_until: Timestamp,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct SatisfactionAsked {
    /// When silence closes the complaint; none where a person has to.
    pub(crate) close_at: Option<Timestamp>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Closing {
    pub(crate) because: ClosedBecause,
    /// None where that has passed.
    pub(crate) reopen_until: Option<Timestamp>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Reopening<'a> {
    /// The name of the level, where that is not the first.
    pub(crate) higher_level: Option<&'a str>,
}

/// Why there is a new private link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NewLink {
    /// Somebody followed one that had expired.
    AskedFor,
    /// Those before were ended.
    InPlaceOfEnded,
    /// The address is another: whoever reads this may never have heard from us.
    ToNewAddress,
}

/// Writes a letter in the complaint's language. None where the kind is not to customers, or the facts are not those of
/// that kind: another event, or an update without its text.
pub(super) fn write(kind: LetterKind, facts: &CustomerFacts<'_>) -> Option<Writing> {
    let letters = &facts.words().letters;
    let event = || facts.recorded.map(|recorded| &recorded.event);
    Some(match kind {
        LetterKind::Acknowledgement => (letters.acknowledgement)(facts),
        LetterKind::Update => (letters.update)(facts, news(facts, event()?)?),
        LetterKind::InformationRequest => {
            (letters.information_request)(facts, &information_request(facts, event()?)?)
        }
        LetterKind::InformationReminder => {
            (letters.information_reminder)(facts, information_reminder(event()?)?)
        }
        LetterKind::DelayNotice => (letters.delay_notice)(facts, &delay_notice(event()?)?),
        LetterKind::RemedyChange => (letters.remedy_change)(facts, &remedy_change(facts, event()?)?),
        LetterKind::Withdrawal if matches!(event()?, Event::Withdrawn { .. }) => (letters.withdrawal)(facts),
        LetterKind::Refusal => (letters.refusal)(facts, grounds(event()?)?),
        LetterKind::Duplicate if matches!(event()?, Event::MarkedDuplicate { .. }) => {
            (letters.duplicate)(facts)
        }
        LetterKind::Proposal => (letters.proposal)(facts, &proposal(facts, event()?)?),
        LetterKind::ProposalReminder => {
            (letters.proposal_reminder)(facts, &proposal_reminder(facts, event()?)?)
        }
        LetterKind::EscalationNotice => {
            (letters.escalation_notice)(facts, &escalation_notice(facts, event()?)?)
        }
        LetterKind::FinalDecision => (letters.final_decision)(facts, &final_decision(facts, event()?)?),
        LetterKind::ResolutionSummary => {
            (letters.resolution_summary)(facts, &resolution_summary(facts, event()?)?)
        }
        LetterKind::SatisfactionQuestion => {
            (letters.satisfaction_question)(facts, &satisfaction_question(facts, event()?)?)
        }
        LetterKind::SatisfactionReminder => {
            (letters.satisfaction_reminder)(facts, &satisfaction_reminder(facts, event()?)?)
        }
        LetterKind::Closing => (letters.closing)(facts, &closing(facts, event()?)?),
        LetterKind::Reopening => (letters.reopening)(facts, &reopening(facts)),
        LetterKind::NewLink => (letters.new_link)(facts, new_link(facts)),
        LetterKind::Withdrawal
        | LetterKind::Duplicate
        | LetterKind::Assigned
        | LetterKind::Task
        | LetterKind::DeadlineNear
        | LetterKind::DeadlineMissed
        | LetterKind::Escalated
        | LetterKind::Undeliverable
        | LetterKind::Consultation
        | LetterKind::ConsultationReminder
        | LetterKind::Digest
        | LetterKind::MonthlyReport
        | LetterKind::Reconciliation => return None,
    })
}

fn news<'a>(facts: &CustomerFacts<'a>, event: &Event) -> Option<News<'a>> {
    match event {
        Event::ContactMade { .. } => facts.text.map(News::Words),
        Event::InformationAdded { written: true, .. } => over(facts),
        Event::InformationAdded { .. }
        | Event::WaitEnded { because: WaitEnd::File | WaitEnd::Duplicate, .. } => Some(News::Informed),
        Event::WaitEnded { .. } => Some(News::NotInformed),
        Event::PromiseMissed { .. } if facts.complaint.waiting_since().is_some() => Some(News::Waiting),
        Event::PromiseMissed { .. } => Some(News::StillAtWork),
        _ => None,
    }
}

/// Until when a complaint that the customer wrote to after its end can be taken up again.
fn over<'a>(facts: &CustomerFacts<'_>) -> Option<News<'a>> {
    let Stage::Closed { resolved_at, .. } = &facts.complaint.stage else { return None };
    Some(News::Over { reopen_until: facts.reopen_until(*resolved_at) })
}

fn information_request<'a>(facts: &CustomerFacts<'a>, event: &Event) -> Option<InformationRequest<'a>> {
    let Event::InformationAsked { by, .. } = event else { return None };
    Some(InformationRequest { question: facts.text?, answer_by: by.due })
}

fn information_reminder(event: &Event) -> Option<Timestamp> {
    let Event::PromiseWarned { due, next, .. } = event else { return None };
    Some(next.unwrap_or(*due))
}

fn delay_notice(event: &Event) -> Option<DelayNotice> {
    let Event::DelayAnnounced { due, until, .. } = event else { return None };
    Some(DelayNotice { due: *due, until: *until })
}

fn remedy_change(facts: &CustomerFacts<'_>, event: &Event) -> Option<RemedyChange> {
    let Event::RemedyChanged { kind, amount, due, promised_by, again, .. } = event else { return None };
    let becomes = match promised_by {
        Some(date) => Becomes::By { date: *date, after_all: *again },
        None => Becomes::Dropped {
            may_go_up: facts.complaint.stage_name() == StageName::Implementing
                && facts.complaint.level == Level::One,
        },
    };
    Some(RemedyChange { kind: *kind, amount: *amount, due: *due, becomes })
}

fn grounds(event: &Event) -> Option<Grounds> {
    let Event::Refused { grounds, .. } = event else { return None };
    Some(*grounds)
}

fn proposal<'a>(facts: &CustomerFacts<'a>, event: &'a Event) -> Option<Proposal<'a>> {
    let Event::Proposed { number, outcome, remedies, consent, .. } = event else { return None };
    let CustomerFacts { policy, complaint, .. } = *facts;
    let question = is_standing(complaint, *number).then(|| Question {
        answer_by: consent.due,
        may_pass: remedies.iter().any(|offer| offer.promised_by < consent.due),
        next_level: complaint.level_if_refused().map(|level| policy.company.level_name(level).as_str()),
        on_silence: on_silence(facts),
    });
    Some(Proposal { outcome: *outcome, remedies, question, replaces: replaces(facts) })
}

/// Whether it takes the place of a proposal that was not answered.
fn replaces(facts: &CustomerFacts<'_>) -> bool {
    let before = facts.recorded.and_then(|recorded| recorded.before.as_ref());
    before.is_some_and(|before| before.stage == StageName::Proposed)
}

/// What becomes of a proposal that is not answered any more; a person has to ask where that would be no silence.
fn on_silence(facts: &CustomerFacts<'_>) -> Silence {
    if facts.complaint.is_silence() { facts.policy.consent.on_silence } else { Silence::AskStaff }
}

fn is_standing(complaint: &Complaint, number: u8) -> bool {
    matches!(&complaint.stage, Stage::Proposed(proposal) if proposal.number == number)
}

fn proposal_reminder<'a>(facts: &CustomerFacts<'a>, event: &Event) -> Option<ProposalReminder<'a>> {
    let (Event::PromiseWarned { due, next, .. }, Stage::Proposed(proposal)) = (event, &facts.complaint.stage)
    else {
        return None;
    };
    let answer_by = next.unwrap_or(*due);
    Some(ProposalReminder {
        remedies: &proposal.remedies,
        answer_by,
        may_pass: proposal.remedies.iter().any(|remedy| remedy.promised_by < answer_by),
        on_silence: on_silence(facts),
    })
}

fn escalation_notice<'a>(facts: &CustomerFacts<'a>, event: &'a Event) -> Option<EscalationNotice<'a>> {
    let Event::Escalated { to, reason, told, .. } = event else { return None };
    let level = facts.policy.company.level_name(*to).as_str();
    let owed = match (event.answer_told(), facts.complaint.stage_name()) {
        (Some(_), _) if facts.complaint.waiting_since().is_some() => Owed::Date,
        (Some(by), _) => Owed::Answer { by, is_as_told: told.is_some() },
        (None, StageName::Proposed) => Owed::Consent,
        (None, StageName::Implementing) => Owed::Remedies,
        (None, _) => Owed::Nothing,
    };
    Some(EscalationNotice { reason, level, owed })
}

fn final_decision<'a>(facts: &CustomerFacts<'_>, event: &'a Event) -> Option<FinalDecision<'a>> {
    let Event::Decided { outcome, remedies, .. } = event else { return None };
    Some(FinalDecision { outcome: *outcome, remedies, replaces: replaces(facts) })
}

fn resolution_summary<'a>(facts: &CustomerFacts<'_>, event: &'a Event) -> Option<ResolutionSummary<'a>> {
    let Event::Resolved { at, outcome, remedies, dropped, ask, .. } = event else { return None };
    let reopen_until = facts.reopen_until(*at);
    let is_dropped = dropped.is_some();
    Some(ResolutionSummary { outcome: *outcome, remedies, is_dropped, ask_at: ask.due, reopen_until })
}

fn satisfaction_question(facts: &CustomerFacts<'_>, event: &Event) -> Option<SatisfactionAsked> {
    let Event::SatisfactionAsked { close } = event else { return None };
    Some(SatisfactionAsked { close_at: facts.complaint.is_silence().then_some(close.due) })
}

fn satisfaction_reminder(facts: &CustomerFacts<'_>, event: &Event) -> Option<SatisfactionAsked> {
    let Event::PromiseWarned { due, next, .. } = event else { return None };
    Some(SatisfactionAsked { close_at: facts.complaint.is_silence().then_some(next.unwrap_or(*due)) })
}

fn closing(facts: &CustomerFacts<'_>, event: &Event) -> Option<Closing> {
    let (Event::Closed { because, at, .. }, Stage::Closed { resolved_at, .. }) =
        (event, &facts.complaint.stage)
    else {
        return None;
    };
    let until = facts.reopen_until(*resolved_at);
    Some(Closing { because: *because, reopen_until: (until > *at).then_some(until) })
}

fn new_link(facts: &CustomerFacts<'_>) -> NewLink {
    match facts.recorded.map(|recorded| &recorded.event) {
        Some(Event::ContactCorrected { .. }) => NewLink::ToNewAddress,
        Some(_) => NewLink::InPlaceOfEnded,
        None => NewLink::AskedFor,
    }
}

fn reopening<'a>(facts: &CustomerFacts<'a>) -> Reopening<'a> {
    let CustomerFacts { policy, complaint, .. } = *facts;
    let name = || policy.company.level_name(complaint.level).as_str();
    Reopening { higher_level: (complaint.level != Level::One).then(name) }
}

/// What the customer is promised next, the earliest first. A date that has passed is no promise.
pub(super) fn expected(facts: &CustomerFacts<'_>) -> Vec<(Timestamp, Expected)> {
    let complaint = facts.complaint;
    let now = facts.recorded.map_or(Timestamp::MIN, |recorded| recorded.at);
    let told = |kind| match kind {
        PromiseKind::FirstContact => Some(Expected::Contact),
        PromiseKind::Update => Some(Expected::News),
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
        | PromiseKind::Close => None,
    };
    let ahead = complaint.promises.iter().filter(|promise| promise.due > now);
    let mut expected: Vec<_> = ahead.filter_map(|promise| Some((promise.due, told(promise.kind)?))).collect();
    // Of the answer it is the date told last that the customer has; none while the clock stands still.
    let owed = complaint.stage_name().owes_answer() && complaint.waiting_since().is_none();
    if owed && complaint.told_by > now {
        expected.push((complaint.told_by, Expected::Answer));
    }
    expected.sort();
    expected
}

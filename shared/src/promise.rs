//! The dates a complaint lives by: what the customer was told, and what staff owe each other.
//!
//! A promise stays on the complaint until it is kept or replaced. Its `due` never moves; only the next instant at
//! which somebody is to be alarmed (`alarm_at`) does.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::values::Level;

/// What is promised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PromiseKind {
    /// The acknowledgement is sent.
    Acknowledge,
    /// Somebody takes the complaint as its owner.
    Own,
    /// A person speaks or writes to the customer.
    FirstContact,
    /// The customer hears how it goes on.
    Update,
    /// The customer has an answer: a proposal or a decision.
    Answer,
    /// The level it was escalated to has answered; the level's own clock.
    Decide(Level),
    /// The customer is told of the delay, should the answer not have come by then.
    Notice,
    /// The customer has sent the information that they were asked for.
    Information,
    /// The department of this consultation has answered.
    Consultation(u8),
    /// The customer has answered the proposal.
    Consent,
    /// The remedy of this number is carried out.
    Remedy(u8),
    /// The customer is asked whether they are satisfied.
    Ask,
    /// The complaint is closed, feedback or not.
    Close,
}

impl PromiseKind {
    /// The promise of an answer that a level is held to: at a higher one it is that level's own.
    pub(crate) fn of_answer(level: Level) -> PromiseKind {
        match level {
            Level::One => PromiseKind::Answer,
            level => PromiseKind::Decide(level),
        }
    }

    /// Whether missing it takes a complaint at this level one level up.
    pub(crate) fn escalates(self, level: Level) -> bool {
        match self {
            PromiseKind::Own | PromiseKind::Answer => level == Level::One,
            PromiseKind::Decide(of) => of == level && level.next().is_some(),
            PromiseKind::Acknowledge
            | PromiseKind::FirstContact
            | PromiseKind::Update
            | PromiseKind::Notice
            | PromiseKind::Information
            | PromiseKind::Consultation(_)
            | PromiseKind::Consent
            | PromiseKind::Remedy(_)
            | PromiseKind::Ask
            | PromiseKind::Close => false,
        }
    }

    /// Whether its time stands still while the customer's information is waited for.
    pub fn stands_still(self) -> bool {
        match self {
            PromiseKind::Answer | PromiseKind::Decide(_) | PromiseKind::Notice => true,
            PromiseKind::Acknowledge
            | PromiseKind::Own
            | PromiseKind::FirstContact
            | PromiseKind::Update
            | PromiseKind::Information
            | PromiseKind::Consultation(_)
            | PromiseKind::Consent
            | PromiseKind::Remedy(_)
            | PromiseKind::Ask
            | PromiseKind::Close => false,
        }
    }
}

/// One promise that still stands. Written as JSON, `alarm_at` is left out where it equals `due`, and null where there
/// is none: most promises alarm when they are due, and the record is written at every command.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Written", into = "Written")]
pub struct Promise {
    /// What is promised.
    pub kind: PromiseKind,
    /// By when.
    pub due: Timestamp,
    /// When somebody is next to be warned, reminded or alarmed; none when all that was done.
    pub alarm_at: Option<Timestamp>,
    /// What has been said about it so far.
    pub alarm: Alarm,
    /// Whether its time stands still: then nobody is alarmed, and its dates are those from before.
    pub still: bool,
}

/// A promise as it is written.
#[derive(Serialize, Deserialize)]
struct Written {
    kind: PromiseKind,
    due: Timestamp,
    #[serde(default, skip_serializing_if = "AlarmAt::is_when_due")]
    alarm_at: AlarmAt,
    #[serde(default, skip_serializing_if = "is_quiet")]
    alarm: Alarm,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    still: bool,
}

/// When a promise alarms, as it is written.
#[derive(Default, Serialize, Deserialize)]
#[serde(untagged)]
enum AlarmAt {
    /// The field is left out.
    #[default]
    #[serde(skip)]
    WhenDue,
    /// An instant.
    At(Timestamp),
    /// Null.
    Never,
}

impl AlarmAt {
    fn is_when_due(&self) -> bool {
        matches!(self, AlarmAt::WhenDue)
    }
}

impl From<Written> for Promise {
    fn from(Written { kind, due, alarm_at, alarm, still }: Written) -> Promise {
        let alarm_at = match alarm_at {
            AlarmAt::WhenDue => Some(due),
            AlarmAt::At(at) => Some(at),
            AlarmAt::Never => None,
        };
        Promise { kind, due, alarm_at, alarm, still }
    }
}

impl From<Promise> for Written {
    fn from(Promise { kind, due, alarm_at, alarm, still }: Promise) -> Written {
        let alarm_at = match alarm_at {
            Some(at) if at == due => AlarmAt::WhenDue,
            Some(at) => AlarmAt::At(at),
            None => AlarmAt::Never,
        };
        Written { kind, due, alarm_at, alarm, still }
    }
}

/// How far a promise's alarms have gone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Alarm {
    /// Nobody was told anything.
    #[default]
    Quiet,
    /// The warning or reminder before its time was given, or there is no time for one.
    Warned,
    /// Its time has passed, and that was said.
    Missed,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
fn is_quiet(alarm: &Alarm) -> bool {
    *alarm == Alarm::Quiet
}

impl Promise {
    /// A promise that alarms only when its time has passed.
    pub fn new(kind: PromiseKind, due: Timestamp) -> Promise {
        Promise { kind, due, alarm_at: Some(due), alarm: Alarm::Quiet, still: false }
    }

    /// A promise with a warning before its time.
    pub fn with_warning(kind: PromiseKind, due: Timestamp, warn_at: Timestamp) -> Promise {
        Promise { kind, due, alarm_at: Some(warn_at.min(due)), alarm: Alarm::Quiet, still: false }
    }

    /// By when the customer was told last to do it: a reminder that came too late gave them more time.
    pub fn told_to_customer(&self) -> Timestamp {
        match (self.alarm, self.alarm_at) {
            (Alarm::Warned, Some(at)) => at.max(self.due),
            _ => self.due,
        }
    }
}

/// The promises of one complaint that still stand, at most one of a kind.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Promises(Vec<Promise>);

impl Promises {
    /// The promise of this kind, if it stands.
    pub fn get(&self, kind: PromiseKind) -> Option<&Promise> {
        self.0.iter().find(|promise| promise.kind == kind)
    }

    /// Whether the promise of this kind stands, and nobody has said yet that its time has passed.
    pub(crate) fn is_unseen(&self, kind: PromiseKind) -> bool {
        self.get(kind).is_some_and(|promise| promise.alarm != Alarm::Missed)
    }

    /// All that stand, in the order they were made.
    pub fn iter(&self) -> impl Iterator<Item = &Promise> {
        self.0.iter()
    }

    /// The next instant at which somebody is to be told something.
    pub fn next_due(&self) -> Option<Timestamp> {
        self.0.iter().filter(|promise| !promise.still).filter_map(|promise| promise.alarm_at).min()
    }

    /// The promise whose alarm is the first due at `now`, the earliest first.
    pub fn first_due(&self, now: Timestamp, of: impl Fn(PromiseKind) -> bool) -> Option<&Promise> {
        self.0
            .iter()
            .filter(|promise| !promise.still && of(promise.kind))
            .filter(|promise| promise.alarm_at.is_some_and(|at| at <= now))
            .min_by_key(|promise| promise.alarm_at)
    }

    /// Stops the time of those whose time can stand still.
    pub(crate) fn stand_still(&mut self) {
        for promise in self.0.iter_mut().filter(|promise| promise.kind.stands_still()) {
            promise.still = true;
        }
    }

    /// Makes a promise, in place of the one of its kind.
    pub(crate) fn make(&mut self, promise: Promise) {
        self.0.retain(|standing| standing.kind != promise.kind);
        self.0.push(promise);
    }

    /// Makes a promise unless an earlier one of its kind stands: what was told is never moved later.
    pub(crate) fn make_earlier(&mut self, promise: Promise) {
        if self.get(promise.kind).is_none_or(|standing| promise.due < standing.due) {
            self.make(promise);
        }
    }

    /// Takes the promise of this kind away: it is kept, or has no object any more.
    pub(crate) fn settle(&mut self, kind: PromiseKind) {
        self.0.retain(|promise| promise.kind != kind);
    }

    /// Takes away all promises but those that `keep` names.
    pub(crate) fn keep_only(&mut self, keep: impl Fn(PromiseKind) -> bool) {
        self.0.retain(|promise| keep(promise.kind));
    }

    /// Notes that somebody was told; `next` is when they are told again.
    pub(crate) fn alarmed(&mut self, kind: PromiseKind, alarm: Alarm, next: Option<Timestamp>) {
        for promise in self.0.iter_mut().filter(|promise| promise.kind == kind) {
            promise.alarm = alarm;
            promise.alarm_at = next;
        }
    }
}

//! Schedules: whose turn it is, and what a function is told then.

use std::sync::Arc;

use jiff::fmt::temporal::DateTimePrinter;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::agenda::{Errand, Work};
use super::reader::Reader;
use super::{Delivery, DeliveryError, notes};
use crate::door::{ACCOUNT, Cloud, REGION};
use crate::faults::Kind;
use crate::template::{Schedule, Wiring};
use crate::world::Rest;

const UNTIL: &str = "until";
/// How long an outage of a schedule lasts at most, in minutes.
const MOST_OUT: usize = 8 * 60;

/// The next turn of each schedule.
pub(super) struct Turns {
    wiring: Arc<Wiring>,
    next: Vec<Option<Timestamp>>,
    /// Until when none of a schedule's turns comes: an injected fault.
    out: Vec<Timestamp>,
    rest: Option<Rest>,
}

impl Turns {
    /// Goes on after the last turn that was taken before a restart; a new twin begins now.
    pub(super) fn open(
        cloud: &Cloud,
        wiring: Arc<Wiring>,
        rest: Option<Rest>,
    ) -> Result<Self, DeliveryError> {
        let now = cloud.clock().now();
        let kept = cloud.kept(notes::TURNS)?.into_iter().find(|(key, _)| key == UNTIL);
        let until: Timestamp = if let Some((_, note)) = kept {
            serde_json::from_value(note)?
        } else {
            cloud.settle(&[], &[(notes::TURNS, UNTIL, json!(now))], &[])?;
            now
        };
        let next: Vec<_> = wiring.schedules.iter().map(|schedule| schedule.recurrence.after(until)).collect();
        let out = vec![Timestamp::MIN; next.len()];
        Ok(Self { wiring, next, out, rest })
    }

    pub(super) fn due(&self, cloud: &Cloud) -> Option<Timestamp> {
        self.next(cloud).map(|(due, _)| due)
    }

    /// The earliest turn, and whose it is; of equals the first in the template.
    pub(super) fn next(&self, cloud: &Cloud) -> Option<(Timestamp, usize)> {
        (0..self.next.len()).filter_map(|index| Some((self.due_of(index, cloud)?, index))).min()
    }

    /// The schedule's next turn, but for those that would find nothing to do.
    fn due_of(&self, index: usize, cloud: &Cloud) -> Option<Timestamp> {
        let due = self.next[index]?;
        let Some(rest) = &self.rest else { return Some(due) };
        let schedule = &self.wiring.schedules[index];
        let from = rest(cloud, &schedule.function)?;
        if from <= due { Some(due) } else { schedule.recurrence.after(just_before(from)) }
    }

    /// Turns before this instant that were left out are past.
    pub(super) fn rest_until(&mut self, instant: Timestamp) {
        if self.rest.is_some() {
            self.skip_until(instant);
        }
    }

    /// No turn before this instant comes any more.
    pub(super) fn skip_until(&mut self, instant: Timestamp) {
        for (schedule, next) in self.wiring.schedules.iter().zip(&mut self.next) {
            if next.is_some_and(|next| next < instant) {
                *next = schedule.recurrence.after(just_before(instant));
            }
        }
    }

    /// Takes a turn: says for which instant, and moves on to the next. Of the turns of a rate that were missed while
    /// the twin did not run, only the last is made up for; each of a cron is.
    fn take(&mut self, index: usize, now: Timestamp) -> Option<Timestamp> {
        let recurrence = &self.wiring.schedules[index].recurrence;
        let mut due = self.next[index]?;
        if recurrence.is_rate() {
            due = recurrence.latest(now).map_or(due, |latest| latest.max(due));
        }
        self.next[index] = recurrence.after(due);
        Some(due)
    }
}

impl Delivery {
    /// Enters a schedule's turn into the agenda.
    pub(super) fn turn(&mut self, index: usize, now: Timestamp) {
        let Some(due) = self.turns.take(index, now) else { return };
        // When all turns of an instant are taken, a restart need not begin there again.
        if self.turns.due(&self.cloud).is_none_or(|next| next > due) {
            self.notes.keep(notes::TURNS, UNTIL, json!(due));
        }
        let wiring = Arc::clone(&self.turns.wiring);
        let schedule = &wiring.schedules[index];
        let faults = &self.runner.faults;
        // Where faults are switched off, what has begun of them is over too.
        let is_out = self.turns.out[index] > now && faults.is_on(Kind::Outage);
        if is_out || faults.strike(Kind::Missed) {
            return;
        }
        if faults.strike(Kind::Outage) {
            let minutes = i64::try_from(faults.up_to(MOST_OUT)).unwrap_or_default();
            self.turns.out[index] = now.checked_add(SignedDuration::from_mins(minutes)).unwrap_or(now);
            return;
        }
        // Where it matters a function waits for what is on its way in the stream. Here nothing else happens while it
        // waits, so that comes before; the sweeps of every few minutes never wait.
        if !schedule.recurrence.is_rate() {
            self.readers.iter_mut().for_each(Reader::hurry);
        }
        let event = event(schedule, due, &self.id());
        let work = Work {
            errand: Errand::Turn { schedule: schedule.name.clone(), event },
            failures: 0,
            since: now,
            effect: None,
        };
        let comes = faults.put_off(Kind::Late, now, SignedDuration::from_hours(1));
        let twice = faults.strike(Kind::Doubled);
        for _ in 0..=usize::from(twice) {
            if comes > now {
                self.put_off(comes, work.clone());
            } else {
                self.agenda.enter(comes, work.clone());
            }
        }
    }
}

/// The last instant before this one.
fn just_before(instant: Timestamp) -> Timestamp {
    instant.checked_sub(SignedDuration::from_nanos(1)).unwrap_or(Timestamp::MIN)
}

/// What the function is given: the template's input, or the scheduler's own event.
fn event(schedule: &Schedule, due: Timestamp, id: &str) -> Value {
    let arn = format!("arn:aws:scheduler:{REGION}:{ACCOUNT}:schedule/default/{}", schedule.name);
    let time = DateTimePrinter::new().precision(Some(0)).timestamp_to_string(&due);
    match &schedule.input {
        Some(input) => {
            let input = input
                .replace("<aws.scheduler.schedule-arn>", &arn)
                .replace("<aws.scheduler.scheduled-time>", &time)
                .replace("<aws.scheduler.execution-id>", id)
                .replace("<aws.scheduler.attempt-number>", "1");
            serde_json::from_str(&input).unwrap_or(Value::String(input))
        }
        None => json!({
            "version": "0",
            "id": id,
            "detail-type": "Scheduled Event",
            "source": "aws.scheduler",
            "account": ACCOUNT,
            "time": time,
            "region": REGION,
            "resources": [arn],
            "detail": "{}",
        }),
    }
}

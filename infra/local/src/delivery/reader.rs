//! A function's reading of the stream: batches, halves, partial failures, bounded retries.
//!
//! Records wait in order. A failing batch holds up all behind it, as one shard does, until it succeeds or is given
//! up. Nothing here calls anybody: [`Reader::batch`] says what to deliver, [`Reader::answered`] takes the answer.

use std::collections::VecDeque;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::template::StreamSource;

/// A record on its way to one function.
#[derive(Clone, Debug)]
pub(crate) struct Record {
    /// The effect that it came as; acknowledged when all readers are done with it.
    pub(crate) effect: i64,
    /// When the change was made.
    pub(crate) at: Timestamp,
    pub(crate) value: Value,
}

/// Records at the head that are delivered together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Chunk {
    length: usize,
    /// Failed deliveries of this very chunk; halving it is not counted.
    failures: u32,
}

/// What outlives the process besides the records, which the door keeps.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Bookmark {
    /// All effects up to this one are done with.
    done: i64,
    /// What the head is cut into, the first last.
    chunks: Vec<Chunk>,
    /// Nothing is delivered before.
    not_before: Timestamp,
}

#[derive(Debug)]
pub(crate) struct Reader {
    pub(crate) source: StreamSource,
    waiting: VecDeque<Record>,
    bookmark: Bookmark,
    /// What waits is delivered before its window ends.
    hurried: bool,
}

/// What an answer settles.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Settled {
    /// Effects that this reader is done with.
    pub(crate) done: Vec<i64>,
    /// Records that were given up, if any, among those done with.
    pub(crate) given_up: Option<GivenUp>,
}

/// A chunk whose retries are used up.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct GivenUp {
    pub(crate) records: Vec<Value>,
    pub(crate) first_at: Timestamp,
    pub(crate) last_at: Timestamp,
    pub(crate) deliveries: u32,
    /// Whether they grew too old, rather than having failed too often.
    pub(crate) too_old: bool,
    pub(crate) error: String,
}

enum Verdict {
    Done,
    /// Records before this one are done, and there is at least one.
    FailedFrom(usize),
    /// The whole batch comes again; what failed without a word about its records, in halves.
    Failed {
        error: String,
        halved: bool,
    },
}

impl Reader {
    pub(crate) fn new(source: StreamSource, bookmark: Bookmark) -> Self {
        Self { source, waiting: VecDeque::new(), bookmark, hurried: false }
    }

    /// Takes a record in, unless the filters leave it out or it was dealt with before a restart.
    pub(crate) fn takes(&mut self, record: &Record) -> bool {
        let passes = self.source.filters.is_empty()
            || self.source.filters.iter().any(|one| one.matches(&record.value));
        let takes = passes && record.effect > self.bookmark.done;
        if takes {
            self.waiting.push_back(record.clone());
        }
        takes
    }

    /// Lets the newest record overtake others, but none of the same item: an injected fault.
    pub(crate) fn overtake(&mut self, places: usize) {
        let beyond_the_batch = self.bookmark.chunks.iter().map(|chunk| chunk.length).sum();
        let mut place = self.waiting.len().saturating_sub(1);
        for _ in 0..places {
            let ahead = place.checked_sub(1).filter(|ahead| *ahead >= beyond_the_batch);
            let Some(ahead) = ahead.filter(|ahead| !same_item(&self.waiting[*ahead], &self.waiting[place]))
            else {
                return;
            };
            self.waiting.swap(ahead, place);
            place = ahead;
        }
    }

    /// Holds everything up: an injected fault, or the pause before a retry.
    pub(crate) fn hold(&mut self, until: Timestamp) {
        self.bookmark.not_before = self.bookmark.not_before.max(until);
    }

    /// Does not wait for more to come with what there is: a window is the longest time that records are gathered.
    pub(crate) fn hurry(&mut self) {
        self.hurried = !self.waiting.is_empty();
    }

    /// When the next delivery is due, if anything waits.
    pub(crate) fn due(&self) -> Option<Timestamp> {
        let first = self.waiting.front()?;
        let full =
            self.hurried || self.waiting.len() >= self.source.batch || !self.bookmark.chunks.is_empty();
        let filled = if full { first.at } else { later(first.at, self.source.window) };
        Some(filled.max(self.bookmark.not_before))
    }

    /// The records to deliver now; empty when nothing waits.
    pub(crate) fn batch(&mut self) -> Vec<Value> {
        if self.bookmark.chunks.is_empty() && !self.waiting.is_empty() {
            let length = self.waiting.len().min(self.source.batch.max(1));
            self.bookmark.chunks.push(Chunk { length, failures: 0 });
            self.hurried = self.hurried && length < self.waiting.len();
        }
        let length = self.bookmark.chunks.last().map_or(0, |chunk| chunk.length);
        // After a restart fewer records may have come back than were cut off.
        self.waiting.iter().take(length).map(|record| record.value.clone()).collect()
    }

    /// Takes the function's answer to the last batch.
    pub(crate) fn answered(&mut self, answer: &Result<Value, String>, now: Timestamp) -> Settled {
        let Some(mut chunk) = self.bookmark.chunks.pop() else { return Settled::default() };
        chunk.length = chunk.length.min(self.waiting.len());
        match self.verdict(answer, chunk.length) {
            Verdict::Done => Settled { done: self.remove(chunk.length), given_up: None },
            Verdict::FailedFrom(place) => {
                let done = self.remove(place);
                // The checkpoint moved, so what is left is a batch of its own.
                self.bookmark.chunks.push(Chunk { length: chunk.length - place, failures: 0 });
                self.pause(1, now);
                Settled { done, given_up: None }
            }
            Verdict::Failed { error, halved } => self.failed(chunk, error, halved, now),
        }
    }

    /// Gives up all that waits: says what that was.
    pub(crate) fn forget(&mut self) -> Vec<i64> {
        self.bookmark.chunks.clear();
        self.remove(self.waiting.len())
    }

    /// What to keep for a restart.
    pub(crate) fn bookmark(&self) -> &Bookmark {
        &self.bookmark
    }

    fn failed(&mut self, chunk: Chunk, error: String, halved: bool, now: Timestamp) -> Settled {
        if halved && self.source.bisect && chunk.length > 1 {
            let half = chunk.length / 2;
            self.bookmark.chunks.push(Chunk { length: chunk.length - half, ..chunk });
            self.bookmark.chunks.push(Chunk { length: half, ..chunk });
            return Settled::default();
        }
        let failures = chunk.failures + 1;
        let exhausted = self.source.retry.attempts.is_some_and(|most| failures > most);
        let first_at = self.waiting.front().map_or(now, |record| record.at);
        let too_old = self.source.retry.age.is_some_and(|age| later(first_at, age) < now);
        if !exhausted && !too_old {
            self.bookmark.chunks.push(Chunk { failures, ..chunk });
            self.pause(failures, now);
            return Settled::default();
        }
        let last_at = self.waiting.get(chunk.length.saturating_sub(1)).map_or(now, |record| record.at);
        let records = self.waiting.iter().take(chunk.length).map(|record| record.value.clone()).collect();
        let given_up =
            GivenUp { records, first_at, last_at, deliveries: failures, too_old: !exhausted, error };
        Settled { done: self.remove(chunk.length), given_up: Some(given_up) }
    }

    fn remove(&mut self, count: usize) -> Vec<i64> {
        let done: Vec<i64> = self.waiting.drain(..count).map(|record| record.effect).collect();
        let newest = done.iter().copied().max().unwrap_or(0).max(self.bookmark.done);
        // Where records overtook each other, the oldest that waits is what a restart must begin with.
        let oldest_waiting = self.waiting.iter().map(|record| record.effect - 1).min();
        self.bookmark.done =
            oldest_waiting.map_or(newest, |oldest| oldest.min(newest)).max(self.bookmark.done);
        done
    }

    /// Waits a little longer after each failure, at most a minute.
    fn pause(&mut self, failures: u32, now: Timestamp) {
        self.hold(later(
            now,
            Duration::from_secs(1 << failures.saturating_sub(1).min(6)).min(Duration::from_mins(1)),
        ));
    }

    fn verdict(&self, answer: &Result<Value, String>, length: usize) -> Verdict {
        let failed = |error: &str| Verdict::Failed { error: error.to_owned(), halved: true };
        let answer = match answer {
            Err(error) => return failed(error),
            Ok(_) if !self.source.partial => return Verdict::Done,
            Ok(answer) => answer,
        };
        let failures = match answer.get("batchItemFailures") {
            None | Some(Value::Null) => return Verdict::Done,
            Some(Value::Array(list)) if list.is_empty() => return Verdict::Done,
            Some(Value::Array(list)) => list,
            Some(_) => return failed("batchItemFailures is not a list"),
        };
        let places: Option<Vec<usize>> = failures.iter().map(|one| self.place(one, length)).collect();
        match places.and_then(|places| places.into_iter().min()) {
            None => failed("batchItemFailures names a record that is not in the batch"),
            // The batch is cut where the function says, which leaves it whole.
            Some(0) => Verdict::Failed { error: "the batch's first record failed".into(), halved: false },
            Some(place) => Verdict::FailedFrom(place),
        }
    }

    fn place(&self, failure: &Value, length: usize) -> Option<usize> {
        let wanted = failure.get("itemIdentifier")?.as_str().filter(|identifier| !identifier.is_empty())?;
        self.waiting.iter().take(length).position(|record| sequence_number(&record.value) == Some(wanted))
    }
}

/// The sequence number by which a function names a record.
pub(crate) fn sequence_number(record: &Value) -> Option<&str> {
    record.pointer("/dynamodb/SequenceNumber")?.as_str()
}

fn same_item(one: &Record, other: &Record) -> bool {
    one.value.pointer("/dynamodb/Keys") == other.value.pointer("/dynamodb/Keys")
}

/// `duration` after `instant`, or the end of time.
pub(crate) fn later(instant: Timestamp, duration: Duration) -> Timestamp {
    let duration = SignedDuration::try_from(duration).unwrap_or(SignedDuration::MAX);
    instant.checked_add(duration).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
#[path = "reader_tests.rs"]
mod tests;

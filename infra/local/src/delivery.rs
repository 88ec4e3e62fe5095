//! Delivery: whatever follows from a change, an event or the time reaches the functions that the template names.
//!
//! One agenda orders it all, by instant and arrival, so that the same start, seed and moves of the clock give the
//! same run. Work is done one piece at a time: readers of the stream (`reader`, `stream`), rules and their targets
//! (`bus`), schedules (`turn`), functions that nobody waits for with their retries and failures (`invoke`).
//! Nothing is lost by a stop: an effect stays with the door until each delivery from it has succeeded or stands in
//! a note of its own (`notes`).

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use serde_json::Value;

mod agenda;
mod bus;
mod invoke;
mod notes;
mod queue;
mod reader;
mod stream;
#[cfg(test)]
mod tests;
mod turn;

pub use queue::{Message, QueueContent};

use crate::door::{Cloud, CloudError, Effect};
use crate::runner::Runner;
use crate::world::Rest;
use agenda::{Agenda, Errand, Work};
use notes::Notes;
use reader::Reader;
use turn::Turns;

/// More pieces of work than this at one instant are an endless loop.
const MOST_AT_ONCE: usize = 1_000_000;

/// Why delivery stopped.
#[derive(Debug, thiserror::Error)]
pub enum DeliveryError {
    /// The door failed.
    #[error(transparent)]
    Cloud(#[from] CloudError),
    /// A note cannot be read.
    #[error("the data folder holds a note that cannot be read: {0}")]
    Note(#[from] serde_json::Error),
    /// Steps wake each other without end.
    #[error("steps wake each other without end at {0}")]
    Endless(Timestamp),
}

pub(crate) struct Delivery {
    cloud: Cloud,
    runner: Arc<Runner>,
    agenda: Agenda,
    readers: Vec<Reader>,
    turns: Turns,
    queues: BTreeMap<String, Vec<Message>>,
    notes: Notes,
}

/// The next piece of work.
enum Next {
    Agenda,
    Reader(usize),
    Turn(usize),
}

impl Delivery {
    /// Takes up where the last process stopped.
    pub(crate) fn open(cloud: Cloud, runner: Arc<Runner>, rest: Option<Rest>) -> Result<Self, DeliveryError> {
        let wiring = Arc::clone(&runner.wiring);
        let mut bookmarks: BTreeMap<String, Value> = cloud.kept(notes::BOOKMARKS)?.into_iter().collect();
        let mut readers = Vec::new();
        for source in &wiring.streams {
            let bookmark = bookmarks.remove(&source.function).map(serde_json::from_value).transpose()?;
            readers.push(Reader::new(source.clone(), bookmark.unwrap_or_default()));
        }
        let mut agenda = Agenda::default();
        for (_, note) in cloud.kept(notes::AGENDA)? {
            let (place, work) = serde_json::from_value(note)?;
            agenda.restore(place, work);
        }
        let mut queues: BTreeMap<_, Vec<Message>> =
            wiring.queues.iter().map(|queue| (queue.name.clone(), Vec::new())).collect();
        for (_, note) in cloud.kept(notes::QUEUES)? {
            let (queue, message): (String, Message) = serde_json::from_value(note)?;
            queues.entry(queue).or_default().push(message);
        }
        for messages in queues.values_mut() {
            messages.sort_by_key(|message| message.at);
        }
        let turns = Turns::open(&cloud, wiring, rest)?;
        Ok(Self { cloud, runner, agenda, readers, turns, queues, notes: Notes::default() })
    }

    /// Does all that is due now, and what follows from it.
    pub(crate) async fn settle(&mut self) -> Result<(), DeliveryError> {
        for _ in 0..MOST_AT_ONCE {
            self.enroll()?;
            let now = self.cloud.clock().now();
            let Some(next) = self.next(now) else { return Ok(self.notes.write(&self.cloud)?) };
            match next {
                Next::Agenda => self.work(now).await,
                Next::Reader(index) => self.read(index, now).await,
                Next::Turn(index) => self.turn(index, now),
            }
        }
        Err(DeliveryError::Endless(self.cloud.clock().now()))
    }

    /// Moves the clock to `to` through every instant at which something is due; says what it shows then.
    pub(crate) async fn advance(&mut self, to: Timestamp) -> Result<Timestamp, DeliveryError> {
        self.settle().await?;
        while let Some(due) = self.due().filter(|due| *due <= to) {
            self.turns.rest_until(due);
            self.cloud.set_clock(due)?;
            self.settle().await?;
        }
        self.turns.rest_until(to);
        let now = self.cloud.set_clock(to)?;
        self.settle().await?;
        Ok(now)
    }

    /// Moves the clock to `to` past all turns of schedules before it, which never come; says what it shows then.
    pub(crate) fn skip(&mut self, to: Timestamp) -> Result<Timestamp, DeliveryError> {
        self.turns.skip_until(to);
        Ok(self.cloud.set_clock(to)?)
    }

    /// When the next piece of work is due.
    pub(crate) fn due(&self) -> Option<Timestamp> {
        let readers = self.readers.iter().filter_map(Reader::due);
        readers.chain(self.agenda.due()).chain(self.turns.due(&self.cloud)).min()
    }

    /// Whether a reader of the stream has records before it.
    pub(crate) fn is_reading(&self) -> bool {
        self.readers.iter().any(|reader| reader.due().is_some())
    }

    /// The stream is another one now: what the readers of the former one had not got to is not to be had any more.
    pub(crate) fn begin_stream_anew(&mut self) {
        for reader in &mut self.readers {
            for effect in reader.forget() {
                self.notes.settle(effect);
            }
        }
    }

    pub(crate) fn queues(&self) -> Vec<QueueContent> {
        let content = self.queues.iter().map(|(name, messages)| (name.clone(), messages.clone()));
        content.map(|(name, messages)| QueueContent { name, messages }).collect()
    }

    /// The earliest piece of work that is due.
    fn next(&self, now: Timestamp) -> Option<Next> {
        let agenda = self.agenda.due().map(|due| (due, Next::Agenda));
        let readers = self.readers.iter().enumerate();
        let readers = readers.filter_map(|(index, reader)| Some((reader.due()?, Next::Reader(index))));
        let turn = self.turns.next(&self.cloud).map(|(due, index)| (due, Next::Turn(index)));
        let all = agenda.into_iter().chain(readers).chain(turn);
        // Of equals, `min_by_key` takes the first.
        all.filter(|(due, _)| *due <= now).min_by_key(|(due, _)| *due).map(|(_, next)| next)
    }

    /// Takes in what the door has for delivery.
    fn enroll(&mut self) -> Result<(), DeliveryError> {
        for due in self.cloud.take_effects()? {
            let deliveries = match due.effect {
                Effect::Stream { table, record } if table == self.runner.wiring.table.name => {
                    self.enroll_record(due.id, due.at, record)
                }
                Effect::Stream { .. } => 0,
                Effect::Bus { bus, event } => self.enroll_event(due.id, &bus, &event),
            };
            self.notes.owe(due.id, deliveries);
        }
        Ok(())
    }

    /// Does the agenda's first piece of work.
    async fn work(&mut self, now: Timestamp) {
        let Some((place, work)) = self.agenda.take() else { return };
        self.notes.forget(notes::AGENDA, key(place.1));
        match &work.errand {
            Errand::Rule { .. } | Errand::Turn { .. } => self.hand(work, now).await,
            Errand::Run { .. } => self.invoke(work, now).await,
        }
    }

    /// Puts work off, in a note of its own.
    fn put_off(&mut self, due: Timestamp, mut work: Work) {
        let effect = work.effect.take();
        let place = self.agenda.enter(due, work.clone());
        self.notes.keep(notes::AGENDA, key(place.1), serde_json::json!((place, work)));
        self.finish(effect);
    }

    /// A delivery is over, well or badly.
    fn finish(&mut self, effect: Option<i64>) {
        if let Some(effect) = effect {
            self.notes.settle(effect);
        }
    }

    fn drop_into(&mut self, queue: &str, now: Timestamp, body: Value, attributes: BTreeMap<String, String>) {
        let message = Message { id: self.id(), at: now, body, attributes };
        self.notes.keep(notes::QUEUES, message.id.clone(), serde_json::json!((queue, &message)));
        self.queues.entry(queue.to_owned()).or_default().push(message);
    }

    /// A new id in the form of AWS's.
    fn id(&self) -> String {
        let mut bytes = [0; 16];
        self.cloud.next_bytes(&mut bytes);
        uuid::Builder::from_random_bytes(bytes).into_uuid().to_string()
    }
}

fn key(number: u64) -> String {
    format!("{number:020}")
}

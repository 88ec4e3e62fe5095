//! What must outlive the process, gathered here and kept by the door all at once: work to be done again, messages in
//! queues, bookmarks in the stream, turns taken; and which effects are dealt with.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::door::{Cloud, CloudError};

/// The rooms of the wiring's notes.
pub(super) const AGENDA: &str = "wiring/agenda";
pub(super) const BOOKMARKS: &str = "wiring/bookmarks";
pub(super) const QUEUES: &str = "wiring/queues";
pub(super) const TURNS: &str = "wiring/turns";

/// Changes since the last time that they were kept.
#[derive(Debug, Default)]
pub(super) struct Notes {
    acknowledged: Vec<i64>,
    /// None forgets.
    changes: BTreeMap<(&'static str, String), Option<Value>>,
    /// How many deliveries each effect still waits for.
    owed: BTreeMap<i64, usize>,
}

impl Notes {
    pub(super) fn keep(&mut self, room: &'static str, key: impl Into<String>, value: Value) {
        self.changes.insert((room, key.into()), Some(value));
    }

    pub(super) fn forget(&mut self, room: &'static str, key: impl Into<String>) {
        self.changes.insert((room, key.into()), None);
    }

    /// An effect that so many deliveries came from; none at all is dealt with.
    pub(super) fn owe(&mut self, effect: i64, deliveries: usize) {
        match deliveries {
            0 => self.acknowledged.push(effect),
            more => {
                self.owed.insert(effect, more);
            }
        }
    }

    /// One of an effect's deliveries is settled, or kept in a note of its own.
    pub(super) fn settle(&mut self, effect: i64) {
        if let Some(owed) = self.owed.get_mut(&effect) {
            *owed -= 1;
            if *owed == 0 {
                self.owed.remove(&effect);
                self.acknowledged.push(effect);
            }
        }
    }

    /// Writes everything down.
    pub(super) fn write(&mut self, cloud: &Cloud) -> Result<(), CloudError> {
        if self.acknowledged.is_empty() && self.changes.is_empty() {
            return Ok(());
        }
        let (mut keep, mut forget) = (Vec::new(), Vec::new());
        for ((room, key), value) in &self.changes {
            match value {
                Some(value) => keep.push((*room, key.as_str(), value.clone())),
                None => forget.push((*room, key.as_str())),
            }
        }
        cloud.settle(&self.acknowledged, &keep, &forget)?;
        self.acknowledged.clear();
        self.changes.clear();
        Ok(())
    }
}

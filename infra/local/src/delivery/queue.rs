//! Queues: where what cannot be delivered ends up, to be seen.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A message in a queue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Message {
    /// Its own id.
    pub id: String,
    /// When it was put there.
    pub at: Timestamp,
    /// What it says: a record of a failure, or the bare event.
    pub body: Value,
    /// What EventBridge says about why it is here.
    pub attributes: BTreeMap<String, String>,
}

/// A queue and what is in it, oldest first.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct QueueContent {
    /// The queue's name.
    pub name: String,
    /// Its messages.
    pub messages: Vec<Message>,
}

//! Records of the table's stream, read one by one: a record that does not fit spoils itself, not its batch.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{StepError, keys::Key};
use crate::event::Recorded;

/// A batch as Lambda hands it over.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Batch {
    /// The records, in order; each is looked into by itself.
    #[serde(rename = "Records")]
    pub records: Vec<Value>,
}

/// What a step says of a batch: nothing, or the first record that failed; that one and all after it come again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BatchAnswer {
    /// At most one.
    pub batch_item_failures: Vec<Failure>,
}

/// A record that failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Failure {
    /// Its sequence number.
    pub item_identifier: String,
}

impl Batch {
    /// What to say where the record of this number failed, and those before it are done. The first of several cannot be
    /// named: what is named is where the next attempt begins, so that the same batch would come until it is given up whole.
    /// An error has it halved, until the record comes by itself.
    pub fn failed_at(&self, sequence_number: &str) -> Result<BatchAnswer, StepError> {
        let first = self.records.first().and_then(self::sequence_number);
        if self.records.len() > 1 && first == Some(sequence_number) {
            let why = "the first record of a batch failed";
            return Err(StepError::retry("take in a batch", sequence_number, why));
        }
        let failed = Failure { item_identifier: sequence_number.to_owned() };
        Ok(BatchAnswer { batch_item_failures: vec![failed] })
    }
}

/// An event item that was inserted.
#[derive(Clone, Debug)]
pub struct Inserted {
    /// Its place in the stream.
    pub sequence_number: String,
    /// The audit trail's entry.
    pub recorded: Recorded,
    /// Its outbox pointer.
    pub pointer: Key,
}

#[derive(Deserialize)]
struct Record {
    dynamodb: Change,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Change {
    sequence_number: String,
    new_image: Option<HashMap<String, Attribute>>,
}

#[derive(Deserialize)]
struct Attribute {
    #[serde(rename = "S")]
    text: Option<String>,
}

/// The sequence number of a record that may be broken otherwise.
pub fn sequence_number(record: &Value) -> Option<&str> {
    record.pointer("/dynamodb/SequenceNumber").and_then(Value::as_str).filter(|number| !number.is_empty())
}

/// The event item in a stream record.
pub fn inserted(record: &Value) -> Result<Inserted, StepError> {
    let number = sequence_number(record).unwrap_or("without sequence number").to_owned();
    let broken = |why: &str| StepError::give_up("read a stream record", &number, why);
    let Record { dynamodb: change } =
        Record::deserialize(record).map_err(|_| broken("it is not a stream record"))?;
    let image = change.new_image.ok_or_else(|| broken("it has no new image"))?;
    let text = |name: &str| image.get(name).and_then(|attribute| attribute.text.as_deref());
    let json = text("record").ok_or_else(|| broken("the item has no record"))?;
    let recorded: Recorded =
        serde_json::from_str(json).map_err(|_| broken("the record is none that this version knows"))?;
    let (pk, sk) =
        text("outbox").and_then(|outbox| outbox.split_once(' ')).ok_or_else(|| broken("it has no outbox"))?;
    Ok(Inserted { sequence_number: change.sequence_number, recorded, pointer: Key::new(pk, sk) })
}

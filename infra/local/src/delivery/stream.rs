//! The stream: its readers are given their records, and told what became of them.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::reader::{GivenUp, Record, sequence_number};
use super::{Delivery, notes};
use crate::faults::Kind;

impl Delivery {
    /// Hands a record to its readers, and says to how many.
    pub(super) fn enroll_record(&mut self, effect: i64, at: Timestamp, value: Value) -> usize {
        let record = Record { effect, at, value };
        let faults = &self.runner.faults;
        let mut readers = 0;
        for reader in &mut self.readers {
            if !reader.takes(&record) {
                continue;
            }
            readers += 1;
            if faults.strike(Kind::Reorder) {
                reader.overtake(faults.up_to(3));
            }
            reader.hold(faults.put_off(Kind::Delay, at, SignedDuration::from_mins(1)));
        }
        readers
    }

    /// Delivers one batch.
    pub(super) async fn read(&mut self, index: usize, now: Timestamp) {
        let Some(reader) = self.readers.get_mut(index) else { return };
        let function = reader.source.function.clone();
        let batch = event(reader.batch());
        let mut answer = self.runner.deliver(&function, batch).await;
        if answer.is_ok() && self.runner.faults.strike(Kind::Duplicate) {
            // Lambda did its part, but the checkpoint did not stick: the same batch comes again.
            let batch = event(self.readers[index].batch());
            answer = self.runner.deliver(&function, batch).await;
        }
        let settled = self.readers[index].answered(&answer, now);
        for effect in settled.done {
            self.notes.settle(effect);
        }
        if let Some(given_up) = settled.given_up {
            self.give_up(index, &given_up, now);
        }
        self.notes.keep(notes::BOOKMARKS, function, json!(self.readers[index].bookmark()));
    }

    /// Tells the on-failure queue which records were given up. As with AWS it does not get the records themselves.
    fn give_up(&mut self, index: usize, given_up: &GivenUp, now: Timestamp) {
        let source = self.readers[index].source.clone();
        let Some(queue) = source.on_failure else {
            tracing::error!(function = source.function, records = given_up.records.len(), "records are lost");
            return;
        };
        let number = |record: Option<&Value>| record.and_then(sequence_number).map(str::to_owned);
        let condition = if given_up.too_old { "RecordAgeExceeded" } else { "RetryAttemptsExhausted" };
        let body = json!({
            "version": "1.0",
            "timestamp": now,
            "requestContext": {
                "requestId": self.id(),
                "functionArn": self.runner.wiring.functions[&source.function].arn,
                "condition": condition,
                "approximateInvokeCount": given_up.deliveries,
            },
            "responseContext": {"statusCode": 200, "executedVersion": "$LATEST", "functionError": "Unhandled"},
            "responsePayload": {"errorMessage": given_up.error},
            "DDBStreamBatchInfo": {
                "shardId": "shardId-00000000000000000000-00000000",
                "startSequenceNumber": number(given_up.records.first()),
                "endSequenceNumber": number(given_up.records.last()),
                "approximateArrivalOfFirstRecord": given_up.first_at,
                "approximateArrivalOfLastRecord": given_up.last_at,
                "batchSize": given_up.records.len(),
                "streamArn": source.stream,
            },
        });
        self.drop_into(&queue, now, body, BTreeMap::new());
    }
}

/// What the function is given. The records are moved in: `json!` would copy them.
fn event(records: Vec<Value>) -> Value {
    let mut event = json!({});
    event["Records"] = records.into();
    event
}

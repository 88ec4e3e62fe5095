//! What operators do, and what is done to them: dead letters are handed over again, the table is restored to an earlier
//! point, code of a later version leaves what this one does not know, events come about nothing.

use std::collections::BTreeSet;

use aws_sdk_eventbridge::types::PutEventsRequestEntry;
use complaints::event::Recorded;
use complaints::shell::notice::{Detail, SOURCE};
use jiff::{SignedDuration, Timestamp};
use local::door::Snapshot;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};

use super::life::{Faults, Life};
use super::run::Run;

/// In a hundred runs, how many see their table restored.
const RESTORED: u32 = 30;
/// An operator has the bus replay its archive from so long before the point that the table was restored to.
const REPLAYED_FROM: SignedDuration = SignedDuration::from_hours(26);
/// Stands in what is nobody's: redriving it fails as it did before.
const ODD: &str = "odd-event-of-the-simulation";

/// A table's way back.
pub(super) enum Restoring {
    /// It is never restored, or was.
    Never,
    /// Its point is still to come.
    From(Timestamp),
    /// It will be made what it was.
    Back(Box<Point>),
}

/// What is known of the point that a table is restored to.
pub(super) struct Point {
    at: Timestamp,
    back_at: Timestamp,
    snapshot: Snapshot,
    mails: usize,
}

impl Restoring {
    pub(super) fn draw(life: &Life, beginning: Timestamp, dice: &mut ChaCha8Rng) -> Restoring {
        let (is_restored, share) = (dice.random_range(0..100) < RESTORED, dice.random_range(10..70));
        if life.faults == Faults::None || !is_restored {
            return Restoring::Never;
        }
        Restoring::From(beginning + SignedDuration::from_mins(life.days * 1440 * share / 100))
    }
}

/// When something odd is put into the table or onto the bus.
pub(super) fn odd_times(life: &Life, beginning: Timestamp, dice: &mut ChaCha8Rng) -> Vec<Timestamp> {
    let count = if life.faults == Faults::None { 0 } else { dice.random_range(0..3) };
    let mut times: Vec<Timestamp> = (0..count)
        .map(|_| beginning + SignedDuration::from_mins(dice.random_range(0..life.days * 1200)))
        .collect();
    times.sort();
    times
}

impl Run {
    /// Does what an operator does now, if anything.
    pub(super) async fn operate(&mut self) -> Result<(), String> {
        let now = self.world.now();
        if self.odd_at.first().is_some_and(|at| *at <= now) {
            self.odd_at.remove(0);
            self.put_something_odd().await?;
        }
        match std::mem::replace(&mut self.restoring, Restoring::Never) {
            Restoring::From(at) if at <= now => self.restoring = self.remember(at).await?,
            Restoring::Back(point) if point.back_at <= now => self.restore(&point).await?,
            other => self.restoring = other,
        }
        Ok(())
    }

    /// The point is one at which all is published and counted: what is on its way through the stream at the very moment
    /// is lost with the stream, and the reconciliation says so.
    async fn remember(&mut self, at: Timestamp) -> Result<Restoring, String> {
        let is_under_way = self.world.cloud().first_in(&self.books.table, None, "O#0");
        if is_under_way.map_err(|error| error.to_string())?.is_some() || self.world.is_reading().await {
            return Ok(Restoring::From(at));
        }
        let snapshot = self.world.cloud().snapshot(&self.books.table).map_err(|error| error.to_string())?;
        let (at, mails) = (self.world.now(), self.mailbag.sent.len());
        let back_at = at + SignedDuration::from_mins(self.dice.random_range(1..72 * 60));
        Ok(Restoring::Back(Box::new(Point { at, back_at, snapshot, mails })))
    }

    /// The table becomes what it was; the archive of the bus is replayed, so that what was under way at that point goes
    /// on. What came since is lost, and those whom it concerns begin anew.
    async fn restore(&mut self, point: &Point) -> Result<(), String> {
        self.tell(format!("the table is restored to {}", point.at));
        let archive: Vec<Recorded> = self
            .books
            .complaints()
            .flat_map(|(_, case)| &case.events)
            .filter(|recorded| recorded.at >= point.at - REPLAYED_FROM)
            .cloned()
            .collect();
        self.world.restore(&point.snapshot).await.map_err(|error| error.to_string())?;
        let all = self.books.begin_anew()?;
        self.mailbag.forget_after(point.mails);
        self.trails = super::laws::record::Trails::default();
        self.witness.notes().forget();
        let mut seen_before = super::coverage::Coverage::default();
        for id in &all {
            super::laws::record::check(&self.books, id, &mut self.trails, &mut seen_before)?;
        }
        let stored: BTreeSet<usize> = self.books.cases.values().filter_map(|case| case.customer).collect();
        for number in 0..self.posts.len() {
            let is_known = stored.contains(&number)
                || self.posts[number]
                    .references
                    .iter()
                    .any(|reference| self.books.named(reference).is_some());
            if !is_known {
                self.posts[number].is_lost();
                continue;
            }
            let books = &self.books;
            self.posts[number].references.retain(|reference| books.named(reference).is_some());
        }
        self.coverage.note("fault of the table: restored to an earlier point");
        for recorded in archive {
            self.publish(recorded.event.name(), &detail_of(&recorded)?).await?;
        }
        self.look().map(|_| ())
    }

    /// Puts an event onto the bus by hand, in whatever weather.
    async fn publish(&self, name: &str, detail: &str) -> Result<(), String> {
        let client = aws_sdk_eventbridge::Client::new(&self.world.cloud().sdk_config());
        let bus = self.world.wiring().functions["publish-events"].environment["BUS"].clone();
        let entry = PutEventsRequestEntry::builder()
            .event_bus_name(bus)
            .source(SOURCE)
            .detail_type(name)
            .detail(detail)
            .build();
        // An operator tries until it is taken.
        for _ in 0..50 {
            let sent = client.put_events().entries(entry.clone()).send().await;
            if sent.is_ok_and(|sent| sent.failed_entry_count() == 0) {
                return Ok(());
            }
        }
        Err("the bus did not take an event in fifty tries".into())
    }

    /// An event about nothing or of a form that nobody knows; or a record of a later version's in the table.
    async fn put_something_odd(&mut self) -> Result<(), String> {
        let mut bytes = [0; 16];
        self.dice.fill(&mut bytes);
        let millis = u64::try_from(self.world.now().as_millisecond()).unwrap_or_default();
        let random = bytes[..10].try_into().expect("sixteen have ten");
        let id = uuid::Builder::from_unix_timestamp_millis(millis, random).into_uuid();
        let name =
            self.one_of(&["Received", "Proposed", "Escalated", "Restricted", "MarkedDuplicate", "Triaged"]);
        self.tell(format!("something odd: {id}"));
        match self.dice.random_range(0..4) {
            0 => {
                self.coverage.note("fault of events: malformed or about nothing");
                self.publish(name, &json!({"event": ODD, "complaint": 7}).to_string()).await
            }
            1 => {
                self.coverage.note("fault of events: malformed or about nothing");
                let detail = json!({"event": format!("{id}:1"), "complaint": id, "version": 1});
                self.publish(name, &detail.to_string()).await
            }
            _ => self.put_a_later_record(id).await,
        }
    }

    /// An entry of a kind that only a later version knows: this one passes it on to whoever looks into the queue.
    async fn put_a_later_record(&mut self, id: uuid::Uuid) -> Result<(), String> {
        use aws_sdk_dynamodb::types::AttributeValue::S;
        self.coverage.note("fault of deploys: a record that only newer code knows");
        self.books.foreign.insert(id.to_string());
        let client = aws_sdk_dynamodb::Client::new(&self.world.cloud().sdk_config());
        let record = json!({"complaint": id, "version": 1, "event": {"type": "Foreseen"}});
        let put = client
            .put_item()
            .table_name(&self.books.table)
            .item("pk", S(format!("E#{id}")))
            .item("sk", S("00000001".into()))
            .item("record", S(record.to_string()))
            .item("outbox", S(format!("O#0 2026-01-01T00:00:00.000000Z#{id}#1")));
        for _ in 0..50 {
            if put.clone().send().await.is_ok() {
                return Ok(());
            }
        }
        Err("the table did not take an item in fifty tries".into())
    }

    /// What an operator put there is taken away again.
    pub(super) async fn clear_away(&mut self) -> Result<(), String> {
        use aws_sdk_dynamodb::types::AttributeValue::S;
        let client = aws_sdk_dynamodb::Client::new(&self.world.cloud().sdk_config());
        // What is on its way through the stream stays there for its retries.
        for id in self.books.foreign.clone() {
            let delete = client.delete_item().table_name(&self.books.table);
            let delete = delete.key("pk", S(format!("E#{id}"))).key("sk", S("00000001".into()));
            delete.send().await.map_err(|error| format!("{error:?}"))?;
        }
        Ok(())
    }

    /// What lies in the queues of the failed is handed over once more.
    pub(super) async fn redrive_all(&mut self) -> Result<(), String> {
        for queue in self.world.queues().await {
            for message in queue.messages {
                self.coverage.note(format!("dead letter in {}", queue.name));
                self.tell(format!("dead letter in {} of {}: {}", queue.name, message.at, message.body));
                self.redrive(&message.body).await?;
            }
        }
        Ok(())
    }

    /// Whether something of the weather's struck as often as records of the stream were tried: storms can come upon storms.
    fn was_unlucky(&self, batch: &Value, message: &Value) -> bool {
        let at = |from: &Value, name: &str| from[name].as_str().and_then(|at| at.parse::<Timestamp>().ok());
        let times = message["requestContext"]["approximateInvokeCount"].as_u64();
        let (from, to) = (at(batch, "approximateArrivalOfFirstRecord"), at(message, "timestamp"));
        from.zip(to).zip(times).is_some_and(|((from, to), times)| {
            u64::try_from(self.weather.struck(from, to)).is_ok_and(|struck| struck >= times)
        })
    }

    /// What failed for good, once more: as `aws lambda invoke` of what the queue holds. Of the stream's batches the
    /// queue holds only where they were; what they should have published, a sweep has.
    async fn redrive(&mut self, message: &Value) -> Result<(), String> {
        let function = message.pointer("/requestContext/functionArn").and_then(Value::as_str);
        if let Some(batch) = message.get("DDBStreamBatchInfo")
            && self.books.foreign.is_empty()
            && !self.was_unlucky(batch, message)
        {
            return Err(format!("4: the stream gave records up that were in order: {message}"));
        }
        let Some(payload) = message.get("requestPayload") else { return Ok(()) };
        let function = function.and_then(|arn| arn.split(":function:").nth(1)?.split(':').next());
        let name = function.and_then(|arn| {
            let mut functions = self.world.wiring().functions.values();
            functions.find(|function| function.arn.ends_with(arn)).map(|function| function.name.clone())
        });
        let name = name.ok_or_else(|| format!("a dead letter names no function: {message}"))?;
        let again = self.world.invoke(&name, payload.clone()).await;
        let is_odd = payload.pointer("/detail/event").is_some_and(|event| event == ODD);
        match again {
            Err(_) if is_odd => Ok(()),
            Err(error) => Err(format!("redriving {name}: {error}")),
            Ok(_) => Ok(()),
        }
    }
}

fn detail_of(recorded: &Recorded) -> Result<String, String> {
    let detail =
        Detail { event: recorded.id().to_string(), complaint: recorded.complaint, version: recorded.version };
    serde_json::to_string(&detail).map_err(|error| error.to_string())
}

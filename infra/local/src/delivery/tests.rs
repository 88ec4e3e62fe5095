//! Delivery over a small template whose functions note when they ran, and fail when they are told to.

use std::path::PathBuf;
use std::sync::Mutex;

use bytes::Bytes;
use jiff::SignedDuration;
use serde_json::json;

use super::*;
use crate::door::Clock;
use crate::faults::Rates;
use crate::handler::{Handlers, handler};
use crate::world::{Options, World};

const TEMPLATE: &str = r#"
Resources:
  Table:
    Type: AWS::DynamoDB::Table
    Properties:
      KeySchema: [{AttributeName: pk, KeyType: HASH}]
      AttributeDefinitions: [{AttributeName: pk, AttributeType: S}]
      StreamSpecification: {StreamViewType: NEW_AND_OLD_IMAGES}
  Bus: {Type: AWS::Events::EventBus, Properties: {Name: events}}
  ReadFailed: {Type: AWS::SQS::Queue}
  SayFailed: {Type: AWS::SQS::Queue}
  SayUndelivered: {Type: AWS::SQS::Queue}
  Read:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: read
      Events:
        Changes:
          Type: DynamoDB
          Properties:
            Stream: !GetAtt Table.StreamArn
            StartingPosition: TRIM_HORIZON
            BisectBatchOnFunctionError: true
            FunctionResponseTypes: [ReportBatchItemFailures]
            MaximumRetryAttempts: 2
            DestinationConfig: {OnFailure: {Type: SQS, Destination: !GetAtt ReadFailed.Arn}}
            FilterCriteria: {Filters: [{Pattern: '{"dynamodb":{"Keys":{"pk":{"S":[{"prefix":"E#"}]}}}}'}]}
  Say:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: say
      EventInvokeConfig:
        DestinationConfig: {OnFailure: {Type: SQS, Destination: !GetAtt SayFailed.Arn}}
      Events:
        Received:
          Type: EventBridgeRule
          Properties:
            EventBusName: !Ref Bus
            Pattern: {source: [desk], detail-type: [Received]}
            RetryPolicy: {MaximumRetryAttempts: 3, MaximumEventAgeInSeconds: 3600}
            DeadLetterConfig: {Arn: !GetAtt SayUndelivered.Arn}
  Sweep:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: sweep
      Events: {Often: {Type: ScheduleV2, Properties: {ScheduleExpression: rate(5 minutes)}}}
  Report:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: report
      Events:
        Monthly:
          Type: ScheduleV2
          Properties: {ScheduleExpression: cron(0 7 1 * ? *), ScheduleExpressionTimezone: Europe/Berlin}
"#;

/// What ran: when, which function, on what.
type Log = Arc<Mutex<Vec<(Timestamp, String, Value)>>>;
/// How each function is to answer; those that are not here answer nothing, successfully.
type Behaviour = Arc<Mutex<BTreeMap<&'static str, fn(&Value) -> Result<Value, String>>>>;

struct Stage {
    folder: PathBuf,
    log: Log,
    behaviour: Behaviour,
}

impl Stage {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("twin-delivery-{name}-{}", std::process::id()));
        drop(std::fs::remove_dir_all(&folder));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("template.yaml"), TEMPLATE).unwrap();
        Self { folder, log: Log::default(), behaviour: Behaviour::default() }
    }

    fn world(&self, change: impl FnOnce(&mut Options)) -> World {
        let clock = Clock::frozen(start());
        let (log, behaviour, now) = (self.log.clone(), self.behaviour.clone(), clock.clone());
        let mut options = Options::new(clock);
        options.template = self.folder.join("template.yaml");
        options.seed = Some(1);
        options.staffing = Box::new(move |_, wiring| {
            let staff = wiring.functions.keys().map(|name| {
                let (log, behaviour, now, own) = (log.clone(), behaviour.clone(), now.clone(), name.clone());
                let run = handler(move |event| {
                    log.lock().unwrap().push((now.now(), own.clone(), event.clone()));
                    let behave = behaviour.lock().unwrap().get(own.as_str()).copied();
                    async move { behave.map_or(Ok(Value::Null), |behave| behave(&event)) }
                });
                (name.clone(), run)
            });
            Ok(staff.collect::<Handlers>())
        });
        change(&mut options);
        World::new(options).unwrap()
    }

    fn behave(&self, function: &'static str, answer: fn(&Value) -> Result<Value, String>) {
        self.behaviour.lock().unwrap().insert(function, answer);
    }

    /// The instants at which a function ran, in seconds from the start.
    fn runs(&self, function: &str) -> Vec<i64> {
        let log = self.log.lock().unwrap();
        log.iter().filter(|run| run.1 == function).map(|run| run.0.duration_since(start()).as_secs()).collect()
    }

    fn events(&self, function: &str) -> Vec<Value> {
        self.log.lock().unwrap().iter().filter(|run| run.1 == function).map(|run| run.2.clone()).collect()
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.folder));
    }
}

fn start() -> Timestamp {
    "2026-11-02T09:01:00Z".parse().unwrap()
}

async fn call(world: &World, target: &str, body: Value) {
    let request = http::Request::post("/").header("x-amz-target", target).body(Bytes::from(body.to_string())).unwrap();
    let response = world.cloud().call(request).await;
    assert_eq!(response.status(), 200, "{:?}", response.body());
}

async fn put(world: &World, keys: &[&str]) {
    for key in keys {
        call(world, "DynamoDB_20120810.PutItem", json!({"TableName": "Table", "Item": {"pk": {"S": key}}})).await;
    }
}

async fn announce(world: &World, kind: &str) {
    let entry = json!({"EventBusName": "events", "Source": "desk", "DetailType": kind, "Detail": "{}"});
    call(world, "AWSEvents.PutEvents", json!({"Entries": [entry]})).await;
}

async fn messages(world: &World, queue: &str) -> Vec<Message> {
    world.queues().await.into_iter().find(|one| one.name == queue).unwrap().messages
}

fn keys(event: &Value) -> Vec<String> {
    let records = event["Records"].as_array().unwrap().iter();
    records.map(|record| record["dynamodb"]["Keys"]["pk"]["S"].as_str().unwrap().to_owned()).collect()
}

/// Fails from the record `E#bad` on.
fn read_until_bad(event: &Value) -> Result<Value, String> {
    let bad = event["Records"].as_array().unwrap().iter().find(|record| record["dynamodb"]["Keys"]["pk"]["S"] == "E#bad");
    let failures = bad.map(|record| json!({"itemIdentifier": record["dynamodb"]["SequenceNumber"]}));
    Ok(json!({"batchItemFailures": Vec::from_iter(failures)}))
}

#[tokio::test]
async fn a_change_reaches_the_reader_whose_filter_it_passes_in_one_batch() {
    let stage = Stage::new("change");
    let world = stage.world(|_| {});
    put(&world, &["E#1", "C#1", "E#2"]).await;
    world.settle().await.unwrap();
    let events = stage.events("read");
    assert_eq!(events.len(), 1);
    assert_eq!(keys(&events[0]), ["E#1", "E#2"]);
    world.settle().await.unwrap();
    assert_eq!(stage.events("read").len(), 1, "nothing comes twice without a fault");
}

#[tokio::test]
async fn a_poison_record_ends_in_the_readers_queue_and_those_around_it_are_read() {
    let stage = Stage::new("poison");
    let world = stage.world(|_| {});
    stage.behave("read", read_until_bad);
    put(&world, &["E#1", "E#bad", "E#2"]).await;
    world.advance(SignedDuration::from_mins(4)).await.unwrap();
    let letters = messages(&world, "ReadFailed").await;
    assert_eq!(letters.len(), 1);
    assert_eq!(letters[0].body["requestContext"]["condition"], "RetryAttemptsExhausted");
    assert_eq!(letters[0].body["DDBStreamBatchInfo"]["batchSize"], 1);
    let batches: Vec<_> = stage.events("read").iter().map(keys).collect();
    assert_eq!(batches.first().unwrap(), &["E#1", "E#bad", "E#2"]);
    assert_eq!(batches.last().unwrap(), &["E#2"]);
}

#[tokio::test]
async fn an_event_wakes_those_whose_rule_matches() {
    let stage = Stage::new("event");
    let world = stage.world(|_| {});
    announce(&world, "Received").await;
    announce(&world, "Closed").await;
    world.settle().await.unwrap();
    let events = stage.events("say");
    assert_eq!(events.len(), 1);
    assert_eq!(events[0]["detail-type"], "Received");
}

#[tokio::test]
async fn a_function_that_fails_is_tried_again_after_one_minute_and_two_and_its_event_ends_in_the_queue() {
    let stage = Stage::new("retries");
    let world = stage.world(|_| {});
    stage.behave("say", |_| Err("no".into()));
    announce(&world, "Received").await;
    world.advance(SignedDuration::from_hours(1)).await.unwrap();
    assert_eq!(stage.runs("say"), [0, 60, 180]);
    let letters = messages(&world, "SayFailed").await;
    assert_eq!(letters.len(), 1);
    assert_eq!(letters[0].at, start() + SignedDuration::from_mins(3));
    assert_eq!(letters[0].body["requestContext"]["approximateInvokeCount"], 3);
    assert_eq!(letters[0].body["requestPayload"]["detail-type"], "Received");
    assert_eq!(letters[0].body["responsePayload"]["errorMessage"], "no");
}

#[tokio::test]
async fn a_function_that_panics_is_tried_again_like_one_that_fails() {
    let stage = Stage::new("panic");
    let world = stage.world(|_| {});
    stage.behave("say", |_| panic!("on purpose"));
    announce(&world, "Received").await;
    world.advance(SignedDuration::from_mins(4)).await.unwrap();
    assert_eq!(stage.runs("say").len(), 3);
}

#[tokio::test]
async fn an_event_that_is_never_taken_in_ends_in_the_rules_own_queue() {
    let stage = Stage::new("refused");
    let world = stage.world(|options| options.faults.refuse = 1.0);
    announce(&world, "Received").await;
    world.advance(SignedDuration::from_hours(1)).await.unwrap();
    assert_eq!(stage.runs("say"), [0; 0]);
    let letters = messages(&world, "SayUndelivered").await;
    assert_eq!(letters.len(), 1);
    assert_eq!(letters[0].body["detail-type"], "Received");
    assert_eq!(letters[0].attributes["RETRY_ATTEMPTS"], "3");
    assert_eq!(letters[0].attributes["EXHAUSTED_RETRY_CONDITION"], "MaximumRetryAttempts");
}

#[tokio::test]
async fn a_moved_clock_stops_at_every_turn_and_the_report_comes_at_seven_in_its_zone() {
    let stage = Stage::new("turns");
    let world = stage.world(|_| {});
    let month: Timestamp = "2026-12-01T06:03:00Z".parse().unwrap();
    assert_eq!(world.advance_to(month).await.unwrap(), month);
    assert_eq!(&stage.runs("sweep")[..3], [240, 540, 840]);
    assert_eq!(stage.runs("sweep").len(), 29 * 288 - 36);
    let report = stage.events("report");
    assert_eq!(report.len(), 1);
    assert_eq!(report[0]["time"], "2026-12-01T06:00:00Z");
    assert_eq!(report[0]["source"], "aws.scheduler");
}

#[tokio::test]
async fn what_a_function_causes_is_delivered_before_the_clock_moves_on() {
    let stage = Stage::new("chain");
    let world = stage.world(|_| {});
    let cloud = world.cloud().clone();
    put(&world, &["E#1"]).await;
    let _ = cloud;
    announce(&world, "Received").await;
    world.advance(SignedDuration::from_mins(10)).await.unwrap();
    assert_eq!(stage.runs("read"), [0]);
    assert_eq!(stage.runs("say"), [0]);
}

#[tokio::test]
async fn a_restart_goes_on_with_retries_records_and_queues_where_they_were() {
    let stage = Stage::new("restart");
    stage.behave("say", |_| Err("no".into()));
    stage.behave("read", |_| Err("no".into()));
    let data = stage.folder.join("data");
    {
        let world = stage.world(|options| options.data = Some(data.clone()));
        announce(&world, "Received").await;
        put(&world, &["E#1"]).await;
        world.advance(SignedDuration::from_secs(1)).await.unwrap();
        announce(&world, "Received").await;
    }
    let world = stage.world(|options| options.data = Some(data.clone()));
    assert_eq!(world.now(), start() + SignedDuration::from_secs(1));
    world.advance(SignedDuration::from_mins(4)).await.unwrap();
    assert_eq!(stage.runs("say"), [0, 1, 60, 61, 180, 181], "the second event was not lost, the first not begun anew");
    assert_eq!(stage.runs("read"), [0, 1, 3]);
    drop(world);
    let world = stage.world(|options| options.data = Some(data));
    assert_eq!(messages(&world, "SayFailed").await.len(), 2);
    assert_eq!(messages(&world, "ReadFailed").await.len(), 1);
    world.settle().await.unwrap();
    assert_eq!((stage.runs("say").len(), stage.runs("read").len()), (6, 3), "nothing comes again");
}

#[tokio::test]
async fn of_the_sweeps_that_a_stopped_twin_missed_one_is_made_up_for_and_of_the_reports_each() {
    let stage = Stage::new("missed");
    let data = stage.folder.join("data");
    drop(stage.world(|options| options.data = Some(data.clone())));
    let later: Timestamp = "2027-01-15T12:03:00Z".parse().unwrap();
    let world = stage.world(|options| {
        options.data = Some(data);
        options.clock.set(later);
    });
    world.settle().await.unwrap();
    assert_eq!(stage.runs("sweep").len(), 1);
    let times: Vec<_> = stage.events("report").iter().map(|event| event["time"].clone()).collect();
    assert_eq!(times, ["2026-12-01T06:00:00Z", "2027-01-01T06:00:00Z"]);
}

#[tokio::test]
async fn schedules_go_wrong_as_they_are_told_to() {
    let stage = Stage::new("wrong");
    let world = stage.world(|options| options.faults.doubled = 1.0);
    world.advance(SignedDuration::from_mins(5)).await.unwrap();
    assert_eq!(stage.runs("sweep"), [240, 240]);
    world.set_faults(Rates { missed: 1.0, ..Rates::default() });
    world.advance(SignedDuration::from_mins(5)).await.unwrap();
    assert_eq!(stage.runs("sweep").len(), 2);
    world.set_faults(Rates { late: 1.0, ..Rates::default() });
    world.advance(SignedDuration::from_mins(5)).await.unwrap();
    world.set_faults(Rates { missed: 1.0, ..Rates::default() });
    world.advance(SignedDuration::from_hours(2)).await.unwrap();
    assert!(stage.runs("sweep")[2] > 840, "{:?}", stage.runs("sweep"));
}

#[tokio::test]
async fn a_duplicated_batch_and_a_duplicated_event_come_again() {
    let stage = Stage::new("twice");
    let world = stage.world(|options| options.faults.duplicate = 0.5);
    for _ in 0..20 {
        put(&world, &["E#1", "C#1"]).await;
        announce(&world, "Received").await;
        world.settle().await.unwrap();
        call(&world, "DynamoDB_20120810.DeleteItem", json!({"TableName": "Table", "Key": {"pk": {"S": "E#1"}}})).await;
    }
    world.settle().await.unwrap();
    assert!(stage.runs("read").len() > 20 && stage.runs("say").len() > 20);
    assert!(world.faults()[&crate::faults::Kind::Duplicate] > 5);
}

#[tokio::test]
async fn the_same_seed_runs_the_same_way() {
    let mut traces = Vec::new();
    for (seed, name) in [(5, "seed-a"), (5, "seed-b"), (6, "seed-c")] {
        let stage = Stage::new(name);
        stage.behave("read", read_until_bad);
        let world = stage.world(|options| {
            options.seed = Some(seed);
            options.faults =
                Rates { duplicate: 0.3, delay: 0.3, reorder: 0.5, crash_after: 0.2, late: 0.3, ..Rates::default() };
        });
        put(&world, &["E#1", "E#2", "E#bad", "E#3"]).await;
        announce(&world, "Received").await;
        world.advance(SignedDuration::from_hours(3)).await.unwrap();
        traces.push(world.trace());
    }
    assert_eq!(traces[0], traces[1]);
    assert_ne!(traces[0], traces[2]);
}

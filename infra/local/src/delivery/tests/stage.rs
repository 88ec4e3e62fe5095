//! The stage that deliveries are tried on: template, functions, and a log of what ran.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::delivery::Message;
use crate::door::Clock;
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

pub(super) struct Stage {
    pub(super) folder: PathBuf,
    pub(super) log: Log,
    behaviour: Behaviour,
}

impl Stage {
    pub(super) fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("twin-delivery-{name}-{}", std::process::id()));
        drop(std::fs::remove_dir_all(&folder));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("template.yaml"), TEMPLATE).unwrap();
        Self { folder, log: Log::default(), behaviour: Behaviour::default() }
    }

    pub(super) fn world(&self, change: impl FnOnce(&mut Options)) -> World {
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

    pub(super) fn behave(&self, function: &'static str, answer: fn(&Value) -> Result<Value, String>) {
        self.behaviour.lock().unwrap().insert(function, answer);
    }

    /// The instants at which a function ran, in seconds from the start.
    pub(super) fn runs(&self, function: &str) -> Vec<i64> {
        let log = self.log.lock().unwrap();
        log.iter()
            .filter(|run| run.1 == function)
            .map(|run| run.0.duration_since(start()).as_secs())
            .collect()
    }

    pub(super) fn events(&self, function: &str) -> Vec<Value> {
        self.log.lock().unwrap().iter().filter(|run| run.1 == function).map(|run| run.2.clone()).collect()
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.folder));
    }
}

pub(super) fn start() -> Timestamp {
    "2026-11-02T09:01:00Z".parse().unwrap()
}

pub(super) async fn call(world: &World, target: &str, body: Value) {
    let request =
        http::Request::post("/").header("x-amz-target", target).body(Bytes::from(body.to_string())).unwrap();
    let response = world.cloud().call(request).await;
    assert_eq!(response.status(), 200, "{:?}", response.body());
}

pub(super) async fn put(world: &World, keys: &[&str]) {
    for key in keys {
        call(world, "DynamoDB_20120810.PutItem", json!({"TableName": "Table", "Item": {"pk": {"S": key}}}))
            .await;
    }
}

pub(super) async fn announce(world: &World, kind: &str) {
    let entry = json!({"EventBusName": "events", "Source": "desk", "DetailType": kind, "Detail": "{}"});
    call(world, "AWSEvents.PutEvents", json!({"Entries": [entry]})).await;
}

pub(super) async fn messages(world: &World, queue: &str) -> Vec<Message> {
    world.queues().await.into_iter().find(|one| one.name == queue).unwrap().messages
}

pub(super) fn keys(event: &Value) -> Vec<String> {
    let records = event["Records"].as_array().unwrap().iter();
    records.map(|record| record["dynamodb"]["Keys"]["pk"]["S"].as_str().unwrap().to_owned()).collect()
}

//! Delivery over a small template whose functions note when they ran, and fail when they are told to.

use jiff::SignedDuration;
use serde_json::json;

use super::*;
use crate::door::Clock;
use crate::faults::{Kind, Rates};
use crate::handler::{Handlers, handler};

mod instance;
mod stage;

use stage::{Stage, announce, call, keys, messages, put, start};

/// Fails from the record `E#bad` on.
fn read_until_bad(event: &Value) -> Result<Value, String> {
    let bad = event["Records"]
        .as_array()
        .unwrap()
        .iter()
        .find(|record| record["dynamodb"]["Keys"]["pk"]["S"] == "E#bad");
    if bad.is_some() && bad == event["Records"].get(0) && event["Records"][1].is_object() {
        return Err("the first of several".to_owned());
    }
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
async fn what_a_turn_causes_is_done_before_the_clock_moves_on() {
    let stage = Stage::new("chain");
    let log = stage.log.clone();
    let world = stage.world(|options| {
        let now = options.clock.clone();
        options.staffing = Box::new(move |cloud, wiring| {
            let (cloud, idle) = (cloud.clone(), handler(|_| async { Ok(Value::Null) }));
            let mut staff: Handlers = wiring.functions.keys().map(|name| (name.clone(), idle.clone())).collect();
            let sweep = handler(move |_| {
                let cloud = cloud.clone();
                async move {
                    let entry = json!({"EventBusName": "events", "Source": "desk", "DetailType": "Received", "Detail": "{}"});
                    let request = http::Request::post("/").header("x-amz-target", "AWSEvents.PutEvents");
                    cloud.call(request.body(json!({"Entries": [entry]}).to_string().into()).unwrap()).await;
                    Ok(Value::Null)
                }
            });
            let say = handler(move |event| {
                log.lock().unwrap().push((now.now(), "say".into(), event));
                async { Ok(Value::Null) }
            });
            staff.extend([("sweep".into(), sweep), ("say".into(), say)]);
            Ok(staff)
        });
    });
    world.advance(SignedDuration::from_mins(10)).await.unwrap();
    assert_eq!(stage.runs("say"), [240, 540]);
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
    assert_eq!(
        stage.runs("say"),
        [0, 1, 60, 61, 180, 181],
        "the second event was not lost, the first not begun anew"
    );
    assert_eq!(stage.runs("read"), [0, 1, 3]);
    drop(world);
    let world = stage.world(|options| options.data = Some(data));
    assert_eq!(messages(&world, "SayFailed").await.len(), 2);
    assert_eq!(messages(&world, "ReadFailed").await.len(), 1);
    world.settle().await.unwrap();
    assert_eq!((stage.runs("say").len(), stage.runs("read").len()), (6, 3), "nothing comes again");
}

#[tokio::test]
async fn a_twin_that_is_told_no_time_goes_on_from_that_of_its_folder() {
    let stage = Stage::new("time");
    let data = Some(stage.folder.join("data"));
    let world = stage.world(|options| options.data.clone_from(&data));
    let later = world.advance(SignedDuration::from_hours(1)).await.unwrap();
    drop(world);
    let world = stage.world(|options| {
        options.data = data;
        options.clock = Clock::frozen(Timestamp::UNIX_EPOCH);
    });
    assert_eq!(world.now(), later);
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
        call(
            &world,
            "DynamoDB_20120810.DeleteItem",
            json!({"TableName": "Table", "Key": {"pk": {"S": "E#1"}}}),
        )
        .await;
    }
    world.settle().await.unwrap();
    assert!(stage.runs("read").len() > 20 && stage.runs("say").len() > 20);
    assert!(world.faults()[&Kind::Duplicate] > 5);
}

#[tokio::test]
async fn the_same_seed_runs_the_same_way() {
    let mut traces = Vec::new();
    for (seed, name) in [(5, "seed-a"), (5, "seed-b"), (6, "seed-c")] {
        let stage = Stage::new(name);
        stage.behave("read", read_until_bad);
        let world = stage.world(|options| {
            options.seed = Some(seed);
            options.faults = Rates {
                duplicate: 0.3,
                delay: 0.3,
                reorder: 0.5,
                crash_after: 0.2,
                late: 0.3,
                ..Rates::default()
            };
        });
        put(&world, &["E#1", "E#2", "E#bad", "E#3"]).await;
        announce(&world, "Received").await;
        world.advance(SignedDuration::from_hours(3)).await.unwrap();
        traces.push(world.trace());
    }
    assert_eq!(traces[0], traces[1]);
    assert_ne!(traces[0], traces[2]);
}

//! What does not belong: broken records in the stream, events of another version, notices for nothing, work that is
//! not due, everything twice.

use bytes::Bytes;
use serde_json::{Value, json};

use crate::desk::{Desk, Opening, Overheard};

const NOBODY: &str = "01927a3c-0000-7000-8000-000000000000";

/// Puts an item into the table as no code of ours would.
async fn plant(desk: &Desk, sk: &str, record: &str) {
    let item = json!({
        "pk": {"S": format!("E#{NOBODY}")}, "sk": {"S": sk}, "record": {"S": record}, "outbox": {"S": "O#0 x"},
    });
    let body = json!({"TableName": desk.world.wiring().table.name, "Item": item}).to_string();
    let request = http::Request::post("http://localhost/")
        .header("x-amz-target", "DynamoDB_20120810.PutItem")
        .header("content-type", "application/x-amz-json-1.0")
        .body(Bytes::from(body))
        .unwrap();
    let response = desk.world.cloud().call(request).await;
    assert_eq!(response.status(), 200, "{:?}", response.body());
}

/// How many messages lie in each queue that has any.
async fn stuck(desk: &Desk) -> Vec<(String, usize)> {
    let queues = desk.world.queues().await;
    let full = queues.into_iter().filter(|queue| !queue.messages.is_empty());
    full.map(|queue| (queue.name, queue.messages.len())).collect()
}

#[tokio::test]
async fn a_broken_record_and_one_of_another_version_fail_alone() {
    let desk = Desk::open();
    let complain = |email: &'static str| {
        let body = json!({"email": email, "description": "x"});
        desk.ask(crate::desk::ask::post("/complaints").json(&body))
    };
    // All of these come in one batch.
    complain("ann@example.com").await;
    plant(&desk, "00000001", "{not json").await;
    complain("bo@example.com").await;
    plant(&desk, "00000002", r#"{"schema":99,"event":{"type":"Teleported"}}"#).await;
    complain("cy@example.com").await;
    desk.hours(1).await;
    for email in ["ann@example.com", "bo@example.com", "cy@example.com"] {
        assert_eq!(desk.letters_to(email), ["acknowledgement"], "{email}");
    }
    let stuck = stuck(&desk).await;
    assert_eq!(stuck.len(), 2, "the publisher's and the counter's: {stuck:?}");
    assert!(stuck.iter().all(|(name, messages)| *messages == 2 && name.ends_with("Failed")), "{stuck:?}");
    let books = desk.world.invoke("reconcile", json!({})).await.unwrap();
    assert_eq!((&books["open"], &books["findings"]), (&json!(3), &json!(0)), "the good ones are counted");
}

#[tokio::test]
async fn a_batch_names_the_first_record_that_failed_and_does_those_before_it() {
    let overheard = Overheard::default();
    let desk = Desk::with(Opening { overheard: Some(overheard.clone()), ..Opening::default() });
    desk.complains("Ann", "ann@example.com").await;
    let heard = overheard.lock().unwrap().clone();
    let (_, batch) = heard.iter().find(|(name, _)| name == "publish-events").unwrap();
    let good = batch["Records"][0].clone();
    let mut broken = good.clone();
    broken["dynamodb"]["SequenceNumber"] = json!("777");
    broken["dynamodb"]["NewImage"].as_object_mut().unwrap().remove("record");
    for step in ["publish-events", "tally-events"] {
        let answer = desk.world.invoke(step, json!({"Records": [good, broken, good]})).await.unwrap();
        assert_eq!(answer, json!({"batchItemFailures": [{"itemIdentifier": "777"}]}), "{step}");
        let nameless = json!({"Records": [{"eventName": "INSERT"}]});
        assert!(
            desk.world.invoke(step, nameless).await.is_err(),
            "{step}: what has no number fails as a whole"
        );
    }
    // The good one went out once more, and nobody was written to once more.
    desk.world.settle().await.unwrap();
    assert_eq!(desk.letters_to("ann@example.com"), ["acknowledgement"]);
    desk.rests().await;
}

#[tokio::test]
async fn a_notice_for_nothing_does_nothing() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", "ann@example.com").await;
    let id = desk.sam().case(&ann.reference).await["id"].clone();
    let notice = |complaint: &Value, version: u32| {
        json!({
            "version": "0", "source": "complaints", "detail-type": "Received",
            "detail": {"event": format!("{complaint}:{version}"), "complaint": complaint, "version": version},
        })
    };
    for step in ["acknowledge-complaint", "send-letter", "alert-staff"] {
        for event in [notice(&json!(NOBODY), 1), notice(&id, 99)] {
            desk.world.invoke(step, event).await.unwrap();
        }
        assert!(
            desk.world.invoke(step, json!({"detail": {"complaint": "x"}})).await.is_err(),
            "{step} cannot read it"
        );
    }
    let mail = |tag: &str, kind: &str| {
        json!({"detail-type": "Email Bounced", "source": "aws.ses", "detail": {
            "eventType": kind, "bounce": {"bounceType": "Permanent", "bounceSubType": "General"},
            "mail": {"messageId": "m-1", "tags": {"mail": [tag]}},
        }})
    };
    for event in [
        mail(&format!("{NOBODY}_acknowledgement_1"), "Bounce"),
        mail("nonsense", "Bounce"),
        mail(&format!("{NOBODY}_love-letter_1"), "Bounce"),
        json!({"detail": {"eventType": "Bounce", "mail": {}, "bounce": {"bounceType": "Permanent"}}}),
        mail(&format!("{}_acknowledgement_1", id.as_str().unwrap()), "Open"),
    ] {
        desk.world.invoke("record-mail-events", event).await.unwrap();
    }
    assert_eq!(desk.sam().case(&ann.reference).await["version"], 2);
    assert_eq!(desk.world.mails().unwrap().len(), 1);
    desk.rests().await;
}

#[tokio::test]
async fn what_is_not_due_is_left_alone_however_often_it_is_looked_at() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", "ann@example.com").await;
    desk.is_counted().await;
    let before = desk.sam().case(&ann.reference).await;
    for step in ["watch-deadlines", "follow-up", "republish-events", "settle-mails", "reconcile"] {
        for _ in 0..3 {
            desk.world.invoke(step, json!({})).await.unwrap();
        }
    }
    assert_eq!(desk.sam().case(&ann.reference).await, before);
    assert_eq!(desk.world.mails().unwrap().len(), 1);
    // Due, and looked at thrice: it goes up once.
    desk.world.cloud().set_clock(crate::desk::instant("2026-10-05T10:00:01Z")).unwrap();
    for _ in 0..3 {
        desk.world.invoke("watch-deadlines", json!({})).await.unwrap();
    }
    desk.world.settle().await.unwrap();
    assert_eq!(desk.letters_to(crate::desk::MANAGER), ["escalated"]);
    desk.rests().await;
}

#[tokio::test]
async fn everything_that_comes_twice_has_its_effect_once() {
    let overheard = Overheard::default();
    let desk = Desk::with(Opening { overheard: Some(overheard.clone()), ..Opening::default() });
    let ann = desk.complains("Ann", "bounce@example.com").await;
    desk.sam().resolves(&ann).await;
    desk.is_counted().await;
    let (case, mails) = (desk.sam().case(&ann.reference).await, desk.world.mails().unwrap().len());
    let heard: Vec<_> = overheard.lock().unwrap().drain(..).collect();
    let asynchronous = [
        "publish-events",
        "tally-events",
        "acknowledge-complaint",
        "send-letter",
        "alert-staff",
        "record-mail-events",
    ];
    for (step, event) in heard.into_iter().filter(|(step, _)| asynchronous.contains(&step.as_str())) {
        desk.world.invoke(&step, event).await.unwrap();
    }
    desk.world.settle().await.unwrap();
    assert_eq!(desk.world.mails().unwrap().len(), mails);
    assert_eq!(desk.sam().case(&ann.reference).await, case);
    desk.rests().await;
}

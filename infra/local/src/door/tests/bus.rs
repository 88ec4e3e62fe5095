use aws_sdk_eventbridge::Client;
use aws_sdk_eventbridge::types::PutEventsRequestEntry;

use super::*;

fn entry(kind: &str) -> PutEventsRequestEntry {
    let entry =
        PutEventsRequestEntry::builder().source("complaints").detail_type(kind).detail(r#"{"version":1}"#);
    entry.event_bus_name("complaints").build()
}

fn bus() -> (Cloud, Client) {
    let cloud = open(None);
    let client = Client::new(&cloud.sdk_config());
    (cloud, client)
}

#[tokio::test]
async fn an_event_arrives_on_its_bus_in_the_envelope_that_targets_see() {
    let (cloud, client) = bus();
    let answer = client.put_events().entries(entry("Received")).send().await.unwrap();
    assert_eq!(answer.failed_entry_count(), 0);
    let events = events(&cloud, "complaints");
    assert_eq!(events.len(), 1);
    assert_eq!(events[0]["detail-type"], "Received");
    assert_eq!(events[0]["source"], "complaints");
    assert_eq!(events[0]["time"], "2026-11-02T12:00:00Z");
    assert_eq!(events[0]["detail"], json!({"version": 1}));
    assert_eq!(events[0]["id"].as_str(), answer.entries()[0].event_id());
}

#[tokio::test]
async fn each_entry_fails_or_passes_by_itself_inside_a_success() {
    let (cloud, client) = bus();
    let broken =
        PutEventsRequestEntry::builder().source("complaints").detail_type("Received").detail("{").build();
    let answer = client.put_events().entries(broken).entries(entry("Received")).send().await.unwrap();
    assert_eq!(answer.failed_entry_count(), 1);
    assert_eq!(answer.entries()[0].error_code(), Some("MalformedDetail"));
    assert!(answer.entries()[1].event_id().is_some());
    assert_eq!(events(&cloud, "complaints").len(), 1);
}

#[tokio::test]
async fn a_partial_fault_fails_every_second_entry() {
    let (cloud, client) = bus();
    cloud.inject(Box::new(|_| Fault::Partial));
    let answer =
        client.put_events().entries(entry("a")).entries(entry("b")).entries(entry("c")).send().await.unwrap();
    assert_eq!(answer.failed_entry_count(), 2);
    assert_eq!(events(&cloud, "complaints")[0]["detail-type"], "b");
}

#[tokio::test]
async fn more_than_ten_entries_are_refused_whole() {
    let (cloud, client) = bus();
    let many = (0..11).map(|_| entry("Received")).collect();
    assert!(client.put_events().set_entries(Some(many)).send().await.is_err());
    assert!(events(&cloud, "complaints").is_empty());
}

#[tokio::test]
async fn waiters_are_woken_by_an_effect() {
    let (cloud, client) = bus();
    client.put_events().entries(entry("Received")).send().await.unwrap();
    cloud.notified().notified().await;
}

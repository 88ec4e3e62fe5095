//! The door through the real SDK clients.

mod backup;
mod bus;
mod faults;
mod mail;
mod objects;
mod restart;
mod table;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::{AttributeValue, Put, ReturnValuesOnConditionCheckFailure, TransactWriteItem};
use serde_json::{Value, json};

use super::*;

fn noon() -> jiff::Timestamp {
    "2026-11-02T12:00:00Z".parse().unwrap()
}

fn definition() -> Value {
    json!({
        "TableName": "complaints",
        "KeySchema": [
            {"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"},
        ],
        "AttributeDefinitions": [
            {"AttributeName": "pk", "AttributeType": "S"}, {"AttributeName": "sk", "AttributeType": "S"},
            {"AttributeName": "due_shard", "AttributeType": "S"}, {"AttributeName": "due_at", "AttributeType": "S"},
        ],
        "BillingMode": "PAY_PER_REQUEST",
        "GlobalSecondaryIndexes": [{
            "IndexName": "due",
            "KeySchema": [
                {"AttributeName": "due_shard", "KeyType": "HASH"}, {"AttributeName": "due_at", "KeyType": "RANGE"},
            ],
            "Projection": {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["version"]},
        }],
        "StreamSpecification": {"StreamViewType": "NEW_AND_OLD_IMAGES"},
        "TimeToLiveSpecification": {"AttributeName": "expires", "Enabled": true},
        "DeletionProtectionEnabled": true,
    })
}

fn options(data: Option<&std::path::Path>) -> CloudOptions {
    CloudOptions {
        data: data.map(Into::into),
        clock: Clock::frozen(noon()),
        seed: Some(1),
        issuer: "https://issuer.example/pool".into(),
        endpoint: "http://localhost:8787".into(),
    }
}

fn open(data: Option<&std::path::Path>) -> Cloud {
    let cloud = Cloud::open(options(data)).unwrap();
    cloud.create_table(&definition()).unwrap();
    cloud
}

/// A cloud in memory, and a client of its table.
fn cloud() -> (Cloud, Client) {
    let cloud = open(None);
    let client = Client::new(&cloud.sdk_config());
    (cloud, client)
}

fn s(text: &str) -> AttributeValue {
    AttributeValue::S(text.into())
}

/// A part of a transaction: an item that must be new.
fn fresh(pk: &str, note: &str) -> TransactWriteItem {
    let put = Put::builder()
        .table_name("complaints")
        .item("pk", s(pk))
        .item("sk", s("C"))
        .item("note", s(note))
        .condition_expression("attribute_not_exists(pk)")
        .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
    TransactWriteItem::builder().put(put.build().unwrap()).build()
}

async fn put(client: &Client, pk: &str, sk: &str, note: &str) {
    let put = client.put_item().table_name("complaints");
    put.item("pk", s(pk)).item("sk", s(sk)).item("note", s(note)).send().await.unwrap();
}

async fn note(client: &Client, pk: &str, sk: &str) -> Option<String> {
    let get = client.get_item().table_name("complaints").key("pk", s(pk)).key("sk", s(sk));
    let item = get.send().await.unwrap().item?;
    Some(item["note"].as_s().unwrap().clone())
}

/// The stream's records, without the rest.
fn records(cloud: &Cloud) -> Vec<Value> {
    let effects = cloud.take_effects().unwrap().into_iter();
    effects
        .filter_map(|due| match due.effect {
            Effect::Stream { record, .. } => Some(record),
            Effect::Bus { .. } => None,
        })
        .collect()
}

/// The events on a bus.
fn events(cloud: &Cloud, wanted: &str) -> Vec<Value> {
    let effects = cloud.take_effects().unwrap().into_iter();
    effects
        .filter_map(|due| match due.effect {
            Effect::Bus { bus, event } if bus == wanted => Some(event),
            _ => None,
        })
        .collect()
}

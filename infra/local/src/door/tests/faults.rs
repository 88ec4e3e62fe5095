use std::collections::HashMap;

use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::types::{KeysAndAttributes, PutRequest, WriteRequest};

use super::*;

#[tokio::test]
async fn a_lost_answer_is_retried_by_the_client_and_done_once() {
    let (cloud, client) = cloud();
    let mut calls = 0;
    cloud.inject(Box::new(move |_| {
        calls += 1;
        if calls == 1 { Fault::LoseAnswer } else { Fault::None }
    }));
    client.transact_write_items().transact_items(fresh("C#1", "a")).send().await.unwrap();
    assert_eq!(cloud.requests().len(), 2);
    assert_eq!(records(&cloud).len(), 1);
}

#[tokio::test]
async fn who_is_no_function_loses_an_answer_where_a_function_would_die() {
    for fault in [Fault::DieBefore, Fault::DieAfter] {
        let (cloud, client) = cloud();
        let mut calls = 0;
        cloud.inject(Box::new(move |_| {
            calls += 1;
            if calls == 1 { fault } else { Fault::None }
        }));
        client.transact_write_items().transact_items(fresh("C#1", "a")).send().await.unwrap();
        assert_eq!(cloud.requests().len(), 2);
        assert_eq!(records(&cloud).len(), 1);
    }
}

#[tokio::test]
async fn an_answer_lost_to_a_client_that_does_not_retry_leaves_the_write_done() {
    let (cloud, _) = cloud();
    let once = aws_sdk_dynamodb::config::Builder::from(&cloud.sdk_config())
        .retry_config(aws_smithy_types::retry::RetryConfig::disabled())
        .build();
    let client = Client::from_conf(once);
    cloud.inject(Box::new(|call| if call.operation == "PutItem" { Fault::LoseAnswer } else { Fault::None }));
    let lost = client
        .put_item()
        .table_name("complaints")
        .item("pk", s("C#1"))
        .item("sk", s("C"))
        .item("note", s("a"));
    assert!(matches!(lost.send().await, Err(SdkError::DispatchFailure(_))));
    assert_eq!(note(&client, "C#1", "C").await.as_deref(), Some("a"));
}

#[tokio::test]
async fn throttling_conflicts_and_failures_are_retried_without_waiting() {
    let (cloud, client) = cloud();
    let mut faults = vec![Fault::ServerError, Fault::Throttle];
    cloud.inject(Box::new(move |_| faults.pop().unwrap_or_default()));
    put(&client, "C#1", "C", "a").await;
    let statuses: Vec<_> = cloud.requests().iter().map(|request| request.status).collect();
    assert_eq!(statuses, [400, 500, 200]);
}

#[tokio::test]
async fn a_conflict_names_the_item_of_the_transaction() {
    let (cloud, client) = cloud();
    cloud.inject(Box::new(|_| Fault::Conflict));
    let both =
        client.transact_write_items().transact_items(fresh("C#1", "a")).transact_items(fresh("C#2", "b"));
    let error = both.send().await.unwrap_err().into_service_error();
    let aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError::TransactionCanceledException(
        cancelled,
    ) = error
    else {
        panic!("{error:?}")
    };
    let codes: Vec<_> = cancelled.cancellation_reasons().iter().filter_map(|reason| reason.code()).collect();
    assert_eq!(codes, ["TransactionConflict", "None"]);
    assert!(records(&cloud).is_empty());
}

#[tokio::test]
async fn a_partial_batch_leaves_writes_unprocessed() {
    let (cloud, client) = cloud();
    cloud.inject(Box::new(|call| if call.number == 1 { Fault::Partial } else { Fault::None }));
    let write = |pk: &str| {
        let request = PutRequest::builder().item("pk", s(pk)).item("sk", s("C")).item("note", s("a")).build();
        WriteRequest::builder().put_request(request.unwrap()).build()
    };
    let batch = client.batch_write_item().request_items("complaints", vec![write("C#1"), write("C#2")]);
    let left = batch.send().await.unwrap().unprocessed_items.unwrap();
    assert_eq!(left["complaints"].len(), 1);
    assert_eq!(note(&client, "C#1", "C").await, None);
    client.batch_write_item().set_request_items(Some(left)).send().await.unwrap();
    assert_eq!(note(&client, "C#1", "C").await.as_deref(), Some("a"));
}

#[tokio::test]
async fn a_partial_batch_leaves_keys_unread() {
    let (cloud, client) = cloud();
    put(&client, "C#1", "C", "a").await;
    put(&client, "C#2", "C", "b").await;
    cloud.inject(Box::new(|call| if call.number == 3 { Fault::Partial } else { Fault::None }));
    let key = |pk: &str| HashMap::from([("pk".to_owned(), s(pk)), ("sk".to_owned(), s("C"))]);
    let keys = KeysAndAttributes::builder().keys(key("C#1")).keys(key("C#2")).build().unwrap();
    let first = client.batch_get_item().request_items("complaints", keys).send().await.unwrap();
    assert_eq!(first.responses.unwrap()["complaints"][0]["note"], s("b"));
    let left = first.unprocessed_keys.unwrap();
    assert_eq!(left["complaints"].keys(), [key("C#1")]);
    let rest = client.batch_get_item().set_request_items(Some(left)).send().await.unwrap();
    assert_eq!(rest.responses.unwrap()["complaints"][0]["note"], s("a"));
}

#[tokio::test]
async fn a_limit_on_an_attempts_time_does_not_cut_a_call_short() {
    let (cloud, _) = cloud();
    let limits = aws_smithy_types::timeout::TimeoutConfig::builder()
        .operation_attempt_timeout(std::time::Duration::from_secs(2))
        .operation_timeout(std::time::Duration::from_secs(5))
        .build();
    let config = aws_sdk_dynamodb::config::Builder::from(&cloud.sdk_config()).timeout_config(limits).build();
    let client = Client::from_conf(config);
    let mut calls = 0;
    cloud.inject(Box::new(move |_| {
        calls += 1;
        if calls == 1 { Fault::Throttle } else { Fault::None }
    }));
    put(&client, "C#1", "C", "a").await;
    assert_eq!(cloud.requests().len(), 2);
}

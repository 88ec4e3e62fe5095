use aws_sdk_dynamodb::types::{
    ConditionCheck, Delete, PutRequest, ReturnValuesOnConditionCheckFailure, TransactWriteItem, Update,
    WriteRequest,
};

use super::*;

#[tokio::test]
async fn what_is_put_is_read_back() {
    let (_, client) = cloud();
    put(&client, "C#1", "C", "a").await;
    assert_eq!(note(&client, "C#1", "C").await.as_deref(), Some("a"));
    assert_eq!(note(&client, "C#2", "C").await, None);
}

#[tokio::test]
async fn a_put_under_a_broken_condition_is_refused_with_the_item_that_stands() {
    let (_, client) = cloud();
    put(&client, "C#1", "C", "a").await;
    let again = client.put_item().table_name("complaints").item("pk", s("C#1")).item("sk", s("C"));
    let again = again
        .condition_expression("attribute_not_exists(pk)")
        .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
    let error = again.send().await.unwrap_err().into_service_error();
    let aws_sdk_dynamodb::operation::put_item::PutItemError::ConditionalCheckFailedException(failed) = error
    else {
        panic!("{error:?}")
    };
    assert_eq!(failed.item().unwrap()["note"], s("a"));
}

#[tokio::test]
async fn a_transaction_is_all_or_nothing_and_says_which_item_refused() {
    let (cloud, client) = cloud();
    put(&client, "C#2", "C", "stands").await;
    records(&cloud);
    let both =
        client.transact_write_items().transact_items(fresh("C#1", "a")).transact_items(fresh("C#2", "b"));
    let error = both.send().await.unwrap_err().into_service_error();
    let aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError::TransactionCanceledException(
        cancelled,
    ) = error
    else {
        panic!("{error:?}")
    };
    let reasons = cancelled.cancellation_reasons();
    assert_eq!(reasons[0].code(), Some("None"));
    assert_eq!(reasons[1].code(), Some("ConditionalCheckFailed"));
    assert_eq!(reasons[1].item().unwrap()["note"], s("stands"));
    assert_eq!(note(&client, "C#1", "C").await, None);
    assert!(records(&cloud).is_empty());
}

#[tokio::test]
async fn a_transaction_puts_updates_deletes_and_checks_together() {
    let (cloud, client) = cloud();
    put(&client, "C#2", "C", "b").await;
    put(&client, "C#3", "C", "c").await;
    records(&cloud);
    let key = |pk: &str| [("pk".to_owned(), s(pk)), ("sk".to_owned(), s("C"))].into();
    let update = Update::builder().table_name("complaints").set_key(Some(key("C#2")));
    let update = update.update_expression("SET note = :note").expression_attribute_values(":note", s("b2"));
    let delete = Delete::builder().table_name("complaints").set_key(Some(key("C#3")));
    let check = ConditionCheck::builder().table_name("complaints").set_key(Some(key("C#4")));
    let check = check.condition_expression("attribute_not_exists(pk)");
    let transaction = client
        .transact_write_items()
        .transact_items(fresh("C#1", "a"))
        .transact_items(TransactWriteItem::builder().update(update.build().unwrap()).build())
        .transact_items(TransactWriteItem::builder().delete(delete.build().unwrap()).build())
        .transact_items(TransactWriteItem::builder().condition_check(check.build().unwrap()).build());
    transaction.send().await.unwrap();
    let records = records(&cloud);
    let names: Vec<_> = records.iter().map(|record| record["eventName"].as_str().unwrap()).collect();
    assert_eq!(names, ["INSERT", "MODIFY", "REMOVE"]);
    assert_eq!(records[1]["dynamodb"]["OldImage"]["note"], json!({"S": "b"}));
    assert_eq!(records[1]["dynamodb"]["NewImage"]["note"], json!({"S": "b2"}));
}

#[tokio::test]
async fn a_token_carries_out_a_transaction_once_within_ten_minutes() {
    let (cloud, client) = cloud();
    let send = |pk: &str| {
        let transaction =
            client.transact_write_items().client_request_token("one").transact_items(fresh(pk, "a"));
        transaction.send()
    };
    send("C#1").await.unwrap();
    cloud.set_clock(noon() + jiff::SignedDuration::from_mins(9)).unwrap();
    send("C#1").await.expect("the same again is no new transaction, so its condition does not refuse it");
    let other = send("C#2").await.unwrap_err().into_service_error();
    assert!(other.is_idempotent_parameter_mismatch_exception(), "{other:?}");
    cloud.set_clock(noon() + jiff::SignedDuration::from_mins(10)).unwrap();
    assert!(send("C#1").await.unwrap_err().into_service_error().is_transaction_canceled_exception());
    assert_eq!(records(&cloud).len(), 1);
}

#[tokio::test]
async fn a_token_is_remembered_for_a_transaction_that_changed_nothing() {
    let (_, client) = cloud();
    let send = || {
        let delete =
            Delete::builder().table_name("complaints").key("pk", s("C#1")).key("sk", s("C")).build().unwrap();
        let item = TransactWriteItem::builder().delete(delete).build();
        client.transact_write_items().client_request_token("one").transact_items(item).send()
    };
    send().await.unwrap();
    put(&client, "C#1", "C", "a").await;
    send().await.unwrap();
    assert_eq!(note(&client, "C#1", "C").await.as_deref(), Some("a"));
}

#[tokio::test]
async fn a_refused_transaction_leaves_its_token_free() {
    let (_, client) = cloud();
    put(&client, "C#1", "C", "stands").await;
    let send =
        || client.transact_write_items().client_request_token("one").transact_items(fresh("C#1", "a")).send();
    send().await.unwrap_err();
    client.delete_item().table_name("complaints").key("pk", s("C#1")).key("sk", s("C")).send().await.unwrap();
    send().await.unwrap();
}

#[tokio::test]
async fn a_transaction_of_more_than_a_hundred_items_is_refused() {
    let (_, client) = cloud();
    let items = (0..101).map(|number| fresh(&format!("C#{number}"), "a")).collect();
    let error = client.transact_write_items().set_transact_items(Some(items)).send().await.unwrap_err();
    assert_eq!(error.into_service_error().meta().code(), Some("ValidationException"));
}

#[tokio::test]
async fn an_item_of_more_than_400_kilobytes_is_refused() {
    let (_, client) = cloud();
    let large = client.put_item().table_name("complaints").item("pk", s("C#1")).item("sk", s("C"));
    let error = large.item("note", s(&"x".repeat(400 * 1024))).send().await.unwrap_err();
    assert_eq!(error.into_service_error().meta().code(), Some("ValidationException"));
}

#[tokio::test]
async fn a_query_pages_in_order() {
    let (_, client) = cloud();
    for number in 0..5 {
        put(&client, "E#1", &format!("{number:08}"), "x").await;
    }
    let page = |start| {
        let query = client.query().table_name("complaints").limit(2).set_exclusive_start_key(start);
        query.key_condition_expression("pk = :pk").expression_attribute_values(":pk", s("E#1")).send()
    };
    let mut seen = Vec::new();
    let mut start = None;
    loop {
        let page = page(start).await.unwrap();
        seen.extend(page.items().iter().map(|item| item["sk"].as_s().unwrap().clone()));
        start = page.last_evaluated_key;
        if start.is_none() {
            break;
        }
    }
    assert_eq!(seen, ["00000000", "00000001", "00000002", "00000003", "00000004"]);
}

#[tokio::test]
async fn an_index_holds_only_items_with_its_keys_and_what_it_projects() {
    let (_, client) = cloud();
    put(&client, "C#0", "C", "never due").await;
    for (pk, due) in [("C#1", "2026-11-03"), ("C#2", "2026-11-02")] {
        let item = client.put_item().table_name("complaints").item("pk", s(pk)).item("sk", s("C"));
        let item = item.item("due_shard", s("DUE#0")).item("due_at", s(due)).item("note", s("hidden"));
        item.item("version", AttributeValue::N("3".into())).send().await.unwrap();
    }
    let due = client.query().table_name("complaints").index_name("due");
    let due = due
        .key_condition_expression("due_shard = :shard AND due_at <= :now")
        .expression_attribute_values(":shard", s("DUE#0"))
        .expression_attribute_values(":now", s("2026-11-03"));
    let found = due.send().await.unwrap();
    let keys: Vec<_> = found.items().iter().map(|item| item["pk"].as_s().unwrap().as_str()).collect();
    assert_eq!(keys, ["C#2", "C#1"]);
    assert_eq!(found.items()[0]["version"], AttributeValue::N("3".into()));
    assert!(!found.items()[0].contains_key("note"));
}

#[tokio::test]
async fn the_stream_tells_inserts_changes_and_removals_in_order() {
    let (cloud, client) = cloud();
    put(&client, "C#1", "C", "a").await;
    put(&client, "C#1", "C", "a").await;
    let update = client.update_item().table_name("complaints").key("pk", s("C#1")).key("sk", s("C"));
    let update = update.update_expression("SET note = :note").expression_attribute_values(":note", s("b"));
    update.send().await.unwrap();
    let put_request = PutRequest::builder().item("pk", s("C#2")).item("sk", s("C")).build().unwrap();
    let batch = WriteRequest::builder().put_request(put_request).build();
    client.batch_write_item().request_items("complaints", vec![batch]).send().await.unwrap();
    client.delete_item().table_name("complaints").key("pk", s("C#1")).key("sk", s("C")).send().await.unwrap();
    client.delete_item().table_name("complaints").key("pk", s("C#1")).key("sk", s("C")).send().await.unwrap();

    let records = records(&cloud);
    let told: Vec<_> = records
        .iter()
        .map(|record| {
            let change = &record["dynamodb"];
            (record["eventName"].as_str().unwrap(), change["Keys"]["pk"]["S"].as_str().unwrap())
        })
        .collect();
    assert_eq!(told, [("INSERT", "C#1"), ("MODIFY", "C#1"), ("INSERT", "C#2"), ("REMOVE", "C#1")]);
    let numbers: Vec<_> =
        records.iter().map(|record| record["dynamodb"]["SequenceNumber"].as_str().unwrap()).collect();
    assert!(numbers.is_sorted());
    assert_eq!(records[0]["dynamodb"]["ApproximateCreationDateTime"], noon().as_second());
}

#[tokio::test]
async fn the_stream_tells_only_of_what_is_listened_to() {
    let (cloud, client) = cloud();
    cloud.listen("complaints", &["E#".to_owned(), "it's#".to_owned()]).unwrap();
    for pk in ["C#1", "E#1", "it's#1", "e#1"] {
        put(&client, pk, "C", "a").await;
    }
    let told: Vec<Value> =
        records(&cloud).iter().map(|it| it["dynamodb"]["Keys"]["pk"]["S"].clone()).collect();
    assert_eq!(told, ["E#1", "it's#1"]);
    let remove = client.delete_item().table_name("complaints").key("pk", s("E#1")).key("sk", s("C"));
    remove.send().await.unwrap();
    assert_eq!(records(&cloud).len(), 1);
}

#[tokio::test]
async fn each_effect_is_handed_out_once_in_a_process() {
    let (cloud, client) = cloud();
    put(&client, "C#1", "C", "a").await;
    assert_eq!(records(&cloud).len(), 1);
    assert!(records(&cloud).is_empty());
}

#[tokio::test]
async fn the_log_counts_calls_keys_and_units() {
    let (cloud, client) = cloud();
    put(&client, "C#1", "C", "a").await;
    note(&client, "C#1", "C").await;
    client.transact_write_items().transact_items(fresh("C#2", &"x".repeat(1500))).send().await.unwrap();
    let requests = cloud.requests();
    let told: Vec<_> = requests
        .iter()
        .map(|r| (r.call.operation.as_str(), r.keys[0].as_str(), r.read_units, r.write_units))
        .collect();
    assert_eq!(
        told,
        [("PutItem", "C#1", 0.0, 1.0), ("GetItem", "C#1", 0.5, 0.0), ("TransactWriteItems", "C#2", 0.0, 4.0)]
    );
    cloud.clear_requests();
    assert!(cloud.requests().is_empty());
}

#[tokio::test]
async fn calls_at_the_same_time_all_come_through() {
    let (cloud, client) = cloud();
    let writes = (0..50).map(|number| {
        let client = client.clone();
        tokio::spawn(async move { put(&client, &format!("C#{number}"), "C", "a").await })
    });
    for write in writes.collect::<Vec<_>>() {
        write.await.unwrap();
    }
    assert_eq!(records(&cloud).len(), 50);
}

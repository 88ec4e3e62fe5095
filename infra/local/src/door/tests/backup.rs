use super::*;

/// Notes a date that the index `due` knows.
async fn due(client: &Client, pk: &str, at: &str) {
    let put = client.put_item().table_name("complaints").item("pk", s(pk)).item("sk", s("C"));
    put.item("due_shard", s("DUE#0")).item("due_at", s(at)).send().await.unwrap();
}

async fn found(client: &Client) -> Vec<String> {
    let query = client.query().table_name("complaints").index_name("due");
    let query = query.key_condition_expression("due_shard = :shard");
    let found = query.expression_attribute_values(":shard", s("DUE#0")).send().await.unwrap();
    found.items().iter().map(|item| item["pk"].as_s().unwrap().clone()).collect()
}

#[tokio::test]
async fn a_restored_table_is_what_it_was_with_its_indexes_and_no_stream_tells_of_it() {
    let (cloud, client) = cloud();
    due(&client, "C#1", "2026-11-03").await;
    put(&client, "P#1", "intake", "a").await;
    let snapshot = cloud.snapshot("complaints").unwrap();
    due(&client, "C#1", "2026-11-05").await;
    due(&client, "C#2", "2026-11-02").await;
    put(&client, "P#1", "intake", "b").await;
    let changes = cloud.changes();
    cloud.restore(&snapshot).unwrap();
    assert!(cloud.changes() > changes);
    assert_eq!(records(&cloud), [json!(null); 0]);
    assert_eq!(found(&client).await, ["C#1"]);
    assert_eq!(note(&client, "P#1", "intake").await.as_deref(), Some("a"));
    assert_eq!(cloud.first_in("complaints", Some("due"), "DUE#0").unwrap().as_deref(), Some("2026-11-03"));
    // From here on the stream tells again.
    put(&client, "P#1", "intake", "c").await;
    assert_eq!(records(&cloud).len(), 1);
}

#[tokio::test]
async fn what_stands_can_be_read_past_the_clients() {
    let (cloud, client) = cloud();
    assert_eq!(cloud.first_in("complaints", None, "P#1").unwrap(), None);
    put(&client, "P#1", "b", "later").await;
    put(&client, "P#1", "a", "first").await;
    assert_eq!(cloud.first_in("complaints", None, "P#1").unwrap().as_deref(), Some("a"));
    let items = cloud.items_of("complaints", "P#1").unwrap();
    let first: Value = serde_json::from_str(&items[0]).unwrap();
    assert_eq!((items.len(), &first["note"]["S"]), (2, &json!("first")));
    assert_eq!(cloud.items("complaints").unwrap(), items);
}

#[tokio::test]
async fn a_query_of_an_index_that_is_behind_is_answered_as_before() {
    let (cloud, client) = cloud();
    let is_behind = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
    let asked = is_behind.clone();
    cloud.inject(Box::new(move |_| {
        if asked.load(std::sync::atomic::Ordering::Relaxed) { Fault::Stale } else { Fault::None }
    }));
    due(&client, "C#1", "2026-11-03").await;
    assert_eq!(found(&client).await, ["C#1"]);
    is_behind.store(true, std::sync::atomic::Ordering::Relaxed);
    due(&client, "C#2", "2026-11-02").await;
    assert_eq!(found(&client).await, ["C#1"]);
    is_behind.store(false, std::sync::atomic::Ordering::Relaxed);
    assert_eq!(found(&client).await, ["C#2", "C#1"]);
}

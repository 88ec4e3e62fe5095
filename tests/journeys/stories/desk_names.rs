//! Complaints that are found by the name of who complains, and by a number that was given beside an address.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};

use local::door::Fault;
use serde_json::{Value, json};

use crate::desk::ask::post;
use crate::desk::browser::{Browser, Form};
use crate::desk::inspector::Inspector;
use crate::desk::{Desk, Opening};

/// The references of what is found, as they come.
async fn found(desk: &Desk, text: &str) -> Vec<String> {
    let reply = desk.send(desk.sam().signed(post("/staff/search").json(&json!({"text": text})))).await;
    assert_eq!(reply.status, 200, "{text}: {}", reply.body);
    let list = reply.json();
    let complaints = list["complaints"].as_array().unwrap().iter();
    complaints.map(|complaint| complaint["reference"].as_str().unwrap().to_owned()).collect()
}

/// What is found, in whatever order: it all came in at the same moment.
async fn check(desk: &Desk, text: &str, expected: &[&String]) {
    let found = found(desk, text).await;
    let (found, expected) = (found.iter().collect::<BTreeSet<_>>(), expected.iter().copied().collect());
    assert_eq!(found, expected, "{text}");
}

/// Where complaints are found by what their customers told.
async fn places(desk: &Desk) -> Vec<(String, String)> {
    let items = Inspector::of(desk).all().await.into_iter();
    let places = items.map(|item| (item["pk"].as_s().unwrap().clone(), item["sk"].as_s().unwrap().clone()));
    places.filter(|(pk, _)| pk.starts_with("N#")).collect()
}

#[tokio::test]
async fn a_customer_is_found_by_all_of_their_name_or_a_word_of_it_however_it_is_written() {
    let desk = Desk::open();
    let anna = desk.complains("Anna Müller", "anna@example.com").await.reference;
    let other = desk.complains("Anna O'Neill-Schmidt", "other@example.com").await.reference;
    for text in ["Anna Müller", "muller", "MUELLER, Anna", "Frau Dr. A. Müller", "Mu\u{308}ller"] {
        check(&desk, text, &[&anna]).await;
    }
    for text in ["O’Neill", "schmidt oneill", "Anna Schmidt"] {
        check(&desk, text, &[&other]).await;
    }
    check(&desk, "anna", &[&other, &anna]).await;
    for text in ["Müller Schmidt", "Anna Mueller Meier", "Mulle", "Ann"] {
        check(&desk, text, &[]).await;
    }
    desk.rests().await;
}

#[tokio::test]
async fn two_people_of_one_name_are_both_found() {
    let desk = Desk::open();
    let first = desk.complains("John Smith", "john@example.com").await.reference;
    let second = desk.complains("Smith, John", "smith@example.com").await.reference;
    check(&desk, "John Smith", &[&second, &first]).await;
    check(&desk, "john@example.com", &[&first]).await;
    desk.rests().await;
}

#[tokio::test]
async fn whom_a_complaint_is_made_for_is_found_and_so_is_whom_staff_took_down() {
    let desk = Desk::open();
    let body = json!({"name": "Eva Klein", "on_behalf_of": "Otto Groß", "email": "eva@example.com",
        "description": "x"});
    let eva = desk.posts(&body).await.reference;
    let body = json!({"channel": "phone", "name": "Otto Lang", "phone": "020 7946 0000", "description": "x"});
    let taken = desk.sam().records(&body).await.json();
    let lang = taken["reference"].as_str().unwrap().to_owned();
    check(&desk, "Otto GROSS", &[&eva]).await;
    check(&desk, "klein", &[&eva]).await;
    check(&desk, "Otto", &[&lang, &eva]).await;
    desk.rests().await;
}

#[tokio::test]
async fn a_number_given_beside_an_address_finds_the_complaint_as_one_given_alone_does() {
    let desk = Desk::open();
    let body = json!({"email": "ann@example.com", "phone": "+44 20 7946 0123", "description": "x"});
    let beside = desk.posts(&body).await.reference;
    desk.hours(1).await;
    let alone = desk.posts(&json!({"phone": "+44 (20) 7946-0123", "description": "x"})).await.reference;
    assert_eq!(found(&desk, "+442079460123").await, [alone, beside.clone()], "the latest first");
    check(&desk, "ann@example.com", &[&beside]).await;
    assert_eq!(places(&desk).await.len(), 1, "the number alone is what its customer is known by");
    desk.rests().await;
}

#[tokio::test]
async fn who_was_erased_is_found_by_nothing_and_nothing_that_led_to_them_is_left() {
    let desk = Desk::open();
    let body =
        json!({"name": "Ann Lee", "email": "ann@example.com", "phone": "020 7946 0123", "description": "x"});
    let ann = desk.posts(&body).await.reference;
    let bo = desk.complains("Bo Lee", "bo@example.com").await.reference;
    check(&desk, "Lee", &[&bo, &ann]).await;
    assert_eq!(places(&desk).await.len(), 5);
    let mia = desk.mia();
    mia.does(&ann, "withdrawal", &json!({"channel": "phone"})).await;
    mia.does(&ann, "restriction", &json!({"reason": "Asked for on the phone."})).await;
    for text in ["Ann", "Ann Lee", "020 7946 0123"] {
        check(&desk, text, &[]).await;
    }
    check(&desk, "Lee", &[&bo]).await;
    let left = places(&desk).await;
    let id = desk.sam().case(&bo).await["id"].as_str().unwrap().to_owned();
    assert!(left.len() == 2 && left.iter().all(|(_, sk)| *sk == id), "{left:?}");
    assert_eq!(Inspector::of(&desk).verifies().await.0, [""; 0]);
    desk.rests().await;
}

#[tokio::test]
async fn an_erasure_that_was_cut_short_leaves_nothing_that_leads_to_them_either() {
    // The command is a transaction itself; after it, each place at which what follows can fail.
    for place in 1..6 {
        let desk = Desk::open();
        let ann = desk.complains("Ann Lee", "ann@example.com").await.reference;
        let mia = desk.mia();
        mia.does(&ann, "withdrawal", &json!({"channel": "phone"})).await;
        let written = AtomicUsize::new(0);
        desk.world.cloud().inject(Box::new(move |call| {
            let is_write = call.operation == "TransactWriteItems";
            let fails = is_write && written.fetch_add(1, Ordering::Relaxed) >= place;
            if fails { Fault::ServerError } else { Fault::None }
        }));
        mia.does(&ann, "restriction", &json!({"reason": "Asked for on the phone."})).await;
        desk.world.cloud().inject_nothing();
        desk.hours(1).await;
        assert_eq!(places(&desk).await, [], "cut short after {place}");
        assert_eq!(Inspector::of(&desk).verifies().await.0, [""; 0], "cut short after {place}");
        desk.rests().await;
    }
}

#[tokio::test]
async fn a_held_post_is_found_once_it_is_released() {
    let desk = Desk::open();
    let trapped = [("description", "x"), ("name", "Cy Hall"), ("email", "cy@example.com"), ("website", "x")];
    let reply = desk.send(post("/complaints").form(&trapped)).await;
    let location = reply.header("location").unwrap().to_owned();
    let reference = location.trim_start_matches("/my/").split('?').next().unwrap().to_owned();
    check(&desk, "Cy Hall", &[]).await;
    assert_eq!(places(&desk).await, []);
    let release = post(&format!("/staff/held/{reference}/release")).json(&json!({}));
    assert_eq!(desk.send(desk.sam().signed(release)).await.status, 200);
    check(&desk, "Cy Hall", &[&reference]).await;
    desk.rests().await;
}

#[tokio::test]
async fn a_search_by_name_is_recorded_without_the_name_and_asks_once_for_each_word() {
    let desk = Desk::open();
    let ann = desk.complains("Ann Mary Lee", "ann@example.com").await.reference;
    desk.world.cloud().clear_requests();
    for text in ["Ann Mary Lee", "lee ANN mary", "Mary"] {
        check(&desk, text, &[&ann]).await;
    }
    let asked: Vec<String> =
        desk.table_requests().into_iter().map(|request| request.call.operation).collect();
    let by_three = ["PutItem", "Query", "Query", "Query", "BatchGetItem"];
    assert_eq!(asked, [&by_three[..], &by_three, &["PutItem", "Query", "BatchGetItem"]].concat());
    let items = Inspector::of(&desk).all().await;
    let records = items.iter().filter(|item| item["pk"].as_s().unwrap() == "A#desk#2026-10");
    let records: Vec<Value> =
        records.map(|item| serde_json::from_str(item["record"].as_s().unwrap()).unwrap()).collect();
    let sought: BTreeSet<&str> = records.iter().map(|record| record["sought"].as_str().unwrap()).collect();
    assert_eq!((records.len(), sought.len()), (3, 2), "who is looked for twice is one");
    for item in &items {
        let pk = item["pk"].as_s().unwrap();
        assert!(
            pk.starts_with("P#")
                || pk.starts_with("I#")
                || !format!("{item:?}").to_lowercase().contains("mary"),
            "{pk}"
        );
    }
    desk.rests().await;
}

#[tokio::test]
async fn of_many_of_one_name_the_last_fifty_are_shown_and_that_there_are_more_is_said() {
    let opening = Opening { policy: Some("[limits]\nposts_per_network = 1000"), ..Opening::default() };
    let desk = Desk::with(opening);
    let first = desk.complains("Ann Müller", "ann@example.com").await.reference;
    desk.hours(1).await;
    for number in 0..50 {
        let body = json!({"channel": "letter", "name": "Bo Müller", "email": format!("bo{number}@example.com"),
            "description": "x"});
        desk.sam().records(&body).await;
    }
    let found = found(&desk, "müller").await;
    assert_eq!((found.len(), found.contains(&first)), (50, false));
    let sam = Browser::of(&desk, "sam@northgate.example", "csr");
    let field = Form::first_in(&sam.opens("/staff/new-complaint").await);
    let list = sam.submits(&field.clone().with(&[("text", "müller")])).await.body;
    assert!(list.contains("there may be earlier ones"), "{list}");
    let list = sam.submits(&field.with(&[("text", "Ann Müller")])).await.body;
    assert!(list.contains(&first) && !list.contains("there may be earlier ones"), "{list}");
    desk.rests().await;
}

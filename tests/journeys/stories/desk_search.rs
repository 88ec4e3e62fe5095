//! Complaints that are found again: by reference, by how their customer is reached, by what they are about.

use serde_json::{Value, json};

use crate::desk::Desk;
use crate::desk::ask::{Reply, post};
use crate::desk::browser::{Browser, Form};
use crate::desk::inspector::Inspector;

const SAM: &str = "sam@northgate.example";

async fn seeks(desk: &Desk, text: &str) -> Reply {
    desk.send(desk.sam().signed(post("/staff/search").json(&json!({"text": text})))).await
}

/// The references of what is found, as they come.
fn found(reply: &Reply) -> Vec<String> {
    assert_eq!(reply.status, 200, "{}", reply.body);
    references(&reply.json())
}

fn references(list: &Value) -> Vec<String> {
    let complaints = list["complaints"].as_array().unwrap().iter();
    complaints.map(|complaint| complaint["reference"].as_str().unwrap().to_owned()).collect()
}

/// What the records of searches say, whole.
async fn recorded(desk: &Desk) -> Vec<Value> {
    let items = Inspector::of(desk).all().await;
    let of_searches = items.into_iter().filter(|item| item["pk"].as_s().unwrap() == "A#desk#2026-10");
    of_searches.map(|item| serde_json::from_str(item["record"].as_s().unwrap()).unwrap()).collect()
}

#[tokio::test]
async fn all_complaints_of_a_customer_are_found_by_how_they_are_reached() {
    let desk = Desk::open();
    let first = desk.complains("Ann", "ann@example.com").await.reference;
    let bo = desk.posts(&json!({"phone": "+44 20 7946 0123", "description": "x"})).await.reference;
    desk.hours(1).await;
    let second = desk.complains("Ann", "Ann@Example.com").await.reference;
    assert_eq!(found(&seeks(&desk, " ANN@example.COM ").await), [second, first.clone()], "the latest first");
    assert_eq!(found(&seeks(&desk, "+44 (20) 7946-0123").await), [bo]);
    assert_eq!(found(&seeks(&desk, "nobody@example.com").await), [""; 0]);
    assert_eq!(found(&seeks(&desk, &first.to_lowercase().replace('-', "")).await), [first]);
    let nothing = seeks(&desk, "A. & 28T-5CY-01K").await;
    assert_eq!((nothing.status, nothing.pointers()[0].1.as_str()), (422, "nothing_to_find"));
    assert_eq!(seeks(&desk, "").await.status, 422);
    desk.rests().await;
}

#[tokio::test]
async fn who_looked_for_a_customer_is_recorded_and_not_whom_they_looked_for() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", "ann@example.com").await.reference;
    seeks(&desk, &ann).await;
    assert_eq!(recorded(&desk).await, [Value::Null; 0], "a reference is nobody");
    seeks(&desk, "ann@example.com").await;
    let records = recorded(&desk).await;
    let [record] = records.as_slice() else { panic!("{records:?}") };
    assert_eq!((&record["staff"], &record["route"]), (&json!(SAM), &json!("POST /staff/search")));
    assert_eq!(record["sought"].as_str().unwrap().len(), 43, "{record}");
    assert!(!record.to_string().contains("example.com"), "{record}");
    desk.world.cloud().inject(Box::new(|call| {
        if call.operation == "PutItem" { local::door::Fault::ServerError } else { local::door::Fault::None }
    }));
    let ask = desk.sam().signed(post("/staff/search").json(&json!({"text": "ann@example.com"})));
    let refused = desk.ask(ask).await;
    assert!(refused.status == 503 && !refused.body.contains(&ann), "{}", refused.body);
    desk.world.cloud().inject_nothing();
    desk.rests().await;
}

#[tokio::test]
async fn whose_data_was_erased_is_not_found_any_more() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", "ann@example.com").await.reference;
    let mia = desk.mia();
    mia.does(&ann, "withdrawal", &json!({"channel": "phone"})).await;
    assert_eq!(
        found(&seeks(&desk, "ann@example.com").await),
        std::slice::from_ref(&ann),
        "what is over is found as well"
    );
    mia.does(&ann, "restriction", &json!({"reason": "Asked for on the phone."})).await;
    assert_eq!(found(&seeks(&desk, "ann@example.com").await), [""; 0]);
    assert_eq!(found(&seeks(&desk, &ann).await), [ann], "the record itself stays");
    desk.rests().await;
}

#[tokio::test]
async fn one_field_in_the_head_of_every_page_finds_all_of_it() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", "ann@example.com").await.reference;
    let sam = Browser::of(&desk, SAM, "csr");
    let page = sam.opens("/staff/new-complaint").await;
    let field = Form::first_in(&page);
    assert_eq!((field.action.as_str(), field.fields["text"].as_str()), ("/staff/search", ""));
    let list = sam.submits(&field.clone().with(&[("text", "ann@example.com")])).await;
    assert_eq!(list.status, 200, "{}", list.body);
    assert!(list.body.contains(&ann) && list.body.contains("<h1>Found</h1>"), "{}", list.body);
    assert!(!list.body.contains("ann@example.com"), "a list says nothing of customers: {}", list.body);
    let found = sam.submits(&field.clone().with(&[("text", &ann)])).await;
    assert_eq!(found.header("location"), Some(format!("/staff/complaints/{ann}").as_str()));
    let none = sam.submits(&field.clone().with(&[("text", "<i>A.")])).await;
    assert_eq!(none.status, 422);
    assert!(
        none.body.contains("&#60;i&#62;A. is no reference, name, e-mail address or phone"),
        "{}",
        none.body
    );
    desk.rests().await;
}

#[tokio::test]
async fn open_complaints_are_narrowed_to_what_they_are_about() {
    let desk = Desk::open();
    let body = json!({"email": "ann@example.com", "description": "x", "product": "Mortgage"});
    let ann = desk.posts(&body).await.reference;
    let bo = desk.complains("Bo", "bo@example.com").await.reference;
    let sam = desk.sam();
    sam.triages(&bo, "billing", "normal").await;
    assert_eq!(references(&sam.lists("?product=mortgage").await), std::slice::from_ref(&ann));
    assert_eq!(references(&sam.lists("?category=billing").await), std::slice::from_ref(&bo));
    assert_eq!(references(&sam.lists("?category=billing&product=Mortgage").await), [""; 0]);
    assert_eq!(
        references(&sam.lists("?stage=acknowledged&category=billing").await),
        std::slice::from_ref(&bo)
    );
    let page = Browser::of(&desk, SAM, "csr").opens("/staff/complaints?category=&product=Mortgage").await;
    assert!(page.contains(&ann) && !page.contains(&bo), "{page}");
    assert!(page.contains("<h1>Mortgage</h1>") && page.contains("<option value=\"Mortgage\" selected>"));
    for query in ["?category=nonsense", "?product=nonsense"] {
        let ask = crate::desk::ask::get(&format!("/staff/complaints{query}"));
        assert_eq!(desk.send(sam.signed(ask)).await.status, 422, "{query}");
    }
    desk.rests().await;
}

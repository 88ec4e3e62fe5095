//! Like complaints are shown to whoever triages one: the same customer's, and those whose texts are alike.

use serde_json::{Value, json};

use crate::desk::Desk;
use crate::desk::inspector::Inspector;

const FEE: &str = "My mortgage servicer charged me a late fee, although the escrow payment was made on time.";
const FEE_TOO: &str = "The mortgage servicer says the escrow payment was late and charged me a late fee.";
const CALLS: &str = "Your branch opened an account for me that I never asked for.";

/// A complaint about a mortgage, filed under what it is about.
async fn filed(desk: &Desk, email: &str, text: &str) -> String {
    let reference = came(desk, email, text).await;
    desk.sam().takes(&reference).await;
    desk.sam().triages(&reference, "billing", "normal").await;
    reference
}

async fn came(desk: &Desk, email: &str, text: &str) -> String {
    desk.posts(&json!({"email": email, "description": text, "product": "Mortgage"})).await.reference
}

async fn alike(desk: &Desk, reference: &str) -> Vec<Value> {
    desk.sam().case(reference).await["alike"].as_array().cloned().unwrap_or_default()
}

#[tokio::test]
async fn whoever_triages_sees_what_is_like_it_and_why_until_it_is_done() {
    let desk = Desk::open();
    let like = filed(&desk, "ann@example.com", FEE).await;
    filed(&desk, "bo@example.com", CALLS).await;
    let new = came(&desk, "cy@example.com", FEE_TOO).await;
    let shown = alike(&desk, &new).await;
    assert_eq!(shown.len(), 1, "{shown:?}");
    assert_eq!((&shown[0]["reference"], &shown[0]["same_customer"]), (&json!(like), &json!(false)));
    assert!(shown[0]["likeness"].as_u64().unwrap() >= 40);
    let because = shown[0]["because"][0].as_str().unwrap();
    assert!(because.starts_with("words in common: ") && because.contains("escrow"), "{because}");
    desk.sam().takes(&new).await;
    desk.sam().triages(&new, "billing", "normal").await;
    assert_eq!(alike(&desk, &new).await, [json!(null); 0]);
    desk.rests().await;
}

#[tokio::test]
async fn the_same_customers_other_complaints_are_shown_whatever_they_are_about() {
    let desk = Desk::open();
    let first = came(&desk, "ann@example.com", CALLS).await;
    let second = came(&desk, "ann@example.com", FEE).await;
    let shown = alike(&desk, &second).await;
    assert_eq!(shown.iter().map(|one| &one["reference"]).collect::<Vec<_>>(), [&json!(first)]);
    assert_eq!(shown[0]["because"][0], "the same customer");
    desk.rests().await;
}

#[tokio::test]
async fn what_was_erased_is_like_nothing_any_more() {
    let desk = Desk::open();
    let like = filed(&desk, "ann@example.com", FEE).await;
    desk.sam().does(&like, "withdrawal", &json!({"channel": "phone"})).await;
    desk.mia().does(&like, "restriction", &json!({"reason": "She asked for it."})).await;
    let new = came(&desk, "cy@example.com", FEE_TOO).await;
    assert_eq!(alike(&desk, &new).await, [json!(null); 0]);
    let kept = Inspector::of(&desk).all().await;
    let gists = kept.iter().filter(|item| item.contains_key("gist")).count();
    assert_eq!(gists, 1, "of the new one only");
    desk.rests().await;
}

//! How like cases were put right is shown beside the form of a proposal, so that they are put right alike.

use serde_json::{Value, json};

use crate::desk::Desk;

/// A complaint about a mortgage that was put right with so much.
async fn put_right(desk: &Desk, customer: &str, amount: &str) {
    let reference = begun(desk, customer, "Mortgage").await;
    let sam = desk.sam();
    let remedies = json!([{"kind": "refund", "amount": amount, "promised_by": "2026-11-12"}]);
    sam.proposes(&reference, "upheld", remedies).await;
    sam.does(&reference, "answer", &json!({"proposal": 1, "answer": "accept", "channel": "phone"})).await;
    sam.carries_out(&reference, 1).await;
}

/// A complaint about billing that is investigated.
async fn begun(desk: &Desk, customer: &str, product: &str) -> String {
    let body = json!({"email": format!("{customer}@example.com"), "description": "x", "product": product});
    let reference = desk.posts(&body).await.reference;
    desk.sam().investigates(&reference).await;
    reference
}

#[tokio::test]
async fn who_proposes_sees_what_was_given_in_like_cases_and_only_in_those() {
    let desk = Desk::open();
    // One more, and the last of them would be one of five alike, which is for a manager.
    for (customer, amount) in [("ann", "10.00"), ("bo", "30.00"), ("cy", "20.00")] {
        put_right(&desk, customer, amount).await;
    }
    let like = begun(&desk, "eve", "Mortgage").await;
    desk.is_counted().await;
    let spread = desk.sam().case(&like).await["redress"].clone();
    assert_eq!((&spread["cases"], &spread["outcomes"]), (&json!(3), &json!({"upheld": 3})));
    let expected = json!([{"kind": "refund", "cases": 3, "amounts": {
        "count": 3, "least": "10.00 GBP", "lower_quartile": "10.00 GBP", "median": "20.00 GBP",
        "upper_quartile": "30.00 GBP", "most": "30.00 GBP"}}]);
    assert_eq!(spread["remedies"], expected);

    let unlike = begun(&desk, "fay", "Student loan").await;
    assert_eq!(desk.sam().case(&unlike).await.get("redress"), None);
    // As long as the proposal can be put right; once it is agreed to nobody has to choose any more.
    desk.sam().proposes(&like, "not_upheld", Value::Array(Vec::new())).await;
    assert_eq!(desk.sam().case(&like).await["redress"]["cases"], 3);
    let yes = json!({"proposal": 1, "answer": "accept", "channel": "phone"});
    desk.sam().does(&like, "answer", &yes).await;
    assert_eq!(desk.sam().case(&like).await.get("redress"), None);
    desk.rests().await;
}

#[tokio::test]
async fn a_case_that_is_put_right_anew_counts_once_and_as_it_was_put_right_last() {
    let desk = Desk::open();
    put_right(&desk, "ann", "10.00").await;
    let sam = desk.sam();
    let first =
        sam.lists("?stage=following_up").await["complaints"][0]["reference"].as_str().unwrap().to_owned();
    sam.does(&first, "reopening", &json!({"text": "Too little.", "channel": "phone"})).await;
    sam.finds(&first, "it").await;
    let remedies = json!([{"kind": "refund", "amount": "25.00", "promised_by": "2026-11-12"}]);
    sam.proposes(&first, "upheld", remedies).await;
    sam.does(&first, "answer", &json!({"proposal": 2, "answer": "accept", "channel": "phone"})).await;
    sam.carries_out(&first, 1).await;
    let like = begun(&desk, "eve", "Mortgage").await;
    desk.is_counted().await;
    let spread = sam.case(&like).await["redress"].clone();
    assert_eq!(
        (&spread["cases"], &spread["remedies"][0]["amounts"]["median"]),
        (&json!(1), &json!("25.00 GBP"))
    );
    desk.rests().await;
}

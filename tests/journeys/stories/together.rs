//! Complaints that come together: of one customer, or about one product and category.

use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::desk::customer::Customer;
use crate::desk::report::Sheet;
use crate::desk::staff::events;
use crate::desk::{Desk, MANAGER};

const ANN: &str = "ann@example.com";

#[tokio::test]
async fn the_third_complaint_of_a_customer_within_ninety_days_goes_up_at_once() {
    let desk = Desk::at("2026-01-05T09:00:00Z");
    let first = by_phone(&desk, ANN, "2026-01-04T09:00:00Z").await;
    desk.complains("Ann", ANN).await;
    assert_eq!(desk.sam().case(&first).await["level"], 1);
    desk.until("2026-01-05T09:01:00Z").await;
    // Who complains under another address is somebody else.
    desk.complains("Ann", "ann@example.org").await;
    let third = desk.complains("Ann", ANN).await.reference;
    let case = desk.sam().case(&third).await;
    assert_eq!(case["level"], 2, "{case}");
    assert_eq!(events(&case)[..4], ["Received", "Acknowledged", "PatternFound", "Escalated"]);
    assert_eq!(because(&case), json!({"because": "pattern", "pattern": "repeated"}));
    assert!(desk.letters_to(MANAGER).contains(&"escalated".to_owned()));
    desk.rests().await;
}

#[tokio::test]
async fn ninety_days_are_ninety_days_to_the_second() {
    for (at, level) in [("2026-04-05T09:00:00Z", 2), ("2026-04-05T09:00:01Z", 1)] {
        // Taken down later than they came, so that the time between need not pass.
        let desk = Desk::at("2026-04-06T09:00:00Z");
        by_phone(&desk, ANN, "2026-01-05T09:00:00Z").await;
        by_phone(&desk, ANN, "2026-02-05T09:00:00Z").await;
        let third = by_phone(&desk, ANN, at).await;
        assert_eq!(desk.sam().case(&third).await["level"], level, "{at}");
        desk.rests().await;
    }
}

#[tokio::test]
async fn one_that_is_taken_down_late_makes_those_after_it_the_third() {
    let desk = Desk::at("2026-01-20T09:00:00Z");
    by_phone(&desk, ANN, "2026-01-12T09:00:00Z").await;
    let last = by_phone(&desk, ANN, "2026-01-19T09:00:00Z").await;
    assert_eq!(desk.sam().case(&last).await["level"], 1);
    let first = by_phone(&desk, ANN, "2026-01-05T09:00:00Z").await;
    assert_eq!(desk.sam().case(&first).await["level"], 1);
    assert_eq!(desk.sam().case(&last).await["level"], 2);
    desk.rests().await;
}

#[tokio::test]
async fn five_alike_within_seven_days_go_up_and_lead_to_each_other() {
    let desk = Desk::open();
    let customers = alike(&desk, 5).await;
    let sam = desk.sam();
    for (number, customer) in customers.iter().enumerate() {
        assert_eq!(sam.case(&customer.reference).await["level"], 1);
        sam.triages(&customer.reference, "billing", "normal").await;
        let level = if number == 4 { 2 } else { 1 };
        assert_eq!(sam.case(&customer.reference).await["level"], level, "number {number}");
    }
    let case = sam.case(&customers[4].reference).await;
    assert_eq!(because(&case), json!({"because": "pattern", "pattern": "alike"}));
    let [together] = case["together"].as_array().unwrap().as_slice() else { panic!("{case}") };
    assert_eq!((&together["pattern"], &together["count"]), (&json!("alike"), &json!(5)));
    let others: Vec<&str> = together["others"]
        .as_array()
        .unwrap()
        .iter()
        .map(|other| other["reference"].as_str().unwrap())
        .collect();
    let expected: Vec<&str> =
        customers[..4].iter().rev().map(|customer| customer.reference.as_str()).collect();
    assert_eq!(others, expected);
    // Staff can open them by what is listed.
    assert_eq!(sam.case(others[0]).await["product"], "Mortgage");
    desk.rests().await;
}

#[tokio::test]
async fn what_is_triaged_anew_is_alike_to_others_and_no_more_to_the_first() {
    let desk = Desk::open();
    let customers = alike(&desk, 6).await;
    let sam = desk.sam();
    for customer in &customers[..4] {
        sam.triages(&customer.reference, "billing", "normal").await;
    }
    sam.triages(&customers[3].reference, "delivery", "normal").await;
    sam.triages(&customers[4].reference, "billing", "normal").await;
    assert_eq!(sam.case(&customers[4].reference).await["level"], 1, "there are four");
    // Back again: the fifth is now one of five, though it was triaged before.
    sam.triages(&customers[3].reference, "billing", "normal").await;
    assert_eq!(sam.case(&customers[3].reference).await["level"], 1);
    assert_eq!(sam.case(&customers[4].reference).await["level"], 2);
    desk.rests().await;
}

#[tokio::test]
async fn complaints_without_a_product_are_not_taken_for_alike() {
    let desk = Desk::open();
    for number in 0..5 {
        let customer = desk.complains("Ann", &format!("ann{number}@example.com")).await;
        desk.sam().triages(&customer.reference, "billing", "normal").await;
        assert_eq!(desk.sam().case(&customer.reference).await["level"], 1);
    }
    desk.rests().await;
}

#[tokio::test]
async fn a_notice_that_comes_again_finds_nothing_new() {
    let desk = Desk::open();
    let customers = alike(&desk, 5).await;
    for customer in &customers {
        desk.sam().triages(&customer.reference, "billing", "normal").await;
    }
    let before = cases(&desk, &customers).await;
    for case in &before {
        for version in [1, 3] {
            let id = &case["id"];
            let detail = json!({"event": format!("{}:{version}", id.as_str().unwrap()), "complaint": id, "version": version});
            desk.world.invoke("find-patterns", json!({"detail": detail})).await.unwrap();
        }
    }
    let versions = |cases: &[Value]| cases.iter().map(|case| case["version"].clone()).collect::<Vec<_>>();
    assert_eq!(versions(&cases(&desk, &customers).await), versions(&before));
    desk.rests().await;
}

#[tokio::test]
async fn the_report_says_what_went_up_because_it_came_together() {
    let desk = Desk::at("2026-09-30T08:00:00Z");
    let customers = alike(&desk, 5).await;
    for customer in &customers {
        desk.sam().triages(&customer.reference, "billing", "normal").await;
    }
    for _ in 0..3 {
        desk.complains("Bo", "bo@example.com").await;
    }
    desk.until("2026-10-01T06:05:00Z").await;
    let sheet = Sheet::of(&desk.mail(MANAGER, "monthly-report"));
    for reason in ["repeated", "alike"] {
        assert_eq!(sheet.count("quality", &format!("escalation#{reason}"), "to_2"), 1, "{}", sheet.text);
    }
    desk.rests().await;
}

/// Several of different people about one product, a second apart.
async fn alike(desk: &Desk, count: usize) -> Vec<Customer<'_>> {
    let mut customers = Vec::new();
    for number in 0..count {
        let body = json!({
            "email": format!("customer{number}@example.com"), "description": "Charged twice.", "product": "Mortgage",
        });
        customers.push(desk.posts(&body).await);
        desk.world.advance(SignedDuration::from_secs(1)).await.unwrap();
    }
    customers
}

async fn cases(desk: &Desk, customers: &[Customer<'_>]) -> Vec<Value> {
    let mut cases = Vec::new();
    for customer in customers {
        cases.push(desk.mia().case(&customer.reference).await);
    }
    cases
}

/// Taken down on the phone, as it was told at this time.
async fn by_phone(desk: &Desk, email: &str, at: &str) -> String {
    let body =
        json!({"channel": "phone", "email": email, "description": "Charged twice.", "received_at": at});
    let reply = desk.sam().records(&body).await;
    assert_eq!(reply.status, 201, "{}", reply.body);
    reply.json()["reference"].as_str().unwrap().to_owned()
}

/// Why it went up.
fn because(case: &Value) -> Value {
    let history = case["history"].as_array().unwrap();
    let up = history.iter().find(|entry| entry["event"]["type"] == "Escalated").unwrap();
    up["event"]["reason"].clone()
}

#[tokio::test]
async fn one_of_several_goes_up_with_its_proposal_and_a_resolved_one_when_it_is_taken_up_again() {
    let desk = Desk::open();
    let first = desk.complains("Ann", ANN).await;
    desk.sam().investigates(&first.reference).await;
    desk.sam().offers(&first.reference).await;
    desk.hours(1).await;
    let resolved = desk.complains("Ann", ANN).await;
    desk.sam().resolves(&resolved).await;
    let level = async |reference: &str| desk.sam().case(reference).await["level"].as_u64();
    // Taken down late, they make those after them the third and the fourth.
    by_phone(&desk, ANN, "2026-10-01T08:00:00Z").await;
    assert_eq!(level(&first.reference).await, Some(1));
    by_phone(&desk, ANN, "2026-10-01T09:00:00Z").await;
    let case = desk.sam().case(&first.reference).await;
    assert_eq!((&case["level"], &case["stage"]["name"]), (&json!(2), &json!("proposed")));
    assert_eq!(level(&resolved.reference).await, Some(1));
    assert!(events(&desk.sam().case(&resolved.reference).await).contains(&"PatternFound"));
    assert_eq!(
        resolved.rates(&json!({"rating": 1, "comment": "Not so.", "concern": true})).await.status,
        200
    );
    assert_eq!(level(&resolved.reference).await, Some(2));
    let letters = desk.letters_to(ANN);
    assert_eq!(letters.last().map(String::as_str), Some("reopening"), "it says both: {letters:?}");
    desk.rests().await;
}

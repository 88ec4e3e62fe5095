//! What the pages of those who lead ask of the table: as much for many complaints as for few.

use serde_json::json;

use super::operations;
use crate::desk::Desk;
use crate::desk::ask::{get, post};
use crate::desk::browser::Browser;

/// What the dashboard asks for so many complaints, and how many bytes it has.
async fn dashboard_of(complaints: usize) -> (Vec<String>, usize) {
    let desk = Desk::open();
    for number in 0..complaints {
        let body = json!({"email": format!("c{number}@example.com"), "description": "x"});
        assert_eq!(desk.ask(post("/complaints").json(&body)).await.status, 201);
    }
    desk.is_counted().await;
    let mia = Browser::of(&desk, "mia@northgate.example", "manager");
    let asked = operations(&desk, mia.sends(get("/staff/dashboard")), 200).await;
    (asked, mia.opens("/staff/dashboard").await.len())
}

#[tokio::test]
async fn the_dashboard_asks_once_for_each_month_for_one_report_for_what_is_due_and_for_actions() {
    let (few, many) = (dashboard_of(3).await, dashboard_of(60).await);
    let expected: Vec<&str> = [["Query"; 13].as_slice(), &["GetItem", "Query", "Query"]].concat();
    assert_eq!(few.0, expected);
    assert_eq!(many.0, expected);
    assert!(many.1 < 100_000, "{} bytes", many.1);
}

#[tokio::test]
async fn a_list_of_reports_is_one_request_so_is_a_report_and_so_are_the_actions_on_either() {
    let desk = Desk::at("2026-09-30T22:00:00Z");
    desk.complains("Ann", "ann@example.com").await;
    desk.until("2026-10-01T06:01:00Z").await;
    let mia = Browser::of(&desk, "mia@northgate.example", "manager");
    assert_eq!(operations(&desk, mia.sends(get("/staff/reports")), 200).await, ["Query", "Query"]);
    let month = "/staff/reports/2026-09";
    assert_eq!(operations(&desk, mia.sends(get(month)), 200).await, ["GetItem", "Query"]);
    assert!(mia.opens(month).await.len() < 100_000);
    let none: [&str; 0] = [];
    assert_eq!(operations(&desk, mia.sends(get("/staff/settings")), 200).await, none);
    let sam = Browser::of(&desk, "sam@northgate.example", "csr");
    assert_eq!(
        operations(&desk, sam.sends(get(month)), 403).await,
        ["PutItem"],
        "that they tried is recorded"
    );
    desk.rests().await;
}

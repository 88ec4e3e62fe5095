//! Letters to staff that nobody gets: somebody must hear of it all the same.

use complaints::shell::mailer::STAFF_NOT_REACHED;
use local::door::{Fault, Service};
use serde_json::{Value, json};

use crate::desk::Desk;
use crate::desk::log::Log;

/// The mails that the log says did not arrive.
fn told(log: &Log) -> Vec<String> {
    let lines = log.text();
    let lines = lines.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    lines
        .filter(|line| line["fields"]["message"] == STAFF_NOT_REACHED && line["level"] == "ERROR")
        .map(|line| line["fields"]["mail"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn a_report_that_bounces_is_told_to_the_alarm() {
    let log = Log::listen();
    let desk = Desk::with_policy("[mailboxes]\nmanager = \"bounce@northgate.example\"");
    desk.complains("Ann", "ann@example.com").await;
    desk.sam().takes(&desk.complains("Bo", "bo@example.com").await.reference).await;
    let before = told(&log);
    desk.world.invoke("send-report", json!({})).await.unwrap();
    desk.world.settle().await.unwrap();
    let told = told(&log);
    assert!(!before.iter().any(|mail| mail.contains("monthly-report")), "{before:?}");
    assert!(told.iter().any(|mail| mail == "M#monthly-2026-09 monthly-report#1"), "{told:?}");
}

#[tokio::test]
async fn a_report_that_ses_does_not_want_is_told_to_the_alarm_when_it_is_given_up() {
    let log = Log::listen();
    let desk = Desk::open();
    desk.complains("Ann", "ann@example.com").await;
    desk.world.cloud().inject(Box::new(|call| match call.service {
        Service::Ses => Fault::Throttle,
        _ => Fault::None,
    }));
    desk.world.invoke("send-report", json!({})).await.unwrap();
    desk.hours(19).await;
    assert_eq!(told(&log), Vec::<String>::new(), "it may still go");
    desk.hours(2).await;
    assert!(told(&log).contains(&"M#monthly-2026-09 monthly-report#1".to_owned()), "{:?}", told(&log));
}

#[tokio::test]
async fn a_letter_to_a_customer_that_bounces_is_a_task_and_no_alarm() {
    let log = Log::listen();
    let desk = Desk::open();
    desk.complains("Cy", "bounce@example.com").await;
    assert_eq!(told(&log), Vec::<String>::new());
    desk.rests().await;
}

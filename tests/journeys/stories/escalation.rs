//! What happens when nobody takes a complaint on, when time runs out, and when it is severe from the start.

use serde_json::json;

use crate::desk::staff::{events, stage};
use crate::desk::{DESK, Desk, MANAGER};

#[tokio::test]
async fn a_complaint_that_nobody_takes_goes_up_after_two_working_hours() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", "ann@example.com").await;
    let sam = desk.sam();
    desk.until("2026-10-05T09:59:00Z").await;
    assert_eq!(sam.case(&ann.reference).await["level"], 1);
    desk.until("2026-10-05T10:06:00Z").await;
    let case = sam.case(&ann.reference).await;
    assert_eq!((&case["level"], &case["responsible"]), (&json!(2), &json!("manager")));
    assert_eq!(desk.letters_to(MANAGER), ["escalated"]);
    assert_eq!(desk.letters_to("ann@example.com"), ["acknowledgement", "escalation-notice"]);
    desk.hours(1).await;
    assert_eq!(desk.letters_to(MANAGER), ["escalated"], "it is told once");
    desk.rests().await;
}

#[tokio::test]
async fn what_comes_in_on_friday_evening_goes_up_on_monday_morning() {
    let desk = Desk::at("2026-10-02T17:00:00Z");
    let ann = desk.complains("Ann", "ann@example.com").await;
    desk.until("2026-10-05T09:55:00Z").await;
    assert_eq!(desk.sam().case(&ann.reference).await["level"], 1);
    desk.until("2026-10-05T10:05:00Z").await;
    assert_eq!(desk.sam().case(&ann.reference).await["level"], 2);
    desk.rests().await;
}

#[tokio::test]
async fn the_owner_is_warned_at_four_fifths_of_the_time_and_at_its_end_it_goes_up() {
    let desk = Desk::with_policy("[severities.low]\nanswer = \"5 working hours\"");
    let ann = desk.complains("Ann", "ann@example.com").await;
    let sam = desk.sam();
    sam.takes(&ann.reference).await;
    sam.triages(&ann.reference, "billing", "low").await;
    sam.calls(&ann.reference).await;
    desk.until("2026-10-05T11:59:00Z").await;
    assert_eq!(desk.letters_to("sam@northgate.example"), Vec::<String>::new());
    desk.until("2026-10-05T12:05:00Z").await;
    assert_eq!(desk.letters_to("sam@northgate.example"), ["deadline-near"]);
    desk.until("2026-10-05T12:59:00Z").await;
    assert_eq!(sam.case(&ann.reference).await["level"], 1);
    desk.until("2026-10-05T13:05:00Z").await;
    let case = sam.case(&ann.reference).await;
    assert_eq!((&case["level"], &case["overdue"]), (&json!(2), &json!(true)));
    assert_eq!(desk.letters_to("sam@northgate.example"), ["deadline-near", "escalated"]);
    assert_eq!(desk.letters_to(MANAGER), ["escalated"]);
    assert_eq!(desk.letters_to("ann@example.com"), ["acknowledgement", "escalation-notice"]);
    let steps = events(&case);
    let last = ["PromiseWarned", "DelayAnnounced", "PromiseMissed", "Escalated"];
    assert_eq!(steps[steps.len() - 4..], last);
    desk.rests().await;
}

#[tokio::test]
async fn a_critical_complaint_starts_with_the_manager() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", "ann@example.com").await;
    desk.sam().takes(&ann.reference).await;
    let triaged = desk.sam().triages(&ann.reference, "account_privacy_security", "critical").await;
    assert_eq!(triaged["level"], 2);
    // Three working days, as told; the first human contact within four hours.
    let promises = triaged["promises"].as_array().unwrap();
    let by =
        |name: &str| promises.iter().find(|it| it["promise"] == name).map(|it| it["by"].as_str().unwrap());
    assert_eq!(by("answer"), Some("2026-10-08T16:00:00Z"));
    assert_eq!(by("first_contact"), Some("2026-10-05T12:00:00Z"));
    assert_eq!(desk.letters_to(MANAGER), ["escalated"]);
    // What is the manager's to decide is not a representative's.
    desk.sam().finds(&ann.reference, "it").await;
    let body = json!({"outcome": "upheld", "explanation": "Sorry.", "remedies": []});
    let refused = desk.sam().tries(&ann.reference, "propose", &body).await;
    assert_eq!((refused.status, refused.problem().as_str()), (403, "forbidden"));
    assert_eq!(stage(&desk.mia().does(&ann.reference, "propose", &body).await), "proposed");
    desk.rests().await;
}

#[tokio::test]
async fn a_missed_first_contact_is_told_to_whom_it_concerns() {
    let desk = Desk::with_policy("[severities.normal]\nfirst_contact = \"1 working hour\"");
    let ann = desk.complains("Ann", "ann@example.com").await;
    desk.sam().takes(&ann.reference).await;
    desk.until("2026-10-05T09:05:00Z").await;
    assert_eq!(desk.letters_to("sam@northgate.example"), ["deadline-missed"]);
    assert_eq!(desk.letters_to(DESK), Vec::<String>::new());
    desk.rests().await;
}

#[tokio::test]
async fn a_representative_escalates_with_a_reason() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", "ann@example.com").await;
    let sam = desk.sam();
    sam.takes(&ann.reference).await;
    let reply = sam.tries(&ann.reference, "escalate", &json!({})).await;
    assert_eq!((reply.status, reply.pointers()[0].0.as_str()), (422, "/reason"));
    let done = sam.does(&ann.reference, "escalate", &json!({"reason": "Press is asking."})).await;
    assert_eq!(done["level"], 2);
    assert_eq!(desk.letters_to("ann@example.com"), ["acknowledgement", "escalation-notice"]);
    let notice = desk.mail("ann@example.com", "escalation-notice").text.unwrap();
    assert!(!notice.contains("Press is asking"), "the reason is between staff");
    desk.rests().await;
}

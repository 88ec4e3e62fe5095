//! The straight path, whole: from the form to the report of the month.

use serde_json::json;

use crate::desk::ask::{get, hidden, post};
use crate::desk::customer::Customer;
use crate::desk::report::Sheet;
use crate::desk::staff::{events, stage};
use crate::desk::{Desk, MANAGER, SENIOR};

#[tokio::test]
async fn a_complaint_goes_from_the_form_to_the_monthly_report() {
    // The last Monday of October, so that the month ends soon after the complaint does.
    let desk = Desk::at("2026-10-26T09:00:00Z");
    let reference = complains_by_form(&desk).await;

    let acknowledgement = desk.mail("ann@example.com", "acknowledgement");
    let text = acknowledgement.text.clone().unwrap();
    assert!(text.contains("Ann Example") && text.contains(&reference), "{text}");
    assert!(acknowledgement.reply_to[0].ends_with("@reply.desk.example"), "{:?}", acknowledgement.reply_to);
    assert!(acknowledgement.headers.contains(&("Auto-Submitted".to_owned(), "auto-generated".to_owned())));
    let ann = Customer::reading(&desk, &reference, &text);
    assert_eq!(ann.sees().await["stage"], "acknowledged");

    let sam = desk.sam();
    sam.investigates(&reference).await;
    sam.offers(&reference).await;
    let seen = ann.sees().await;
    assert_eq!((seen["stage"].as_str(), seen["question"].as_str()), (Some("proposed"), Some("proposal")));
    assert_eq!(seen["resolution"]["explanation"], "You were charged twice; we are sorry.");
    ann.accepts().await;
    assert_eq!(stage(&sam.carries_out(&reference, 1).await), "implementing");
    assert_eq!(stage(&sam.carries_out(&reference, 2).await), "following_up");
    assert_eq!(desk.letters_to("ann@example.com"), ["acknowledgement", "proposal", "resolution-summary"]);

    // Asked three working days later, by the end of work, and not before.
    desk.until("2026-10-29T16:55:00Z").await;
    assert_eq!(desk.letters_to("ann@example.com").len(), 3);
    desk.until("2026-10-29T17:05:00Z").await;
    let question = desk.mail("ann@example.com", "satisfaction-question");
    let ann = Customer::reading(&desk, &reference, &question.text.unwrap());
    let rated = ann.rates(&json!({"rating": 5, "comment": "Quick."})).await;
    assert_eq!((rated.status, rated.json()["stage"].as_str()), (200, Some("closed")));
    let letters = ["acknowledgement", "proposal", "resolution-summary", "satisfaction-question", "closing"];
    assert_eq!(desk.letters_to("ann@example.com"), letters);

    let case = sam.case(&reference).await;
    assert_eq!(case["version"], 14);
    assert_eq!(case["next_due"], serde_json::Value::Null, "what is closed is due no more");
    let expected = [
        "Received",
        "Acknowledged",
        "Assigned",
        "Triaged",
        "ContactMade",
        "FindingRecorded",
        "Proposed",
        "ProposalAccepted",
        "RemedyDone",
        "RemedyDone",
        "Resolved",
        "SatisfactionAsked",
        "FeedbackGiven",
        "Closed",
    ];
    assert_eq!(events(&case), expected);

    desk.until("2026-11-01T06:59:00Z").await;
    assert!(desk.mails_to(MANAGER).is_empty(), "{:?}", desk.letters_to(MANAGER));
    desk.until("2026-11-01T07:01:00Z").await;
    let report = desk.mail(MANAGER, "monthly-report");
    assert!(report.to.contains(&SENIOR.to_owned()), "{:?}", report.to);
    assert!(report.subject.contains("October 2026"), "{}", report.subject);
    let sheet = Sheet::of(&report);
    assert_eq!(sheet.count("flow", "total#all", "received"), 1);
    assert_eq!(sheet.count("flow", "total#all", "closed"), 1);
    assert_eq!(sheet.count("flow", "total#all", "carried_out"), 0);
    assert_eq!(sheet.rate("summary", "satisfied", "value"), (1, 1));
    desk.rests().await;
}

/// As a browser does: the form's own hidden fields, filled in as long as a person takes, and on to the private page.
async fn complains_by_form(desk: &Desk) -> String {
    let form = desk.send(get("/").html()).await;
    assert_eq!(form.status, 200);
    let (key, issued) = (hidden(&form.body, "idempotency_key"), hidden(&form.body, "form_issued"));
    desk.world.advance(jiff::SignedDuration::from_secs(90)).await.unwrap();
    let fields = [
        ("idempotency_key", key),
        ("form_issued", issued),
        ("website", ""),
        ("description", "The card was charged twice."),
        ("name", "Ann Example"),
        ("email", "ann@example.com"),
        ("phone", ""),
        ("product", "Mortgage"),
        ("incident_date", "2026-10-20"),
    ];
    let posted = desk.send(post("/complaints").form(&fields)).await;
    assert_eq!(posted.status, 303, "{}", posted.body);
    let page = posted.header("location").unwrap().to_owned();
    let thanks = desk.send(get(&page).html().header("cookie", &posted.cookie().unwrap())).await;
    assert_eq!(thanks.status, 200, "{}", thanks.body);
    assert!(thanks.body.contains("We have your complaint"));
    assert_eq!(desk.mails_to("ann@example.com").len(), 1, "the form is one complaint");

    // The browser's back button and a second click: the same complaint.
    let again = desk.send(post("/complaints").form(&fields)).await;
    assert_eq!((again.status, again.header("location")), (303, Some(page.as_str())));
    assert_eq!(again.header("idempotent-replayed"), Some("true"));
    assert_eq!(desk.mails_to("ann@example.com").len(), 1, "and still one");
    page.trim_start_matches("/my/").split('?').next().unwrap().to_owned()
}

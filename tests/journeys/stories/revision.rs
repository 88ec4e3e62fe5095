//! The policy is revised: what came in before goes on by the times it came in under.

use serde_json::{Value, json};

use crate::desk::Desk;
use crate::desk::folder::Folder;

/// By when something is promised.
fn by<'c>(complaint: &'c Value, name: &str) -> &'c str {
    let promises = complaint["promises"].as_array().unwrap();
    let promise = promises.iter().find(|promise| promise["promise"] == name);
    promise.unwrap_or_else(|| panic!("{name} in {complaint}"))["by"].as_str().unwrap()
}

/// Version 3, in force at once: customers hear sooner, and representatives may give less.
const SOONER: &str = r#"version = 3
effective = "2026-10-05"
change = "Customers hear daily"
approved_by = "The board"
[severities.normal]
update_every = "1 working day"
[redress]
csr = "1.00 GBP"
"#;

#[tokio::test]
async fn changed_times_are_those_of_new_complaints_only_and_changed_powers_of_all() {
    let folder = Folder::new("revised");
    let desk = folder.desk_under("[severities.normal]\nupdate_every = \"4 working days\"");
    let old = desk.complains("Ann", "ann@example.com").await.reference;
    drop(desk);

    let desk = folder.desk_under(SOONER);
    let new = desk.complains("Bo", "bo@example.com").await.reference;
    let sam = desk.sam();
    for (reference, version, update) in [(&old, 2, "2026-10-09T16:00:00Z"), (&new, 3, "2026-10-06T16:00:00Z")]
    {
        sam.investigates(reference).await;
        let case = sam.case(reference).await;
        assert_eq!((&case["policy"], by(&case, "update")), (&json!(version), update));
        let recorded = case["history"].as_array().unwrap().last().unwrap();
        assert_eq!(recorded["policy"], version.to_string(), "the trail says by which version");
        let refund = json!([{"kind": "refund", "amount": "2.00", "promised_by": "2026-11-12"}]);
        assert_eq!(sam.proposes(reference, "upheld", refund).await["level"], 2, "above what Sam may give");
    }
    // The sweep, too, goes by each one's own.
    desk.until("2026-10-05T10:30:00Z").await;
    desk.rests().await;
}

/// Version 3 in two days' time.
const IN_TWO_DAYS: &str = r#"version = 3
effective = "2026-10-07"
change = "Customers hear daily"
approved_by = "The board"
[severities.normal]
update_every = "1 working day"
"#;

#[tokio::test]
async fn a_policy_applies_to_what_is_received_from_its_date_on_whenever_it_is_deployed_and_entered() {
    let folder = Folder::new("revised-ahead");
    let desk = folder.desk_under("[severities.normal]\nupdate_every = \"4 working days\"");
    desk.complains("Ann", "ann@example.com").await;
    drop(desk);

    let desk = folder.desk_under(IN_TWO_DAYS);
    assert_eq!(received(&desk, "2026-10-05T08:00:00Z").await, (2, "2026-10-09T16:00:00Z".to_owned()));
    desk.until("2026-10-07T08:00:00Z").await;
    assert_eq!(received(&desk, "2026-10-07T08:00:00Z").await, (3, "2026-10-08T16:00:00Z".to_owned()));
    assert_eq!(received(&desk, "2026-10-06T08:00:00Z").await, (2, "2026-10-12T16:00:00Z".to_owned()));
    desk.rests().await;
}

#[tokio::test]
async fn where_no_older_policy_is_known_the_one_that_is_deployed_has_to_do() {
    let desk = Desk::with_policy(IN_TWO_DAYS);
    assert_eq!(received(&desk, "2026-10-05T08:00:00Z").await, (3, "2026-10-06T16:00:00Z".to_owned()));
    desk.rests().await;
}

/// The version that a complaint received then goes by, and the date of its first update.
async fn received(desk: &Desk, at: &str) -> (u64, String) {
    let body = json!({"channel": "letter", "phone": "020 7946 0000", "description": "x", "received_at": at});
    let reply = desk.sam().records(&body).await;
    assert_eq!(reply.status, 201, "{}", reply.body);
    let case = desk.sam().case(reply.json()["reference"].as_str().unwrap()).await;
    (case["policy"].as_u64().unwrap(), by(&case, "update").to_owned())
}

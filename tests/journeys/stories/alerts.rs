//! Staff are not buried in mail: what comes at once beyond the policy's number is one mail with a list.

use serde_json::json;

use crate::desk::{Desk, MANAGER};

/// References of so many complaints, of one customer each.
async fn complaints(desk: &Desk, number: usize) -> Vec<String> {
    let mut references = Vec::new();
    for customer in 0..number {
        references.push(desk.complains("Ann", &format!("ann{customer}@example.com")).await.reference);
    }
    references
}

#[tokio::test]
async fn what_one_sweep_sends_up_is_a_few_mails_and_one_that_lists_the_rest() {
    let desk = Desk::with_policy("[limits]\nalerts_at_once = 2");
    let all = complaints(&desk, 6).await;
    desk.until("2026-10-05T10:06:00Z").await;
    assert_eq!(desk.letters_to(MANAGER), ["escalated", "escalated"]);
    desk.until("2026-10-05T10:21:00Z").await;
    assert_eq!(desk.letters_to(MANAGER), ["escalated", "escalated", "digest"]);
    let mails = desk.mails_to(MANAGER);
    let digest = desk.mail(MANAGER, "digest");
    assert_eq!(digest.subject, "Complaints: 4 matters for you");
    let text = digest.text.unwrap();
    for reference in &all {
        let alone = mails[..2].iter().filter(|mail| mail.subject.contains(reference.as_str())).count();
        let listed = text.matches(&format!("Complaint {reference}: escalated to level 2 –")).count();
        assert_eq!(alone + listed, 1, "{reference} is told once: {text}");
        assert!(alone == 1 || text.contains(&format!("/staff/complaints/{reference}")), "{text}");
    }
    // A quarter of an hour later there are mails of their own again.
    let late = desk.complains("Bo", "bo@example.com").await;
    desk.sam().takes(&late.reference).await;
    desk.sam().does(&late.reference, "escalate", &json!({"reason": "Above me."})).await;
    assert_eq!(desk.letters_to(MANAGER).len(), 4);
    desk.rests().await;
}

#[tokio::test]
async fn what_is_critical_is_a_mail_of_its_own_at_once_however_many_there_were() {
    let desk = Desk::with_policy("[limits]\nalerts_at_once = 1");
    let all = complaints(&desk, 3).await;
    let sam = desk.sam();
    for reference in &all[..2] {
        sam.takes(reference).await;
        sam.does(reference, "escalate", &json!({"reason": "Above me."})).await;
    }
    assert_eq!(desk.letters_to(MANAGER), ["escalated"]);
    sam.takes(&all[2]).await;
    sam.triages(&all[2], "account_privacy_security", "critical").await;
    assert_eq!(desk.letters_to(MANAGER), ["escalated", "escalated"]);
    desk.rests().await;
}

#[tokio::test]
async fn what_is_over_before_the_gathered_mail_goes_is_left_out_of_it_and_nothing_is_no_mail() {
    let desk = Desk::with_policy("[limits]\nalerts_at_once = 1");
    let all = complaints(&desk, 3).await;
    let sam = desk.sam();
    for reference in &all {
        sam.takes(reference).await;
        sam.does(reference, "escalate", &json!({"reason": "Above me."})).await;
    }
    for reference in &all[1..] {
        let refusal = json!({"grounds": "out_of_scope", "explanation": "Another company's."});
        desk.mia().does(reference, "refusal", &refusal).await;
    }
    desk.until("2026-10-05T08:35:00Z").await;
    assert_eq!(desk.letters_to(MANAGER), ["escalated"]);
    desk.rests().await;
}

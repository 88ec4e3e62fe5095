//! Many complaints from one address on one day: the first have acknowledgements of their own, the rest one an hour.

use std::collections::BTreeSet;
use std::sync::Mutex;

use jiff::SignedDuration;
use local::door::{Fault, Mail, Service};
use serde_json::json;

use crate::desk::ask::post;
use crate::desk::customer::{Customer, token_of};
use crate::desk::staff::{events, stage};
use crate::desk::{DESK, Desk, Opening, Overheard, letter};

/// Nor does anything go up here for being one of several, which would be letters of its own.
const TWO_A_DAY: &str = "[limits]\nacknowledgements_per_day = 2\n[escalation]\nrepeated = 100";

/// So many complaints of one customer, as they come in.
async fn complaints<'d>(desk: &'d Desk, email: &str, number: usize) -> Vec<Customer<'d>> {
    let mut customers = Vec::new();
    for _ in 0..number {
        customers.push(desk.complains("Ann", email).await);
    }
    customers
}

/// How the acknowledgement of each stands.
async fn acknowledged(desk: &Desk, customers: &[Customer<'_>]) -> Vec<String> {
    let mut states = Vec::new();
    for customer in customers {
        let case = desk.sam().case(&customer.reference).await;
        states.push(case["acknowledgement"].as_str().unwrap().to_owned());
    }
    states
}

/// The acknowledgements to an address.
fn acknowledgements(desk: &Desk, address: &str) -> Vec<Mail> {
    desk.mails_to(address).into_iter().filter(|mail| letter(mail) == "acknowledgement").collect()
}

/// Those of them that acknowledge several, to whomever.
fn gathered_among(desk: &Desk) -> Vec<Mail> {
    let mails = desk.world.mails().unwrap();
    mails.into_iter().filter(|mail| mail.subject.contains("We have received")).collect()
}

/// The tokens of all private links in a mail.
fn tokens(mail: &Mail) -> Vec<String> {
    let text = mail.text.as_deref().unwrap();
    text.split_whitespace()
        .filter(|word| word.contains("/link/"))
        .map(|link| token_of(link).to_owned())
        .collect()
}

#[tokio::test]
async fn what_posts_and_pages_bring_about_is_mailed_about_the_days_first_few_complaints_only() {
    let desk = Desk::open();
    let mut all = Vec::new();
    for _ in 0..8 {
        all.extend(complaints(&desk, "ann@example.com", 1).await);
        desk.world.advance(SignedDuration::from_secs(1)).await.unwrap();
    }
    for customer in &all[2..] {
        assert_eq!(desk.sam().case(&customer.reference).await["level"], 2, "one of several");
    }
    let written = desk.letters_to("ann@example.com");
    let number = |name: &str| written.iter().filter(|letter| *letter == name).count();
    assert_eq!((number("acknowledgement"), number("escalation-notice")), (5, 3), "{written:?}");
    for customer in &all {
        let renews = desk.send(post("/link/renew").form(&[("token", &customer.token)])).await;
        assert_eq!(renews.status, 200, "{}", renews.body);
    }
    for customer in &all[4..6] {
        let back =
            customer.there(post(&format!("/my/{}/withdrawal", customer.reference)).json(&json!({}))).await;
        assert_eq!(back.status, 200, "{}", back.body);
    }
    let written = desk.letters_to("ann@example.com");
    let number = |name: &str| written.iter().filter(|letter| *letter == name).count();
    assert_eq!((number("new-link"), number("withdrawal")), (5, 1), "{written:?}");
    desk.rests().await;
}

#[tokio::test]
async fn further_complaints_of_a_day_are_acknowledged_in_one_mail_an_hour() {
    let desk = Desk::with_policy(TWO_A_DAY);
    let all = complaints(&desk, "ann@example.com", 5).await;
    assert_eq!(desk.mails_to("ann@example.com").len(), 2);
    assert_eq!(acknowledged(&desk, &all).await, ["sent", "sent", "owed", "owed", "owed"]);
    // Who is somebody else is not concerned, and neither is how the address is written.
    desk.complains("Bo", "bo@example.com").await;
    desk.world.advance(SignedDuration::from_secs(1)).await.unwrap();
    let more = complaints(&desk, "Ann@Example.com", 1).await;
    assert_eq!((desk.mails_to("bo@example.com").len(), desk.mails_to("Ann@Example.com").len()), (1, 0));

    desk.until("2026-10-05T09:05:00Z").await;
    let mails = acknowledgements(&desk, "ann@example.com");
    let gathered = gathered_among(&desk);
    assert_eq!((mails.len(), gathered.len()), (3, 1), "one for all that were gathered");
    let text = gathered[0].text.clone().unwrap();
    let named: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("Your reference: ")).collect();
    let expected: BTreeSet<&str> =
        all[2..].iter().chain(&more).map(|customer| customer.reference.as_str()).collect();
    assert_eq!((named.len(), named.iter().copied().collect()), (4, expected), "{text}");
    for (reference, token) in named.into_iter().zip(tokens(&gathered[0])) {
        let link = json!({"reference": reference, "link": format!("/link/{token}")});
        assert_eq!(Customer::of(&desk, &link).sees().await["reference"], reference);
    }
    assert_eq!(acknowledged(&desk, &all).await, ["sent"; 5]);
    let case = desk.sam().case(&more[0].reference).await;
    assert_eq!((stage(&case), &case["history"][1]["event"]["in_time"]), ("acknowledged", &json!(true)));

    // In the next hour there is another mail, on the next day mails of their own again.
    complaints(&desk, "ann@example.com", 1).await;
    desk.until("2026-10-05T10:05:00Z").await;
    assert_eq!(acknowledgements(&desk, "ann@example.com").len(), 4);
    desk.until("2026-10-06T08:00:00Z").await;
    complaints(&desk, "ann@example.com", 1).await;
    assert_eq!(acknowledgements(&desk, "ann@example.com").len(), 5);
    desk.rests().await;
}

#[tokio::test]
async fn a_gathered_mail_that_bounces_is_a_task_for_each_complaint_in_it() {
    let desk = Desk::with_policy(TWO_A_DAY);
    let all = complaints(&desk, "bounce@example.com", 4).await;
    assert_eq!(acknowledged(&desk, &all).await, ["undeliverable", "undeliverable", "owed", "owed"]);
    desk.until("2026-10-05T09:05:00Z").await;
    assert_eq!(acknowledged(&desk, &all).await, ["undeliverable"; 4]);
    assert_eq!(desk.mails_to("bounce@example.com").len(), 3);
    let tasks = desk.letters_to(DESK).into_iter().filter(|letter| letter == "undeliverable");
    assert_eq!(tasks.count(), 4, "posts accepted are acknowledgements sent and tasks");
    for customer in &all[2..] {
        let case = desk.sam().case(&customer.reference).await;
        let told = events(&case).iter().filter(|name| **name == "LetterUndeliverable").count();
        assert_eq!(told, 1);
    }
    desk.rests().await;
}

#[tokio::test]
async fn the_same_event_again_gathers_nobody_twice_and_mails_nobody_twice() {
    let overheard = Overheard::default();
    let desk = Desk::with(Opening {
        policy: Some(TWO_A_DAY),
        overheard: Some(overheard.clone()),
        ..Opening::default()
    });
    let all = complaints(&desk, "ann@example.com", 4).await;
    let heard = || {
        let heard = overheard.lock().unwrap();
        let notices = heard.iter().filter(|(name, _)| name == "acknowledge-complaint");
        notices.map(|(_, notice)| notice.clone()).collect::<Vec<_>>()
    };
    let notices = heard();
    assert_eq!(notices.len(), 4);
    let again = async || {
        for notice in notices.iter().rev() {
            desk.world.invoke("acknowledge-complaint", notice.clone()).await.unwrap();
        }
    };
    again().await;
    desk.until("2026-10-05T09:05:00Z").await;
    again().await;
    desk.until("2026-10-05T10:05:00Z").await;
    assert_eq!(acknowledgements(&desk, "ann@example.com").len(), 3);
    // Nor on the next day, when there are turns again.
    desk.until("2026-10-06T07:00:00Z").await;
    again().await;
    desk.until("2026-10-06T08:05:00Z").await;
    assert_eq!(acknowledgements(&desk, "ann@example.com").len(), 3);
    assert_eq!(acknowledged(&desk, &all).await, ["sent"; 4]);
    desk.rests().await;
}

#[tokio::test]
async fn who_was_not_told_of_a_gathered_mail_before_a_crash_is_told_by_the_next_sweep() {
    let desk = Desk::with_policy(TWO_A_DAY);
    let all = complaints(&desk, "ann@example.com", 5).await;
    // From SES's answer on all writes of complaints fail, also those that SES's own events ask for.
    let sent = Mutex::new(false);
    desk.world.cloud().inject(Box::new(move |call| {
        let mut sent = sent.lock().unwrap();
        *sent |= call.service == Service::Ses;
        match call.operation.as_str() {
            "TransactWriteItems" if *sent => Fault::ServerError,
            _ => Fault::None,
        }
    }));
    desk.until("2026-10-05T09:00:00Z").await;
    assert_eq!(desk.mails_to("ann@example.com").len(), 3);
    assert_eq!(acknowledged(&desk, &all).await[2..], ["owed", "owed", "owed"]);
    desk.world.cloud().inject_nothing();
    desk.hours(1).await;
    assert_eq!(acknowledged(&desk, &all).await, ["sent"; 5]);
    assert_eq!(acknowledgements(&desk, "ann@example.com").len(), 3, "and nobody is written to again");
}

#[tokio::test]
async fn a_gathered_mail_that_ses_does_not_want_is_given_up_with_a_task_for_each() {
    let desk = Desk::with_policy(TWO_A_DAY);
    let all = complaints(&desk, "ann@example.com", 4).await;
    desk.world.cloud().inject(Box::new(|call| match call.service {
        Service::Ses => Fault::Throttle,
        _ => Fault::None,
    }));
    desk.hours(19).await;
    assert_eq!(acknowledged(&desk, &all).await[2..], ["owed", "owed"]);
    desk.hours(2).await;
    assert_eq!(acknowledged(&desk, &all).await[2..], ["undeliverable", "undeliverable"]);
    assert_eq!(acknowledgements(&desk, "ann@example.com").len(), 2);
}

#[tokio::test]
async fn a_gathered_mail_whose_answer_is_lost_is_settled_by_what_ses_says() {
    let desk = Desk::with_policy(TWO_A_DAY);
    let all = complaints(&desk, "ann@example.com", 4).await;
    desk.world.cloud().inject(Box::new(|call| match call.service {
        Service::Ses => Fault::LoseAnswer,
        _ => Fault::None,
    }));
    desk.until("2026-10-05T09:02:00Z").await;
    desk.world.cloud().inject_nothing();
    desk.hours(1).await;
    assert_eq!(acknowledged(&desk, &all).await, ["sent"; 4]);
    assert_eq!(acknowledgements(&desk, "ann@example.com").len(), 3, "one call that SES accepted");
    desk.rests().await;
}

#[tokio::test]
async fn what_turns_out_to_be_anothers_is_not_in_the_gathered_mail_and_is_acknowledged_to_them() {
    let desk = Desk::with_policy(TWO_A_DAY);
    let all = complaints(&desk, "ann@exmaple.com", 4).await;
    let right = json!({"email": "ann@example.com", "language": "en", "reason": "She called."});
    desk.sam().does(&all[2].reference, "contact-data", &right).await;
    desk.until("2026-10-05T09:05:00Z").await;
    for mail in acknowledgements(&desk, "ann@exmaple.com") {
        assert!(!mail.text.unwrap().contains(&all[2].reference), "nothing of hers goes there any more");
    }
    assert_eq!(desk.letters_to("ann@example.com"), ["new-link"]);
    assert_eq!(acknowledged(&desk, &all).await, ["sent", "sent", "owed", "sent"]);
    desk.until("2026-10-05T10:05:00Z").await;
    assert_eq!(desk.letters_to("ann@example.com")[..2], ["new-link", "acknowledgement"]);
    let own = desk.mail("ann@example.com", "acknowledgement").text.unwrap();
    assert!(own.contains(&all[2].reference) && !own.contains(&all[3].reference), "{own}");
    assert_eq!(acknowledged(&desk, &all).await, ["sent"; 4]);
    desk.rests().await;
}

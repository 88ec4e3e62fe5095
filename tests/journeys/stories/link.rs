//! Private links: what opens a complaint's page, for whom, and for how long.

use jiff::SignedDuration;
use local::door::{Fault, Service};
use serde_json::json;

use crate::desk::Desk;
use crate::desk::ask::{get, post};
use crate::desk::customer::{Customer, token_in};
use crate::desk::staff::events;

const SAM: &str = "sam@northgate.example";

#[tokio::test]
async fn a_mail_scanner_that_follows_the_link_opens_nothing() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", "ann@example.com").await;
    let version = desk.sam().case(&ann.reference).await["version"].clone();
    desk.world.cloud().clear_requests();
    let page = desk.send(get(&format!("/link/{}", ann.token)).html()).await;
    assert_eq!((page.status, page.cookie()), (200, None));
    assert!(page.body.contains("method=\"post\" action=\"/link?lang=en\""));
    assert!(!page.body.contains("charged twice") && !page.body.contains(&ann.reference), "{}", page.body);
    assert!(desk.table_requests().is_empty(), "it is not even looked up");
    assert_eq!(desk.sam().case(&ann.reference).await["version"], version);
    desk.rests().await;
}

#[tokio::test]
async fn an_expired_link_gets_a_new_one_sent_to_the_address_on_file_only() {
    let desk = Desk::with_policy("[limits]\nlink_days = 1");
    let ann = desk.complains("Ann", "ann@example.com").await;
    desk.sam().takes(&ann.reference).await;
    desk.hours(24).await;
    let expired = desk
        .send(post("/link").json(&json!({"token": ann.token})).header("accept", "application/json"))
        .await;
    assert_eq!((expired.status, expired.problem().as_str(), expired.cookie()), (410, "expired", None));
    let page = desk.send(post("/link").form(&[("token", &ann.token)])).await;
    assert_eq!(page.status, 410);
    assert!(
        page.body.contains("action=\"/link/renew?lang=en\"") && !page.body.contains("ann@example.com"),
        "{}",
        page.body
    );

    let mails = desk.world.mails().unwrap().len();
    let elsewhere = [("token", ann.token.as_str()), ("email", "eve@example.com")];
    assert_eq!(
        desk.send(post("/link/renew").form(&elsewhere)).await.status,
        422,
        "nobody says where it goes"
    );
    for _ in 0..2 {
        let sent = desk.send(post("/link/renew").form(&[("token", &ann.token)])).await;
        assert_eq!(sent.status, 200, "{}", sent.body);
        assert!(!sent.body.contains("ann@example.com"), "it does not say where it went");
    }
    assert_eq!(desk.world.mails().unwrap().len(), mails + 1, "one a day");
    let letter = desk.mail("ann@example.com", "new-link");
    let renewed = token_in(&letter.text.unwrap());
    assert_ne!(renewed, ann.token);
    assert_eq!(desk.send(post("/link").form(&[("token", &renewed)])).await.status, 303);

    desk.rests().await;
}

#[tokio::test]
async fn a_new_link_that_comes_back_is_a_task_for_staff() {
    let desk = Desk::with_policy("[limits]\nlink_days = 1");
    let cy = desk.complains("Cy", "bounce@example.com").await;
    let sam = desk.sam();
    sam.takes(&cy.reference).await;
    sam.calls(&cy.reference).await;
    desk.hours(24).await;
    let tasks = || desk.letters_to(SAM).iter().filter(|letter| *letter == "undeliverable").count();
    let before = tasks();
    let sent = desk.send(post("/link/renew").form(&[("token", &cy.token)])).await;
    assert_eq!(sent.status, 200, "{}", sent.body);
    desk.hours(1).await;
    let case = sam.case(&cy.reference).await;
    assert_eq!(events(&case).iter().filter(|event| **event == "LetterUndeliverable").count(), 2);
    assert_eq!(tasks(), before + 1);
    desk.rests().await;
}

#[tokio::test]
async fn a_new_link_that_is_refused_at_once_is_a_task_for_staff_once() {
    let desk = Desk::with_policy("[limits]\nlink_days = 1");
    let cy = desk.complains("Cy", "cy@example.com").await;
    desk.sam().takes(&cy.reference).await;
    desk.hours(24).await;
    desk.world.cloud().inject(Box::new(|call| match call.service {
        Service::Ses => Fault::Reject,
        _ => Fault::None,
    }));
    let renews = || desk.ask(post("/link/renew").form(&[("token", &cy.token)]));
    assert_eq!(renews().await.status, 200);
    desk.world.cloud().inject_nothing();
    assert_eq!(renews().await.status, 200);
    desk.hours(1).await;
    let case = desk.sam().case(&cy.reference).await;
    assert_eq!(events(&case).iter().filter(|event| **event == "LetterUndeliverable").count(), 1);
    assert_eq!(desk.letters_to(SAM).iter().filter(|letter| *letter == "undeliverable").count(), 1);
    desk.rests().await;
}

#[tokio::test]
async fn a_session_ends_and_the_link_begins_another() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", "ann@example.com").await;
    let session = ann.opens().await;
    let page = get(&format!("/my/{}", ann.reference))
        .header("accept", "application/json")
        .header("cookie", &session);
    desk.world.advance(SignedDuration::from_mins(59)).await.unwrap();
    assert_eq!(desk.send(page.clone()).await.status, 200);
    desk.world.advance(SignedDuration::from_mins(2)).await.unwrap();
    let gone = desk.send(page).await;
    assert_eq!((gone.status, gone.problem().as_str()), (410, "expired"));
    assert_eq!(ann.sees().await["reference"], ann.reference.as_str());
    desk.rests().await;
}

#[tokio::test]
async fn a_customer_ends_all_links_at_once_and_is_mailed_a_new_one() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", "ann@example.com").await;
    let other_browser = ann.opens().await;
    let page = ann.looks().await;
    assert!(page.contains(&format!("action=\"/my/{}/links?lang=en\"", ann.reference)), "{page}");
    let ended = ann.there(post(&format!("/my/{}/links", ann.reference)).form(&[])).await;
    assert_eq!(ended.status, 200, "{}", ended.body);
    assert!(ended.body.contains("The links have ended") && !ended.body.contains("Back to my complaint"));

    let asked = get(&format!("/my/{}", ann.reference)).header("accept", "application/json");
    let gone = desk.send(asked.header("cookie", &other_browser)).await;
    assert_eq!((gone.status, gone.problem().as_str()), (410, "expired"), "sessions end with their links");
    let old = post("/link").json(&json!({"token": ann.token})).header("accept", "application/json");
    assert_eq!(desk.send(old).await.status, 410);

    let letter = desk.mail("ann@example.com", "new-link").text.unwrap();
    assert!(letter.contains("do not work any more"), "{letter}");
    let ann = Customer::reading(&desk, &ann.reference, &letter);
    assert_eq!(
        ann.sees().await["history"][2]["words"],
        "The links to this page that were mailed before were ended."
    );
    // Letters from now on have the new kind.
    desk.sam().investigates(&ann.reference).await;
    desk.sam().offers(&ann.reference).await;
    let proposal = desk.mail("ann@example.com", "proposal").text.unwrap();
    Customer::reading(&desk, &ann.reference, &proposal).accepts().await;
    desk.rests().await;
}

#[tokio::test]
async fn staff_end_links_with_a_reason_that_stays_between_staff() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", "ann@example.com").await;
    let without = desk.sam().tries(&ann.reference, "link-ending", &json!({})).await;
    assert_eq!((without.status, without.pointers()[0].0.as_str()), (422, "/reason"));
    desk.sam().does(&ann.reference, "link-ending", &json!({"reason": "Her brother reads her mail."})).await;
    let letter = desk.mail("ann@example.com", "new-link").text.unwrap();
    assert!(!letter.contains("brother"), "{letter}");
    let old = post("/link").json(&json!({"token": ann.token})).header("accept", "application/json");
    assert_eq!(desk.send(old).await.status, 410);
    // Who gave no address has no link to lose, and nobody a task for that.
    let body = json!({"channel": "phone", "phone": "020 7946 0000", "description": "x"});
    let bo = desk.sam().records(&body).await.json()["reference"].as_str().unwrap().to_owned();
    let mails = desk.world.mails().unwrap().len();
    desk.sam().does(&bo, "link-ending", &json!({"reason": "A slip."})).await;
    assert_eq!(desk.world.mails().unwrap().len(), mails);
    desk.rests().await;
}

#[tokio::test]
async fn what_is_anothers_or_made_up_or_for_something_else_is_not_found() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", "ann@example.com").await;
    let bo = desk.complains("Bo", "bo@example.com").await;
    let (anns, bos) = (ann.opens().await, bo.opens().await);
    let session = |cookie: &str| cookie.split_once('=').unwrap().1.to_owned();
    let compact = |reference: &str| reference.replace('-', "");
    let mut looks = Vec::new();
    for cookie in [
        // Bo's own cookie, and Bo's session under the name of Ann's cookie.
        bos.clone(),
        format!("__Host-complaint-{}={}", compact(&ann.reference), session(&bos)),
        // The link's token is no session; an altered session is none.
        format!("__Host-complaint-{}={}", compact(&ann.reference), ann.token),
        anns.replace('=', "=A"),
        "theme=dark".to_owned(),
    ] {
        let asked = get(&format!("/my/{}", ann.reference)).header("accept", "application/json");
        let reply = desk.send(asked.header("cookie", &cookie)).await;
        assert_eq!((reply.status, reply.problem().as_str()), (404, "not-found"), "{cookie}");
        looks.push(reply.json()["detail"].clone());
    }
    let unknown = desk.send(get("/my/7K2-M9F-4QA").header("accept", "application/json")).await;
    assert_eq!(unknown.status, 404);
    looks.push(unknown.json()["detail"].clone());
    looks.dedup();
    assert_eq!(looks.len(), 1, "not found and not yours look alike");
    // A session's token is no link, and neither is an altered one.
    let mut altered = ann.token.clone();
    altered.replace_range(10..11, if altered.as_bytes()[10] == b'A' { "B" } else { "A" });
    for path in ["/link", "/link/renew"] {
        for body in [json!({}), json!({"token": ""}), json!({"token": 5})] {
            let reply = desk.send(post(path).json(&body).header("accept", "application/json")).await;
            assert_eq!((reply.status, reply.pointers()[0].0.as_str()), (422, "/token"), "{path} {body}");
        }
    }
    for token in [session(&anns), altered, "x".repeat(2_000)] {
        for path in ["/link", "/link/renew"] {
            let reply = desk
                .send(post(path).json(&json!({"token": token})).header("accept", "application/json"))
                .await;
            assert_eq!(reply.status, 404, "{path} {token}");
        }
    }
    // Answers are not taken either.
    let body = json!({"rating": 1});
    let asked = post(&format!("/my/{}/feedback", ann.reference)).json(&body).header("cookie", &bos);
    assert_eq!(desk.send(asked).await.status, 404);
    desk.rests().await;
}

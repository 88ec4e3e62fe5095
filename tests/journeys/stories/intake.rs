//! How complaints come in, and how their customers learn of it.

use local::door::{Fault, Service};
use serde_json::json;

use crate::desk::ask::{get, hidden, post};
use crate::desk::customer::{Customer, token_in};
use crate::desk::staff::{events, stage};
use crate::desk::{DESK, Desk};

const TAKEN: &str = r#"{"name": "Bo", "email": "bo@example.com", "description": "No answer for weeks."}"#;

#[tokio::test]
async fn a_program_gets_reference_promises_and_link() {
    let desk = Desk::open();
    let reply = desk.send(post("/complaints").body("application/json; charset=utf-8", TAKEN)).await;
    let accepted = reply.json();
    let reference = accepted["reference"].as_str().unwrap();
    assert_eq!(reply.status, 201);
    assert_eq!(reply.header("location"), Some(format!("/my/{reference}").as_str()));
    let promises: Vec<_> = accepted["promises"].as_array().unwrap().iter().map(|it| &it["promise"]).collect();
    assert!(
        promises.contains(&&json!("answer")) && promises.contains(&&json!("first_contact")),
        "{promises:?}"
    );
    let letter = desk.mail("bo@example.com", "acknowledgement").text.unwrap();
    assert!(
        letter.contains(reference) && letter.contains("19 October 2026"),
        "the date of the answer: {letter}"
    );
    let bo = Customer::reading(&desk, reference, &letter);
    assert_eq!(bo.sees().await["complaint"]["description"], "No answer for weeks.");
    assert_eq!(desk.sam().case(reference).await["acknowledgement"], "sent");
    desk.rests().await;
}

#[tokio::test]
async fn the_same_key_is_the_same_complaint_and_another_body_is_refused() {
    let desk = Desk::open();
    let send = |body: &'static str| {
        desk.send(
            post("/complaints").header("idempotency-key", "order-7781-a").body("application/json", body),
        )
    };
    let (first, again) = (send(TAKEN).await, send(TAKEN).await);
    assert_eq!((first.status, again.status), (201, 201));
    assert_eq!(first.header("idempotent-replayed"), None);
    assert_eq!(again.header("idempotent-replayed"), Some("true"));
    assert_eq!(first.json()["reference"], again.json()["reference"]);
    assert_eq!(first.json()["promises"], again.json()["promises"]);
    assert_eq!(desk.letters_to("bo@example.com"), ["acknowledgement"]);
    let other = send(r#"{"email": "bo@example.com", "description": "Something else."}"#).await;
    assert_eq!((other.status, other.problem().as_str()), (422, "key-reused"));
    assert_eq!(desk.letters_to("bo@example.com"), ["acknowledgement"]);
    desk.rests().await;
}

#[tokio::test]
async fn a_form_in_the_companys_own_site_is_answered_where_it_stands_and_with_no_cookie() {
    let desk = Desk::open();
    let form = desk.send(get("/?embedded=1&lang=de").html()).await.body;
    assert!(form.contains("data-failed=\"Das konnte gerade nicht gesendet werden."), "{form}");
    let key = hidden(&form, "idempotency_key").to_owned();
    let send = async |email: &str| {
        let fields = [
            ("idempotency_key", key.as_str()),
            ("language", "de"),
            ("email", email),
            ("description", "<b>Hin"),
        ];
        desk.send(post("/complaints?lang=de&embedded=1").form(&fields)).await
    };
    let wrong = send("nobody").await;
    assert_eq!((wrong.status, hidden(&wrong.body, "idempotency_key")), (422, key.as_str()));
    assert!(wrong.body.contains("data-failed=") && wrong.body.contains("&#60;b&#62;Hin"), "{}", wrong.body);
    let (first, again) = (send("bo@example.com").await, send("bo@example.com").await);
    for reply in [&first, &again] {
        assert_eq!((reply.status, reply.header("set-cookie")), (201, None), "{}", reply.body);
        assert!(reply.body.contains("<html lang=\"de\">"), "{}", reply.body);
    }
    let letter = desk.mail("bo@example.com", "acknowledgement").text.unwrap();
    let reference = first.header("location").unwrap().trim_start_matches("/my/");
    assert!(letter.contains(reference) && first.body.contains(reference) && again.body.contains(reference));
    let link = first.body.split("href=\"").find(|part| part.contains("/link/")).unwrap();
    assert!(link.starts_with("http"), "the private page is one press away: {link}");
    assert!(desk.send(get("/embed.js")).await.body.contains("data-into"));
    desk.rests().await;
}

#[tokio::test]
async fn who_left_a_phone_number_only_is_a_task_until_staff_have_reached_them() {
    let desk = Desk::open();
    let customer =
        desk.posts(&json!({"phone": "+44 20 7946 0000", "description": "Nobody was there."})).await;
    let reference = &customer.reference;
    let task = desk.mail(DESK, "undeliverable");
    assert!(task.text.unwrap().contains(reference.as_str()));
    let sam = desk.sam();
    let case = sam.case(reference).await;
    assert_eq!((&case["acknowledgement"], &case["unreached"]), (&json!("undeliverable"), &json!(true)));
    sam.takes(reference).await;
    assert_eq!(sam.calls(reference).await["unreached"], false);
    assert_eq!(desk.world.mails().unwrap().len(), 1, "there was nobody else to write to");
    desk.rests().await;
}

#[tokio::test]
async fn an_acknowledgement_that_bounces_counts_as_not_made_and_is_a_task() {
    let desk = Desk::open();
    let customer = desk.complains("Cy", "bounce@example.com").await;
    let case = desk.sam().case(&customer.reference).await;
    assert_eq!((&case["acknowledgement"], &case["unreached"]), (&json!("undeliverable"), &json!(true)));
    let undeliverable = events(&case).iter().filter(|name| **name == "LetterUndeliverable").count();
    assert_eq!(undeliverable, 1);
    assert!(desk.mail(DESK, "undeliverable").text.unwrap().contains("refused"));
    assert_eq!(desk.letters_to("bounce@example.com"), ["acknowledgement"], "it is not tried again");
    desk.rests().await;
}

#[tokio::test]
async fn an_address_that_is_not_written_to_any_more_is_a_task_too() {
    let desk = Desk::open();
    let customer = desk.complains("Di", "suppressed@example.com").await;
    assert_eq!(desk.sam().case(&customer.reference).await["acknowledgement"], "undeliverable");
    desk.mail(DESK, "undeliverable");
    desk.rests().await;
}

#[tokio::test]
async fn nobody_outside_takes_the_key_of_a_program_of_ours_before_it() {
    let desk = Desk::open();
    let key = |ask: crate::desk::ask::Ask| ask.header("idempotency-key", "call-000123");
    let stranger = desk.send(key(post("/complaints")).body("application/json", TAKEN)).await;
    assert_eq!(stranger.status, 201, "{}", stranger.body);
    let body = json!({
        "channel": "phone", "received_at": "2026-10-05T08:00:00Z", "phone": "020 7946 0000",
        "description": "They called.",
    });
    let call = key(post("/staff/complaints")).json(&body);
    let recorded = desk.send(desk.sam().signed(call)).await;
    assert_eq!(recorded.status, 201, "{}", recorded.body);
    assert_ne!(recorded.json()["reference"], stranger.json()["reference"]);
    desk.rests().await;
}

#[tokio::test]
async fn an_acknowledgement_that_is_refused_at_once_is_a_task_and_not_tried_again() {
    let desk = Desk::open();
    desk.world.cloud().inject(Box::new(|call| match call.service {
        Service::Ses => Fault::Reject,
        _ => Fault::None,
    }));
    let customer = desk.complains("Di", "di@example.com").await;
    desk.world.cloud().inject_nothing();
    desk.hours(1).await;
    assert_eq!(desk.sam().case(&customer.reference).await["acknowledgement"], "undeliverable");
    assert_eq!(desk.letters_to("di@example.com"), [""; 0]);
    desk.rests().await;
}

#[tokio::test]
async fn staff_take_down_a_letter_and_every_clock_starts_when_it_came() {
    let desk = Desk::open();
    let sam = desk.sam();
    let reply = sam
        .records(&json!({
            "channel": "letter", "received_at": "2026-10-01T09:00:00Z",
            "name": "Ed", "email": "ed@example.com", "description": "By post.",
        }))
        .await;
    assert_eq!(reply.status, 201, "{}", reply.body);
    let summary = reply.json();
    let reference = summary["reference"].as_str().unwrap();
    assert_eq!(
        reply.header("location"),
        Some(format!("/staff/complaints/{}", summary["id"].as_str().unwrap()).as_str())
    );
    assert_eq!(
        (&summary["received_at"], &summary["channel"]),
        (&json!("2026-10-01T09:00:00Z"), &json!("letter"))
    );
    // Ten working days after the day of receipt, by the end of work in London.
    assert_eq!(summary["answer_by"], "2026-10-15T16:00:00Z");
    let token = token_in(&desk.mail("ed@example.com", "acknowledgement").text.unwrap());
    assert!(!token.is_empty());
    let case = sam.case(reference).await;
    assert_eq!(stage(&case), "acknowledged");
    assert_eq!(case["history"][0]["at"], "2026-10-05T08:00:00Z", "it was entered now");
    assert_eq!(case["history"][1]["event"]["in_time"], false, "four days after it came");
    desk.rests().await;
}

#[tokio::test]
async fn a_letter_that_lay_for_weeks_is_acknowledged_with_dates_that_can_be_kept() {
    let desk = Desk::open();
    let sam = desk.sam();
    let letter = json!({
        "channel": "letter", "received_at": "2026-09-10T09:00:00Z",
        "name": "Ed", "email": "ed@example.com", "description": "By post.",
    });
    let reply = sam.records(&letter).await;
    assert_eq!(reply.status, 201, "{}", reply.body);
    assert_eq!(reply.json()["answer_by"], "2026-10-19T16:00:00Z", "ten working days from its entry");
    let acknowledgement = desk.mail("ed@example.com", "acknowledgement").text.unwrap();
    assert!(acknowledgement.contains("our answer by Monday 19 October 2026"), "{acknowledgement}");
    desk.hours(1).await;
    for mail in desk.mails_to("ed@example.com") {
        let text = mail.text.unwrap();
        assert!(!text.contains("sorry for the delay"), "no date was missed that was told: {text}");
    }
    desk.rests().await;
}

#[tokio::test]
async fn a_letter_from_the_future_is_refused() {
    let desk = Desk::open();
    let body = json!({
        "channel": "letter", "received_at": "2026-10-05T08:00:01Z", "phone": "020 7946 0000", "description": "?",
    });
    let reply = desk.sam().records(&body).await;
    assert_eq!(
        (reply.status, reply.pointers()),
        (422, vec![("/received_at".to_owned(), "in_future".to_owned())])
    );
    desk.rests().await;
}

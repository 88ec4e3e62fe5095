//! Bad input where customers do something at their own wish, and links used for what they are not for.

use serde_json::{Value, json};

use crate::desk::Desk;
use crate::desk::ask::{get, post};
use crate::desk::customer::{Customer, token_after};
use crate::desk::staff::events;

const ANN: &str = "ann@example.com";

#[tokio::test]
async fn what_cannot_be_taken_is_refused_field_by_field_and_nothing_is_recorded() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", ANN).await;
    let before = desk.sam().case(&ann.reference).await["version"].clone();
    let long = |length: usize| "x".repeat(length);
    for (way, body, pointer, code) in [
        ("information", json!({}), "/text", "required"),
        ("information", json!({"text": " "}), "/text", "empty"),
        ("information", json!({"text": 7}), "/text", "wrong_type"),
        ("information", json!({"text": "a\u{0}b"}), "/text", "control_characters"),
        ("information", json!({"text": "a\u{1b}[31mb"}), "/text", "control_characters"),
        ("information", json!({"text": long(10_001)}), "/text", "too_long"),
        ("information", json!({"text": "x", "idempotency_key": "short"}), "/idempotency_key", "key_length"),
        ("information", json!({"text": "x", "when": "now"}), "/when", "unknown_field"),
        ("escalation", json!({}), "/text", "required"),
        ("escalation", json!({"text": long(2_001)}), "/text", "too_long"),
        ("escalation", json!({"text": "a\u{7}"}), "/text", "control_characters"),
        ("withdrawal", json!({"reason": long(2_001)}), "/reason", "too_long"),
        ("withdrawal", json!({"reason": "a\u{7}"}), "/reason", "control_characters"),
        ("erasure", json!({"reason": "x"}), "/reason", "unknown_field"),
    ] {
        let reply = ann.there(post(&format!("/my/{}/{way}", ann.reference)).json(&body)).await;
        assert_eq!((reply.status, reply.problem().as_str()), (422, "invalid"), "{way}: {}", reply.body);
        assert_eq!(reply.pointers(), [(pointer.to_owned(), code.to_owned())], "{way}");
    }
    let information = format!("/my/{}/information", ann.reference);
    for (ask, status) in [
        (post(&information).body("application/json", "{\"text\":"), 400),
        (post(&information).body("application/json", "{\"text\":\"a\",\"text\":\"b\"}"), 400),
        (post(&information).body("text/plain", "x"), 415),
        (post(&information).body("application/json", long(300_000)), 413),
        (post(&information).json(&json!({"text": "x"})).header("idempotency-key", "short"), 422),
    ] {
        assert_eq!(ann.there(ask).await.status, status);
    }
    assert_eq!(desk.sam().case(&ann.reference).await["version"], before);
    desk.rests().await;
}

#[tokio::test]
async fn a_form_that_was_wrong_comes_back_with_what_was_typed_and_the_error_beside_the_field() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", ANN).await;
    let typed = format!("</textarea><script>alert(1)</script>{}", "x".repeat(2_000));
    let page =
        ann.there(post(&format!("/my/{}/escalation", ann.reference)).form(&[("text", typed.as_str())])).await;
    assert_eq!(page.status, 422);
    assert!(page.body.contains("<title>Error: Ask for a higher level"), "{}", page.body);
    assert!(page.body.contains("&#60;/textarea&#62;&#60;script&#62;alert(1)"), "{}", page.body);
    assert!(!page.body.contains("<script"), "{}", page.body);
    assert!(page.body.contains("id=\"text-error\"") && page.body.contains("aria-invalid=\"true\""));
    desk.rests().await;
}

#[tokio::test]
async fn nobody_does_anything_with_another_s_complaint() {
    let desk = Desk::open();
    let (ann, bo) = (desk.complains("Ann", ANN).await, desk.complains("Bo", "bo@example.com").await);
    let cookie = bo.opens().await;
    let text = json!({"text": "x"});
    for (way, body) in
        [("information", &text), ("escalation", &text), ("withdrawal", &json!({})), ("erasure", &json!({}))]
    {
        let ask = || post(&format!("/my/{}/{way}", ann.reference)).json(body);
        for ask in [ask(), ask().header("cookie", &cookie)] {
            let reply = desk.send(ask).await;
            assert_eq!((reply.status, reply.problem().as_str()), (404, "not-found"), "{way}");
        }
    }
    let page = get(&format!("/my/{}/withdrawal", ann.reference)).header("cookie", &cookie).html();
    assert_eq!(desk.send(page).await.status, 404);
    assert_eq!(events(&desk.sam().case(&ann.reference).await), ["Received", "Acknowledged"]);
    desk.rests().await;
}

/// The token in the acknowledgement by which who never complained says so.
fn disowning(desk: &Desk) -> String {
    token_after(&desk.mail(ANN, "acknowledgement").text.unwrap(), "/disown/")
}

async fn disowns(desk: &Desk, token: &str) -> u16 {
    desk.send(post("/disown").json(&json!({"token": token}))).await.status
}

fn altered(token: &str) -> String {
    let mut altered = token.to_owned();
    altered.replace_range(10..11, if altered.as_bytes()[10] == b'A' { "B" } else { "A" });
    altered
}

#[tokio::test]
async fn a_link_is_good_for_its_own_purpose_only() {
    let desk = Desk::open();
    let ann: Customer<'_> = desk.complains("Ann", ANN).await;
    let token = disowning(&desk);
    let session = ann.opens().await.split_once('=').unwrap().1.to_owned();
    for wrong in [&ann.token, &session, &altered(&token), "..", &"x".repeat(2_000)] {
        assert_eq!(disowns(&desk, wrong).await, 404, "{wrong}");
    }
    assert_eq!(disowns(&desk, "").await, 422);
    let opened = desk.send(post("/link").json(&json!({"token": token}))).await;
    assert_eq!((opened.status, opened.cookie()), (404, None));
    for token in [&token, &ann.token, &session, &altered(&token)] {
        for number in ["0", "1", "4", "256", "-1", "x"] {
            let address = format!("/consultation/{number}/{token}");
            assert_eq!(desk.send(get(&address)).await.status, 404, "{address}");
            let answer: Value = json!({"text": "x"});
            assert_eq!(desk.send(post(&address).json(&answer)).await.status, 404, "{address}");
        }
    }
    assert_eq!(events(&desk.sam().case(&ann.reference).await), ["Received", "Acknowledged"]);
    desk.rests().await;
}

#[tokio::test]
async fn a_link_to_disown_that_is_too_old_does_nothing() {
    let desk = Desk::with_policy("[limits]\nlink_days = 1");
    let ann = desk.complains("Ann", ANN).await;
    desk.sam().takes(&ann.reference).await;
    let token = disowning(&desk);
    desk.hours(24).await;
    assert_eq!(disowns(&desk, &token).await, 410);
    let page = desk.send(post("/disown").form(&[("token", &token)])).await;
    assert_eq!(page.status, 410);
    assert!(page.body.contains("you can reply to the e-mail"), "{}", page.body);
    assert!(!events(&desk.sam().case(&ann.reference).await).contains(&"Disowned"));
    desk.rests().await;
}

//! Fields that are missing, too long, unknown, or hold what they must not.

use serde_json::{Value, json};

use crate::desk::Desk;
use crate::desk::ask::{Ask, post};

/// A complaint that is good but for this field.
fn with(field: &str, value: &Value) -> Ask {
    let mut body = json!({"email": "ann@example.com", "description": "The card was charged twice."});
    body[field] = value.clone();
    post("/complaints").json(&body)
}

async fn check(desk: &Desk, ask: Ask, expected: &[(&str, &str)]) {
    let reply = desk.send(ask).await;
    assert_eq!((reply.status, reply.problem().as_str()), (422, "invalid"), "{}", reply.body);
    let expected: Vec<_> = expected.iter().map(|(at, code)| ((*at).to_owned(), (*code).to_owned())).collect();
    assert_eq!(reply.pointers(), expected);
}

async fn nothing_came_of_it(desk: &Desk) {
    assert!(desk.table_requests().is_empty());
    assert_eq!(desk.world.mails().unwrap().len(), 0);
    desk.rests().await;
}

#[tokio::test]
async fn missing_empty_long_and_unknown_fields_are_pointed_at() {
    let desk = Desk::open();
    check(
        &desk,
        post("/complaints").json(&json!({})),
        &[("/description", "required"), ("/email", "required")],
    )
    .await;
    check(&desk, with("description", &json!("")), &[("/description", "empty")]).await;
    check(&desk, with("description", &json!(" \n\t ")), &[("/description", "empty")]).await;
    check(&desk, with("description", &json!("x".repeat(25_001))), &[("/description", "too_long")]).await;
    check(&desk, with("name", &json!("x".repeat(201))), &[("/name", "too_long")]).await;
    check(&desk, with("colour", &json!("red")), &[("/colour", "unknown_field")]).await;
    check(&desk, with("phone", &json!("call me")), &[("/phone", "phone_character")]).await;
    check(&desk, with("incident_date", &json!("2026-10-06")), &[("/incident_date", "in_future")]).await;
    check(&desk, with("incident_date", &json!("2026-02-30")), &[("/incident_date", "malformed_date")]).await;
    let reply = desk.send(with("description", &json!(5))).await;
    assert_eq!((reply.status, reply.pointers()[0].0.as_str()), (422, "/description"), "{}", reply.body);
    for key in ["short", "with blank in it", "x\u{e9}xxxxxxx", &"x".repeat(129)] {
        let ask = with("name", &json!("Ann")).header("idempotency-key", key);
        assert_eq!(desk.send(ask).await.status, 422, "{key}");
    }
    nothing_came_of_it(&desk).await;
}

#[tokio::test]
async fn an_address_is_one_address_and_nothing_gets_into_the_headers_through_it() {
    let desk = Desk::open();
    for (address, code) in [
        ("ann", "not_one_address"),
        ("ann@", "malformed_domain"),
        ("a@b.example,c@d.example", "not_one_address"),
        ("a@b.example c@d.example", "not_one_address"),
        ("Ann <a@b.example>", "malformed_local_part"),
        ("a@b.example\r\nBcc: c@d.example", "control_characters"),
        ("a@b.example\nBcc:c@d.example", "control_characters"),
        ("a@b.example\0", "control_characters"),
    ] {
        check(&desk, with("email", &json!(address)), &[("/email", code)]).await;
    }
    for address in [
        "a%0d%0aBcc:c@d.example",
        "a@b.example%0A",
        "=?utf-8?q?a=0d=0ab?=@b.example",
        "a@b.example\u{2028}x",
        "a\u{85}b@c.example",
        "a@b.example;c@d.example",
        "\"a\r\nb\"@c.example",
    ] {
        let reply = desk.send(with("email", &json!(address))).await;
        assert_eq!(reply.status, 422, "{address:?}: {}", reply.body);
        assert_eq!(reply.pointers()[0].0, "/email");
        assert!(!reply.body.contains("d.example"), "the answer does not repeat it");
    }
    let form = [("description", "x"), ("email", "a@b.example\r\nBcc: c@d.example")];
    assert_eq!(desk.send(post("/complaints").form(&form)).await.status, 422);
    nothing_came_of_it(&desk).await;
}

#[tokio::test]
async fn control_characters_are_refused_but_newline_and_tab() {
    let desk = Desk::open();
    for text in
        ["bell\u{7}!", "null\0!", "escape \u{1b}[31m", "delete\u{7f}!", "next line\u{85}!", "form feed\u{c}!"]
    {
        check(&desk, with("description", &json!(text)), &[("/description", "control_characters")]).await;
        check(&desk, with("needs", &json!(text)), &[("/needs", "control_characters")]).await;
    }
    assert_eq!(desk.send(with("name", &json!("Ann\r\nSubject: x"))).await.status, 422);
    nothing_came_of_it(&desk).await;
    assert_eq!(desk.send(with("description", &json!("one\ntwo\tthree\r\nfour"))).await.status, 201);
    desk.rests().await;
}

#[tokio::test]
async fn staff_and_customers_get_pointers_for_their_bodies_too() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", "ann@example.com").await;
    let sam = desk.sam();
    sam.takes(&ann.reference).await;
    let pointers = async |verb: &str, body: Value| -> Vec<(String, String)> {
        let reply = sam.tries(&ann.reference, verb, &body).await;
        assert_eq!(reply.status, 422, "{verb}: {}", reply.body);
        reply.pointers()
    };
    let at = |pointer: &str, code: &str| (pointer.to_owned(), code.to_owned());
    let triage = pointers("triage", json!({"category": "magic", "severity": "normal"})).await;
    assert_eq!(triage, [at("/category", "unknown_value")]);
    let triage = pointers("triage", json!({"severity": "extreme", "mood": "bad"})).await;
    let found: Vec<&str> = triage.iter().map(|(pointer, _)| pointer.as_str()).collect();
    assert_eq!(found, ["/category", "/severity", "/mood"]);
    sam.triages(&ann.reference, "billing", "normal").await;
    sam.finds(&ann.reference, "it").await;
    let remedies = json!([
        {"kind": "refund", "promised_by": "2026-10-12"},
        {"kind": "apology", "promised_by": "2026-10-01"},
        {"kind": "hug", "promised_by": "soon"},
    ]);
    let found =
        pointers("propose", json!({"outcome": "upheld", "explanation": "x", "remedies": remedies})).await;
    let found: Vec<&str> = found.iter().map(|(pointer, _)| pointer.as_str()).collect();
    assert!(found.contains(&"/remedies/0/amount") && found.contains(&"/remedies/2/kind"), "{found:?}");
    let past = json!([{"kind": "apology", "promised_by": "2026-10-01"}]);
    let found = pointers("propose", json!({"outcome": "upheld", "explanation": "x", "remedies": past})).await;
    assert_eq!(found, [at("/remedies/0/promised_by", "in_past")]);
    sam.offers(&ann.reference).await;
    let path = format!("/my/{}/answer", ann.reference);
    for body in
        [json!({}), json!({"proposal": 1, "answer": "maybe"}), json!({"proposal": 2, "answer": "accept"})]
    {
        assert_eq!(ann.there(post(&path).json(&body)).await.status, 422, "{body}");
    }
    desk.rests().await;
}

#[tokio::test]
async fn a_browser_gets_its_form_back_with_what_was_typed_and_what_is_wrong() {
    let desk = Desk::open();
    let typed = [
        ("description", ""),
        ("name", "Ann \"<b>\" Example"),
        ("email", "ann@@example"),
        ("needs", "Large print"),
    ];
    let page = desk.send(post("/complaints").form(&typed)).await;
    assert_eq!((page.status, page.header("content-type")), (422, Some("text/html; charset=utf-8")));
    let html = &page.body;
    assert!(html.contains("<title>Error: Make a complaint") && html.contains("lang=\"en\""), "{html}");
    assert!(
        html.contains("href=\"#description\"") && html.contains("href=\"#email\""),
        "the errors lead to their fields"
    );
    assert!(html.contains("aria-invalid=\"true\"") && html.contains("id=\"email-error\""), "{html}");
    assert!(html.contains("value=\"ann@@example\"") && html.contains("Large print"), "{html}");
    assert!(!html.contains("<b>") && html.contains("&#60;b&#62;"), "{html}");
    nothing_came_of_it(&desk).await;
}

#[tokio::test]
async fn a_browser_keeps_its_answer_and_feedback_too() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", "ann@example.com").await;
    desk.sam().investigates(&ann.reference).await;
    desk.sam().offers(&ann.reference).await;
    let form = [("proposal", "1"), ("reason", "Far too <little>.")];
    let page = ann.there(post(&format!("/my/{}/answer", ann.reference)).form(&form)).await;
    assert_eq!(page.status, 422);
    assert!(
        page.body.contains("Far too &#60;little&#62;.") && page.body.contains("id=\"answer-error\""),
        "{}",
        page.body
    );
    assert_eq!(desk.sam().case(&ann.reference).await["stage"]["name"], "proposed");
    desk.rests().await;
}

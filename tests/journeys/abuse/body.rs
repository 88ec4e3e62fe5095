//! Bodies that cannot be read, are too large, of the wrong kind, or too many.

use serde_json::json;

use crate::desk::Desk;
use crate::desk::ask::{Reply, get, post};

const JSON: &str = "application/json";
const FORM: &str = "application/x-www-form-urlencoded";

/// Nothing was taken in, and nothing was asked of the table.
async fn untouched(desk: &Desk) {
    assert!(desk.table_requests().is_empty(), "{:?}", desk.table_requests());
    assert_eq!(desk.world.mails().unwrap().len(), 0);
    desk.rests().await;
}

#[tokio::test]
async fn what_cannot_be_read_is_a_400() {
    let desk = Desk::open();
    let good = r#"{"email":"a@b.example","description":"x"}"#;
    let cases: [(&str, Vec<u8>); 12] = [
        (JSON, Vec::new()),
        (JSON, b"hello".to_vec()),
        (JSON, good.as_bytes()[..good.len() - 1].to_vec()),
        (JSON, format!("{good} x").into_bytes()),
        (JSON, format!("{good}{good}").into_bytes()),
        (JSON, br#"{"email":"a@b.example","description":"x","email":"c@d.example"}"#.to_vec()),
        (JSON, b"[]".to_vec()),
        (JSON, b"null".to_vec()),
        (JSON, b"{\"description\":\"\xff\xfe\"}".to_vec()),
        (JSON, [b"[".repeat(20_000), b"]".repeat(20_000)].concat()),
        (FORM, b"description=%ff%fe&email=a%40b.example".to_vec()),
        (FORM, b"description=x&email=a%40b.example&email=c%40d.example".to_vec()),
    ];
    for (media_type, body) in cases {
        let said = String::from_utf8_lossy(&body[..body.len().min(80)]).into_owned();
        let ask = post("/complaints").body(media_type, body).header("accept", "application/json");
        let reply = desk.send(ask).await;
        assert_eq!((reply.status, reply.problem().as_str()), (400, "malformed"), "{said}");
    }
    untouched(&desk).await;
}

#[tokio::test]
async fn other_media_types_are_a_415() {
    let desk = Desk::open();
    for media_type in
        ["text/plain", "multipart/form-data; boundary=x", "application/xml", "application/jsonx", ""]
    {
        let reply = desk.send(post("/complaints").body(media_type, "{}")).await;
        assert_eq!((reply.status, reply.problem().as_str()), (415, "unsupported-media-type"), "{media_type}");
    }
    let ann = desk.complains("Ann", "ann@example.com").await;
    let text = post(&format!("/staff/complaints/{}/assign", ann.reference)).body("text/plain", "owner=sam");
    let reply = desk.send(desk.sam().signed(text.header("if-match", "\"2\""))).await;
    assert_eq!(reply.status, 415, "{}", reply.body);
    desk.rests().await;
}

#[tokio::test]
async fn more_than_256_kib_is_a_413() {
    let desk = Desk::open();
    let body = |size: usize| format!("{{\"description\":\"{}\"}}", "x".repeat(size - 18));
    let reply = desk.send(post("/complaints").body(JSON, body(256 * 1024 + 1))).await;
    assert_eq!((reply.status, reply.problem().as_str()), (413, "too-large"));
    let form = format!("description={}", "x".repeat(300 * 1024));
    let page = desk.send(post("/complaints").body(FORM, form).html()).await;
    assert_eq!((page.status, page.header("content-type")), (413, Some("text/html; charset=utf-8")));
    // One byte less is read, and found wanting: the text is too long for a complaint.
    let reply = desk.send(post("/complaints").body(JSON, body(256 * 1024))).await;
    assert_eq!((reply.status, reply.pointers()[0].1.as_str()), (422, "too_long"));
    untouched(&desk).await;
}

#[tokio::test]
async fn a_form_is_measured_as_it_was_typed_and_one_that_is_too_large_comes_back_with_it() {
    let desk = Desk::open();
    let longest = "🏦".repeat(25_000);
    let form = [("description", longest.as_str()), ("email", "ann@example.com")];
    assert_eq!(desk.send(post("/complaints").form(&form)).await.status, 303, "293 KiB on the way");
    let endless = format!("description={}", "%41".repeat(360_000));
    assert_eq!(desk.send(post("/complaints").body(FORM, endless).html()).await.status, 413);

    let bo = desk.complains("Bo", "bo@example.com").await;
    let text = format!("My <story>: {}", "x".repeat(300 * 1024));
    let told = post(&format!("/my/{}/information", bo.reference)).form(&[("text", &text)]).html();
    let page = bo.there(told.header("sec-fetch-site", "same-origin")).await;
    assert_eq!(page.status, 413);
    assert!(page.body.contains("My &#60;story&#62;: xxx") && page.body.contains("Back to my complaint"));
    desk.rests().await;
}

#[tokio::test]
async fn what_the_gateway_does_not_know_it_answers_itself() {
    let desk = Desk::open();
    for (ask, status) in [
        (get("/nothing/here"), 404),
        (post("/my/7K2-M9F-4QA"), 404),
        (post("/complaints").body(JSON, "x".repeat(11 * 1024 * 1024)), 413),
    ] {
        let reply = desk.send(ask).await;
        assert_eq!(reply.status, status);
        assert!(reply.json()["message"].is_string(), "{}", reply.body);
    }
    untouched(&desk).await;
}

#[tokio::test]
async fn more_posts_than_the_policy_takes_in_a_day_are_a_429() {
    let desk = Desk::with_policy("[limits]\nposts_per_address = 2\nposts_per_network = 4");
    let of = |email: &str| json!({"email": email, "description": "Again and again."});
    let send = async |email: &str| -> Reply { desk.send(post("/complaints").json(&of(email))).await };
    assert_eq!((send("ann@example.com").await.status, send("ann@example.com").await.status), (201, 201));
    // The same mailbox in other letters, or under a label of its owner's, is counted as the same.
    assert_eq!(send("ann+again@example.com").await.status, 429);
    let third = send("Ann@Example.com").await;
    assert_eq!((third.status, third.problem().as_str()), (429, "too-many"));
    // It is 9:00 in London: the next day there begins in 15 hours.
    assert_eq!((third.header("retry-after"), &third.json()["retry_after"]), (Some("54000"), &json!(54_000)));
    assert_eq!((send("bo@example.com").await.status, send("cy@example.com").await.status), (201, 201));
    assert_eq!(send("di@example.com").await.status, 429, "the network's number is used up");
    // What was refused left nothing, and whoever was taken in is told so once.
    assert_eq!(desk.world.mails().unwrap().len(), 4);
    assert_eq!(desk.letters_to("ann@example.com").len(), 2);
    for reference in desk.sam().lists("?stage=acknowledged").await["complaints"].as_array().unwrap() {
        desk.sam().takes(reference["reference"].as_str().unwrap()).await;
    }
    desk.until("2026-10-05T23:01:00Z").await;
    assert_eq!(send("ann@example.com").await.status, 201, "a new day");
    desk.rests().await;
}

#[tokio::test]
async fn who_is_told_to_wait_does_not_have_to_write_it_again() {
    let desk = Desk::with_policy("[limits]\nposts_per_address = 1");
    desk.complains("Ann", "ann@example.com").await;
    let typed = [
        ("description", "Written with <care>."),
        ("email", "ann@example.com"),
        ("idempotency_key", "key-of-the-form"),
    ];
    let page = desk.send(post("/complaints").form(&typed)).await;
    assert_eq!((page.status, page.header("content-type")), (429, Some("text/html; charset=utf-8")));
    assert!(page.header("retry-after").is_some());
    assert!(
        page.body.contains("Written with &#60;care&#62;.") && page.body.contains("value=\"ann@example.com\""),
        "{}",
        page.body
    );
    assert!(
        page.body.contains("Too many messages") && page.body.contains("value=\"key-of-the-form\""),
        "{}",
        page.body
    );
    desk.rests().await;
}

#[tokio::test]
async fn while_the_table_does_not_answer_what_was_typed_is_kept_and_no_complaint_is_lost_or_doubled() {
    use local::door::{Fault, Service};
    let desk = Desk::open();
    let typed = [
        ("description", "Written with care."),
        ("email", "ann@example.com"),
        ("idempotency_key", "key-of-the-form"),
    ];
    desk.world.cloud().inject(Box::new(|call| match call.service {
        Service::DynamoDb => Fault::ServerError,
        _ => Fault::None,
    }));
    let page = desk.ask(post("/complaints").form(&typed)).await;
    assert_eq!(page.status, 503);
    assert!(page.header("retry-after").is_some());
    assert!(
        page.body.contains("Written with care.") && page.body.contains("value=\"key-of-the-form\""),
        "{}",
        page.body
    );
    let json = json!({"description": "x", "email": "bo@example.com"});
    let reply = desk.ask(post("/complaints").json(&json)).await;
    assert_eq!((reply.status, reply.problem().as_str()), (503, "unavailable"));
    desk.world.cloud().inject_nothing();
    assert_eq!(desk.send(post("/complaints").form(&typed)).await.status, 303);
    assert_eq!(desk.letters_to("ann@example.com"), ["acknowledgement"]);
    desk.rests().await;
}

#[tokio::test]
async fn who_goes_back_to_a_form_that_was_taken_and_writes_something_else_gets_a_new_key() {
    let desk = Desk::open();
    let form = |text: &'static str| {
        post("/complaints").form(&[
            ("description", text),
            ("email", "ann@example.com"),
            ("idempotency_key", "key-of-the-form"),
        ])
    };
    assert_eq!(desk.send(form("The first.")).await.status, 303);
    let page = desk.send(form("The second.")).await;
    assert_eq!(page.status, 422);
    assert!(
        page.body.contains("You have sent this form before") && page.body.contains("The second."),
        "{}",
        page.body
    );
    assert!(!page.body.contains("key-of-the-form"));
    desk.rests().await;
}

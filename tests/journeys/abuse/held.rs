//! Machines: who fills the field that people do not see, or writes faster than anybody can.

use jiff::SignedDuration;
use serde_json::json;

use crate::desk::ask::{get, post};
use crate::desk::report::Sheet;
use crate::desk::{Desk, MANAGER};

#[tokio::test]
async fn suspected_spam_is_answered_like_any_other_and_held() {
    let desk = Desk::at("2026-09-30T21:00:00Z");
    let page = desk.send(get("/").html()).await.body;
    let issued =
        page.split_once("name=\"form_issued\" value=\"").unwrap().1.split('"').next().unwrap().to_owned();
    let post_form = async |website: &str, text: &str| -> String {
        let fields = [
            ("description", text),
            ("email", "bot@example.com"),
            ("website", website),
            ("form_issued", issued.as_str()),
        ];
        let reply = desk.send(post("/complaints").form(&fields)).await;
        assert_eq!(reply.status, 303, "{}", reply.body);
        // It is thanked, and its page tells it nothing more.
        let location = reply.header("location").unwrap().to_owned();
        let thanks = desk.send(get(&location).html().header("cookie", &reply.cookie().unwrap())).await;
        assert_eq!(thanks.status, 200);
        assert!(thanks.body.contains("We have your complaint"), "{}", thanks.body);
        location.trim_start_matches("/my/").split('?').next().unwrap().to_owned()
    };
    let fast = post_form("", "Too fast.").await;
    desk.world.advance(SignedDuration::from_secs(60)).await.unwrap();
    let trapped = post_form("http://spam.example", "Trapped.").await;
    let human = post_form("", "A person, a minute later.").await;

    let held = desk.sam().lists("?held=true").await;
    let held = held["held"].as_array().unwrap();
    let seen: Vec<_> = held
        .iter()
        .map(|post| (&post["reference"], &post["suspicion"], &post["complaint"]["description"]))
        .collect();
    assert_eq!(seen.len(), 2);
    assert!(seen.contains(&(&json!(fast), &json!("too_fast"), &json!("Too fast."))), "{seen:?}");
    assert!(seen.contains(&(&json!(trapped), &json!("trapped"), &json!("Trapped."))), "{seen:?}");

    // No complaint, no mail; a person's is one.
    assert_eq!(desk.letters_to("bot@example.com"), ["acknowledgement"]);
    assert!(desk.mail("bot@example.com", "acknowledgement").text.unwrap().contains(&human));
    let open = desk.sam().lists("").await;
    assert_eq!(open["complaints"].as_array().unwrap().len(), 1);
    for reference in [&fast, &trapped] {
        assert_eq!(
            desk.send(desk.sam().signed(get(&format!("/staff/complaints/{reference}")))).await.status,
            404
        );
    }
    // Counted apart.
    desk.until("2026-10-01T06:05:00Z").await;
    let sheet = Sheet::of(&desk.mail(MANAGER, "monthly-report"));
    assert_eq!(sheet.count("flow", "total#all", "received"), 1);
    assert_eq!(sheet.count("nothing_lost", "held", "count"), 2);
    desk.rests().await;
}

#[tokio::test]
async fn the_trap_is_none_for_programs_and_for_other_pages_forms() {
    let desk = Desk::open();
    let reply = desk
        .send(post("/complaints").json(&json!({"description": "x", "email": "a@b.example", "website": "x"})))
        .await;
    assert_eq!(
        (reply.status, reply.pointers()),
        (422, vec![("/website".to_owned(), "unknown_field".to_owned())])
    );
    for stamp in ["", "made-up", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"] {
        let fields = [("description", "x"), ("email", "a@b.example"), ("form_issued", stamp)];
        assert_eq!(desk.send(post("/complaints").form(&fields)).await.status, 303);
    }
    assert_eq!(desk.letters_to("a@b.example").len(), 3);
    desk.rests().await;
}

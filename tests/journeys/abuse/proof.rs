//! Where the policy asks for proof of work, who sends thousands of posts pays with time, and who has no script loses nothing.

use complaints::proof::Task;
use serde_json::json;

use crate::desk::Desk;
use crate::desk::ask::{Ask, Reply, get, hidden, post};

const SMALL: &str = "[limits]\nproof_bits = 8";
const KEY: &str = "one-and-the-same";

/// As the script does it.
fn work(issued: &str, key: &str) -> String {
    let task = Task { issued, key };
    (0..1_u32 << 16).map(|number| number.to_string()).find(|number| task.is_done_by(number, 8)).unwrap()
}

/// The form filled in as long as a person takes, with or without what the script finds.
async fn sends_form(desk: &Desk, email: &str, with_script: bool) -> Reply {
    let form = desk.send(get("/").html()).await;
    let (key, issued) = (hidden(&form.body, "idempotency_key"), hidden(&form.body, "form_issued"));
    let proof = if with_script { work(issued, key) } else { String::new() };
    desk.until(&desk.world.now().checked_add(jiff::SignedDuration::from_secs(30)).unwrap().to_string()).await;
    let fields = [
        ("idempotency_key", key),
        ("form_issued", issued),
        ("proof", &proof),
        ("email", email),
        ("description", "x"),
    ];
    desk.send(post("/complaints").form(&fields)).await
}

async fn held(desk: &Desk) -> Vec<String> {
    desk.sam().held("suspicion").await
}

#[tokio::test]
async fn a_form_with_the_proof_is_taken_and_one_without_is_for_a_person_to_look_at() {
    let desk = Desk::with_policy(SMALL);
    let form = desk.send(get("/").html()).await;
    assert!(
        form.body.contains("data-proof-bits=\"8\"") && form.body.contains("<script src=\"/proof.js\" defer>")
    );
    assert!(form.header("content-security-policy").unwrap().contains("script-src 'self';"));
    assert_eq!(
        desk.send(get("/proof.js")).await.header("content-type"),
        Some("text/javascript; charset=utf-8")
    );

    assert_eq!(sends_form(&desk, "ann@example.com", true).await.status, 303);
    assert_eq!((desk.letters_to("ann@example.com").len(), held(&desk).await.len()), (1, 0));
    assert_eq!(sends_form(&desk, "bo@example.com", false).await.status, 303, "answered like any other");
    assert_eq!(
        (desk.letters_to("bo@example.com").len(), held(&desk).await),
        (0, vec!["unproven".to_owned()])
    );
    desk.rests().await;
}

#[tokio::test]
async fn a_program_fetches_what_to_work_on_and_each_post_costs_it_work() {
    let desk = Desk::with_policy(SMALL);
    let body = json!({"email": "ann@example.com", "description": "x"});
    let given = desk.send(get("/complaints/challenge")).await.json();
    let (challenge, bits) = (given["challenge"].as_str().unwrap(), given["bits"].as_u64().unwrap());
    assert_eq!(bits, 8);
    let proof = format!("{challenge}:{}", work(challenge, KEY));
    let keyed = |key: &str| post("/complaints").json(&body).header("idempotency-key", key);
    let tells = async |ask: Ask| {
        let reply = desk.send(ask).await;
        (reply.status, if reply.status == 422 { reply.pointers().remove(0).1 } else { String::new() })
    };
    let unproven = (422, "unproven".to_owned());
    assert_eq!(tells(post("/complaints").json(&body)).await, unproven);
    assert_eq!(tells(keyed(KEY)).await, unproven);
    assert_eq!(tells(keyed(KEY).header("proof-of-work", "made-up:1")).await, unproven);
    assert_eq!(tells(keyed(KEY).header("proof-of-work", &proof)).await.0, 201);
    assert_eq!(
        tells(keyed("another-of-them").header("proof-of-work", &proof)).await,
        unproven,
        "for one post only"
    );
    assert_eq!(
        tells(keyed(KEY).header("proof-of-work", &proof)).await.0,
        201,
        "the same post again is the same"
    );
    desk.rests().await;
}

#[tokio::test]
async fn where_the_policy_asks_for_none_there_is_no_script_and_nothing_to_work_on() {
    let desk = Desk::open();
    let form = desk.send(get("/").html()).await;
    assert!(!form.body.contains("<script") && !form.body.contains("name=\"proof\""));
    assert!(!form.header("content-security-policy").unwrap().contains("script-src"));
    assert_eq!(desk.send(get("/complaints/challenge")).await.json()["bits"], 0);
    desk.rests().await;
}

//! Machines: who fills the field that people do not see, or writes faster than anybody can.

use jiff::SignedDuration;
use serde_json::json;

use crate::desk::ask::{Ask, Reply, get, post};
use crate::desk::customer::Customer;
use crate::desk::report::Sheet;
use crate::desk::{Desk, MANAGER, letter as letter_of};

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
    let letters = desk.letters_to("a@b.example");
    assert_eq!(letters.iter().filter(|letter| *letter == "acknowledgement").count(), 3, "{letters:?}");
    desk.rests().await;
}

/// A machine's post, with the reference it was answered.
async fn trap(desk: &Desk, text: &str, email: &str) -> String {
    let fields = [("description", text), ("email", email), ("name", "Ann"), ("website", "x")];
    let reply = desk.send(post("/complaints").form(&fields)).await;
    let location = reply.header("location").unwrap().to_owned();
    location.trim_start_matches("/my/").split('?').next().unwrap().to_owned()
}

async fn decide(desk: &Desk, reference: &str, verb: &str, body: &serde_json::Value) -> Reply {
    desk.send(desk.sam().signed(post(&format!("/staff/held/{reference}/{verb}")).json(body))).await
}

async fn held(desk: &Desk) -> Vec<String> {
    desk.sam().held("reference").await
}

#[tokio::test]
async fn a_held_post_that_staff_release_is_a_complaint_since_it_came() {
    let desk = Desk::at("2026-10-29T21:00:00Z");
    let reference = trap(&desk, "My card was charged twice.", "ann@example.com").await;
    desk.until("2026-10-31T09:00:00Z").await;
    let released = decide(&desk, &reference, "release", &json!({})).await;
    assert_eq!(released.status, 200, "{}", released.body);
    assert_eq!((&released.json()["reference"], released.header("etag")), (&json!(reference), Some("\"1\"")));
    assert_eq!(held(&desk).await, Vec::<String>::new());

    let case = desk.sam().case(&reference).await;
    assert_eq!(case["received_at"], "2026-10-29T21:00:00Z");
    // Ten working days after Friday the 30th, when it counts as received; not after the day of the release.
    assert_eq!(case["answer_by"], "2026-11-13T17:00:00Z");
    let first = &case["history"][0];
    assert_eq!((&first["event"]["type"], &first["event"]["channel"]), (&json!("Received"), &json!("web")));
    assert_eq!(first["actor"], json!({"kind": "staff", "id": "sam@northgate.example", "role": "csr"}));
    assert_eq!(first["at"], "2026-10-31T09:00:00Z");
    assert_eq!(case["complaint"]["description"], "My card was charged twice.");
    let letter = desk.mail("ann@example.com", "acknowledgement");
    let ann = Customer::reading(&desk, &reference, &letter.text.unwrap());
    assert_eq!(ann.sees().await["complaint"]["name"], "Ann");

    let again = decide(&desk, &reference, "release", &json!({})).await;
    assert_eq!((again.status, &again.json()["reference"]), (200, &json!(reference)));
    let discarded = decide(&desk, &reference, "discard", &json!({"reason": "Spam."})).await;
    assert_eq!((discarded.status, discarded.problem().as_str()), (409, "decided"));
    assert_eq!(desk.letters_to("ann@example.com"), ["acknowledgement"]);
    desk.until("2026-11-01T07:05:00Z").await;
    let sheet = Sheet::of(
        &desk.mails_to(MANAGER).into_iter().rfind(|mail| letter_of(mail) == "monthly-report").unwrap(),
    );
    assert_eq!(
        (sheet.count("nothing_lost", "released", "count"), sheet.count("flow", "total#all", "received")),
        (1, 1)
    );
    desk.rests().await;
}

#[tokio::test]
async fn a_held_post_that_staff_discard_is_gone_and_who_did_it_is_not() {
    let desk = Desk::open();
    let reference = trap(&desk, "Buy this watch.", "bot@example.com").await;
    let other = trap(&desk, "And this one.", "bot@example.com").await;
    let unexplained = decide(&desk, &reference, "discard", &json!({})).await;
    assert_eq!(
        (unexplained.status, unexplained.pointers()),
        (422, vec![("/reason".to_owned(), "required".to_owned())])
    );
    let discarded = decide(&desk, &reference, "discard", &json!({"reason": "Advertising."})).await;
    let verdict = json!({
        "verdict": "discarded", "at": "2026-10-05T08:00:00Z", "reason": "Advertising.",
        "actor": {"kind": "staff", "id": "sam@northgate.example", "role": "csr"},
    });
    assert_eq!((discarded.status, discarded.json()), (200, verdict.clone()));
    desk.hours(1).await;
    let again = decide(&desk, &reference, "discard", &json!({"reason": "Still."})).await;
    assert_eq!(again.json(), verdict, "what was decided first");
    let released = decide(&desk, &reference, "release", &json!({})).await;
    assert_eq!((released.status, released.problem().as_str()), (409, "decided"));
    assert_eq!(held(&desk).await, [other]);
    assert_eq!(
        desk.send(desk.sam().signed(get(&format!("/staff/complaints/{reference}")))).await.status,
        404
    );
    assert!(desk.world.mails().unwrap().is_empty());
    desk.rests().await;
}

#[tokio::test]
async fn only_staff_decide_about_held_posts_and_only_about_those() {
    let desk = Desk::open();
    let reference = trap(&desk, "Buy this.", "bot@example.com").await;
    let ann = desk.complains("Ann", "ann@example.com").await;
    let stranger = desk.send(post(&format!("/staff/held/{reference}/release")).json(&json!({}))).await;
    assert_eq!(stranger.status, 403);
    let session = format!("__Host-session={}", desk.world.token("sam@northgate.example", "csr").unwrap());
    let form = post(&format!("/staff/held/{reference}/release")).form(&[]).header("cookie", &session);
    let form = form.header("sec-fetch-site", "cross-site");
    assert_eq!(desk.send(form).await.status, 403, "another site's form cannot do it");
    for named in [ann.reference.as_str(), "7K2-M9F-4QA", "0192fa3c-0000-7000-8000-000000000000"] {
        for (verb, body) in [("release", json!({})), ("discard", json!({"reason": "x"}))] {
            assert_eq!(decide(&desk, named, verb, &body).await.status, 404, "{verb} {named}");
        }
    }
    assert_eq!(held(&desk).await, [reference]);
    desk.rests().await;
}

#[tokio::test]
async fn two_who_decide_at_once_decide_once() {
    let desk = Desk::open();
    let reference = trap(&desk, "A complaint.", "ann@example.com").await;
    // The answer to the first is lost; it is asked again.
    let lost = std::sync::atomic::AtomicBool::new(false);
    desk.world.cloud().inject(Box::new(move |call| {
        let first =
            call.operation == "TransactWriteItems" && !lost.swap(true, std::sync::atomic::Ordering::Relaxed);
        if first { local::door::Fault::LoseAnswer } else { local::door::Fault::None }
    }));
    let (sam, mia) = (desk.sam(), desk.mia());
    let ask = |who: Ask| desk.ask(who);
    let path = format!("/staff/held/{reference}/release");
    let (one, two) = (
        ask(sam.signed(post(&path).json(&json!({})))).await,
        ask(mia.signed(post(&path).json(&json!({})))).await,
    );
    assert_eq!((one.status, two.status), (200, 200), "{} {}", one.body, two.body);
    desk.world.cloud().inject_nothing();
    desk.world.settle().await.unwrap();
    assert_eq!(desk.letters_to("ann@example.com"), ["acknowledgement"]);
    let history = desk.sam().case(&reference).await;
    assert_eq!(history["history"][0]["actor"]["id"], "sam@northgate.example");
    desk.rests().await;
}

#[tokio::test]
async fn held_posts_come_a_page_at_a_time_and_go_after_their_days() {
    let desk = Desk::with_policy("[limits]\nheld_days = 10\nposts_per_address = 100");
    for _ in 0..53 {
        trap(&desk, "Buy this.", "bot@example.com").await;
    }
    let first = desk.sam().lists("?held=true").await;
    assert_eq!(first["held"].as_array().unwrap().len(), 50);
    let cursor = first["cursor"].as_str().unwrap();
    let second = desk.sam().lists(&format!("?held=true&cursor={cursor}")).await;
    assert_eq!(second["held"].as_array().unwrap().len(), 3);
    assert_eq!(second["cursor"], "2026-09", "then the month before");
    desk.until("2026-10-15T07:59:00Z").await;
    assert_eq!(held(&desk).await.len(), 50);
    desk.until("2026-10-15T08:00:00Z").await;
    assert_eq!(held(&desk).await, Vec::<String>::new());
    let gone = first["held"][0]["reference"].as_str().unwrap();
    assert_eq!(decide(&desk, gone, "release", &json!({})).await.status, 404);
    desk.rests().await;
}

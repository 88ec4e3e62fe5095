//! A customer's data is taken away, or kept with a reason.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use crate::desk::ask::{get, post};
use crate::desk::customer::Customer;
use crate::desk::inspector::{Inspector, Item};
use crate::desk::log::Log;
use crate::desk::staff::{events, stage};
use crate::desk::{Desk, MANAGER, Opening, Overheard};

/// Stands in everything that the customer gives and that staff write of them.
const CANARY: &str = "Kanarienvogel";
/// Stands in the reason.
const REASON: &str = "Asked for on the phone; nothing is owed.";

#[tokio::test]
async fn after_an_erasure_nothing_of_the_person_is_left() {
    let (log, overheard) = (Log::listen(), Overheard::default());
    let desk = Desk::with(Opening { overheard: Some(overheard.clone()), ..Opening::default() });
    let ann = closed(&desk, &format!("{CANARY}@example.com")).await;
    let bo = desk.posts(&json!({"email": "bo@example.com", "description": "Bo's own words."})).await;
    assert!(everything(&desk).await.contains(CANARY));
    let done = desk.mia().does(&ann.reference, "restriction", &json!({"reason": REASON})).await;
    assert_eq!(stage(&done), "closed");

    let left = everything(&desk).await;
    let place = left.find(CANARY).map(|place| left[place.saturating_sub(200)..place + 50].to_owned());
    assert_eq!(place, None);
    assert!(left.contains("Bo's own words."), "what others told is as it was");
    assert!(left.contains(REASON));
    let case = desk.mia().case(&ann.reference).await;
    assert_eq!(events(&case).last(), Some(&"Restricted"), "the trail stays");
    assert_eq!((case.get("complaint"), case["texts"].as_object().unwrap().len()), (None, 1));
    assert!(!ann.looks().await.contains(CANARY), "their page is there, without what they told");
    // Time goes on; nobody is written to, and neither report nor log nor bus says anything of them.
    let mails = desk.mails_to(&format!("{CANARY}@example.com")).len();
    desk.until("2026-11-01T07:05:00Z").await;
    assert_eq!(desk.mails_to(&format!("{CANARY}@example.com")).len(), mails);
    assert!(!everything(&desk).await.contains(CANARY));
    assert!(!log.text().contains(CANARY));
    let heard = overheard.lock().unwrap().clone();
    assert!(heard.iter().any(|(name, _)| name == "erase-data"));
    assert!(
        heard
            .iter()
            .filter(|(name, _)| name == "erase-data")
            .all(|(_, event)| !event.to_string().contains(CANARY))
    );
    assert_eq!(desk.sam().case(&bo.reference).await["complaint"]["description"], "Bo's own words.");
    desk.rests().await;
}

#[tokio::test]
async fn what_is_still_open_or_held_is_not_erased_and_a_representative_erases_nothing() {
    let desk = Desk::open();
    let (mia, reason) = (desk.mia(), json!({"reason": REASON}));
    let open = desk.complains("Ann", "ann@example.com").await;
    let reply = mia.tries(&open.reference, "restriction", &reason).await;
    assert_eq!((reply.status, reply.problem().as_str()), (409, "illegal-transition"));
    let over = closed(&desk, "bo@example.com").await;
    let reply = desk.sam().tries(&over.reference, "restriction", &reason).await;
    assert_eq!((reply.status, reply.problem().as_str()), (403, "forbidden"));
    mia.does(&over.reference, "hold", &json!({"hold": true, "reason": "A claim is before the court."})).await;
    let reply = mia.tries(&over.reference, "restriction", &reason).await;
    assert_eq!((reply.status, reply.problem().as_str()), (409, "held"));
    assert!(everything(&desk).await.contains(CANARY));
    mia.does(&over.reference, "hold", &json!({"hold": false, "reason": "It was settled."})).await;
    mia.does(&over.reference, "restriction", &reason).await;
    assert!(!everything(&desk).await.contains(CANARY));
    desk.rests().await;
}

#[tokio::test]
async fn what_was_asked_for_can_be_declined_with_a_reason() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", "ann@example.com").await;
    let (mia, reason) = (desk.mia(), json!({"reason": "A claim in court may need it."}));
    let reply = mia.tries(&ann.reference, "erasure-refusal", &reason).await;
    assert_eq!(reply.status, 409, "nobody has asked");
    let asked = ann.there(post(&format!("/my/{}/erasure", ann.reference)).json(&json!({}))).await;
    assert_eq!(asked.status, 200, "{}", asked.body);
    let reply = mia.tries(&ann.reference, "erasure-refusal", &json!({})).await;
    assert_eq!((reply.status, reply.pointers()[0].0.as_str()), (422, "/reason"));
    assert_eq!(desk.sam().tries(&ann.reference, "erasure-refusal", &reason).await.status, 403);
    mia.does(&ann.reference, "erasure-refusal", &reason).await;
    let case = mia.case(&ann.reference).await;
    assert_eq!(events(&case).last(), Some(&"ErasureDeclined"));
    assert!(case["texts"].as_object().unwrap().values().any(|text| *text == reason["reason"]));
    assert_eq!(case["complaint"]["name"], "Ann");
    desk.rests().await;
}

#[tokio::test]
async fn an_erasure_that_was_asked_for_on_the_phone_is_recorded_and_is_the_managers_to_decide() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", "ann@example.com").await;
    let sam = desk.sam();
    let reply = sam.tries(&ann.reference, "erasure-request", &json!({"channel": "web"})).await;
    assert_eq!((reply.status, reply.pointers()[0].0.as_str()), (422, "/channel"));
    for _ in 0..2 {
        sam.does(&ann.reference, "erasure-request", &json!({"channel": "phone"})).await;
    }
    let case = sam.case(&ann.reference).await;
    assert_eq!(events(&case).iter().filter(|event| **event == "ErasureAsked").count(), 1);
    assert_eq!(desk.letters_to(MANAGER), ["task"]);
    let kept = json!({"reason": "The complaint is not over yet."});
    desk.mia().does(&ann.reference, "erasure-refusal", &kept).await;
    assert_eq!(ann.sees().await["kept"], kept["reason"]);
    desk.rests().await;
}

#[tokio::test]
async fn the_notice_of_an_erasure_may_come_again_and_erases_once() {
    let desk = Desk::open();
    let ann = closed(&desk, "ann@example.com").await;
    let done = desk.mia().does(&ann.reference, "restriction", &json!({"reason": REASON})).await;
    let before = everything(&desk).await;
    let detail = json!({"event": format!("{}:{}", done["id"].as_str().unwrap(), done["version"]), "complaint": done["id"], "version": done["version"]});
    desk.world.invoke("erase-data", json!({"detail": detail})).await.unwrap();
    assert!(everything(&desk).await == before, "there is nothing left to erase");
    // A notice of another event erases nothing.
    let bo = desk.complains("Bo", "bo@example.com").await;
    let id = desk.mia().case(&bo.reference).await["id"].clone();
    let detail = json!({"event": format!("{}:1", id.as_str().unwrap()), "complaint": id, "version": 1});
    desk.world.invoke("erase-data", json!({"detail": detail})).await.unwrap();
    assert_eq!(desk.sam().case(&bo.reference).await["complaint"]["name"], "Bo");
    desk.rests().await;
}

#[tokio::test]
async fn what_a_text_was_about_is_gone_from_where_it_was_filed_before_as_well() {
    let desk = Desk::open();
    let body = json!({"email": "ann@example.com", "product": "Mortgage", "description": "The card was charged twice."});
    let ann = desk.posts(&body).await;
    let sam = desk.sam();
    sam.triages(&ann.reference, "billing", "normal").await;
    sam.triages(&ann.reference, "delivery", "normal").await;
    assert!(everything(&desk).await.contains("\"gist\""));
    sam.does(&ann.reference, "withdrawal", &json!({"channel": "phone"})).await;
    desk.mia().does(&ann.reference, "restriction", &json!({"reason": REASON})).await;
    assert!(!everything(&desk).await.contains("\"gist\""));
    desk.rests().await;
}

#[tokio::test]
async fn what_was_asked_while_it_was_open_is_decided_at_its_end_and_a_no_is_explained() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", "ann@example.com").await;
    let (sam, mia) = (desk.sam(), desk.mia());
    sam.takes(&ann.reference).await;
    let asked = ann.there(post(&format!("/my/{}/erasure", ann.reference)).json(&json!({}))).await;
    assert_eq!(asked.status, 200, "{}", asked.body);
    assert_eq!(desk.letters_to(MANAGER), ["task"]);
    let back = ann.there(post(&format!("/my/{}/withdrawal", ann.reference)).json(&json!({}))).await;
    assert_eq!(back.status, 200, "{}", back.body);
    assert_eq!(desk.letters_to(MANAGER), ["task", "task"]);
    let told = desk.mails_to(MANAGER).pop().unwrap().text.unwrap();
    assert!(told.contains("taken their complaint back") && told.contains("Now it can be decided"), "{told}");
    assert_eq!(desk.letters_to("sam@northgate.example").last().unwrap(), "task", "who had it hears of it");

    let no = json!({"reason": "A court has asked for it."});
    mia.does(&ann.reference, "erasure-refusal", &no).await;
    assert!(ann.looks().await.contains("A court has asked for it."));
    assert_eq!(ann.sees().await["kept"], "A court has asked for it.");
    desk.rests().await;
}

#[tokio::test]
async fn a_hold_that_is_set_before_the_data_is_gone_keeps_it_until_it_is_lifted() {
    let desk = Desk::open();
    let ann = closed(&desk, "ann@example.com").await;
    let mia = desk.mia();
    let restricts = mia.signed(post(&format!("/staff/complaints/{}/restriction", ann.reference)));
    let version = mia.case(&ann.reference).await["version"].to_string();
    let restricts = restricts.json(&json!({"reason": REASON})).header("if-match", &format!("\"{version}\""));
    let done = desk.ask(restricts).await.json();
    let hold = mia.signed(post(&format!("/staff/complaints/{}/hold", ann.reference)));
    let hold = hold.json(&json!({"hold": true, "reason": "The court asks for it."}));
    let set = desk.ask(hold.header("if-match", &format!("\"{}\"", done["version"]))).await;
    assert_eq!(set.status, 200, "{}", set.body);
    let event = format!("{}:{}", done["id"].as_str().unwrap(), done["version"]);
    let notice = json!({"detail": {"event": event, "complaint": done["id"], "version": done["version"]}});
    desk.world.settle().await.unwrap();
    desk.world.invoke("erase-data", notice).await.unwrap();
    assert!(everything(&desk).await.contains(CANARY));
    mia.does(&ann.reference, "hold", &json!({"hold": false, "reason": "It has what it needs."})).await;
    let left = everything(&desk).await;
    assert!(!left.contains(CANARY) && left.contains("The court asks for it."), "{left}");
}

#[tokio::test]
async fn the_check_of_the_table_finds_what_should_have_been_erased() {
    let desk = Desk::open();
    let ann = closed(&desk, "ann@example.com").await;
    let id = desk.mia().case(&ann.reference).await["id"].as_str().unwrap().to_owned();
    let inspector = Inspector::of(&desk);
    let form = inspector.takes(&format!("P#{id}"), "intake").await;
    desk.mia().does(&ann.reference, "restriction", &json!({"reason": REASON})).await;
    inspector.puts(form).await;
    assert_eq!(inspector.verifies().await.0, [""; 0], "it may be on its way");
    desk.hours(1).await;
    let fault = format!("complaint {id}: what its customer told was to be erased and is there");
    assert_eq!(inspector.verifies().await.0, [fault]);
    let hold = json!({"hold": true, "reason": "The court asks for it."});
    desk.mia().does(&ann.reference, "hold", &hold).await;
    assert_eq!(inspector.verifies().await.0, [""; 0], "a hold keeps what is still there");
}

/// A complaint that is over, full of what must not stay.
async fn closed<'d>(desk: &'d Desk, email: &str) -> Customer<'d> {
    let body = json!({
        "name": CANARY, "email": email, "phone": "+44 20 7946 0123", "description": CANARY,
        "people_involved": CANARY, "order_reference": CANARY, "remedy_wanted": CANARY, "needs": CANARY,
    });
    let customer = desk.posts(&body).await;
    let sam = desk.sam();
    sam.investigates(&customer.reference).await;
    sam.does(&customer.reference, "investigate", &json!({"note": CANARY})).await;
    sam.does(&customer.reference, "contact", &json!({"channel": "email", "text": CANARY})).await;
    sam.offers(&customer.reference).await;
    customer.accepts().await;
    for remedy in [1, 2] {
        sam.does(&customer.reference, "implement", &json!({"remedy": remedy, "details": CANARY})).await;
    }
    sam.does(&customer.reference, "close", &json!({"waive_follow_up": CANARY})).await;
    desk.send(get("/")).await;
    customer
}

/// The whole table, as it is kept.
async fn everything(desk: &Desk) -> String {
    let item = |item: Item| format!("{:?}", item.into_iter().collect::<BTreeMap<_, _>>());
    let items: BTreeSet<String> = Inspector::of(desk).all().await.into_iter().map(item).collect();
    items.into_iter().collect::<Vec<_>>().join("\n")
}

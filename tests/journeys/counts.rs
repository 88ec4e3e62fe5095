//! What the work costs, counted at the door: requests, items and mails are what is paid for.

mod bill;
mod figures;
mod life;
mod prices;
mod routes;

use local::door::Fault;
use serde_json::{Value, json};

use crate::desk::ask::{Ask, get, post};
use crate::desk::browser::Browser;
use crate::desk::{Desk, instant};

/// The operations that one request asks of the table.
async fn operations(desk: &Desk, ask: Ask, status: u16) -> Vec<String> {
    desk.world.settle().await.unwrap();
    desk.world.cloud().clear_requests();
    let reply = desk.ask(ask).await;
    assert_eq!(reply.status, status, "{}", reply.body);
    desk.table_requests().into_iter().map(|request| request.call.operation).collect()
}

fn complaint() -> Ask {
    post("/complaints")
        .json(&json!({"email": "ann@example.com", "description": "The card was charged twice."}))
}

#[tokio::test]
async fn a_complaint_is_taken_in_with_one_request_however_it_ends() {
    let desk = Desk::with_policy("[limits]\nposts_per_address = 2");
    let one = ["TransactWriteItems"];
    let keyed = || complaint().header("idempotency-key", "one-and-the-same");
    assert_eq!(operations(&desk, keyed(), 201).await, one);
    assert_eq!(operations(&desk, keyed(), 201).await, one, "come again");
    let other = post("/complaints").json(&json!({"email": "a@b.example", "description": "x"}));
    assert_eq!(operations(&desk, other.header("idempotency-key", "one-and-the-same"), 422).await, one);
    assert_eq!(operations(&desk, complaint(), 201).await, one);
    assert_eq!(operations(&desk, complaint(), 429).await, one, "one too many");
    let trapped = [("description", "x"), ("email", "bot@example.com"), ("website", "x")];
    assert_eq!(operations(&desk, post("/complaints").form(&trapped), 303).await, one, "held");
    desk.rests().await;
}

#[tokio::test]
async fn a_malformed_post_asks_nothing_of_the_table() {
    let desk = Desk::open();
    let none: [&str; 0] = [];
    let bad = [
        (post("/complaints").body("application/json", "{"), 400),
        (post("/complaints").body("text/plain", "x"), 415),
        (post("/complaints").body("application/json", "x".repeat(300_000)), 413),
        (post("/complaints").json(&json!({"email": "nobody"})), 422),
        (post("/complaints").form(&[("email", "")]), 422),
    ];
    for (ask, status) in bad {
        assert_eq!(operations(&desk, ask, status).await, none, "{status}");
    }
    desk.rests().await;
}

#[tokio::test]
async fn taking_a_complaint_in_writes_small_items() {
    let desk = Desk::open();
    desk.world.cloud().clear_requests();
    let body = json!({"email": "ann@example.com", "description": "x".repeat(500), "name": "Ann"});
    desk.ask(post("/complaints").json(&body).header("idempotency-key", "12345678")).await;
    let units = desk.table_requests()[0].write_units;
    // Complaint, event and key of at most 2 KB; text, reference, place among the customer's, the one word of the name,
    // outbox and two counts of at most 1 KB; each twice, and the complaint in two indexes.
    assert!((units - 28.0).abs() < 0.1, "{units} write units");
    desk.rests().await;
}

/// What the step asked for that sent the only mail so far.
fn asked_by_who_mailed(desk: &Desk) -> Vec<String> {
    let requests = desk.world.cloud().requests();
    let mailed = requests.iter().find(|request| request.call.operation == "SendEmail").unwrap().instance;
    let its = requests.into_iter().filter(|request| request.instance == mailed);
    its.map(|request| request.call.operation).collect()
}

#[tokio::test]
async fn acknowledging_reads_all_it_needs_at_once_and_does_not_read_it_again() {
    let desk = Desk::open();
    desk.world.cloud().clear_requests();
    desk.complains("Ann", "ann@example.com").await;
    // That it has a mail of its own, the claim, the mail, its fate, and the complaint.
    let expected =
        ["BatchGetItem", "UpdateItem", "UpdateItem", "SendEmail", "UpdateItem", "TransactWriteItems"];
    assert_eq!(asked_by_who_mailed(&desk), expected);
    desk.rests().await;
}

#[tokio::test]
async fn what_the_table_leaves_unread_is_asked_for_again() {
    let desk = Desk::open();
    desk.world.cloud().clear_requests();
    let mut left = 2;
    desk.world.cloud().inject(Box::new(move |call| {
        if call.operation == "BatchGetItem" && left > 0 {
            left -= 1;
            return Fault::Partial;
        }
        Fault::None
    }));
    desk.complains("Ann", "ann@example.com").await;
    desk.world.cloud().inject_nothing();
    assert_eq!(
        asked_by_who_mailed(&desk)[..4],
        ["BatchGetItem", "BatchGetItem", "BatchGetItem", "UpdateItem"]
    );
    assert_eq!(desk.letters_to("ann@example.com"), ["acknowledgement"]);
    desk.rests().await;
}

#[tokio::test]
async fn counting_a_complaint_adds_to_few_small_items() {
    let desk = Desk::open();
    desk.world.cloud().clear_requests();
    let body = json!({"email": "ann@example.com", "description": "x", "product": "Mortgage"});
    assert_eq!(desk.ask(post("/complaints").json(&body)).await.status, 201);
    desk.is_counted().await;
    let counted = desk.table_requests().into_iter().filter(|it| it.keys.iter().any(|key| key == "F#2026-10"));
    let counted: Vec<(usize, f64)> = counted.map(|request| (request.items, request.write_units)).collect();
    // Received and acknowledged are counted together, with the mark that it was done: what came in, what stands, the
    // product, the day of receipt, the time it took.
    assert_eq!(counted, [(6, 12.0)]);
    desk.rests().await;
}

#[tokio::test]
async fn a_command_of_staff_is_one_read_and_one_write() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", "ann@example.com").await;
    let sam = desk.sam();
    let id = sam.case(&ann.reference).await["id"].as_str().unwrap().to_owned();
    let command = |named: &str, verb: &str, version: u32, body: &Value| {
        let ask = post(&format!("/staff/complaints/{named}/{verb}")).json(body);
        sam.signed(ask.header("if-match", &format!("\"{version}\"")))
    };
    let assign = command(&id, "assign", 2, &json!({"owner": "sam@northgate.example"}));
    assert_eq!(operations(&desk, assign, 200).await, ["GetItem", "TransactWriteItems"]);
    let triage = json!({"category": "billing", "severity": "normal"});
    let by_reference = operations(&desk, command(&ann.reference, "triage", 3, &triage), 200).await;
    assert_eq!(by_reference, ["GetItem", "GetItem", "TransactWriteItems"], "a reference is looked up first");
    let note = json!({"note": "Asked the card team."});
    let stale = operations(&desk, command(&id, "investigate", 3, &note), 412).await;
    assert_eq!(stale, ["GetItem"], "what is stale is not written");
    desk.rests().await;
}

#[tokio::test]
async fn a_look_at_a_case_and_a_refused_command_cost_one_record_more() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", "ann@example.com").await;
    let id = desk.sam().case(&ann.reference).await["id"].as_str().unwrap().to_owned();
    let show = get(&format!("/staff/complaints/{id}"));
    // While it is not triaged, one more for the same customer's, and one for what is filed under what it suggests.
    let reads = ["GetItem", "PutItem", "GetItem", "Query", "Query", "Query", "Query"];
    assert_eq!(operations(&desk, desk.sam().signed(show.clone()), 200).await, reads);
    let with_accesses = ["GetItem", "PutItem", "Query", "GetItem", "Query", "Query", "Query", "Query"];
    assert_eq!(operations(&desk, desk.mia().signed(show), 200).await, with_accesses);
    let to_another = post(&format!("/staff/complaints/{id}/assign"))
        .json(&json!({"owner": "pat@northgate.example"}))
        .header("if-match", "\"2\"");
    assert_eq!(operations(&desk, desk.sam().signed(to_another), 403).await, ["GetItem", "PutItem"]);
    desk.rests().await;
}

#[tokio::test]
async fn a_page_of_a_queue_asks_once_for_the_list_and_once_for_all_its_lines() {
    let desk = Desk::open();
    for number in 0..60 {
        let body =
            json!({"email": format!("c{number}@example.com"), "description": "The card was charged twice."});
        assert_eq!(desk.ask(post("/complaints").json(&body)).await.status, 201);
    }
    let sam = Browser::of(&desk, "sam@northgate.example", "csr");
    let asked = operations(&desk, sam.sends(get("/staff/complaints?queue=unowned")), 200).await;
    assert_eq!(asked, ["Query", "BatchGetItem"]);
    assert_eq!(operations(&desk, sam.sends(get("/staff/complaints")), 200).await, ["Query"]);
    let page = sam.opens("/staff/complaints?queue=open").await;
    assert_eq!(page.matches("<th scope=\"row\">").count(), 50);
    assert!(page.len() < 100_000, "{} bytes", page.len());
    let next =
        page.split("href=\"").find(|link| link.contains("cursor=")).unwrap().split('"').next().unwrap();
    let rest = sam.opens(&next.replace("&#38;", "&")).await;
    assert_eq!(rest.matches("<th scope=\"row\">").count(), 10);
    // Sixty are due before the one that waits for its customer: who asks for those begins with it all the same.
    let ann = desk.complains("Ann", "ann@example.com").await;
    desk.sam().investigates(&ann.reference).await;
    desk.sam().offers(&ann.reference).await;
    let waiting = sam.sends(get("/staff/complaints?queue=waiting"));
    let asked = operations(&desk, waiting.clone(), 200).await;
    assert_eq!(asked, ["Query", "BatchGetItem", "Query", "BatchGetItem"]);
    let page = desk.ask(waiting).await.body;
    assert!(page.contains(&ann.reference) && page.matches("<th scope=\"row\">").count() == 1, "{page}");
    desk.rests().await;
}

#[tokio::test]
async fn the_page_of_a_case_with_two_hundred_events_asks_as_much_as_its_json() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", "ann@example.com").await;
    let staff = desk.sam();
    staff.takes(&ann.reference).await;
    let mut version = staff.triages(&ann.reference, "billing", "normal").await["version"].as_u64().unwrap();
    while version < 200 {
        let note = json!({"note": format!("Note {version}: asked the card team once more.")});
        let reply = staff.tries_on(version, &ann.reference, "investigate", &note).await;
        assert_eq!(reply.status, 200, "{}", reply.body);
        version += 1;
    }
    let show = get(&format!("/staff/complaints/{}", ann.reference));
    let sam = Browser::of(&desk, "sam@northgate.example", "csr");
    let by_program = operations(&desk, staff.signed(show.clone()), 200).await;
    assert_eq!(operations(&desk, sam.sends(show), 200).await, by_program);
    let page = sam.case(&ann.reference).await;
    assert!(page.len() < 100_000, "{} bytes", page.len());
    desk.rests().await;
}

#[tokio::test]
async fn a_form_asks_as_much_as_a_program_and_one_that_is_wrong_for_the_complaint_once_more() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", "ann@example.com").await;
    let id = desk.sam().case(&ann.reference).await["id"].as_str().unwrap().to_owned();
    let sam = Browser::of(&desk, "sam@northgate.example", "csr");
    let assign =
        |fields: &[(&str, &str)]| sam.sends(post(&format!("/staff/complaints/{id}/assign")).form(fields));
    let none = [("version", "2"), ("owner", "")];
    assert_eq!(operations(&desk, assign(&none), 422).await, ["GetItem"], "what it stands on is shown");
    let done = [("version", "2"), ("owner", "sam@northgate.example")];
    assert_eq!(operations(&desk, assign(&done), 303).await, ["GetItem", "TransactWriteItems"]);
    desk.rests().await;
}

#[tokio::test]
async fn a_life_has_few_mails() {
    let desk = Desk::with_policy(
        "[follow_up]\nask_after = \"1 working hour\"\nremind_after = \"1 working hour\"\nclose_after = \"2 working hours\"",
    );
    let ann = desk.complains("Ann", "ann@example.com").await;
    desk.sam().resolves(&ann).await;
    desk.until("2026-10-05T09:05:00Z").await;
    assert_eq!(ann.rates(&json!({"rating": 5})).await.status, 200);
    // Acknowledgement, proposal, summary, question, closing; and one to staff, that there are remedies to carry out.
    assert_eq!(desk.mails_to("ann@example.com").len(), 5);
    assert_eq!(desk.world.mails().unwrap().len(), 6);
    desk.rests().await;
}

#[tokio::test]
async fn a_report_reads_as_much_for_fifty_complaints_as_for_five() {
    let (few, many) = (report_of(5).await, report_of(50).await);
    assert_eq!(few.0, many.0, "the same requests to the same partitions");
    assert_eq!(few.1, many.1, "the same number of items");
}

/// What making the report asks of the table for so many complaints, and how many items that reads.
async fn report_of(complaints: usize) -> (Vec<(String, Vec<String>)>, usize) {
    let desk = Desk::at("2026-09-30T22:00:00Z");
    for number in 0..complaints {
        let body = json!({"email": format!("c{number}@example.com"), "description": "x"});
        assert_eq!(desk.ask(post("/complaints").json(&body)).await.status, 201);
    }
    desk.is_counted().await;
    desk.world.cloud().set_clock(instant("2026-10-01T06:00:00Z")).unwrap();
    desk.world.cloud().clear_requests();
    let made = desk.world.invoke("send-report", json!({})).await.unwrap();
    assert_eq!(made["made"], json!(["2026-09"]));
    let requests = desk.table_requests();
    let items = requests.iter().map(|request| request.items).sum();
    (requests.into_iter().map(|request| (request.call.operation, request.keys)).collect(), items)
}

//! Who looked at personal data, and who tried what they may not: recorded beside the events, shown to managers.

use local::door::{Fault, Service};
use serde_json::{Value, json};

use crate::desk::Desk;
use crate::desk::ask::{get, post};
use crate::desk::staff::Staff;

const SHOW: &str = "GET /staff/complaints/{complaint}";
const ASSIGN: &str = "POST /staff/complaints/{complaint}/assign";

/// Who did what, and whether it was refused.
fn told(case: &Value) -> Vec<(&str, &str, &str, bool)> {
    let of = |access| {
        let text = |name: &str| text(access, name);
        assert!(!text("request").is_empty());
        (text("staff"), text("role"), text("route"), access["refused"].as_bool().unwrap())
    };
    case["accesses"].as_array().unwrap().iter().map(of).collect()
}

fn text<'v>(access: &'v Value, name: &str) -> &'v str {
    access[name].as_str().unwrap()
}

#[tokio::test]
async fn managers_see_who_has_read_a_case_and_representatives_do_not() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", "ann@example.com").await;
    let seen = desk.sam().case(&ann.reference).await;
    assert_eq!(seen.get("accesses"), None);
    desk.hours(1).await;
    desk.fin().case(&ann.reference).await;
    desk.hours(1).await;
    let case = desk.mia().case(&ann.reference).await;
    let readers = [
        ("mia@northgate.example", "manager", SHOW, false),
        ("fin@northgate.example", "final", SHOW, false),
        ("sam@northgate.example", "csr", SHOW, false),
    ];
    assert_eq!(told(&case), readers, "the newest first");
    let at: Vec<_> = case["accesses"].as_array().unwrap().iter().map(|access| &access["at"]).collect();
    assert_eq!(at, ["2026-10-05T10:00:00Z", "2026-10-05T09:00:00Z", "2026-10-05T08:00:00Z"]);
    let bo = desk.complains("Bo", "bo@example.com").await;
    assert_eq!(told(&desk.mia().case(&bo.reference).await).len(), 1, "each case has its own");
    desk.rests().await;
}

#[tokio::test]
async fn what_a_role_does_not_allow_is_refused_and_recorded() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", "ann@example.com").await;
    let version = desk.sam().case(&ann.reference).await["version"].as_u64().unwrap();
    let body = json!({"owner": "pat@northgate.example"});
    desk.until("2026-10-05T08:10:00Z").await;
    let refused = desk.sam().tries_on(version, &ann.reference, "assign", &body).await;
    assert_eq!((refused.status, refused.problem().as_str()), (403, "forbidden"));
    desk.until("2026-10-05T08:20:00Z").await;
    let case = desk.mia().case(&ann.reference).await;
    assert_eq!(told(&case)[1], ("sam@northgate.example", "csr", ASSIGN, true));
    assert_eq!(case["accesses"][1]["request"], refused.json()["instance"], "as the answer names it");
    assert_eq!(case["version"].as_u64(), Some(version), "the complaint is as it was");
    let text = case["accesses"].to_string();
    assert!(!text.contains("ann") && !text.contains("pat") && !text.contains(&ann.reference), "{text}");
    desk.rests().await;
}

#[tokio::test]
async fn what_cannot_be_recorded_is_not_answered() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", "ann@example.com").await;
    let trapped = [("description", "Buy this."), ("email", "bot@example.com"), ("website", "x")];
    desk.send(post("/complaints").form(&trapped)).await;
    let (sam, path) = (desk.sam(), format!("/staff/complaints/{}", ann.reference));
    desk.world.cloud().inject(Box::new(|call| match (call.service, call.operation.as_str()) {
        (Service::DynamoDb, "PutItem") => Fault::ServerError,
        _ => Fault::None,
    }));
    for path in [path.as_str(), "/staff/complaints?held=true"] {
        let reply = desk.ask(sam.signed(get(path))).await;
        assert_eq!((reply.status, reply.problem().as_str()), (503, "unavailable"), "{path}");
        assert!(!reply.body.contains("charged") && !reply.body.contains("Buy"), "{}", reply.body);
    }
    let assign = post(&format!("{path}/assign")).json(&json!({"owner": "pat@northgate.example"}));
    let reply = desk.ask(sam.signed(assign.header("if-match", "\"2\""))).await;
    assert_eq!(reply.status, 503, "{}", reply.body);
    desk.world.cloud().inject_nothing();
    assert_eq!(sam.case(&ann.reference).await["owner"], Value::Null);
    desk.rests().await;
}

#[tokio::test]
async fn a_look_whose_record_was_answered_into_nowhere_is_recorded_once() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", "ann@example.com").await;
    let lost = std::sync::atomic::AtomicBool::new(false);
    desk.world.cloud().inject(Box::new(move |call| {
        let first = call.operation == "PutItem" && !lost.swap(true, std::sync::atomic::Ordering::Relaxed);
        if first { Fault::LoseAnswer } else { Fault::None }
    }));
    desk.sam().case(&ann.reference).await;
    assert_eq!(told(&desk.mia().case(&ann.reference).await).len(), 2);
    desk.rests().await;
}

#[tokio::test]
async fn a_list_is_no_look_at_anybody_but_held_posts_are() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", "ann@example.com").await;
    let trapped = [("description", "Buy this."), ("email", "bot@example.com"), ("website", "x")];
    desk.send(post("/complaints").form(&trapped)).await;
    let sam = desk.sam();
    for query in ["", "?stage=acknowledged", "?owner=sam@northgate.example"] {
        sam.lists(query).await;
    }
    desk.world.cloud().clear_requests();
    sam.lists("?held=true").await;
    let written: Vec<String> = desk.table_requests().into_iter().flat_map(|request| request.keys).collect();
    assert_eq!(written, ["A#desk#2026-10", "H#2026-10"], "recorded before it is read");
    let nonsense = desk.send(sam.signed(get("/staff/complaints?held=true&cursor=nonsense"))).await;
    assert_eq!(nonsense.status, 422, "{}", nonsense.body);
    assert_eq!(told(&desk.mia().case(&ann.reference).await).len(), 1, "hers was not looked at");
    desk.rests().await;
}

#[tokio::test]
async fn where_there_is_nothing_there_is_nothing_to_record() {
    let desk = Desk::open();
    desk.world.cloud().clear_requests();
    let sam = desk.sam();
    for named in ["0192fa3c-0000-7000-8000-000000000000", "7K2-M9F-4QA"] {
        assert_eq!(desk.send(sam.signed(get(&format!("/staff/complaints/{named}")))).await.status, 404);
        let path = format!("/staff/complaints/{named}/assign");
        let ask = post(&path).json(&json!({"owner": "pat@northgate.example"})).header("if-match", "\"1\"");
        assert_eq!(desk.send(sam.signed(ask)).await.status, 404);
    }
    assert!(desk.table_requests().iter().all(|request| request.call.operation == "GetItem"));
    desk.rests().await;
}

#[tokio::test]
async fn of_many_looks_the_latest_fifty_are_shown() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", "ann@example.com").await;
    for _ in 0..50 {
        desk.sam().case(&ann.reference).await;
    }
    let pat = Staff::new(&desk, "pat@northgate.example", "manager");
    desk.hours(1).await;
    let case = pat.case(&ann.reference).await;
    let told = told(&case);
    assert_eq!((told.len(), told[0].0), (50, "pat@northgate.example"));
    desk.rests().await;
}

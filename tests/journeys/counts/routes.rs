//! Every route that changes something, and how many requests each asks of the table: two for a command, one to read
//! and one to write, besides what is read afterwards to be shown. Exceptions stand here with their reasons.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use local::door::{Request, Service};
use serde_json::{Value, json};

use crate::desk::ask::{Ask, Reply, post};
use crate::desk::browser::Browser;
use crate::desk::customer::{Customer, token_after};
use crate::desk::files::SHOT;
use crate::desk::staff::Staff;
use crate::desk::{Asked, Desk, Opening};

/// The most for a command.
const MOST: usize = 2;

/// Routes that ask for more, and why.
const EXCEPTIONS: [(&str, usize, &str); 10] = [
    (
        "/staff/complaints/{complaint}/contact-data",
        5,
        "the form that it puts right is read first, and before it that somebody looks at it is recorded",
    ),
    (
        "/link/renew",
        5,
        "it mails, which is claimed before and recorded after, and about a few complaints of an address a day",
    ),
    (
        "/staff/complaints/{complaint}/duplicate",
        4,
        "the other complaint is looked up first: by its reference, and whether it goes on",
    ),
    (
        "/staff/complaints/{complaint}/link",
        4,
        "the other complaint is looked up first: by its reference, and whom it is about",
    ),
    (
        "/staff/complaints/{complaint}/export",
        5,
        "an export is of several complaints: whose and which they are is read first, and that it was done is recorded twice, with each complaint and with who looked",
    ),
    (
        "/staff/held/{complaint}/release",
        3,
        "that somebody saw what was posted is recorded before anything is read",
    ),
    ("/staff/held/{complaint}/discard", 3, "the same"),
    (
        "/staff/reports/{month}/actions",
        3,
        "that there is such a report is asked first, and then which actions it has",
    ),
    (
        "/consultation/{number}/{token}",
        3,
        "which question is open, and so who answers, stands in the complaint",
    ),
    (
        "/link/renew",
        4,
        "no command but a mail: complaint and address are read, its record is claimed and settled",
    ),
];

struct Walk {
    desk: Desk,
    asked: Asked,
    /// By route: the operations until the last write.
    seen: BTreeMap<String, Vec<String>>,
}

impl Walk {
    fn begin() -> Walk {
        let asked = Asked::default();
        let desk = Desk::with(Opening { asked: Some(Arc::clone(&asked)), ..Opening::default() });
        Walk { desk, asked, seen: BTreeMap::new() }
    }

    /// Sends it, and notes what the route's own function asked of the table.
    async fn sends(&mut self, path: &str, ask: Ask, status: u16) -> Reply {
        self.asked.lock().unwrap().clear();
        let reply = self.desk.ask(ask).await;
        assert_eq!(reply.status, status, "{path}: {}", reply.body);
        let routes = &self.desk.world.wiring().routes;
        let route = routes.iter().find(|route| route.method == "POST" && route.path == path);
        let function = &route.unwrap_or_else(|| panic!("no route {path}")).function;
        let asked = std::mem::take(&mut *self.asked.lock().unwrap());
        let (_, requests) = asked.into_iter().find(|(name, _)| name == function).expect("it was woken");
        self.seen.insert(path.to_owned(), until_written(&requests));
        self.desk.world.settle().await.unwrap();
        reply
    }

    /// A complaint, and its id.
    async fn complaint(&self, address: &str) -> (Customer<'_>, String) {
        let customer = self.desk.complains("Ann", address).await;
        let id = self.desk.sam().case(&customer.reference).await["id"].as_str().unwrap().to_owned();
        (customer, id)
    }

    /// A command of staff, on the complaint of this id.
    async fn staff(&mut self, manager: bool, id: &str, verb: &str, body: Value) -> Value {
        let version = self.desk.mia().case(id).await["version"].as_u64().unwrap();
        let ask = post(&format!("/staff/complaints/{id}/{verb}")).json(&body);
        let ask = ask.header("if-match", &format!("\"{version}\""));
        let ask = who(&self.desk, manager).signed(ask);
        self.sends(&format!("/staff/complaints/{{complaint}}/{verb}"), ask, 200).await.json()
    }

    /// What a customer sends from the form of their page.
    async fn customer(&mut self, token: &str, reference: &str, way: &str, fields: &[(&str, &str)]) {
        let ask = post(&format!("/my/{reference}/{way}")).form(fields);
        self.opened(token, way, ask, 200).await;
    }

    /// What a customer's program sends, once the link has opened their complaint.
    async fn opened(&mut self, token: &str, way: &str, ask: Ask, status: u16) {
        let opened = self.sends("/link", post("/link").form(&[("token", token)]), 303).await;
        let ask = ask.header("cookie", &opened.cookie().unwrap());
        self.sends(&format!("/my/{{reference}}/{way}"), ask, status).await;
    }
}

fn who(desk: &Desk, manager: bool) -> Staff<'_> {
    if manager { desk.mia() } else { desk.sam() }
}

fn until_written(requests: &[Request]) -> Vec<String> {
    let table: Vec<&Request> = requests.iter().filter(|it| it.call.service == Service::DynamoDb).collect();
    let last = table.iter().rposition(|request| request.write_units > 0.0).map_or(0, |place| place + 1);
    table[..last].iter().map(|request| request.call.operation.clone()).collect()
}

#[tokio::test]
async fn a_command_asks_for_one_read_and_one_write_whatever_its_route() {
    let mut walk = Walk::begin();
    the_straight_path(&mut walk).await;
    inquiries(&mut walk).await;
    ends(&mut walk).await;
    own_wishes(&mut walk).await;
    doors(&mut walk).await;
    let routes = walk.desk.world.wiring().routes.iter();
    let all: BTreeSet<&str> =
        routes.filter(|route| route.method == "POST").map(|route| route.path.as_str()).collect();
    let seen: BTreeSet<&str> = walk.seen.keys().map(String::as_str).collect();
    assert_eq!(all.difference(&seen).collect::<Vec<_>>(), [&""; 0], "every route was walked");
    let mut wrong = Vec::new();
    for (path, operations) in &walk.seen {
        let exception = EXCEPTIONS.iter().find(|(named, ..)| named == path);
        let most = exception.map_or(MOST, |(_, most, _)| *most);
        // An exception that is none any more has to leave the list.
        if operations.len() > most || (exception.is_some() && operations.len() < most) {
            wrong.push(format!("{path}: {operations:?}"));
        }
    }
    assert_eq!(wrong, [""; 0]);
}

async fn the_straight_path(walk: &mut Walk) {
    let (customer, id) = walk.complaint("ann@example.com").await;
    let (reference, token) = (customer.reference.clone(), customer.token.clone());
    walk.staff(false, &id, "assign", json!({"owner": "sam@northgate.example"})).await;
    walk.staff(false, &id, "triage", json!({"category": "billing", "severity": "normal"})).await;
    walk.staff(false, &id, "contact", json!({"channel": "phone", "text": "We look into it."})).await;
    let found = json!({"finding": "Charged twice.", "root_cause": "it", "preventable": true});
    walk.staff(false, &id, "investigate", found).await;
    let remedies = json!([{"kind": "apology", "promised_by": "2026-10-09"}]);
    let offer = json!({"outcome": "upheld", "explanation": "We are sorry.", "remedies": remedies});
    walk.staff(false, &id, "propose", offer).await;
    walk.customer(&token, &reference, "answer", &[("proposal", "1"), ("answer", "accept")]).await;
    let later = json!({"remedy": 1, "promised_by": "2026-10-12", "reason": "It takes longer."});
    walk.staff(false, &id, "remedy-change", later).await;
    walk.staff(false, &id, "implement", json!({"remedy": 1, "details": "Done."})).await;
    walk.customer(&token, &reference, "feedback", &[("rating", "5")]).await;
    walk.staff(true, &id, "hold", json!({"hold": true, "reason": "A claim is before the court."})).await;
    walk.staff(true, &id, "hold", json!({"hold": false, "reason": "It was settled."})).await;
    walk.customer(&token, &reference, "data", &[]).await;
    walk.customer(&token, &reference, "erasure", &[]).await;
    walk.staff(true, &id, "erasure-refusal", json!({"reason": "It is needed."})).await;
    walk.staff(false, &id, "data-request", json!({"channel": "phone"})).await;
    let right = json!({"name": "Ann", "email": "ann@example.org", "language": "en", "reason": "She called."});
    walk.staff(false, &id, "contact-data", right).await;
    walk.staff(false, &id, "erasure-request", json!({"channel": "phone"})).await;
    let ask =
        post(&format!("/staff/complaints/{id}/export")).json(&json!({"reason": "Asked for by letter."}));
    let ask = walk.desk.mia().signed(ask);
    walk.sends("/staff/complaints/{complaint}/export", ask, 200).await;
    walk.staff(false, &id, "reopening", json!({"text": "It happened again.", "channel": "phone"})).await;
}

/// What is asked, and what comes of it on the phone.
async fn inquiries(walk: &mut Walk) {
    let (_, id) = walk.complaint("bo@example.com").await;
    walk.staff(false, &id, "assign", json!({"owner": "sam@northgate.example"})).await;
    walk.staff(false, &id, "information-request", json!({"text": "Which of the two days?"})).await;
    walk.staff(false, &id, "information", json!({"text": "The Friday.", "channel": "phone"})).await;
    let question = json!({"department": "payments", "question": "Was it sent twice?"});
    walk.staff(false, &id, "consultation", question.clone()).await;
    walk.staff(false, &id, "consultation-answer", json!({"consultation": 1, "answer": "It was."})).await;
    walk.staff(false, &id, "consultation", question).await;
    let mails = walk.desk.mails_to("payments@northgate.example");
    let token = token_after(mails.last().unwrap().text.as_ref().unwrap(), "/consultation/2/");
    let ask = post(&format!("/consultation/2/{token}")).form(&[("text", "It was.")]);
    walk.sends("/consultation/{number}/{token}", ask, 200).await;
    walk.staff(false, &id, "delay", json!({"until": "2026-10-30", "text": "We wait for the other bank."}))
        .await;
    walk.staff(false, &id, "escalate", json!({"reason": "The press is asking."})).await;
    walk.staff(
        false,
        &id,
        "withdrawal",
        json!({"reason": "They have what they wanted.", "channel": "phone"}),
    )
    .await;
    walk.staff(true, &id, "restriction", json!({"reason": "They asked for it."})).await;
}

/// The other ways to an end.
async fn ends(walk: &mut Walk) {
    let (_, id) = walk.complaint("cy@example.com").await;
    walk.staff(false, &id, "triage", json!({"category": "billing", "severity": "normal"})).await;
    let settlement = json!({"finding": "Charged twice.", "root_cause": "it", "outcome": "upheld", "channel": "phone",
        "explanation": "We are sorry.", "remedies": [{"kind": "apology", "promised_by": "2026-10-09"}]});
    walk.staff(false, &id, "settlement", settlement).await;
    walk.staff(false, &id, "implement", json!({"remedy": 1, "details": "Done."})).await;
    walk.staff(false, &id, "close", json!({"waive_follow_up": "They asked not to be asked."})).await;

    let (_, id) = walk.complaint("di@example.com").await;
    walk.staff(false, &id, "triage", json!({"category": "billing", "severity": "normal"})).await;
    walk.staff(false, &id, "investigate", json!({"finding": "Charged twice.", "root_cause": "it"})).await;
    let offer = json!({"outcome": "not_upheld", "explanation": "It was once.", "remedies": []});
    walk.staff(false, &id, "propose", offer).await;
    walk.staff(false, &id, "answer", json!({"proposal": 1, "answer": "accept", "channel": "phone"})).await;
    walk.staff(false, &id, "feedback", json!({"rating": 5, "channel": "phone"})).await;

    let (_, id) = walk.complaint("ed@example.com").await;
    walk.staff(false, &id, "refusal", json!({"grounds": "out_of_scope", "explanation": "Another bank's."}))
        .await;
    walk.staff(true, &id, "refusal-decision", json!({"approve": true, "text": "It is not ours."})).await;

    let (first, _) = walk.complaint("fay@example.com").await;
    let of = json!({"of": first.reference});
    let (_, id) = walk.complaint("fay@example.com").await;
    let link = json!({"other": first.reference, "linked": true, "reason": "Charged on the same day."});
    walk.staff(false, &id, "link", link).await;
    walk.staff(false, &id, "duplicate", of).await;
}

/// What customers do of their own accord.
async fn own_wishes(walk: &mut Walk) {
    let (customer, _) = walk.complaint("gus@example.com").await;
    let (reference, token) = (customer.reference.clone(), customer.token.clone());
    walk.customer(&token, &reference, "information", &[("text", "And on the third.")]).await;
    let files = post(&format!("/my/{reference}/files")).json(&SHOT.body());
    walk.opened(&token, "files", files, 201).await;
    walk.customer(&token, &reference, "escalation", &[("text", "It takes too long.")]).await;
    walk.customer(&token, &reference, "withdrawal", &[("reason", "It is well now.")]).await;
    let (customer, id) = walk.complaint("ivy@example.com").await;
    let (reference, token) = (customer.reference.clone(), customer.token.clone());
    let mut file = SHOT.body();
    file["channel"] = json!("letter");
    let ask = walk.desk.sam().signed(post(&format!("/staff/complaints/{id}/files")).json(&file));
    walk.sends("/staff/complaints/{complaint}/files", ask, 201).await;
    walk.customer(&token, &reference, "links", &[]).await;
    walk.staff(false, &id, "link-ending", json!({"reason": "A stranger has the mail."})).await;
    walk.desk.complains("Hal", "hal@example.com").await;
    let letter = walk.desk.mail("hal@example.com", "acknowledgement").text.unwrap();
    let disown = post("/disown").form(&[("token", &token_after(&letter, "/disown/"))]);
    walk.sends("/disown", disown, 200).await;
}

/// What has no complaint before it.
async fn doors(walk: &mut Walk) {
    let body = json!({"email": "ida@example.com", "description": "Charged twice."});
    let taken = walk.sends("/complaints", post("/complaints").json(&body), 201).await.json();
    let by_phone = json!({"channel": "phone", "phone": "020 7946 0000", "description": "Charged twice."});
    let ask = walk.desk.sam().signed(post("/staff/complaints").json(&by_phone));
    walk.sends("/staff/complaints", ask, 201).await;
    for verb in ["release", "discard"] {
        let trapped = [("description", verb), ("email", "bot@example.com"), ("website", "x")];
        walk.sends("/complaints", post("/complaints").form(&trapped), 303).await;
        let held = walk.desk.sam().lists("?held=true").await["held"][0].clone();
        let body = if verb == "release" { json!({}) } else { json!({"reason": "Spam."}) };
        let ask = post(&format!("/staff/held/{}/{verb}", held["id"].as_str().unwrap())).json(&body);
        let ask = walk.desk.sam().signed(ask);
        walk.sends(&format!("/staff/held/{{complaint}}/{verb}"), ask, 200).await;
    }
    let search = post("/staff/search").json(&json!({"text": "ida@example.com"}));
    let ask = walk.desk.sam().signed(search);
    walk.sends("/staff/search", ask, 200).await;
    let case = walk.desk.mia().case(taken["reference"].as_str().unwrap()).await;
    let several = json!({"owner": "mia@northgate.example",
        "complaints": [{"complaint": case["id"], "version": case["version"]}]});
    let ask = walk.desk.mia().signed(post("/staff/assign").json(&several));
    walk.sends("/staff/assign", ask, 200).await;
    walk.desk.world.invoke("send-report", json!({})).await.unwrap();
    let action =
        json!({"what": "Train the card team.", "owner": "mia@northgate.example", "due": "2026-10-20"});
    let ask = walk.desk.fin().signed(post("/staff/reports/2026-09/actions").json(&action));
    walk.sends("/staff/reports/{month}/actions", ask, 201).await;
    let end = post("/staff/reports/2026-09/actions/1/end").json(&json!({"ending": "done"}));
    let ask = walk.desk.fin().signed(end);
    walk.sends("/staff/reports/{month}/actions/{number}/end", ask, 200).await;
    let sam = Browser::of(&walk.desk, "sam@northgate.example", "csr");
    let out = sam.sends(post("/staff/sign-out").form(&[]));
    walk.sends("/staff/sign-out", out, 200).await;
    let link = taken["link"].as_str().unwrap();
    let renew = post("/link/renew").form(&[("token", link.rsplit_once('/').unwrap().1)]);
    walk.sends("/link/renew", renew, 200).await;
}

#[tokio::test]
async fn a_reference_costs_a_command_of_staff_one_look_more() {
    let mut walk = Walk::begin();
    let reference = walk.desk.complains("Ann", "ann@example.com").await.reference.clone();
    // Programs and pages name complaints by their ids, which every answer has. People on the phone say references.
    let body = json!({"owner": "sam@northgate.example"});
    let ask = post(&format!("/staff/complaints/{reference}/assign")).json(&body).header("if-match", "\"2\"");
    let ask = walk.desk.sam().signed(ask);
    let path = "/staff/complaints/{complaint}/assign";
    walk.sends(path, ask, 200).await;
    assert_eq!(walk.seen[path], ["GetItem", "GetItem", "TransactWriteItems"]);
}

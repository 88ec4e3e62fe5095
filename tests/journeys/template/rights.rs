//! What each function may do, held against the list in `rights.txt`: a right more or less shows there.

use std::collections::{BTreeMap, BTreeSet};

use local::door::{Request, Service};
use serde_json::{Value, json};

use super::root;
use crate::desk::ask::{get, post};
use crate::desk::browser::Browser;
use crate::desk::customer::{Customer, token_after};
use crate::desk::folder::Folder;
use crate::desk::staff::Staff;
use crate::desk::{Asked, Desk, Opening, files};

/// One line for each function, action and resource, with the keys of the table that it may name.
const RIGHTS: &str = include_str!("rights.txt");

type Rights = BTreeMap<(String, String, String), BTreeSet<String>>;

#[test]
fn each_function_may_do_what_the_list_says_and_nothing_else() {
    let template = template();
    let mut rights = Rights::new();
    for resource in template["Resources"].as_object().unwrap().values() {
        if resource["Type"] != "AWS::Serverless::Function" {
            continue;
        }
        let properties = &resource["Properties"];
        let name = properties["CodeUri"].as_str().unwrap().rsplit('/').next().unwrap();
        for policy in properties["Policies"].as_array().into_iter().flatten() {
            for statement in statements(&template, policy) {
                take(&mut rights, name, statement);
            }
        }
    }
    let line = |((name, action, resource), keys): (&(String, String, String), &BTreeSet<String>)| {
        let mut parts = vec![name.as_str(), action, resource];
        parts.extend(keys.iter().map(String::as_str));
        parts.join(" ") + "\n"
    };
    let found = rights.iter().map(line).collect::<Vec<_>>().concat();
    assert!(
        found == RIGHTS,
        "what the template grants is not what rights.txt lists:\n{}",
        differences(&found)
    );
}

#[tokio::test]
async fn each_function_asks_for_what_it_may_and_nothing_else() {
    let asked = Asked::default();
    let policy = "[limits]\nlink_days = 1\n[follow_up]\nask_after = \"1 working hour\"\nremind_after = \"1 working hour\"";
    let opening = Opening {
        asked: Some(asked.clone()),
        policy: Some(policy),
        at: Some("2026-09-30T08:00:00Z"),
        ..Opening::default()
    };
    live(&Desk::with(opening)).await;
    {
        let asked = asked.lock().unwrap();
        let ran: BTreeSet<&str> = asked.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(
            ran,
            super::folders().iter().map(String::as_str).collect(),
            "this life wakes every function"
        );
    }
    under_a_later_policy(&asked).await;
    let asked = asked.lock().unwrap();
    for (name, requests) in asked.iter() {
        for request in requests {
            let wanted = wanted(request);
            assert!(wanted.iter().all(|right| is_granted(name, right)), "{name} may not {wanted:?}");
        }
    }
}

const SHORT_LINKS: &str = "[limits]\nlink_days = 1";
/// The same under another version.
const LATER: &str = r#"version = 3
effective = "2026-09-30"
change = "Nothing but the number"
approved_by = "The board"
[limits]
link_days = 1
"#;

/// What came in under an earlier version of the policy goes on by its times, which each function has to look up.
async fn under_a_later_policy(asked: &Asked) {
    let folder = Folder::new("rights-of-a-later-policy");
    let desk = folder.desk_under(SHORT_LINKS);
    let (ann, bo) =
        (desk.complains("Ann", "ann@example.com").await, desk.complains("Bo", "bo@example.com").await);
    let [ann, bo] = [ann, bo].map(|customer| (customer.reference.clone(), customer.token.clone()));
    drop(desk);
    let desk = Desk::with(Opening { asked: Some(asked.clone()), policy: Some(LATER), ..folder.opening() });
    let mia = desk.mia();
    mia.investigates(&bo.0).await;
    mia.offers(&bo.0).await;
    desk.hours(25).await;
    desk.send(post("/link/renew").json(&json!({"token": ann.1}))).await;
    assert_eq!(desk.letters_to("ann@example.com").last().map(String::as_str), Some("new-link"));
    let letter = desk.mail("ann@example.com", "new-link").text.unwrap();
    let ann = Customer::reading(&desk, &ann.0, &letter);
    ann.looks().await;
    for (way, body) in [("information", json!({"text": "More."})), ("escalation", json!({"text": "Up."}))] {
        assert_eq!(ann.there(post(&format!("/my/{}/{way}", ann.reference)).json(&body)).await.status, 200);
    }
    mia.case(&ann.reference).await;
    desk.hours(24 * 40).await;
    desk.rests().await;
}

/// A life in which everything happens, most of it once.
async fn live(desk: &Desk) {
    let ann = desk.complains("Ann", "ann@example.com").await;
    let (sam, mia) = (desk.sam(), desk.mia());
    for path in ["/", "/openapi.json"] {
        desk.send(get(path)).await;
    }
    desk.posts(&json!({"phone": "020 7946 0000", "description": "x"})).await;
    desk.posts(&json!({"email": "bounce@example.com", "description": "x"})).await;
    let trapped = [("description", "x"), ("email", "bot@example.com"), ("website", "x")];
    desk.send(post("/complaints").form(&trapped)).await;
    for (text, verb, body) in [("A", "release", json!({})), ("B", "discard", json!({"reason": "x"}))] {
        let trapped = [("description", text), ("email", "bot@example.com"), ("website", "x")];
        let reply = desk.send(post("/complaints").form(&trapped)).await;
        let location = reply.header("location").unwrap().to_owned();
        let reference = location.trim_start_matches("/my/").split('?').next().unwrap();
        let path = format!("/staff/held/{reference}/{verb}");
        assert_eq!(desk.send(sam.signed(post(&path).json(&body))).await.status, 200);
    }
    sam.records(&json!({"channel": "phone", "phone": "020 7946 0000", "description": "x"})).await;
    desk.send(get(&format!("/link/{}", ann.token))).await;
    sam.investigates(&ann.reference).await;
    looks_and_does(&sam, &ann.reference, "contact", json!({"channel": "email", "text": "Soon."})).await;
    looks_and_does(&sam, &ann.reference, "escalate", json!({"reason": "Above me."})).await;
    looks(&mia, &ann.reference, "propose", json!({"outcome": "upheld", "explanation": "Sorry."})).await;
    mia.offers(&ann.reference).await;
    let answer = json!({"proposal": 1, "answer": "accept", "reason": "Fine.", "channel": "phone"});
    looks_and_does_twice(&mia, &ann.reference, "answer", answer).await;
    ann.answers(1, "accept").await;
    let details = json!({"remedy": 1, "details": "Done."});
    let later = json!({"remedy": 1, "promised_by": "2026-10-14", "reason": "It takes longer."});
    looks_and_does_twice(&mia, &ann.reference, "remedy-change", later).await;
    looks_and_does_twice(&mia, &ann.reference, "implement", details).await;
    mia.carries_out(&ann.reference, 2).await;
    looks(&mia, &ann.reference, "close", json!({"waive_follow_up": "x"})).await;
    mia.tries(&ann.reference, "close", &json!({})).await;
    let search = post("/staff/search").json(&json!({"text": "ann@example.com"}));
    assert_eq!(desk.send(sam.signed(search)).await.status, 200);
    for text in [ann.reference.as_str(), "Ann", "Ann Lee", "020 7946 0000"] {
        let search = post("/staff/search").json(&json!({"text": text}));
        assert_eq!(desk.send(sam.signed(search)).await.status, 200, "{text}");
    }
    let mut seen = mia.case(&ann.reference).await;
    let several = json!({"owner": "mia@northgate.example",
        "complaints": [{"complaint": seen["id"].take(), "version": seen["version"].take()}]});
    assert_eq!(desk.send(mia.signed(post("/staff/assign").json(&several))).await.status, 200);
    for query in ["", "?stage=received", "?owner=sam@northgate.example", "?held=true"] {
        sam.lists(query).await;
    }
    at_the_desk(desk, &ann.reference).await;
    desk.until("2026-09-30T09:30:00Z").await;
    ann.looks().await;
    ann.rates(&json!({"rating": 1, "concern": true, "comment": "Again."})).await;
    mia.finds(&ann.reference, "process").await;
    mia.offers(&ann.reference).await;
    ann.answers(2, "refuse").await;
    at_their_own_wish(desk).await;
    with_files(desk).await;
    kept_and_erased(desk).await;
    desk.until("2026-10-01T08:30:00Z").await;
    desk.send(post("/link/renew").json(&json!({"token": ann.token}))).await;
    inquire(desk).await;
    of_the_report(desk).await;
    end(desk).await;
    desk.rests().await;
}

/// Looks at the letter that something would send.
async fn looks(staff: &Staff<'_>, reference: &str, route: &str, mut body: Value) {
    body["preview"] = json!(true);
    let shown = staff.tries(reference, route, &body).await;
    assert_eq!(shown.status, 200, "{route}: {}", shown.body);
}

/// The same, and then it is done.
async fn looks_and_does(staff: &Staff<'_>, reference: &str, route: &str, body: Value) {
    looks(staff, reference, route, body.clone()).await;
    staff.does(reference, route, &body).await;
}

/// Whose answer was lost sends it again, and its words are looked for among those that are kept.
async fn looks_and_does_twice(staff: &Staff<'_>, reference: &str, route: &str, body: Value) {
    looks_and_does(staff, reference, route, body.clone()).await;
    staff.does(reference, route, &body).await;
}

/// Staff in a browser: they sign in and out, look, err, and add a file.
async fn at_the_desk(desk: &Desk, reference: &str) {
    let mia = Browser::of(desk, "mia@northgate.example", "manager");
    mia.opens("/staff/sign-in").await;
    assert_eq!(mia.goes("/staff/signed-in?code=x&state=x").await.status, 400);
    for page in ["?queue=mine", "?queue=open", "?queue=held"] {
        mia.opens(&format!("/staff/complaints{page}")).await;
    }
    for page in ["new-complaint", "dashboard", "reports", "accesses", "settings"] {
        mia.opens(&format!("/staff/{page}")).await;
    }
    assert_eq!(mia.goes("/staff/reports/2026-08").await.status, 404);
    let sam = Browser::of(desk, "sam@northgate.example", "csr");
    for page in ["dashboard", "reports", "accesses"] {
        assert_eq!(sam.goes(&format!("/staff/{page}")).await.status, 403);
    }
    assert_eq!(mia.tries(reference, "note", &[]).await.status, 422);
    assert_eq!(mia.tries(reference, "export", &[]).await.status, 422);
    assert_eq!(mia.tries(reference, "files", &[("channel", "")]).await.status, 422);
    assert_eq!(mia.tries(reference, "files", &[("channel", "letter")]).await.status, 200);
    assert_eq!(desk.send(mia.sends(post("/staff/sign-out").form(&[]))).await.status, 200);
}

/// What customers do unasked, and others by the links that they are mailed.
async fn at_their_own_wish(desk: &Desk) {
    let bo = desk.complains("Bo", "bo@example.com").await;
    let page = |way: &str| format!("/my/{}/{way}", bo.reference);
    let more = json!({"text": "More.", "idempotency_key": "one-and-the-same"});
    let ways = [
        ("information", &more),
        ("escalation", &json!({"text": "Up."})),
        ("data", &json!({})),
        ("erasure", &json!({})),
    ];
    for (way, body) in ways {
        assert_eq!(bo.there(post(&page(way)).json(body)).await.status, 200, "{way}");
    }
    looks_and_does(&desk.sam(), &bo.reference, "link-ending", json!({"reason": "x"})).await;
    let renewed = desk.mail("bo@example.com", "new-link").text.unwrap();
    let bo = Customer::reading(desk, &bo.reference, &renewed);
    assert_eq!(bo.there(get(&page("withdrawal"))).await.status, 200);
    assert_eq!(bo.there(post(&page("withdrawal")).json(&json!({}))).await.status, 200);
    let eve = desk.complains("Eve", "eve@example.com").await;
    assert_eq!(eve.there(post(&format!("/my/{}/links", eve.reference)).json(&json!({}))).await.status, 200);
    let token = token_after(&desk.mail("eve@example.com", "acknowledgement").text.unwrap(), "/disown/");
    desk.send(get(&format!("/disown/{token}"))).await;
    assert_eq!(desk.send(post("/disown").json(&json!({"token": token}))).await.status, 200);
    answered_by_mail(desk).await;
}

/// A customer answers a letter, a machine does, and somebody writes to nobody.
async fn answered_by_mail(desk: &Desk) {
    desk.complains("Flo", "flo@example.com").await;
    let address = desk.mail("flo@example.com", "acknowledgement").reply_to.remove(0);
    for (headers, to) in [
        ("", address.as_str()),
        ("Auto-Submitted: auto-replied\n", address.as_str()),
        ("", "x@reply.desk.example"),
    ] {
        desk.receives(&format!("From: flo@example.com\nTo: {to}\n{headers}\nMore.\n"), to).await;
    }
}

/// Files that are sent, opened, handed out and erased.
async fn with_files(desk: &Desk) {
    let (dan, sam, mia) = (desk.complains("Dan", "dan@example.com").await, desk.sam(), desk.mia());
    let unfit = files::File { content: b"MZ", ..files::SHOT };
    let never = files::File { name: "a.txt", kind: "text/plain", content: b"TWIN-SCAN-NEVER" };
    for file in [files::SHOT, unfit, never] {
        files::sends(desk, &dan, &file).await;
    }
    let page = files::page(&dan).await;
    desk.to_bucket(files::SHOT.posted_with(&page)).await;
    let mut body = files::SHOT.body();
    body["channel"] = json!("letter");
    assert_eq!(files::staff_asks(desk, &sam, &dan.reference, &body).await.status, 201);
    let file = sam.case(&dan.reference).await["files"][0].clone();
    assert_eq!(files::opens(desk, &sam, &dan.reference, &file).await.status, 303);
    let export = post(&format!("/staff/complaints/{}/export", dan.reference)).json(&json!({"reason": "x"}));
    assert_eq!(desk.send(mia.signed(export)).await.status, 200);
    assert_eq!(
        dan.there(post(&format!("/my/{}/withdrawal", dan.reference)).json(&json!({}))).await.status,
        200
    );
    mia.does(&dan.reference, "restriction", &json!({"reason": "x"})).await;
}

/// What management decides on the report of September, and who may not.
async fn of_the_report(desk: &Desk) {
    let at = "/staff/reports/2026-09/actions";
    let action = json!({"what": "Train.", "owner": "mia@northgate.example", "due": "2026-10-20"});
    for (who, status) in [(desk.fin(), 201), (desk.mia(), 403)] {
        assert_eq!(desk.send(who.signed(post(at).json(&action))).await.status, status);
    }
    let end = post(&format!("{at}/1/end")).json(&json!({"ending": "done"}));
    for (who, status) in [(desk.fin(), 200), (desk.mia(), 403), (desk.fin(), 200)] {
        assert_eq!(desk.send(who.signed(end.clone())).await.status, status);
    }
    let fin = Browser::of(desk, "fin@northgate.example", "final");
    for page in ["reports", "reports/2026-09", "dashboard"] {
        fin.opens(&format!("/staff/{page}")).await;
    }
}

/// Questions, notices and what is put right at once.
async fn inquire(desk: &Desk) {
    let (ben, sam) = (desk.complains("Ben", "ben@example.com").await.reference, desk.sam());
    sam.takes(&ben).await;
    looks_and_does(&sam, &ben, "triage", json!({"category": "billing", "severity": "critical"})).await;
    for (route, body) in [
        ("information-request", json!({"text": "Which day?"})),
        ("information", json!({"text": "Monday.", "channel": "phone"})),
        ("consultation", json!({"department": "payments", "question": "Was it sent twice?"})),
        ("consultation-answer", json!({"consultation": 1, "answer": "It was."})),
        ("consultation", json!({"department": "it", "question": "Why?"})),
        ("delay", json!({"until": "2026-11-30", "text": "We wait for the other bank."})),
        ("refusal", json!({"grounds": "out_of_scope", "explanation": "Not ours."})),
    ] {
        if route.starts_with("consultation") {
            sam.does(&ben, route, &body).await;
        } else {
            looks_and_does(&sam, &ben, route, body).await;
        }
    }
    let letter = desk.mail("it@northgate.example", "consultation").text.unwrap();
    let link = format!("/consultation/2/{}", token_after(&letter, "/consultation/2/"));
    for answer in ["A time-out.", "A time-out.", "Who knows."] {
        desk.send(get(&link)).await;
        desk.send(post(&link).json(&json!({"text": answer}))).await;
    }
    let (mia, refused) = (desk.mia(), json!({"approve": true, "text": "It is not ours."}));
    looks(&mia, &ben, "refusal-decision", refused).await;
    mia.does(&ben, "refusal-decision", &json!({"approve": false, "text": "It is ours."})).await;
}

/// The ways out, and the way back.
async fn end(desk: &Desk) {
    let (sam, mia) = (desk.sam(), desk.mia());
    let cat = desk.complains("Cat", "cat@example.com").await.reference;
    sam.takes(&cat).await;
    sam.triages(&cat, "billing", "low").await;
    let settlement = json!({"finding": "Charged twice.", "root_cause": "it", "outcome": "upheld", "explanation": "Sorry.",
        "channel": "phone"});
    looks_and_does(&sam, &cat, "settlement", settlement).await;
    let feedback = json!({"rating": 5, "comment": "Quick.", "channel": "phone"});
    looks_and_does_twice(&sam, &cat, "feedback", feedback).await;
    looks_and_does(&sam, &cat, "reopening", json!({"text": "Once more.", "channel": "phone"})).await;
    mia.does(&cat, "hold", &json!({"hold": true, "reason": "A court asks."})).await;
    let same = desk.complains("Cat", "cat@example.com").await.reference;
    let link = |linked: bool| json!({"other": cat, "linked": linked, "reason": "Charged on the same day."});
    sam.does(&same, "link", &link(true)).await;
    sam.does(&same, "link", &link(false)).await;
    looks_and_does(&sam, &same, "duplicate", json!({"of": cat})).await;
    looks_and_does(&sam, &cat, "withdrawal", json!({"channel": "phone"})).await;
}

/// A complaint that is over is handed out, and then erased.
async fn kept_and_erased(desk: &Desk) {
    let (sam, mia) = (desk.sam(), desk.mia());
    let bo = desk.complains("Bo", "bo@example.com").await;
    sam.resolves(&bo).await;
    mia.does(&bo.reference, "close", &json!({"waive_follow_up": "x"})).await;
    sam.does(&bo.reference, "data-request", &json!({"channel": "phone"})).await;
    let right = json!({"name": "Bo", "email": "bo@example.org", "language": "en", "reason": "He called."});
    sam.does(&bo.reference, "contact-data", &right).await;
    sam.does(&bo.reference, "erasure-request", &json!({"channel": "phone"})).await;
    mia.tries(&bo.reference, "erasure-refusal", &json!({"reason": "x"})).await;
    desk.send(
        mia.signed(post(&format!("/staff/complaints/{}/export", bo.reference)).json(&json!({"reason": "x"}))),
    )
    .await;
    mia.does(&bo.reference, "restriction", &json!({"reason": "x"})).await;
}

/// What a request needs the right to: actions, each with a key or an index.
fn wanted(request: &Request) -> Vec<(&'static str, String)> {
    let keyed = |action: &'static str| request.keys.iter().map(|key| (action, key.clone())).collect();
    match (request.call.service, request.call.operation.as_str()) {
        (Service::DynamoDb, "GetItem") => keyed("dynamodb:GetItem"),
        (Service::DynamoDb, "BatchGetItem") => keyed("dynamodb:BatchGetItem"),
        (Service::DynamoDb, "Query") => keyed("dynamodb:Query"),
        (Service::DynamoDb, "PutItem") => keyed("dynamodb:PutItem"),
        (Service::DynamoDb, "UpdateItem") => keyed("dynamodb:UpdateItem"),
        (Service::DynamoDb, "DeleteItem") => keyed("dynamodb:DeleteItem"),
        (Service::DynamoDb, "TransactWriteItems") => keyed(ANY_WRITE),
        (Service::EventBridge, "PutEvents") => vec![("events:PutEvents", String::new())],
        (Service::Ses, "SendEmail") => vec![("ses:SendEmail", String::new())],
        (Service::S3, "GetObject" | "HeadObject") => keyed("s3:GetObject"),
        (Service::S3, "PutObject") => keyed("s3:PutObject"),
        // One that is removed only if it is what was seen is also read.
        (Service::S3, "DeleteObject") => keyed("s3:DeleteObject"),
        (Service::S3, "CopyObject") => {
            ["s3:GetObject", "s3:PutObject"].into_iter().zip(request.keys.iter().cloned()).collect()
        }
        (Service::Issuer | Service::Sts, _) => Vec::new(),
        (service, operation) => panic!("{service:?} {operation} has no right that this test knows"),
    }
}

/// A write of a transaction is one of these; which, the log does not say.
const ANY_WRITE: &str = "dynamodb:(write)";

fn is_granted(name: &str, (action, key): &(&str, String)) -> bool {
    RIGHTS.lines().any(|line| {
        let mut parts = line.split(' ');
        let (of, granted, resource) =
            (parts.next(), parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        let is_write = ["dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"].contains(&granted);
        let is_action = granted == *action || *action == ANY_WRITE && is_write;
        let is_key = match resource.rsplit_once("/index/") {
            _ if key.is_empty() => true,
            Some((_, "due")) => ["DUE#", "KEPT#", "MAIL#"].iter().any(|part| key.starts_with(part)),
            Some(_) => !key.contains('#') || key.starts_with("STAGE#"),
            None if resource.starts_with("${") => {
                let pattern = resource.split_once('/').map(|(_, pattern)| pattern.trim_end_matches('*'));
                pattern.is_some_and(|pattern| key.starts_with(pattern))
            }
            None => parts.any(|pattern| {
                pattern == key || pattern.strip_suffix('*').is_some_and(|it| key.starts_with(it))
            }),
        };
        of == Some(name) && is_action && is_key
    })
}

#[test]
fn no_function_may_change_or_remove_what_happened() {
    let template = template();
    let ceiling = &template["Resources"]["Ceiling"]["Properties"]["PolicyDocument"]["Statement"];
    let denied = ceiling
        .as_array()
        .unwrap()
        .iter()
        .find(|statement| statement["Sid"] == "EventsAndAccessesStay")
        .unwrap();
    assert_eq!(denied["Effect"], "Deny");
    assert_eq!(denied["Action"], json!(["dynamodb:UpdateItem", "dynamodb:DeleteItem"]));
    let kept = json!(["E#*", "A#*", "ACTIONS"]);
    assert_eq!(denied["Condition"]["ForAnyValue:StringLike"]["dynamodb:LeadingKeys"], kept);
    let boundary = &template["Globals"]["Function"]["PermissionsBoundary"];
    assert_eq!(boundary, &json!({"Ref": "Ceiling"}), "every function's");
    let of_their_own = template["Resources"].as_object().unwrap().iter().filter_map(|(name, resource)| {
        let boundary = resource["Properties"].get("PermissionsBoundary")?;
        Some((name.as_str(), boundary["Ref"].as_str().unwrap()))
    });
    assert_eq!(of_their_own.collect::<Vec<_>>(), [("ExpireRecords", "CeilingOfExpiry")]);
}

#[test]
fn what_removes_records_whose_time_is_over_may_change_none() {
    let template = template();
    let most = &template["Resources"]["CeilingOfExpiry"]["Properties"]["PolicyDocument"]["Statement"];
    let mut writes = Vec::new();
    for statement in most.as_array().unwrap() {
        assert_eq!(statement["Effect"], "Allow");
        for action in listed(&statement["Action"]).map(text) {
            assert!(!action.contains('*'), "{action}");
            if action.starts_with("dynamodb:")
                && !["dynamodb:GetItem", "dynamodb:Query"].contains(&action.as_str())
            {
                let keys = &statement["Condition"]["ForAllValues:StringLike"]["dynamodb:LeadingKeys"];
                writes.push((action, keys.clone()));
            }
        }
    }
    let mark = ("dynamodb:PutItem".to_owned(), json!(["X#*"]));
    assert_eq!(writes, [("dynamodb:DeleteItem".to_owned(), Value::Null), mark]);
}

fn template() -> Value {
    let text = std::fs::read_to_string(root().join("infra/template.yaml")).unwrap();
    local::template_document(&text).unwrap()
}

/// The statements of a policy that stands with the function, or of a managed one that is named there.
fn statements<'t>(template: &'t Value, policy: &'t Value) -> &'t [Value] {
    let document = match policy["Ref"].as_str() {
        Some(managed) => &template["Resources"][managed]["Properties"]["PolicyDocument"],
        None => policy,
    };
    document["Statement"].as_array().unwrap_or_else(|| panic!("statements in {policy}"))
}

fn take(rights: &mut Rights, name: &str, statement: &Value) {
    assert_eq!(statement["Effect"], "Allow", "{name}");
    for action in listed(&statement["Action"]).map(text) {
        assert!(!action.contains('*'), "{name} names each action: {action}");
        for resource in listed(&statement["Resource"]).map(text) {
            assert_ne!(resource, "*", "{name} names its resources");
            let keys =
                listed(&statement["Condition"]["ForAllValues:StringLike"]["dynamodb:LeadingKeys"]).map(text);
            let keys: BTreeSet<String> = keys.collect();
            assert!(resource != "Table.Arn" || !keys.is_empty(), "{name}: {action} on the whole table");
            rights.entry((name.to_owned(), action.clone(), resource)).or_default().extend(keys);
        }
    }
}

fn listed(value: &Value) -> impl Iterator<Item = &Value> {
    let one = (!value.is_array() && !value.is_null()).then_some(value);
    value.as_array().into_iter().flatten().chain(one)
}

/// A value as text: of an ARN, what is after the account.
fn text(value: &Value) -> String {
    if let Some(parts) = value["Fn::GetAtt"].as_array() {
        return parts.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(".");
    }
    let text = value["Fn::Sub"].as_str().or(value.as_str()).unwrap_or_else(|| panic!("a name: {value}"));
    match text.strip_prefix("arn:") {
        Some(arn) => arn.rsplit(':').next().unwrap_or(arn).to_owned(),
        None => text.to_owned(),
    }
}

fn differences(found: &str) -> String {
    let (found, listed): (BTreeSet<_>, BTreeSet<_>) = (found.lines().collect(), RIGHTS.lines().collect());
    let more = found.difference(&listed).map(|line| format!("granted, not listed: {line}\n"));
    let less = listed.difference(&found).map(|line| format!("listed, not granted: {line}\n"));
    more.chain(less).collect()
}

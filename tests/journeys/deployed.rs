//! What happens where the template is deployed with the real binaries, and one call of a step to AWS goes wrong.
//!
//! `infra/checks/check emulator` runs these; elsewhere there is nothing that they could ask, and they are passed over.
//! Each scenario is one call that a step makes, as the twin knows them, with one fault; see [`fault`].

mod fault;

use std::collections::BTreeSet;
use std::sync::Arc;

use bytes::Bytes;
use serde_json::json;

use crate::desk::ask::{Ask, Reply, get, post};
use crate::desk::customer::Customer;
use crate::desk::inspector::Inspector;
use crate::desk::staff::events;
use crate::desk::{Asked, Desk, MANAGER, Opening};
use fault::{Call, Fault, Way};

const ANN: &str = "ann@example.com";

/// What is done when a step is to run, and what of it came to pass.
type Outcome = Result<(), String>;

/// Asks until it is done, as a browser's user would; a fault is answered as one.
async fn insists(desk: &Desk, ask: impl AsyncFn() -> Ask) -> Reply {
    for _ in 0..3 {
        let reply = desk.send(ask().await).await;
        if reply.status < 500 {
            return reply;
        }
    }
    panic!("one fault is not answered three times");
}

/// Ann complains, with a form that she sends again when it is not answered.
async fn complains(desk: &Desk) -> Customer<'_> {
    let body = json!({"name": "Ann", "email": ANN, "description": "The card was charged twice."});
    let form = async || post("/complaints").json(&body).header("idempotency-key", "one-and-the-same");
    let reply = insists(desk, form).await;
    assert_eq!(reply.status, 201, "{}", reply.body);
    Customer::of(desk, &reply.json())
}

/// Sam takes the complaint on, and tries again when that is not answered.
async fn assigns(desk: &Desk, reference: &str) {
    let sam = desk.sam();
    let path = format!("/staff/complaints/{reference}");
    let assign = async || {
        let case = insists(desk, async || sam.signed(get(&path))).await.json();
        let ask = post(&format!("{path}/assign")).json(&json!({"owner": "sam@northgate.example"}));
        sam.signed(ask.header("if-match", &format!("\"{}\"", case["version"])))
    };
    let reply = insists(desk, assign).await;
    assert_eq!(reply.status, 200, "{}", reply.body);
}

/// All that comes by itself in the next hours: the sweeps, and what they bring about.
async fn sweeps(desk: &Desk) {
    for _ in 0..3 {
        desk.world.pass_over(16);
        for step in ["republish-events", "settle-mails"] {
            desk.world.invoke(step, json!({})).await.unwrap_or_else(|error| panic!("{step}: {error}"));
            desk.world.settle().await.unwrap();
        }
    }
}

/// Nothing is lost and nothing is there twice: the complaint, its events, its letters, of which each is there `most` times
/// at most.
async fn check(desk: &Desk, expected: &[&str], most: usize) -> Outcome {
    let is = |right: bool, what: &dyn Fn() -> String| if right { Ok(()) } else { Err(what()) };
    let listed = desk.mia().lists("").await;
    let complaints = listed["complaints"].as_array().unwrap();
    is(complaints.len() == 1, &|| format!("one complaint: {listed}"))?;
    let reference = complaints[0]["reference"].as_str().unwrap();
    let case = desk.mia().case(reference).await;
    for name in expected {
        let count = events(&case).iter().filter(|event| *event == name).count();
        is(count == 1, &|| format!("{name} once: {:?}", events(&case)))?;
    }
    let mut letters = desk.letters_to(ANN);
    is(letters.iter().any(|letter| letter == "acknowledgement"), &|| format!("acknowledged: {letters:?}"))?;
    letters.sort();
    let same = letters.chunk_by(|one, next| one == next).map(<[String]>::len).max().unwrap_or_default();
    is(same <= most, &|| format!("each letter {most} times at most: {letters:?}"))?;
    for queue in desk.world.queues().await {
        is(queue.messages.is_empty(), &|| format!("{} holds {:?}", queue.name, queue.messages))?;
    }
    let inspector = Inspector::of(desk);
    let left =
        inspector.all().await.iter().filter(|item| item["pk"].as_s().unwrap().starts_with("O#")).count();
    is(left == 0, &|| format!("{left} events are unpublished"))?;
    let (faults, _) = inspector.verifies().await;
    is(faults.is_empty(), &|| format!("the record is whole: {faults:?}"))?;
    let books = desk.world.invoke("reconcile", json!({})).await?;
    is(books["findings"] == 0, &|| format!("the books balance: {books} {:?}", desk.letters_to(MANAGER)))
}

/// A step, how it comes to run, and which events are then in the record once each.
struct Scene<F> {
    step: &'static str,
    /// Whether the complaint is there and acknowledged before.
    begun: bool,
    act: F,
    expected: &'static [&'static str],
}

impl<F: AsyncFn(&Desk, &str)> Scene<F> {
    /// Goes through all calls of the step and all ways in which one can fail.
    async fn play(&self) {
        let mut wrong = Vec::new();
        for call in self.calls().await {
            for way in Way::ALL {
                let desk = Desk::open();
                let reference = self.begin(&desk).await;
                let fault = Fault::inject(self.step, &call, way).await;
                (self.act)(&desk, &reference).await;
                desk.is_counted().await;
                sweeps(&desk).await;
                let outcome = if fault.lift().await {
                    check(&desk, self.expected, call.most_letters(way)).await
                } else {
                    Err("the fault did not strike".to_owned())
                };
                fault::note(self.step, &call, way);
                wrong.extend(outcome.err().map(|error| format!("{} {call} {way:?}: {error}", self.step)));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    /// The kinds of calls that the step makes in this scene, as the twin sees them.
    async fn calls(&self) -> BTreeSet<Call> {
        let asked = Asked::default();
        let twin = Desk::in_twin(Opening { asked: Some(Arc::clone(&asked)), ..Opening::default() });
        let reference = self.begin(&twin).await;
        asked.lock().unwrap().clear();
        (self.act)(&twin, &reference).await;
        twin.is_counted().await;
        let asked = asked.lock().unwrap();
        let ours = asked.iter().filter(|(step, _)| step == self.step).flat_map(|(_, requests)| requests);
        let calls: BTreeSet<Call> = ours.filter_map(Call::of).collect();
        assert!(!calls.is_empty(), "{} calls AWS", self.step);
        calls
    }

    async fn begin(&self, desk: &Desk) -> String {
        if !self.begun {
            return String::new();
        }
        let ann = complains(desk).await;
        desk.is_counted().await;
        ann.reference
    }
}

/// A scene that begins with nothing and in which Ann complains.
async fn at_the_form(step: &'static str) {
    let act = async |desk: &Desk, _: &str| drop(complains(desk).await);
    Scene { step, begun: false, act, expected: &["Received", "Acknowledged"] }.play().await;
}

#[tokio::test]
#[ignore = "happens in a deployment"]
async fn a_page_of_a_listed_origin_may_fetch_the_form_and_post_complaints() {
    let desk = Desk::open();
    let preflight = |origin: &'static str| {
        let asks = http::Request::options("/complaints").header("origin", origin);
        let asks = asks.header("access-control-request-method", "POST");
        desk.world
            .http(asks.header("access-control-request-headers", "content-type").body(Bytes::new()).unwrap())
    };
    let told = preflight("https://shop.example.org").await;
    let said = |name: &str| told.headers().get(name).map(|value| value.to_str().unwrap().to_lowercase());
    assert_eq!(said("access-control-allow-origin").as_deref(), Some("https://shop.example.org"));
    let methods = said("access-control-allow-methods").unwrap_or_default();
    assert_eq!(methods.split(',').map(str::trim).collect::<BTreeSet<_>>(), BTreeSet::from(["get", "post"]));
    assert_eq!(
        said("access-control-allow-headers").as_deref(),
        Some("content-type,accept,idempotency-key,proof-of-work")
    );
    assert_eq!(said("access-control-max-age").as_deref(), Some("3600"));
    let stranger = preflight("https://elsewhere.example").await;
    assert!(!stranger.headers().contains_key("access-control-allow-origin"));
}

#[tokio::test]
#[ignore = "happens in a deployment"]
async fn a_complaint_is_taken_in_once_whatever_call_fails() {
    at_the_form("receive-complaint").await;
}

#[tokio::test]
#[ignore = "happens in a deployment"]
async fn a_complaint_is_acknowledged_whatever_call_fails() {
    at_the_form("acknowledge-complaint").await;
}

#[tokio::test]
#[ignore = "happens in a deployment"]
async fn events_are_published_whatever_call_fails() {
    at_the_form("publish-events").await;
}

#[tokio::test]
#[ignore = "happens in a deployment"]
async fn events_are_counted_once_whatever_call_fails() {
    at_the_form("tally-events").await;
}

#[tokio::test]
#[ignore = "happens in a deployment"]
async fn a_complaint_is_assigned_once_whatever_call_fails() {
    let act = async |desk: &Desk, reference: &str| assigns(desk, reference).await;
    let expected = &["Received", "Acknowledged", "Assigned"];
    Scene { step: "assign-complaint", begun: true, act, expected }.play().await;
}

#[tokio::test]
#[ignore = "happens in a deployment"]
async fn a_letter_is_sent_whatever_call_fails() {
    let act = async |desk: &Desk, reference: &str| {
        desk.sam().does(reference, "escalate", &json!({"reason": "It needs a manager."})).await;
        desk.world.settle().await.unwrap();
    };
    let expected = &["Received", "Acknowledged", "Escalated"];
    Scene { step: "send-letter", begun: true, act, expected }.play().await;
}

#[tokio::test]
#[ignore = "happens in a deployment"]
async fn what_is_due_is_done_once_whatever_call_fails() {
    let act = async |desk: &Desk, _: &str| {
        desk.world.pass_over(2 * 60 + 1);
        // What one turn misses, the next finds.
        for _ in 0..2 {
            let turn = desk.world.invoke("watch-deadlines", json!({})).await;
            desk.world.settle().await.unwrap();
            drop(turn);
        }
    };
    let expected = &["Received", "Acknowledged", "Escalated"];
    Scene { step: "watch-deadlines", begun: true, act, expected }.play().await;
}

#[test]
fn what_is_told_of_the_twin_only_is_a_story() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("journeys/stories");
    let names = include_str!("stories/twin_only.txt").lines();
    for name in names.filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (module, story) = name.split_once("::").unwrap_or_else(|| panic!("{name} names no module"));
        let told = std::fs::read_to_string(folder.join(module).with_extension("rs")).unwrap_or_default();
        assert!(told.contains(&format!("async fn {story}()")), "there is no story {name}");
    }
}

//! What must not leave the record: no name, address or text of a customer in a log line, an event or a bus entry.

use serde_json::json;

use crate::desk::ask::{get, post};
use crate::desk::customer::{token_after, token_in};
use crate::desk::log::Log;
use crate::desk::{Desk, Opening, Overheard};

/// Stands in everything that a customer can give, and in what staff write for them.
const CANARY: &str = "Kanarienvogel";

#[tokio::test]
async fn no_canary_sings_in_logs_events_or_on_the_bus() {
    let log = Log::listen();
    let overheard = Overheard::default();
    let desk = Desk::with(Opening { overheard: Some(overheard.clone()), ..Opening::default() });
    let tokens = live(&desk).await;
    desk.is_counted().await;

    let logged = log.text();
    assert!(logged.contains("\"level\":\"WARN\""), "something was logged: {logged}");
    silent(&logged, &tokens);
    let heard = overheard.lock().unwrap().clone();
    let woken = ["publish-events", "tally-events", "acknowledge-complaint", "send-letter", "alert-staff"];
    for step in woken {
        assert!(heard.iter().any(|(name, _)| name == step), "{step} was woken");
    }
    for (_, event) in heard.iter().filter(|(name, _)| woken.contains(&name.as_str())) {
        silent(&event.to_string(), &tokens);
    }
}

/// A life with every text, some of it refused, some of it failing.
async fn live(desk: &Desk) -> Vec<String> {
    let address = format!("{CANARY}@example.com");
    let body = json!({
        "name": CANARY, "email": address, "phone": "+44 20 7946 0123", "description": CANARY, "product": CANARY,
        "people_involved": CANARY, "order_reference": CANARY, "remedy_wanted": CANARY, "on_behalf_of": CANARY,
        "needs": CANARY,
    });
    let ann = desk.posts(&body).await;
    for bad in [json!({"email": CANARY, "description": CANARY}), json!({CANARY: CANARY})] {
        desk.send(post("/complaints").json(&bad)).await;
    }
    desk.send(post("/complaints").body("application/json", format!("{{\"description\": \"{CANARY}"))).await;
    let sam = desk.sam();
    for text in [CANARY, &address, "+44 20 7946 0123"] {
        let search = post("/staff/search").json(&json!({"text": text}));
        let found = desk.send(sam.signed(search)).await;
        assert!(found.status == 200 && found.body.contains(&ann.reference), "{}", found.body);
    }
    sam.takes(&ann.reference).await;
    sam.triages(&ann.reference, "billing", "normal").await;
    sam.does(&ann.reference, "contact", &json!({"channel": "email", "text": CANARY})).await;
    sam.does(&ann.reference, "investigate", &json!({"note": CANARY})).await;
    let finding = json!({"finding": CANARY, "root_cause": "it"});
    sam.does(&ann.reference, "investigate", &finding).await;
    let remedies = json!([{"kind": "refund", "amount": "500", "promised_by": "2026-10-12"}]);
    let proposal = json!({"outcome": "upheld", "explanation": CANARY, "remedies": remedies});
    // More than a representative may give: it goes up, with what was written as a draft.
    sam.does(&ann.reference, "propose", &proposal).await;
    assert_eq!(sam.tries(&ann.reference, "propose", &proposal).await.status, 403);
    desk.mia().does(&ann.reference, "propose", &proposal).await;
    let refusal = json!({"proposal": 1, "answer": "refuse", "reason": CANARY});
    assert_eq!(ann.there(post(&format!("/my/{}/answer", ann.reference)).json(&refusal)).await.status, 200);
    sam.tries(&ann.reference, "escalate", &json!({"reason": CANARY})).await;
    // While the table fails, errors are logged; they quote nothing of what was sent.
    desk.world.cloud().inject(Box::new(|call| match call.service {
        local::door::Service::DynamoDb => local::door::Fault::ServerError,
        _ => local::door::Fault::None,
    }));
    assert_eq!(desk.ask(post("/complaints").json(&body)).await.status, 503);
    desk.world.cloud().inject_nothing();
    desk.world.settle().await.unwrap();
    let token = token_in(&desk.mail(&address, "acknowledgement").text.unwrap());
    assert!(desk.mail(&address, "update").text.unwrap().contains(CANARY), "the letter does hold it");
    vec![token, at_their_own_wish(desk).await]
}

/// What customers write of their own accord; and the link of who never complained.
async fn at_their_own_wish(desk: &Desk) -> String {
    let address = format!("{CANARY}.2@example.com");
    let bo = desk.posts(&json!({"name": CANARY, "email": address, "description": CANARY})).await;
    let (text, reason) = (json!({"text": CANARY}), json!({"reason": CANARY}));
    let answers_to = desk.mail(&address, "acknowledgement").reply_to.remove(0);
    for to in [answers_to.as_str(), "nobody@reply.desk.example"] {
        let raw = format!(
            "From: {CANARY} <{CANARY}@example.com>\nTo: {to}\nSubject: {CANARY}\n\n{CANARY} by mail.\n"
        );
        desk.receives(&raw, to).await;
    }
    for (way, body) in [("information", &text), ("escalation", &text), ("withdrawal", &reason)] {
        let path = format!("/my/{}/{way}", bo.reference);
        assert_eq!(bo.there(post(&path).json(&json!({CANARY: CANARY}))).await.status, 422);
        assert_eq!(bo.there(post(&path).json(body)).await.status, 200, "{way}");
    }
    let token = token_after(&desk.mail(&address, "acknowledgement").text.unwrap(), "/disown/");
    desk.send(get(&format!("/disown/{token}"))).await;
    assert_eq!(desk.send(post("/disown").json(&json!({"token": token}))).await.status, 200);
    token
}

fn silent(said: &str, tokens: &[String]) {
    for secret in [CANARY, "7946 0123", "79460123"].into_iter().chain(tokens.iter().map(String::as_str)) {
        let place = said.to_lowercase().find(&secret.to_lowercase());
        let around =
            place.map(|place| said.chars().skip(place.saturating_sub(300)).take(600).collect::<String>());
        assert_eq!(around, None, "{secret}");
    }
}

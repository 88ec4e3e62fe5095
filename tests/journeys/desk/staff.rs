//! A member of staff at work. Each deed looks at the case first, so that it is done on what stands.

use serde_json::{Value, json};

use super::Desk;
use super::ask::{Ask, Reply, get, post};

pub(crate) struct Staff<'d> {
    desk: &'d Desk,
    name: &'static str,
    role: &'static str,
}

impl<'d> Staff<'d> {
    pub(crate) fn new(desk: &'d Desk, name: &'static str, role: &'static str) -> Staff<'d> {
        Staff { desk, name, role }
    }

    /// The request with the token of this person.
    pub(crate) fn signed(&self, ask: Ask) -> Ask {
        let token = self.desk.world.token(self.name, self.role).unwrap();
        ask.header("authorization", &format!("Bearer {token}"))
    }

    /// The whole case.
    pub(crate) async fn case(&self, reference: &str) -> Value {
        let reply = self.desk.ask(self.signed(get(&format!("/staff/complaints/{reference}")))).await;
        assert_eq!(reply.status, 200, "{}", reply.body);
        assert_eq!(reply.header("etag").unwrap(), format!("\"{}\"", reply.json()["version"]));
        reply.json()
    }

    /// What the list of held posts says of each under this name.
    pub(crate) async fn held(&self, name: &str) -> Vec<String> {
        let list = self.lists("?held=true").await;
        list["held"].as_array().unwrap().iter().map(|post| post[name].as_str().unwrap().to_owned()).collect()
    }

    /// A page of the list, narrowed by a query.
    pub(crate) async fn lists(&self, query: &str) -> Value {
        let reply = self.desk.ask(self.signed(get(&format!("/staff/complaints{query}")))).await;
        assert_eq!(reply.status, 200, "{}", reply.body);
        reply.json()
    }

    /// Takes a complaint down for a customer.
    pub(crate) async fn records(&self, body: &Value) -> Reply {
        self.desk.send(self.signed(post("/staff/complaints").json(body))).await
    }

    /// Does something on the version that stands.
    pub(crate) async fn tries(&self, reference: &str, verb: &str, body: &Value) -> Reply {
        let version = self.case(reference).await["version"].as_u64().unwrap();
        self.tries_on(version, reference, verb, body).await
    }

    /// Does something on a version that was seen.
    pub(crate) async fn tries_on(&self, version: u64, reference: &str, verb: &str, body: &Value) -> Reply {
        let ask = post(&format!("/staff/complaints/{reference}/{verb}")).json(body);
        self.desk.send(self.signed(ask).header("if-match", &format!("\"{version}\""))).await
    }

    /// Does something, and it is done.
    pub(crate) async fn does(&self, reference: &str, verb: &str, body: &Value) -> Value {
        let reply = self.tries(reference, verb, body).await;
        assert_eq!(reply.status, 200, "{verb}: {}", reply.body);
        reply.json()
    }

    /// Takes the complaint on.
    pub(crate) async fn takes(&self, reference: &str) -> Value {
        self.does(reference, "assign", &json!({"owner": self.name})).await
    }

    /// Gives the complaint to somebody.
    pub(crate) async fn assigns(&self, reference: &str, owner: &str) -> Value {
        self.does(reference, "assign", &json!({"owner": owner})).await
    }

    /// Says what it is about and how severe it is.
    pub(crate) async fn triages(&self, reference: &str, category: &str, severity: &str) -> Value {
        self.does(reference, "triage", &json!({"category": category, "severity": severity})).await
    }

    /// Gets in touch by phone.
    pub(crate) async fn calls(&self, reference: &str) -> Value {
        self.does(
            reference,
            "contact",
            &json!({"channel": "phone", "text": "Told them that we look into it."}),
        )
        .await
    }

    /// Records what was found.
    pub(crate) async fn finds(&self, reference: &str, root_cause: &str) -> Value {
        let body =
            json!({"finding": "Charged twice by a retry.", "root_cause": root_cause, "preventable": true});
        self.does(reference, "investigate", &body).await
    }

    /// Takes the complaint as far as the proposal: billing, normal, called, found.
    pub(crate) async fn investigates(&self, reference: &str) {
        self.takes(reference).await;
        self.triages(reference, "billing", "normal").await;
        self.calls(reference).await;
        self.finds(reference, "it").await;
    }

    /// Offers or decides.
    pub(crate) async fn proposes(&self, reference: &str, outcome: &str, remedies: Value) -> Value {
        let body = json!({"outcome": outcome, "explanation": "You were charged twice; we are sorry.", "remedies": remedies});
        self.does(reference, "propose", &body).await
    }

    /// Offers an apology in the first week of stories, and a refund.
    pub(crate) async fn offers(&self, reference: &str) -> Value {
        let remedies = json!([
            {"kind": "apology", "promised_by": "2026-11-09"},
            {"kind": "refund", "amount": "25.00", "promised_by": "2026-11-12"},
        ]);
        self.proposes(reference, "upheld", remedies).await
    }

    /// Ticks a remedy off.
    pub(crate) async fn carries_out(&self, reference: &str, remedy: u8) -> Value {
        self.does(reference, "implement", &json!({"remedy": remedy, "details": "Done on the card account."}))
            .await
    }

    /// Takes the complaint to the follow-up, the customer agreeing.
    pub(crate) async fn resolves(&self, customer: &super::customer::Customer<'_>) {
        let reference = &customer.reference;
        self.investigates(reference).await;
        self.offers(reference).await;
        customer.accepts().await;
        self.carries_out(reference, 1).await;
        self.carries_out(reference, 2).await;
    }
}

/// What a complaint's stage is called.
pub(crate) fn stage(complaint: &Value) -> &str {
    complaint["stage"]["name"].as_str().unwrap_or_else(|| panic!("no stage in {complaint}"))
}

/// The codes of what a refusal lists as missing.
pub(crate) fn missing(reply: &Reply) -> Vec<String> {
    let problem = reply.json();
    problem["missing"]
        .as_array()
        .unwrap()
        .iter()
        .map(|lack| lack["code"].as_str().unwrap().to_owned())
        .collect()
}

/// The names of the events of a case, in their order.
pub(crate) fn events(case: &Value) -> Vec<&str> {
    case["history"].as_array().unwrap().iter().map(|entry| entry["event"]["type"].as_str().unwrap()).collect()
}

//! A typical complaint's life, through the public doors only, and what was used on the way.

use std::collections::BTreeMap;
use std::sync::Arc;

use local::door::{Request, Service};
use serde_json::{Value, json};

use crate::desk::ask::{Ask, Reply, get, hidden, post};
use crate::desk::customer::token_in;
use crate::desk::inspector::Inspector;
use crate::desk::log::Log;
use crate::desk::{Asked, Desk, Opening, letter};

/// What was used: by those whom something woke for complaints, and by sweeps that found nothing to do.
#[derive(Debug, Default)]
pub(crate) struct Used {
    /// Invocations of each function.
    pub(crate) invocations: BTreeMap<String, usize>,
    /// What each function asked of AWS.
    pub(crate) requests: Vec<(String, Request)>,
    /// Of invocations, those by the HTTP API.
    pub(crate) api: usize,
    /// Bytes of answers over HTTP.
    pub(crate) sent_out: usize,
    /// Bytes that the steps logged.
    pub(crate) logged: usize,
    /// Bytes in the table at the end.
    pub(crate) stored: usize,
    /// Turns of schedules that changed nothing.
    pub(crate) idle: usize,
}

/// Somebody who complains.
struct Person {
    number: usize,
    address: String,
    reference: String,
    id: String,
    version: u64,
    cookie: String,
}

struct Lives {
    desk: Desk,
    people: Vec<Person>,
    sent_out: usize,
}

/// Lives so many typical lives side by side, step by step, and counts. The report of the month is not reached.
pub(crate) async fn lives(number: usize) -> Used {
    let log = Log::listen();
    let asked = Asked::default();
    // The sweeps are many, and are counted apart: a day in place of a week has fewer.
    let policy = "[follow_up]\nask_after = \"1 working hour\"";
    let opening = Opening { asked: Some(Arc::clone(&asked)), policy: Some(policy), ..Opening::default() };
    let desk = Desk::with(opening);
    let before = stored(&desk).await;
    let people = (0..number).map(Person::new).collect();
    let mut lives = Lives { desk, people, sent_out: 0 };
    lives.complain().await;
    lives.are_taken_on().await;
    lives.are_investigated().await;
    lives.are_accepted().await;
    lives.are_put_right().await;
    lives.are_rated().await;
    let Lives { desk, sent_out, .. } = lives;
    desk.world.settle().await.unwrap();
    let mut used = Used { sent_out, logged: log.text().len(), ..Used::default() };
    drop(log);
    let asked = std::mem::take(&mut *asked.lock().unwrap());
    used.take_in(&desk, asked);
    used.stored = stored(&desk).await - before;
    desk.rests().await;
    used
}

impl Used {
    fn take_in(&mut self, desk: &Desk, asked: Vec<(String, Vec<Request>)>) {
        let wiring = desk.world.wiring();
        let by_http = |name: &str| wiring.routes.iter().any(|route| route.function == name);
        let by_time = |name: &str| wiring.schedules.iter().any(|schedule| schedule.function == name);
        for (name, requests) in asked {
            if by_time(&name) && requests.iter().all(|request| request.write_units == 0.0) {
                self.idle += 1;
                continue;
            }
            self.api += usize::from(by_http(&name));
            *self.invocations.entry(name.clone()).or_default() += 1;
            self.requests.extend(requests.into_iter().map(|request| (name.clone(), request)));
        }
    }

    /// The requests to one service.
    pub(crate) fn to(&self, service: Service) -> impl Iterator<Item = &Request> {
        self.requests.iter().map(|(_, request)| request).filter(move |it| it.call.service == service)
    }

    /// The sum over the requests to the table.
    pub(crate) fn table(&self, of: impl Fn(&Request) -> f64) -> f64 {
        self.to(Service::DynamoDb).map(of).sum()
    }
}

impl Person {
    fn new(number: usize) -> Person {
        Person {
            number,
            address: format!("customer{number}@example.com"),
            reference: String::new(),
            id: String::new(),
            version: 0,
            cookie: String::new(),
        }
    }
}

impl Lives {
    /// By the form, and on to the private page, as a browser does.
    async fn complain(&mut self) {
        let mut forms = Vec::new();
        for _ in 0..self.people.len() {
            forms.push(self.sends(get("/").html()).await.body);
        }
        self.desk.world.advance(jiff::SignedDuration::from_mins(2)).await.unwrap();
        for (at, form) in forms.iter().enumerate() {
            let (name, address) =
                (format!("Ann Example {}", self.people[at].number), self.people[at].address.clone());
            let fields = [
                ("idempotency_key", hidden(form, "idempotency_key")),
                ("form_issued", hidden(form, "form_issued")),
                ("website", ""),
                ("name", &name),
                ("email", &address),
                ("description", &"My card was charged twice for one purchase, and the shop says that it is not theirs to put right. ".repeat(10)),
                ("product", PRODUCTS[at % PRODUCTS.len()]),
                ("order_reference", "ACC 12/7-2026"),
            ];
            let sent = self.sends(post("/complaints").form(&fields)).await;
            assert_eq!(sent.status, 303, "{}", sent.body);
            let (page, cookie) = (sent.header("location").unwrap().to_owned(), sent.cookie().unwrap());
            let reference = page.trim_start_matches("/my/").split('?').next().unwrap();
            reference.clone_into(&mut self.people[at].reference);
            let seen = self.sends(get(&page).header("cookie", &cookie).html()).await;
            assert_eq!(seen.status, 200, "{}", seen.body);
        }
        self.settle().await;
    }

    /// Sam looks at the list and the case, takes it on, says what it is about, and calls.
    async fn are_taken_on(&mut self) {
        self.desk.hours(1).await;
        let list = self.desk.sam().signed(get("/staff/complaints"));
        assert_eq!(self.sends(list).await.status, 200);
        self.are_looked_at().await;
        self.are_worked("assign", |_| json!({"owner": "sam@northgate.example"})).await;
        self.are_worked(
            "triage",
            |at| json!({"category": CATEGORIES[at % CATEGORIES.len()], "severity": "normal"}),
        )
        .await;
        self.are_worked(
            "contact",
            |_| json!({"channel": "phone", "text": "Told them that we look into it."}),
        )
        .await;
    }

    /// Later: a note, what was found, and an offer.
    async fn are_investigated(&mut self) {
        self.desk.hours(1).await;
        self.are_looked_at().await;
        self.are_worked(
            "investigate",
            |_| json!({"note": "Asked the card team for the journal of that day."}),
        )
        .await;
        let found = json!({"finding": "Charged twice by a retry.", "root_cause": "it", "preventable": true});
        self.are_worked("investigate", |_| found.clone()).await;
        let offer = json!({
            "outcome": "upheld",
            "explanation": "You were charged twice. We are sorry, and pay the second charge back.",
            "remedies": [
                {"kind": "apology", "promised_by": "2026-10-12"},
                {"kind": "refund", "amount": "25.00", "promised_by": "2026-10-14"},
            ],
        });
        self.are_worked("propose", |_| offer.clone()).await;
    }

    /// The customers open the page by the link in the letter, read, and agree.
    async fn are_accepted(&mut self) {
        self.desk.hours(1).await;
        self.are_opened("proposal").await;
        self.are_answered("answer", &[("proposal", "1"), ("answer", "accept")]).await;
    }

    async fn are_put_right(&mut self) {
        self.desk.hours(1).await;
        self.are_looked_at().await;
        for remedy in [1, 2] {
            self.are_worked(
                "implement",
                |_| json!({"remedy": remedy, "details": "Done on the card account."}),
            )
            .await;
        }
    }

    /// Asked after a while, they say that they are satisfied, which closes it.
    async fn are_rated(&mut self) {
        self.desk.hours(2).await;
        self.are_opened("satisfaction-question").await;
        self.are_answered("feedback", &[("rating", "5"), ("comment", "Quick and friendly.")]).await;
        for person in &self.people {
            assert_eq!(self.desk.letters_to(&person.address).last().unwrap(), "closing");
        }
    }

    async fn are_looked_at(&mut self) {
        for at in 0..self.people.len() {
            let case = get(&format!("/staff/complaints/{}", self.people[at].reference));
            let seen = self.sends(self.desk.sam().signed(case)).await;
            assert_eq!(seen.status, 200, "{}", seen.body);
            let case = seen.json();
            self.people[at].version = case["version"].as_u64().unwrap();
            case["id"].as_str().unwrap().clone_into(&mut self.people[at].id);
        }
    }

    async fn are_worked(&mut self, verb: &str, body: impl Fn(usize) -> Value) {
        for at in 0..self.people.len() {
            let Person { id, version, .. } = &self.people[at];
            let ask = post(&format!("/staff/complaints/{id}/{verb}")).json(&body(at));
            let ask = ask.header("if-match", &format!("\"{version}\""));
            let done = self.sends(self.desk.sam().signed(ask)).await;
            assert_eq!(done.status, 200, "{verb}: {}", done.body);
            self.people[at].version = done.json()["version"].as_u64().unwrap();
        }
        self.settle().await;
    }

    /// By the newest letter of this name: its link's page, its button, and what is behind it.
    async fn are_opened(&mut self, named: &str) {
        for at in 0..self.people.len() {
            let mails = self.desk.mails_to(&self.people[at].address);
            let mail = mails.into_iter().rfind(|mail| letter(mail) == named).expect("such a letter");
            let token = token_in(&mail.text.unwrap());
            let page = self.sends(get(&format!("/link/{token}")).html()).await;
            assert_eq!(page.status, 200, "{}", page.body);
            let opened = self.sends(post("/link").form(&[("token", &token)])).await;
            self.people[at].cookie = opened.cookie().unwrap();
            let Person { reference, cookie, .. } = &self.people[at];
            let seen = self.sends(get(&format!("/my/{reference}")).header("cookie", cookie).html()).await;
            assert_eq!(seen.status, 200, "{}", seen.body);
        }
    }

    async fn are_answered(&mut self, way: &str, fields: &[(&str, &str)]) {
        for at in 0..self.people.len() {
            let Person { reference, cookie, .. } = &self.people[at];
            let ask = post(&format!("/my/{reference}/{way}")).form(fields).header("cookie", cookie);
            let said = self.sends(ask).await;
            assert_eq!(said.status, 200, "{}", said.body);
        }
        self.settle().await;
    }

    async fn sends(&mut self, ask: Ask) -> Reply {
        let reply = self.desk.ask(ask).await;
        self.sent_out += reply.size();
        reply
    }

    async fn settle(&mut self) {
        self.desk.world.settle().await.unwrap();
    }
}

const PRODUCTS: [&str; 5] = [
    "Credit card or prepaid card",
    "Debt collection",
    "Mortgage",
    "Student loan",
    "Bank account or service, Savings account",
];
const CATEGORIES: [&str; 4] = ["billing", "delivery", "service_quality", "information"];

/// Bytes in the table, with what DynamoDB adds for each item and its entry in an index.
async fn stored(desk: &Desk) -> usize {
    let items = Inspector::of(desk).all().await;
    items
        .iter()
        .map(|item| 100 + item.iter().map(|(name, value)| name.len() + size(value)).sum::<usize>())
        .sum()
}

fn size(value: &aws_sdk_dynamodb::types::AttributeValue) -> usize {
    use aws_sdk_dynamodb::types::AttributeValue;
    match value {
        AttributeValue::S(text) => text.len(),
        AttributeValue::N(number) => number.len() / 2 + 2,
        AttributeValue::B(bytes) => bytes.as_ref().len(),
        AttributeValue::Ss(texts) => texts.iter().map(String::len).sum(),
        _ => 1,
    }
}

//! The template deployed into an emulator, with the real binaries: what `infra/checks/check emulator` starts, and says
//! where it is in a file that `DESK_DEPLOYED` names.
//!
//! There is one for all stories, which follow one another in it: each begins with nothing recorded, and at its own time.

mod bucket;

use std::collections::BTreeMap;
use std::future::Future;
use std::path::PathBuf;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use aws_config::SdkConfig;
use aws_sdk_dynamodb::types::{DeleteRequest, WriteRequest};
use bytes::Bytes;
use complaints::shell::step;
use http::{Request, Response};
use http_body_util::{BodyExt, Full};
use hyper_util::client::legacy::{Client, connect::HttpConnector};
use hyper_util::rt::TokioExecutor;
use jiff::{SignedDuration, Timestamp};
use local::door::{Clock, Mail};
use local::{Message, Options, QueueContent};
use serde::Deserialize;
use serde_json::Value;

/// How long what follows from a request may take before the story ends badly.
const PATIENCE: Duration = Duration::from_mins(1);
/// Between two looks at whether all is done.
const PAUSE: Duration = Duration::from_millis(20);
/// How many items one request removes at most.
const BATCH: usize = 25;

/// Where everything is.
#[derive(Deserialize)]
pub(crate) struct Place {
    /// Of the emulator.
    endpoint: String,
    /// Of the proxy between the functions and the emulator.
    faults: String,
    /// The desk's own host name.
    host: String,
    /// Where the keys of staff tokens are served from.
    issuer_port: u16,
    /// The mails that were sent, a line each.
    mails: PathBuf,
    /// What the functions' clocks show.
    clock: PathBuf,
    table: String,
    /// Where each scenario is written down that was played.
    pub(crate) scenarios: PathBuf,
    /// The functions' names in the deployment, by step.
    functions: BTreeMap<String, String>,
}

pub(crate) struct Deployed {
    place: &'static Place,
    issuer: local::World,
    client: Client<HttpConnector, Full<Bytes>>,
    door: SdkConfig,
}

impl Place {
    /// The one that the environment names, if any.
    pub(crate) fn given() -> Option<&'static Place> {
        static GIVEN: OnceLock<Option<Place>> = OnceLock::new();
        let read = || {
            let text =
                std::fs::read_to_string(std::env::var_os("DESK_DEPLOYED")?).expect("the file is there");
            Some(serde_json::from_str(&text).expect("it says where everything is"))
        };
        GIVEN.get_or_init(read).as_ref()
    }

    /// Asks the proxy for faults something.
    pub(crate) async fn control(&self, method: &str, what: &str, body: Option<Value>) -> Value {
        let request = Request::builder().method(method).uri(format!("{}/_microburst/{what}", self.faults));
        let body = body.map(|body| body.to_string()).unwrap_or_default();
        let request = request.header("content-type", "application/json").body(body.into());
        let client = Client::builder(TokioExecutor::new()).build_http();
        let answer = send(&client, request.expect("a plain request")).await;
        assert!(answer.status().is_success(), "{answer:?}");
        serde_json::from_slice(answer.body()).unwrap_or_default()
    }

    /// What the functions' clocks show from now on: they stand, as the twin's.
    fn set_clock(&self, at: Timestamp) {
        // In one step, since every look at the time reads it.
        let new = self.clock.with_extension("new");
        std::fs::write(&new, at.strftime("%Y-%m-%d %H:%M:%S\n").to_string())
            .expect("the clock can be written");
        std::fs::rename(&new, &self.clock).expect("the clock can be set");
    }
}

impl Deployed {
    /// Empties it, and sets the clocks to `start`.
    pub(crate) fn open(place: &'static Place, start: Timestamp) -> Deployed {
        serve_keys(place);
        let issuer = issuer(place, Clock::frozen(start));
        // An operator's programs go by the same time as the functions.
        let time = issuer.cloud().sdk_config().time_source().expect("the twin's calls have a time");
        let door = apart(step::door(Some(&place.endpoint))).into_builder().time_source(time).build();
        let client = Client::builder(TokioExecutor::new()).build_http();
        let deployed = Deployed { place, issuer, client, door };
        apart(empty(place, start));
        deployed
    }

    pub(crate) fn issuer(&self) -> &local::World {
        &self.issuer
    }

    pub(crate) fn operators(&self) -> (SdkConfig, String) {
        (self.door.clone(), self.place.table.clone())
    }

    pub(crate) fn mails(&self) -> Result<Vec<Mail>, String> {
        let text = std::fs::read_to_string(&self.place.mails).map_err(|error| error.to_string())?;
        text.lines().map(|line| serde_json::from_str(line).map_err(|error| error.to_string())).collect()
    }

    /// Time passes for the functions, and for the tokens of staff.
    pub(crate) fn pass_over(&self, by: SignedDuration) {
        let clock = self.issuer.cloud().clock();
        self.place.set_clock(clock.set(clock.now() + by));
    }

    pub(crate) async fn http(&self, request: Request<Bytes>) -> Response<Bytes> {
        let (mut parts, body) = request.into_parts();
        parts.uri = format!("{}{}", self.place.endpoint, parts.uri).parse().expect("an address and a path");
        parts.headers.insert("host", self.place.host.parse().expect("a host name"));
        send(&self.client, Request::from_parts(parts, body)).await
    }

    pub(crate) async fn settle(&self) -> Result<(), String> {
        settle(&self.client, self.place).await
    }

    pub(crate) async fn invoke(&self, function: &str, event: Value) -> Result<Value, String> {
        let name = &self.place.functions[function];
        let path = format!("/2015-03-31/functions/{name}/invocations");
        let answer = send(&self.client, call(self.place, "POST", &path, "lambda", event.to_string())).await;
        let text = String::from_utf8_lossy(answer.body());
        if answer.status() != 200 || answer.headers().contains_key("x-amz-function-error") {
            return Err(text.into_owned());
        }
        serde_json::from_str(&text).map_err(|error| format!("{error}: {text}"))
    }

    pub(crate) async fn queues(&self) -> Vec<QueueContent> {
        queues(&self.client, self.place).await
    }
}

/// Serves the keys that all staff tokens are verified with, once for all stories.
fn serve_keys(place: &'static Place) {
    static SERVED: OnceLock<()> = OnceLock::new();
    SERVED.get_or_init(|| {
        let listener =
            std::net::TcpListener::bind(("127.0.0.1", place.issuer_port)).expect("the port is free");
        listener.set_nonblocking(true).expect("a listener can be asked without waiting");
        let world = issuer(place, Clock::frozen(Timestamp::MAX));
        std::thread::spawn(move || {
            runtime().block_on(async {
                let listener = tokio::net::TcpListener::from_std(listener).expect("there is a runtime");
                local::server::serve(world, listener, &issuers_url(place), std::future::pending()).await
            })
        });
    });
}

/// A twin that only signs staff tokens and knows the template. Its key comes from the seed, so that all have the same.
fn issuer(place: &Place, clock: Clock) -> local::World {
    let mut options = Options::new(clock);
    options.seed = Some(1);
    options.base_url = issuers_url(place);
    local::World::new(options).expect("the product's own template and steps make a world")
}

fn issuers_url(place: &Place) -> String {
    format!("http://127.0.0.1:{}", place.issuer_port)
}

/// Lets what is under way end, removes all that is kept, and sets the functions' clocks.
async fn empty(place: &Place, start: Timestamp) {
    let client = Client::builder(TokioExecutor::new()).build_http();
    settle(&client, place).await.expect("the story before has come to its end");
    let table = aws_sdk_dynamodb::Client::new(&step::door(Some(&place.endpoint)).await);
    let scan = table.scan().table_name(&place.table).projection_expression("pk, sk").into_paginator();
    let keys = scan.items().send().collect::<Result<Vec<_>, _>>().await.expect("the table can be read");
    for batch in keys.chunks(BATCH) {
        let removals = batch.iter().map(|key| removal(key.clone())).collect();
        let removed = table.batch_write_item().request_items(&place.table, removals).send().await;
        removed.expect("items can be removed");
    }
    bucket::empty(&client, place).await;
    for queue in queues(&client, place).await.iter().filter(|queue| !queue.messages.is_empty()) {
        let path = format!("/?Action=PurgeQueue&QueueUrl={}", queue.name);
        send(&client, call(place, "POST", &path, "sqs", "")).await;
    }
    settle(&client, place).await.expect("removals are passed over");
    std::fs::write(&place.mails, "").expect("the mails can be forgotten");
    place.set_clock(start);
}

fn removal(key: super::inspector::Item) -> WriteRequest {
    let delete = DeleteRequest::builder().set_key(Some(key));
    WriteRequest::builder().delete_request(delete.build().expect("it has its key")).build()
}

/// Waits until nothing is on its way: seen twice, with nothing run in between.
#[expect(clippy::disallowed_methods, reason = "real processes take real time")]
async fn settle(client: &Client<HttpConnector, Full<Bytes>>, place: &Place) -> Result<(), String> {
    let (begin, mut quiet_at) = (Instant::now(), None);
    loop {
        let said = json_of(&send(client, get(format!("{}/quiet", place.endpoint))).await);
        let runs = said["runs"].as_u64();
        let is_quiet = said["pending"] == 0 && said["behind"] == false;
        if is_quiet && quiet_at == runs {
            return Ok(());
        }
        quiet_at = runs.filter(|_| is_quiet);
        if begin.elapsed() > PATIENCE {
            return Err(format!("still under way after {PATIENCE:?}: {said}"));
        }
        tokio::time::sleep(PAUSE).await;
    }
}

async fn queues(client: &Client<HttpConnector, Full<Bytes>>, place: &Place) -> Vec<QueueContent> {
    let said = json_of(&send(client, get(format!("{}/_ministack/sqs/messages", place.endpoint))).await);
    // By account, region and queue. Of what is told in another form nobody may believe that it is empty.
    let parts =
        |value: &Value| value.as_object().cloned().unwrap_or_else(|| panic!("no list of queues: {said}"));
    let regions = parts(&said["messages"]).into_values().flat_map(|regions| parts(&regions));
    let queues = regions.flat_map(|(_, queues)| parts(&queues));
    let content = queues.map(|(name, messages)| QueueContent { messages: messages_of(&messages), name });
    let content: Vec<QueueContent> = content.collect();
    assert!(!content.is_empty(), "the template has queues: {said}");
    content
}

fn messages_of(messages: &Value) -> Vec<Message> {
    let text = |message: &Value, name: &str| message[name].as_str().unwrap_or_default().to_owned();
    let of = |message: &Value| Message {
        id: text(message, "MessageId"),
        at: Timestamp::from_second(message["SentTimestamp"].as_i64().unwrap_or_default()).unwrap_or_default(),
        body: serde_json::from_str(&text(message, "Body")).unwrap_or_default(),
        attributes: BTreeMap::new(),
    };
    let messages = messages.as_array().unwrap_or_else(|| panic!("no list of messages: {messages}"));
    messages.iter().map(of).collect()
}

fn get(uri: String) -> Request<Bytes> {
    Request::get(uri).body(Bytes::new()).expect("a plain request")
}

/// A call of an AWS service, as far as the emulator looks at its signature.
fn call(place: &Place, method: &str, path: &str, service: &str, body: impl Into<Bytes>) -> Request<Bytes> {
    let scope = format!(
        "AWS4-HMAC-SHA256 Credential=test/20260101/eu-west-1/{service}/aws4_request, SignedHeaders=host, Signature=0"
    );
    let request = Request::builder().method(method).uri(format!("{}{path}", place.endpoint));
    request.header("authorization", scope).body(body.into()).expect("a plain request")
}

async fn send(client: &Client<HttpConnector, Full<Bytes>>, request: Request<Bytes>) -> Response<Bytes> {
    let (parts, body) =
        client.request(request.map(Full::new)).await.expect("the emulator answers").into_parts();
    Response::from_parts(parts, body.collect().await.expect("it answers whole").to_bytes())
}

fn json_of(response: &Response<Bytes>) -> Value {
    serde_json::from_slice(response.body()).expect("the emulator answers in JSON")
}

/// Runs something that waits where nothing may wait.
fn apart<T: Send>(work: impl Future<Output = T> + Send) -> T {
    std::thread::scope(|scope| scope.spawn(|| runtime().block_on(work)).join().expect("it does not panic"))
}

fn runtime() -> tokio::runtime::Runtime {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a thread can have a runtime")
}

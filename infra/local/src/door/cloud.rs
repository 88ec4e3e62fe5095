//! The cloud itself: finds the service that a request is for, has it answered, and keeps what follows.

use std::collections::{HashMap, VecDeque};
use std::fmt;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use aws_config::SdkConfig;
use bytes::Bytes;
use dynoxide::actions::create_table::{self, CreateTableRequest};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use tokio::sync::Notify;

use super::clock::Clock;
use super::effect::{Due, Mail};
use super::entropy::{Entropy, machine_seed};
use super::fault::{Broken, Call, Fault, Request, Service};
use super::file::CloudError;
use super::issuer::Issuer;
use super::objects::{self, Bucket};
use super::reply::{Reply, caller_identity};
use super::route::addressed;
use super::store::{Store, TABLE_ROOM, is_streamed};
use super::{bus, connector, inbound, mail, table};

const CLOCK_ROOM: &str = "door/clock";
const START_ROOM: &str = "door/start";

/// How to open a [`Cloud`].
#[derive(Clone, Debug)]
pub struct CloudOptions {
    /// The folder of its file; `None` keeps everything in memory.
    pub data: Option<PathBuf>,
    /// Its time. With a folder that was used before, it is moved forward to where that one's clock would be.
    pub clock: Clock,
    /// Makes its randomness repeatable; `None` takes the machine's.
    pub seed: Option<u64>,
    /// The address of the staff's issuer, as in `STAFF_ISSUER`.
    pub issuer: String,
    /// Where it is reached over HTTP, which is what links to objects begin with.
    pub endpoint: String,
}

/// AWS in one process. Clones are the same cloud.
#[derive(Clone)]
pub struct Cloud(pub(super) Arc<Inner>);

pub(super) struct Inner {
    store: Mutex<Store>,
    clock: Clock,
    entropy: Entropy,
    issuer: Issuer,
    pub(super) calls: AtomicU64,
    pub(super) changes: AtomicU64,
    /// The last answer to each query of an index, for a fault that gives it again.
    indexed: Mutex<HashMap<String, Vec<u8>>>,
    endpoint: String,
    buckets: Mutex<Vec<Bucket>>,
    pub(super) log: Mutex<VecDeque<Request>>,
    fault: Mutex<Option<Injector>>,
    effects: Arc<Notify>,
    /// How much of something was used so far, processor time mostly.
    meter: OnceLock<fn() -> Duration>,
    /// What the meter counted, in nanoseconds.
    answering: AtomicU64,
}

type Injector = Box<dyn FnMut(&Call) -> Fault + Send>;

impl fmt::Debug for Cloud {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Cloud").finish_non_exhaustive()
    }
}

impl Cloud {
    /// Opens it: empty, or as it was left in its folder.
    pub fn open(options: CloudOptions) -> Result<Self, CloudError> {
        let store = Store::open(options.data.as_deref())?;
        let starts = store.kept_at(START_ROOM, "number")?.and_then(|starts| starts.as_u64()).unwrap_or(0);
        store.settle(&[], &[(START_ROOM, "number", json!(starts + 1))], &[])?;
        let seed = match options.seed {
            Some(seed) => seed,
            None => {
                machine_seed().map_err(|error| CloudError::Malformed(format!("no randomness: {error}")))?
            }
        };
        let entropy = Entropy::seeded(seed, starts);
        let issuer = Issuer::open(options.issuer.trim_end_matches('/').to_owned(), &store, &entropy)?;
        resume(&options.clock, &store)?;
        Ok(Self(Arc::new(Inner {
            store: Mutex::new(store),
            clock: options.clock,
            entropy,
            issuer,
            endpoint: options.endpoint.trim_end_matches('/').to_owned(),
            buckets: Mutex::default(),
            calls: AtomicU64::new(0),
            changes: AtomicU64::new(0),
            indexed: Mutex::default(),
            log: Mutex::default(),
            fault: Mutex::default(),
            effects: Arc::default(),
            meter: OnceLock::new(),
            answering: AtomicU64::new(0),
        })))
    }

    /// Makes a table from the properties of an `AWS::DynamoDB::Table`, or finds it as it was made.
    ///
    /// What has no meaning here (recovery, encryption, protection, tags, expiry) is left aside.
    pub fn create_table(&self, definition: &Value) -> Result<(), CloudError> {
        let name = definition["TableName"].as_str().unwrap_or_default();
        let (request, kept) = essentials(definition);
        let store = self.store();
        match store.kept_at(TABLE_ROOM, name)? {
            Some(earlier) if earlier == kept => return Ok(()),
            Some(_) => {
                return Err(CloudError::Malformed(format!(
                    "the table {name} of this data folder was made with another definition; use a new folder"
                )));
            }
            None => {}
        }
        let request: CreateTableRequest = serde_json::from_value(request)
            .map_err(|error| CloudError::Malformed(format!("table {name:?}: {error}")))?;
        // A kill between the two leaves the table without its note; it is then found as it is.
        match table::ready(create_table::execute(store.storage(), request)) {
            Ok(_) | Err(dynoxide::DynoxideError::ResourceInUseException(_)) => {}
            Err(error) => return Err(error.into()),
        }
        store.settle(&[], &[(TABLE_ROOM, name, kept.clone())], &[])?;
        store.watch(name, is_streamed(&kept), &[])
    }

    /// Makes a bucket, or has it as it is described now: its objects are those of its name.
    pub fn create_bucket(&self, bucket: &Bucket) {
        let mut buckets = locked(&self.0.buckets);
        buckets.retain(|known| known.name != bucket.name);
        buckets.push(bucket.clone());
    }

    /// Whether a path, `/bucket/key`, is within a bucket.
    pub fn is_of_bucket(&self, path: &str) -> bool {
        self.bucket(objects::named(path).0).is_some()
    }

    /// Takes a mail in as SES does, and puts it into a bucket; says under which key. What follows from it is kept with it.
    pub fn receive_mail(
        &self,
        raw: &[u8],
        to: &str,
        bucket: &str,
        prefix: &str,
    ) -> Result<String, CloudError> {
        let inner = &self.0;
        let bucket = self
            .bucket(bucket)
            .ok_or_else(|| CloudError::Malformed(format!("there is no bucket {bucket}")))?;
        let (at, number) = (inner.clock.now(), inner.calls.fetch_add(1, Ordering::Relaxed) + 1);
        let id = inner.entropy.uuid().replace('-', "");
        let (key, body) = (format!("{prefix}{id}"), inbound::handed_on(raw, to, at, &id));
        self.store().atomically(|store| {
            let events = objects::deliver(store, &bucket, (&key, body), (at, number), &inner.entropy)?;
            store.note_events(at, &events)
        })?;
        inner.effects.notify_one();
        Ok(key)
    }

    /// The keys of a bucket's objects, in order.
    pub fn object_keys(&self, bucket: &str) -> Result<Vec<String>, CloudError> {
        self.store().object_keys(bucket)
    }

    /// From now on the stream of a table tells of those items only whose partition key begins with one of these: what
    /// nobody listens to need not be kept and handed out.
    pub fn listen(&self, table: &str, prefixes: &[String]) -> Result<(), CloudError> {
        let store = self.store();
        let streamed = store.kept_at(TABLE_ROOM, table)?.is_some_and(|definition| is_streamed(&definition));
        store.watch(table, streamed, prefixes)
    }

    /// From now on what it takes to answer the steps' calls is counted by this meter, of which there is one for good.
    pub fn count_by(&self, meter: fn() -> Duration) {
        self.0.meter.get_or_init(|| meter);
    }

    /// What it took so far to answer the steps' calls: the part of their work that is AWS's own in a deployment.
    pub fn answering(&self) -> Duration {
        Duration::from_nanos(self.0.answering.load(Ordering::Relaxed))
    }

    /// Does what answers a call, and counts what it takes.
    pub(super) fn counted<R>(&self, answer: impl FnOnce() -> R) -> R {
        let Some(meter) = self.0.meter.get() else { return answer() };
        let before = meter();
        let answered = answer();
        let took = u64::try_from(meter().saturating_sub(before).as_nanos()).unwrap_or(u64::MAX);
        self.0.answering.fetch_add(took, Ordering::Relaxed);
        answered
    }

    /// The configuration that makes an SDK client a client of this cloud.
    pub fn sdk_config(&self) -> SdkConfig {
        connector::sdk_config(self)
    }

    /// Answers a request that came over HTTP. A lost answer is HTTP 500 here: the connection is the listener's.
    #[expect(clippy::unused_async, reason = "callers need not know that it never waits")]
    pub async fn call(&self, request: http::Request<Bytes>) -> http::Response<Bytes> {
        self.answer(&request).unwrap_or_else(|_| {
            Reply::error(Service::Issuer, 500, "InternalServerError", "the answer was lost").into_http(0)
        })
    }

    /// Where it is reached over HTTP.
    pub(super) fn endpoint(&self) -> &str {
        &self.0.endpoint
    }

    /// Its clock.
    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }

    /// Moves the clock forward, in the data folder too, and says what it shows.
    pub fn set_clock(&self, to: Timestamp) -> Result<Timestamp, CloudError> {
        let now = self.0.clock.set(to);
        let ahead = now.duration_since(Clock::real_time()).as_micros();
        let note = json!({"at": now.as_microsecond(), "ahead": i64::try_from(ahead).unwrap_or(i64::MAX)});
        self.store().settle(&[], &[(CLOCK_ROOM, "moved", note)], &[])?;
        Ok(now)
    }

    /// Fills `bytes` from the seeded source: the shells' randomness.
    pub fn next_bytes(&self, bytes: &mut [u8]) {
        self.0.entropy.fill(bytes);
    }

    /// The effects that were not taken in this process, in the order of commit. Each comes again after a restart
    /// until it is acknowledged.
    pub fn take_effects(&self) -> Result<Vec<Due>, CloudError> {
        self.store().take_effects()
    }

    /// Forgets effects whose delivery is settled.
    pub fn acknowledge(&self, ids: &[i64]) -> Result<(), CloudError> {
        self.store().acknowledge(ids)
    }

    /// Acknowledges effects, and keeps and forgets notes of the wiring's own (queues, retries, schedules), all or
    /// none: so that an effect can pass into a queue without a moment in neither or both. Rooms named `door/…` are
    /// the door's.
    pub fn settle(
        &self,
        acknowledged: &[i64],
        keep: &[(&str, &str, Value)],
        forget: &[(&str, &str)],
    ) -> Result<(), CloudError> {
        self.store().settle(acknowledged, keep, forget)
    }

    /// The notes kept in a room, by key.
    pub fn kept(&self, room: &str) -> Result<Vec<(String, Value)>, CloudError> {
        self.store().kept(room)
    }

    /// Wakes one waiter when there are new effects; remembers it when none waits.
    pub fn notified(&self) -> Arc<Notify> {
        Arc::clone(&self.0.effects)
    }

    /// All mails that SES accepted, oldest first.
    pub fn mails(&self) -> Result<Vec<Mail>, CloudError> {
        self.store().mails(0)
    }

    /// The mails that SES accepted after the first so many, for who reads them as they come.
    pub fn mails_after(&self, count: usize) -> Result<Vec<Mail>, CloudError> {
        self.store().mails(count)
    }

    /// Lets `fault` decide on each call from now on. It must not call the cloud itself.
    pub fn inject(&self, fault: Box<dyn FnMut(&Call) -> Fault + Send>) {
        *locked(&self.0.fault) = Some(fault);
    }

    /// Ends all faults.
    pub fn inject_nothing(&self) {
        *locked(&self.0.fault) = None;
    }

    /// A staff token as the issuer gives it, from now on for `lifetime`; `client` is what `STAFF_AUDIENCE` says.
    pub fn sign_staff_token(
        &self,
        name: &str,
        role: &str,
        client: &str,
        lifetime: SignedDuration,
    ) -> Result<String, CloudError> {
        self.0.issuer.sign((name, role), client, (self.0.clock.now(), lifetime), &self.0.entropy)
    }

    /// Answers, unless the answer is to be lost or its caller to die.
    pub(super) fn answer(&self, request: &http::Request<Bytes>) -> Result<http::Response<Bytes>, Broken> {
        let number = self.0.calls.fetch_add(1, Ordering::Relaxed) + 1;
        let Some((service, operation)) = addressed(request, |name| self.bucket(name).is_some()) else {
            let reply =
                Reply::error(Service::Issuer, 404, "UnknownOperationException", "nothing answers here");
            return Ok(reply.into_http(number));
        };
        let call = Call { number, service, operation: operation.to_owned(), at: self.0.clock.now() };
        let fault = locked(&self.0.fault).as_mut().map_or(Fault::None, |injector| injector(&call));
        let reply = match Reply::refusal(&call, fault, || table::entries(request.body())) {
            Some(refusal) => refusal,
            None => self.perform(&call, request, fault).unwrap_or_else(|error| {
                Reply::error(service, 500, "InternalServerError", &error.to_string())
            }),
        };
        self.note(&call, &reply, fault);
        match fault {
            Fault::LoseAnswer => Err(Broken::Lost),
            Fault::DieBefore | Fault::DieAfter if super::instance::number().is_none() => Err(Broken::Lost),
            Fault::DieBefore | Fault::DieAfter => Err(Broken::Dead),
            Fault::None
            | Fault::Throttle
            | Fault::Conflict
            | Fault::ServerError
            | Fault::Reject
            | Fault::Partial
            | Fault::Stale => Ok(reply.into_http(number)),
        }
    }

    fn perform(
        &self,
        call: &Call,
        request: &http::Request<Bytes>,
        fault: Fault,
    ) -> Result<Reply, CloudError> {
        let (inner, body) = (&self.0, request.body());
        let reply = match (call.service, call.operation.as_str()) {
            (Service::DynamoDb, operation) => {
                let reply = table::answer(&self.store(), operation, body, call.at, fault)?;
                if operation == "Query" { self.as_indexed(reply, body, fault) } else { reply }
            }
            (Service::EventBridge, "PutEvents") => {
                let (reply, events) = bus::put_events(body, call.at, fault, &inner.entropy);
                self.store().record(call.at, None, &events)?;
                reply
            }
            (Service::Ses, "SendEmail") => {
                let (reply, mail, events) = mail::send_email(body, call.at, &inner.entropy);
                self.store().record(call.at, mail.as_ref(), &events)?;
                reply
            }
            (Service::S3, _) => self.object(call, request)?,
            (Service::Issuer, "Discovery") => inner.issuer.discovery(),
            (Service::Issuer, "Keys") => inner.issuer.keys(),
            (Service::Issuer, operation) => {
                inner.issuer.sign_in(operation, request, call.at, &inner.entropy)?
            }
            (Service::Sts, _) => caller_identity(),
            (service, _) => Reply::error(service, 400, "UnknownOperationException", "not in this stand-in"),
        };
        let changed = match call.service {
            Service::DynamoDb => reply.write_units > 0.0,
            Service::EventBridge | Service::Ses | Service::S3 => reply.items > 0,
            Service::Sts | Service::Issuer => false,
        };
        if changed {
            self.changed();
            inner.effects.notify_one();
        }
        Ok(reply)
    }

    /// Answers a call on an object; what follows from it is kept in its own transaction.
    fn object(&self, call: &Call, request: &http::Request<Bytes>) -> Result<Reply, CloudError> {
        let Some(bucket) = self.bucket(objects::named(request.uri().path()).0) else {
            return Ok(Reply::error(Service::S3, 404, "NoSuchBucket", "there is no such bucket"));
        };
        self.store().atomically(|store| {
            let when = (call.at, call.number);
            let done = objects::answer(store, &bucket, request, when, &self.0.entropy)?;
            store.note_events(call.at, &done.events)?;
            Ok(done.reply)
        })
    }

    fn bucket(&self, name: &str) -> Option<Bucket> {
        locked(&self.0.buckets).iter().find(|bucket| bucket.name == name).cloned()
    }

    /// The answer to a query, or of an index the one before, when that is asked for.
    fn as_indexed(&self, mut reply: Reply, body: &[u8], fault: Fault) -> Reply {
        if locked(&self.0.fault).is_none() || reply.status != 200 {
            return reply;
        }
        let Some(query) = table::whole_query_of_index(body) else { return reply };
        let query = format!("{query} {}", reply.keys.join(" "));
        let mut indexed = locked(&self.0.indexed);
        match indexed.get(&query).filter(|_| fault == Fault::Stale) {
            Some(before) => reply.body.clone_from(before),
            None => drop(indexed.insert(query, reply.body.clone())),
        }
        reply
    }

    pub(super) fn store(&self) -> MutexGuard<'_, Store> {
        self.0.store.lock().unwrap_or_else(|poisoned| {
            let store = poisoned.into_inner();
            store.recover();
            self.0.store.clear_poison();
            store
        })
    }
}

pub(super) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A table's definition as `dynoxide` takes it, and as it is kept.
fn essentials(definition: &Value) -> (Value, Value) {
    let properties =
        ["TableName", "KeySchema", "AttributeDefinitions", "GlobalSecondaryIndexes", "LocalSecondaryIndexes"];
    let given =
        properties.into_iter().filter_map(|name| Some((name.to_owned(), definition.get(name)?.clone())));
    let mut kept = Value::Object(given.collect());
    let mut request = kept.clone();
    request["BillingMode"] = json!("PAY_PER_REQUEST");
    if is_streamed(definition) {
        kept["StreamSpecification"] = definition["StreamSpecification"].clone();
    }
    (request, kept)
}

/// Moves a clock to where the data folder's clock would be by now, or stands if it never moved.
fn resume(clock: &Clock, store: &Store) -> Result<(), CloudError> {
    let Some(note) = store.kept_at(CLOCK_ROOM, "moved")? else { return Ok(()) };
    let part = |name: &str| note[name].as_i64().unwrap_or_default();
    let at = if clock.is_running() {
        Clock::real_time().as_microsecond().saturating_add(part("ahead"))
    } else {
        part("at")
    };
    let at = Timestamp::from_microsecond(at)
        .map_err(|error| CloudError::Malformed(format!("the stored clock cannot be read: {error}")))?;
    clock.set(at);
    Ok(())
}

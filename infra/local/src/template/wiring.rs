//! The wiring as types: what the template says, with all names worked out.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::Value;

use crate::door::Bucket;
use crate::pattern::Pattern;
use crate::schedule::Recurrence;

/// Everything that the twin wires.
#[derive(Clone, Debug)]
pub struct Wiring {
    /// By folder name.
    pub functions: BTreeMap<String, Function>,
    /// The HTTP API's routes, the more exact before the less exact.
    pub routes: Vec<Route>,
    /// The HTTP API's authorizers, by name.
    pub authorizers: BTreeMap<String, Authorizer>,
    /// What the HTTP API tells browsers about other sites' pages.
    pub cors: Option<Cors>,
    /// Who reads the table's stream.
    pub streams: Vec<StreamSource>,
    /// Who is woken by events on a bus.
    pub rules: Vec<Rule>,
    /// Who is woken by the clock.
    pub schedules: Vec<Schedule>,
    /// All queues by name.
    pub queues: Vec<Queue>,
    /// All buckets.
    pub buckets: Vec<Bucket>,
    /// Which mail that comes in is put where.
    pub receipts: Vec<Receipt>,
    /// The one table.
    pub table: Table,
}

/// A rule for mail that comes in: its messages are put into a bucket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// Addresses, or domains with all their addresses.
    pub recipients: Vec<String>,
    /// The bucket's name.
    pub bucket: String,
    /// What the messages' keys begin with.
    pub prefix: String,
}

/// A Lambda function.
#[derive(Clone, Debug)]
pub struct Function {
    /// Its folder in `functions/`, which is its binary's name.
    pub name: String,
    /// As AWS names it.
    pub arn: String,
    /// Its environment variables.
    pub environment: BTreeMap<String, String>,
    /// How long it may run.
    pub timeout: Duration,
    /// What happens to its failures when nobody waits for its answer.
    pub asynchronous: Asynchronous,
}

/// How a function is invoked when nobody waits: its retries, and where their failure ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asynchronous {
    /// Retries, and how old an event may be.
    pub retry: Retry,
    /// The queue that gets a record of the failure (`DestinationConfig`).
    pub on_failure: Option<String>,
    /// The queue that gets the bare event (`DeadLetterQueue`).
    pub dead_letters: Option<String>,
}

/// Bounds of retrying.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retry {
    /// How often it is tried again; none is without end.
    pub attempts: Option<u32>,
    /// How old it may be when it is tried again; none is without end.
    pub age: Option<Duration>,
}

/// One route of the HTTP API.
#[derive(Clone, Debug)]
pub struct Route {
    /// `GET`, …; `ANY` for all.
    pub method: String,
    /// As the template writes it.
    pub path: String,
    /// The path cut at its slashes.
    pub segments: Vec<Segment>,
    /// Who answers.
    pub function: String,
    /// Who says whether the caller may; by name, see [`Wiring::authorizers`].
    pub authorizer: Option<String>,
}

/// One part of a route's path.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Segment {
    /// This very text.
    Literal(String),
    /// `{name}`: any one part.
    Variable(String),
    /// `{name+}`: one part or more, to the end.
    Greedy(String),
}

/// A Lambda authorizer of the HTTP API, payload 2.0, simple answers, nothing cached.
#[derive(Clone, Debug)]
pub struct Authorizer {
    /// Who decides.
    pub function: String,
    /// What the decision goes by; when one is absent, nobody is asked and the answer is 401.
    pub identity: Vec<IdentitySource>,
}

/// Something of a request that an authorizer decides by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IdentitySource {
    /// A header, in lower case.
    Header(String),
    /// The route itself: always there.
    RouteKey,
}

/// What pages of other sites may do (`CorsConfiguration`).
#[derive(Clone, Debug, Default)]
pub struct Cors {
    /// `https://www.example.org`, or `*`.
    pub origins: Vec<String>,
    /// Methods allowed.
    pub methods: Vec<String>,
    /// Request headers allowed, in lower case.
    pub headers: Vec<String>,
    /// Answer headers shown to the page.
    pub exposed: Vec<String>,
    /// Seconds that a browser may remember this.
    pub max_age: Option<i64>,
    /// Whether cookies may come along.
    pub credentials: bool,
}

/// A function's reading of the table's stream.
#[derive(Clone, Debug)]
pub struct StreamSource {
    /// Who is woken.
    pub function: String,
    /// The stream's ARN.
    pub stream: String,
    /// A record that passes one of these is delivered; all are when there are none.
    pub filters: Vec<Pattern>,
    /// At most so many records at once.
    pub batch: usize,
    /// How long to wait for a batch to fill.
    pub window: Duration,
    /// Whether a failing batch is halved.
    pub bisect: bool,
    /// Whether the function says which record failed (`ReportBatchItemFailures`).
    pub partial: bool,
    /// Retries, and how old a record may be.
    pub retry: Retry,
    /// The queue that is told of records given up.
    pub on_failure: Option<String>,
}

/// A rule on a bus and its one target.
#[derive(Clone, Debug)]
pub struct Rule {
    /// A name for logs and dead letters.
    pub name: String,
    /// The bus's name; `default` for events of AWS services.
    pub bus: String,
    /// Which events.
    pub pattern: Pattern,
    /// Who is woken.
    pub function: String,
    /// Retries of the delivery, and how old an event may be.
    pub retry: Retry,
    /// The queue for events that cannot be delivered.
    pub dead_letters: Option<String>,
}

/// A schedule and its one target.
#[derive(Clone, Debug)]
pub struct Schedule {
    /// A name for logs and dead letters.
    pub name: String,
    /// When it is due.
    pub recurrence: Recurrence,
    /// Who is woken.
    pub function: String,
    /// What the function gets instead of the scheduler's own event.
    pub input: Option<String>,
    /// Retries of the delivery, and how late it may be.
    pub retry: Retry,
    /// The queue for turns that cannot be delivered.
    pub dead_letters: Option<String>,
}

/// A queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Queue {
    /// Its name.
    pub name: String,
    /// As AWS names it.
    pub arn: String,
}

/// The table's definition.
#[derive(Clone, Debug)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Its properties in the form of CloudFormation: keys, attributes, indexes, stream.
    pub definition: Value,
}

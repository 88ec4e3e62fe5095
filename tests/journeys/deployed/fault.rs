//! One fault in one call: a rule of the proxy that stands between the functions and the emulator.

use std::fmt;
use std::io::Write;

use local::door::{Request, Service};
use serde_json::{Value, json};

use crate::desk::deployed::Place;

/// A kind of call: the operation, and where one step makes it on several kinds of items, of which.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Call {
    service: &'static str,
    operation: String,
    /// What the item's partition key begins with.
    kind: Option<String>,
}

/// How a call fails.
#[derive(Clone, Copy, Debug)]
pub(super) enum Way {
    /// Before anything is done, by the service's own failure.
    Refused,
    /// After it is done: the answer does not arrive.
    AnswerLost,
    /// Before anything is done, because there are too many.
    Throttled,
}

/// A fault that is waiting for its call.
pub(super) struct Fault(&'static Place);

impl Way {
    pub(super) const ALL: [Way; 3] = [Way::Refused, Way::AnswerLost, Way::Throttled];
}

impl Call {
    /// The kind that a request was of.
    pub(super) fn of(request: &Request) -> Option<Call> {
        let service = match request.call.service {
            Service::DynamoDb => "dynamodb",
            Service::EventBridge => "events",
            Service::Ses => "sesv2",
            // None of the steps here has to do with files.
            Service::S3 | Service::Sts | Service::Issuer => return None,
        };
        let operation = request.call.operation.clone();
        let alone = ["GetItem", "PutItem", "UpdateItem", "DeleteItem"].contains(&operation.as_str());
        let key = request.keys.first().filter(|_| alone).and_then(|key| key.split_inclusive('#').next());
        Some(Call { service, operation, kind: key.map(ToOwned::to_owned) })
    }

    /// How many mails one letter may become: two, where SES took one and nobody heard of it.
    pub(super) fn most_letters(&self, way: Way) -> usize {
        if self.service == "sesv2" && matches!(way, Way::AnswerLost) { 2 } else { 1 }
    }

    /// What the proxy tells its request by.
    fn rule(&self, step: &str, way: Way) -> Value {
        let mut rule = json!({
            "service": self.service, "operation": self.operation, "times": 1,
            "headers": {"user-agent": format!("app/{step}")},
        });
        if let Some(kind) = &self.kind {
            let place = if self.operation == "PutItem" { "Item" } else { "Key" };
            rule["body"] = json!(format!("starts_with({place}.pk.S, '{kind}')"));
        }
        match way {
            Way::AnswerLost => rule["response"] = json!({"abort_bytes": 0}),
            Way::Refused => rule["error"] = json!({"code": self.failure(), "status": 500}),
            Way::Throttled => {
                rule["error"] = json!({"code": self.throttling(), "status": self.throttled_status()});
            }
        }
        rule
    }

    fn failure(&self) -> &'static str {
        match self.service {
            "events" => "InternalException",
            "sesv2" => "InternalServiceErrorException",
            _ => "InternalServerError",
        }
    }

    fn throttling(&self) -> &'static str {
        match self.service {
            "sesv2" => "TooManyRequestsException",
            _ => "ThrottlingException",
        }
    }

    fn throttled_status(&self) -> u16 {
        if self.service == "sesv2" { 429 } else { 400 }
    }
}

impl fmt::Display for Call {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{} {}", self.service, self.operation, self.kind.as_deref().unwrap_or_default())
    }
}

impl Fault {
    /// Makes the next such call of the step fail.
    pub(super) async fn inject(step: &str, call: &Call, way: Way) -> Fault {
        let place = Place::given().expect("the scenarios run in a deployment");
        place.control("DELETE", "fired", None).await;
        place.control("POST", "rules", Some(json!([call.rule(step, way)]))).await;
        Fault(place)
    }

    /// Ends it; says whether it struck.
    pub(super) async fn lift(self) -> bool {
        self.0.control("POST", "rules", Some(json!([]))).await;
        let fired = self.0.control("GET", "fired", None).await;
        fired.as_array().is_some_and(|fired| fired.len() == 1)
    }
}

/// Writes down that a scenario was played.
pub(super) fn note(step: &str, call: &Call, way: Way) {
    let place = Place::given().expect("the scenarios run in a deployment");
    let file = std::fs::OpenOptions::new().append(true).create(true).open(&place.scenarios);
    writeln!(file.expect("the list can be written"), "{step} {call} {way:?}").expect("a line can be written");
}

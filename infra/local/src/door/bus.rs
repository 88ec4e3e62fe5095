//! EventBridge: `PutEvents`, entry by entry.

use jiff::{Timestamp, fmt::temporal::DateTimePrinter};
use serde::Deserialize;
use serde_json::{Value, json};

use super::entropy::Entropy;
use super::fault::{Fault, Service};
use super::reply::Reply;
use super::{ACCOUNT, REGION};

const LARGEST_REQUEST: usize = 256 * 1024;
const MOST_ENTRIES: usize = 10;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct PutEvents {
    entries: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Entry {
    source: Option<String>,
    detail_type: Option<String>,
    detail: Option<String>,
    event_bus_name: Option<String>,
    #[serde(default)]
    resources: Vec<String>,
    /// Seconds since the epoch.
    time: Option<f64>,
}

/// The answer, and the events that were accepted with their buses.
pub(super) fn put_events(
    body: &[u8],
    at: Timestamp,
    fault: Fault,
    entropy: &Entropy,
) -> (Reply, Vec<(String, Value)>) {
    let request: PutEvents = match serde_json::from_slice(body) {
        Ok(request) => request,
        Err(error) => return (refused("SerializationException", &error.to_string()), Vec::new()),
    };
    if request.entries.is_empty() || request.entries.len() > MOST_ENTRIES {
        return (refused("ValidationException", "a request holds 1 to 10 entries"), Vec::new());
    }
    if request.entries.iter().map(size).sum::<usize>() > LARGEST_REQUEST {
        return (
            refused("ValidationException", "Total size of the entries in the request is over the limit."),
            Vec::new(),
        );
    }
    let (mut results, mut accepted) = (Vec::new(), Vec::new());
    for (number, entry) in request.entries.into_iter().enumerate() {
        let failing = fault == Fault::Partial && number % 2 == 0;
        match if failing { Err(("InternalFailure", "injected")) } else { event(entry, at, entropy) } {
            Ok((bus, event)) => {
                results.push(json!({"EventId": event["id"]}));
                accepted.push((bus, event));
            }
            Err((code, message)) => results.push(json!({"ErrorCode": code, "ErrorMessage": message})),
        }
    }
    let failed = results.len() - accepted.len();
    let mut reply =
        Reply::json(Service::EventBridge, &json!({"FailedEntryCount": failed, "Entries": results}));
    reply.items = accepted.len();
    (reply, accepted)
}

/// An event as a bus hands it to a target.
pub(super) fn envelope(
    id: &str,
    kind: &str,
    source: &str,
    at: Timestamp,
    resources: &[String],
    detail: &Value,
) -> Value {
    json!({
        "version": "0",
        "id": id,
        "detail-type": kind,
        "source": source,
        "account": ACCOUNT,
        "time": to_the_second(at),
        "region": REGION,
        "resources": resources,
        "detail": detail,
    })
}

fn event(
    entry: Entry,
    at: Timestamp,
    entropy: &Entropy,
) -> Result<(String, Value), (&'static str, &'static str)> {
    let given = |text: Option<String>| text.filter(|text| !text.is_empty());
    let source = given(entry.source).ok_or((
        "InvalidArgument",
        "Parameter Source is not valid. Reason: Source is a required argument.",
    ))?;
    let kind = given(entry.detail_type).ok_or((
        "InvalidArgument",
        "Parameter DetailType is not valid. Reason: DetailType is a required argument.",
    ))?;
    let detail = given(entry.detail).ok_or((
        "InvalidArgument",
        "Parameter Detail is not valid. Reason: Detail is a required argument.",
    ))?;
    let detail: Value =
        serde_json::from_str(&detail).map_err(|_| ("MalformedDetail", "Detail is malformed."))?;
    if !detail.is_object() {
        return Err(("MalformedDetail", "Detail is malformed."));
    }
    if source.starts_with("aws.") {
        return Err(("NotAuthorizedForSourceException", "Not authorized for the source."));
    }
    let bus = given(entry.event_bus_name).unwrap_or_else(|| "default".into());
    let bus = bus.rsplit('/').next().unwrap_or_default().to_owned();
    #[expect(clippy::cast_possible_truncation, reason = "EventBridge itself counts in seconds")]
    let at = entry.time.and_then(|time| Timestamp::from_second(time as i64).ok()).unwrap_or(at);
    Ok((bus, envelope(&entropy.uuid(), &kind, &source, at, &entry.resources, &detail)))
}

/// As EventBridge weighs an entry: 14 bytes for a time, the UTF-8 length of the rest.
fn size(entry: &Entry) -> usize {
    let text = |text: &Option<String>| text.as_ref().map_or(0, String::len);
    let time = if entry.time.is_some() { 14 } else { 0 };
    let resources: usize = entry.resources.iter().map(String::len).sum();
    time + text(&entry.source) + text(&entry.detail_type) + text(&entry.detail) + resources
}

fn to_the_second(at: Timestamp) -> String {
    DateTimePrinter::new().precision(Some(0)).timestamp_to_string(&at)
}

fn refused(name: &str, message: &str) -> Reply {
    Reply::error(Service::EventBridge, 400, name, message)
}

//! S3: objects of the buckets that the template has, addressed by path (`/bucket/key`), unversioned.
//!
//! Signed calls by a program, presigned links and browsers' forms. What a link or a form is bound to (time, size, type,
//! checksum, key) is checked as S3 does, so that tests show what bounds there are. What arrives is told to the default
//! bus where the bucket asks for it (`Object Created`), and scanned where it is to be (`scan`). Not here: versions, parts,
//! lists, ranges, access lists, and removal by age.

mod form;
mod keep;
mod ops;
mod policy;
mod refusal;
mod scan;
mod signature;
mod write;

use bytes::Bytes;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::entropy::Entropy;
use super::file::CloudError;
use super::reply::Reply;
use super::store::Store;
use super::{REGION, bus};

pub(super) use keep::{Object, TABLE};
use refusal::Refusal;
pub(super) use refusal::injected;
pub(super) use scan::EICAR;

/// A bucket, as the template describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bucket {
    /// Its name.
    pub name: String,
    /// Whether the default bus is told what arrives.
    pub notifies: bool,
    /// What keys begin with whose objects are scanned for malware as they arrive.
    pub scanned: Vec<String>,
}

/// What a call did: the answer, and the events that follow from it.
pub(super) struct Done {
    pub(super) reply: Reply,
    pub(super) events: Vec<(String, Value)>,
}

/// A request on a bucket.
struct Asked<'a> {
    request: &'a http::Request<Bytes>,
    bucket: &'a Bucket,
    /// The object's key, decoded; empty for the bucket itself.
    key: String,
    at: Timestamp,
    number: u64,
}

/// The bucket and key that a path names: `/bucket/key`.
pub(super) fn named(path: &str) -> (&str, &str) {
    let path = path.strip_prefix('/').unwrap_or(path);
    path.split_once('/').unwrap_or((path, ""))
}

/// What S3 calls a request, by its method, path and headers.
pub(super) fn operation(request: &http::Request<Bytes>) -> &'static str {
    let (_, key) = named(request.uri().path());
    match (request.method().as_str(), key.is_empty()) {
        ("PUT", false) if request.headers().contains_key("x-amz-copy-source") => "CopyObject",
        ("PUT", false) => "PutObject",
        ("GET", false) => "GetObject",
        ("HEAD", false) => "HeadObject",
        ("DELETE", false) => "DeleteObject",
        ("POST", true) => "PostObject",
        _ => "Unknown",
    }
}

/// Answers a request on a bucket.
pub(super) fn answer(
    store: &Store,
    bucket: &Bucket,
    request: &http::Request<Bytes>,
    (at, number): (Timestamp, u64),
    entropy: &Entropy,
) -> Result<Done, CloudError> {
    let (_, key) = named(request.uri().path());
    let key = percent_encoding::percent_decode_str(key).decode_utf8_lossy().into_owned();
    let asked = Asked { request, bucket, key, at, number };
    let outcome = match operation(request) {
        "PostObject" => write::post(store, &asked)?,
        "PutObject" => {
            signature::check(&asked).map_or_else(|no| Ok(Err(no)), |()| write::put(store, &asked))?
        }
        "CopyObject" => {
            signature::check(&asked).map_or_else(|no| Ok(Err(no)), |()| write::copy(store, &asked))?
        }
        "GetObject" | "HeadObject" => {
            signature::check(&asked).map_or_else(|no| Ok(Err(no)), |()| ops::get(store, &asked))?
        }
        "DeleteObject" => {
            signature::check(&asked).map_or_else(|no| Ok(Err(no)), |()| ops::delete(store, &asked))?
        }
        _ => Err(Refusal::new(501, "NotImplemented", "not in this stand-in")),
    };
    let (mut reply, events) = match outcome {
        Ok((reply, None)) => (reply, Vec::new()),
        Ok((reply, Some(arrival))) => (reply, told(bucket, &arrival, at, entropy)),
        Err(refusal) => (refusal.into_reply(request.method() == http::Method::HEAD), Vec::new()),
    };
    // Of a copy, what it is made of comes first.
    reply.keys.extend(write::source(request.headers()).map(|(_, key)| key));
    reply.keys.push(asked.key);
    Ok(Done { reply, events })
}

/// Puts an object into a bucket as a service of AWS does.
pub(super) fn deliver(
    store: &Store,
    bucket: &Bucket,
    (key, body): (&str, Vec<u8>),
    (at, number): (Timestamp, u64),
    entropy: &Entropy,
) -> Result<Vec<(String, Value)>, CloudError> {
    let object = Object { key: key.to_owned(), at, etag: write::etag(&body), headers: Vec::new(), body };
    store.put_object(&bucket.name, &object)?;
    Ok(told(bucket, &Arrival { object, reason: "PutObject", number }, at, entropy))
}

/// What a call comes to: its answer with the object that arrived, if one did; or why not.
type Outcome = Result<Result<(Reply, Option<Arrival>), Refusal>, CloudError>;

/// An object that has just arrived.
struct Arrival {
    object: Object,
    /// `PutObject`, `CopyObject` or `POST Object`.
    reason: &'static str,
    number: u64,
}

fn told(bucket: &Bucket, arrival: &Arrival, at: Timestamp, entropy: &Entropy) -> Vec<(String, Value)> {
    let mut events = Vec::new();
    if bucket.notifies {
        events.push(created(bucket, arrival, at, entropy));
    }
    if bucket.scanned.iter().any(|prefix| arrival.object.key.starts_with(prefix.as_str())) {
        events.extend(scan::result(bucket, &arrival.object, at, entropy));
    }
    events.into_iter().map(|event| ("default".to_owned(), event)).collect()
}

fn created(bucket: &Bucket, arrival: &Arrival, at: Timestamp, entropy: &Entropy) -> Value {
    let Arrival { object, reason, number } = arrival;
    let detail = json!({
        "version": "0",
        "bucket": {"name": bucket.name},
        "object": {
            "key": object.key,
            "size": object.body.len(),
            "etag": object.etag,
            "sequencer": format!("{number:018X}"),
        },
        "request-id": format!("{number:016X}"),
        "requester": super::ACCOUNT,
        "source-ip-address": "127.0.0.1",
        "reason": reason,
    });
    let arn = format!("arn:aws:s3:::{}", bucket.name);
    bus::envelope(&entropy.uuid(), "Object Created", "aws.s3", at, &[arn], &detail)
}

/// The scope of signatures of this stand-in, after the date.
fn scope(date: &str) -> String {
    format!("{date}/{REGION}/s3/aws4_request")
}

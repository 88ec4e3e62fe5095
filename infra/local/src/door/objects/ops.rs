//! What reads an object, or removes it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::Method;

use super::super::reply::Reply;
use super::super::store::Store;
use super::refusal::Refusal;
use super::signature::Query;
use super::write::text;
use super::{Asked, Object, Outcome};

/// `GetObject` and `HeadObject`. A signed link may say what some of the answer's headers are.
pub(super) fn get(store: &Store, asked: &Asked<'_>) -> Outcome {
    let Some(object) = store.object(&asked.bucket.name, &asked.key)? else { return Ok(Err(no_such_key())) };
    if !is_match(text(asked.request.headers(), "if-match"), &object) {
        return Ok(Err(precondition_failed()));
    }
    let mut reply = Reply { status: 200, items: 1, content_type: "binary/octet-stream", ..Reply::default() };
    let mut set = |name: &str, value: String| {
        reply.headers.retain(|(known, _)| known != name);
        reply.headers.push((name.to_owned(), value));
    };
    set("etag", format!("\"{}\"", object.etag));
    set("content-length", object.body.len().to_string());
    set("last-modified", object.at.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string());
    for (name, value) in &object.headers {
        set(name, plain(value));
    }
    let query = Query::of(asked.request.uri().query().unwrap_or_default());
    for name in ["content-disposition", "content-type", "cache-control"] {
        if let Some(value) = query.get(&format!("response-{name}")) {
            set(name, value.to_owned());
        }
    }
    if asked.request.method() == Method::GET {
        reply.body = object.body;
    }
    Ok(Ok((reply, None)))
}

/// `DeleteObject`: no error where there is nothing, unless a condition asks for something.
pub(super) fn delete(store: &Store, asked: &Asked<'_>) -> Outcome {
    if let Some(wanted) = text(asked.request.headers(), "if-match") {
        match store.object(&asked.bucket.name, &asked.key)? {
            None => return Ok(Err(no_such_key())),
            Some(object) if !is_match(Some(wanted), &object) => return Ok(Err(precondition_failed())),
            Some(_) => {}
        }
    }
    store.delete_object(&asked.bucket.name, &asked.key)?;
    Ok(Ok((Reply { status: 204, items: 1, content_type: "application/xml", ..Reply::default() }, None)))
}

pub(super) fn is_match(wanted: Option<&str>, object: &Object) -> bool {
    wanted.is_none_or(|etag| etag.trim_matches('"') == object.etag)
}

pub(super) fn no_such_key() -> Refusal {
    Refusal::new(404, "NoSuchKey", "The specified key does not exist.")
}

pub(super) fn precondition_failed() -> Refusal {
    let why = "At least one of the pre-conditions you specified did not hold";
    Refusal::new(412, "PreconditionFailed", why)
}

/// A value as a header can have it: what is not ASCII comes back encoded (RFC 2047).
fn plain(value: &str) -> String {
    if value.is_ascii() { value.to_owned() } else { format!("=?UTF-8?B?{}?=", STANDARD.encode(value)) }
}

//! A function's answer as the gateway sends it.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode, header};
use serde_json::Value;

/// The largest answer that Lambda hands on.
const LARGEST_ANSWER: usize = 6 * 1024 * 1024;

/// The response that an answer describes, or none when it describes none.
pub(super) fn response(answer: Value) -> Option<Response<Bytes>> {
    let Some(status) = answer.get("statusCode").cloned() else { return inferred(&answer) };
    let mut response = Response::new(body(&answer)?);
    *response.status_mut() = status_code(&status)?;
    if response.body().len() > LARGEST_ANSWER {
        return None;
    }
    for (name, value) in answer.get("headers").and_then(Value::as_object).into_iter().flatten() {
        add(response.headers_mut(), name, value)?;
    }
    for cookie in answer.get("cookies").and_then(Value::as_array).into_iter().flatten() {
        response.headers_mut().append(header::SET_COOKIE, HeaderValue::from_str(cookie.as_str()?).ok()?);
    }
    let plain = HeaderValue::from_static("text/plain; charset=utf-8");
    response.headers_mut().entry(header::CONTENT_TYPE).or_insert(plain);
    Some(response)
}

/// Without a status the whole answer is the body.
fn inferred(answer: &Value) -> Option<Response<Bytes>> {
    let body = answer.as_str().map_or_else(|| answer.to_string(), str::to_owned);
    let mut response = Response::new(Bytes::from(body));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    (response.body().len() <= LARGEST_ANSWER).then_some(response)
}

fn body(answer: &Value) -> Option<Bytes> {
    let text = match answer.get("body") {
        None | Some(Value::Null) => return Some(Bytes::new()),
        Some(body) => body.as_str()?,
    };
    match answer.get("isBase64Encoded").and_then(Value::as_bool) {
        Some(true) => BASE64_STANDARD.decode(text).ok().map(Bytes::from),
        _ => Some(Bytes::from(text.to_owned())),
    }
}

fn status_code(status: &Value) -> Option<StatusCode> {
    let number = status.as_u64().or_else(|| status.as_str()?.parse().ok())?;
    StatusCode::from_u16(u16::try_from(number).ok()?).ok()
}

fn add(headers: &mut HeaderMap, name: &str, value: &Value) -> Option<()> {
    let name: HeaderName = name.parse().ok()?;
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Bool(flag) => flag.to_string(),
        _ => return None,
    };
    // Connection and length are the listener's own.
    if ![header::CONNECTION, header::CONTENT_LENGTH, header::TRANSFER_ENCODING].contains(&name) {
        headers.append(name, HeaderValue::from_str(&text).ok()?);
    }
    Some(())
}

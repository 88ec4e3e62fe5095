//! Mail to the desk: what a customer's own mail program would send.

use axum::Json;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::json;

use super::api::has;
use super::{Twin, TwinError};
use crate::door::recipients;

/// Whom a message is for, where its headers do not say.
#[derive(Deserialize)]
pub(super) struct For {
    to: Option<String>,
}

/// A message in parts.
#[derive(Deserialize)]
struct Parts {
    from: String,
    to: String,
    #[serde(default)]
    subject: String,
    #[serde(default)]
    text: String,
}

/// `POST /twin/inbound`: a whole message (`message/rfc822`), or its parts as JSON or form. It goes the way that SES would
/// hand it on, all of it done when this answers.
pub(super) async fn receive(
    State(twin): State<Twin>,
    Query(given): Query<For>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, TwinError> {
    let is_form = has(&headers, http::header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let (raw, named) = if has(&headers, http::header::CONTENT_TYPE, "message/rfc822") {
        (body.to_vec(), recipients(&body))
    } else {
        let parts: Parts = if is_form {
            let fields: std::collections::BTreeMap<String, String> =
                form_urlencoded::parse(&body).into_owned().collect();
            serde_json::from_value(json!(fields))
        } else {
            serde_json::from_slice(&body)
        }
        .map_err(|error| TwinError::Refused(format!("the mail is not understood: {error}")))?;
        let id = uuid::Uuid::from_u128(u128::from_be_bytes(random(&twin))).simple().to_string();
        (message(&parts, twin.world.now(), &id)?, vec![parts.to])
    };
    let to = given.to.into_iter().chain(named).find(|address| twin.world.takes_mail_for(address));
    let to = to.ok_or_else(|| TwinError::Refused("nobody here takes mail for that address".into()))?;
    twin.world.receive_mail(&raw, &to)?;
    twin.world.settle().await?;
    if is_form {
        return Ok(Redirect::to("/twin/inbox").into_response());
    }
    Ok((StatusCode::ACCEPTED, Json(json!({ "to": to }))).into_response())
}

fn random(twin: &Twin) -> [u8; 16] {
    let mut bytes = [0; 16];
    twin.world.cloud().next_bytes(&mut bytes);
    bytes
}

/// The message that a plain mail program would make of the parts.
fn message(parts: &Parts, now: Timestamp, id: &str) -> Result<Vec<u8>, TwinError> {
    let lines = [&parts.from, &parts.to, &parts.subject];
    if lines.iter().any(|line| line.contains(char::is_control)) {
        return Err(TwinError::Refused("from, to and subject are one line each".into()));
    }
    let date = jiff::fmt::rfc2822::to_string(&now.to_zoned(jiff::tz::TimeZone::UTC));
    let date = date.map_err(|error| TwinError::Refused(error.to_string()))?;
    let Parts { from, to, subject, text } = parts;
    let text = text.replace("\r\n", "\n").replace('\n', "\r\n");
    Ok(format!(
        "From: {from}\r\nTo: {to}\r\nSubject: {subject}\r\nDate: {date}\r\nMessage-ID: <{id}@twin.example>\r\n\
         MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{text}\r\n"
    )
    .into_bytes())
}

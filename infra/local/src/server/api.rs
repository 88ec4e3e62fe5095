//! The twin for programs: mails, clock, queues and staff tokens as JSON. A browser that asks for HTML gets a page.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use bytes::Bytes;
use http::{HeaderMap, StatusCode, header};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};

use super::moves::Move;
use super::{Twin, TwinError, pages};
use crate::door::Mail;

const ROLES: [&str; 3] = ["csr", "manager", "final"];

/// `GET /twin/mails`: all mails, once everything due has been delivered.
pub(super) async fn mails(State(twin): State<Twin>) -> Result<Json<Value>, TwinError> {
    twin.world.settle().await?;
    let mails: Vec<Value> = twin.world.mails()?.iter().map(described).collect();
    Ok(Json(mails.into()))
}

/// `GET /twin/clock`
pub(super) async fn clock(State(twin): State<Twin>) -> Json<Value> {
    Json(json!({"now": twin.world.now(), "running": twin.world.is_running()}))
}

/// `POST /twin/clock`: answers when everything due on the way has been done. A form comes back to its page.
pub(super) async fn move_clock(
    State(twin): State<Twin>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, TwinError> {
    // curl calls everything a form that it is not told the type of.
    let is_form =
        has(&headers, header::CONTENT_TYPE, "application/x-www-form-urlencoded") && !body.starts_with(b"{");
    let to = match target(&twin, &body, is_form) {
        Err(TwinError::Refused(problem)) if is_form => {
            let page = pages::clock(&twin, Some(&problem)).await?;
            return Ok((StatusCode::BAD_REQUEST, page).into_response());
        }
        target => target?,
    };
    let now = twin.world.advance_to(to).await?;
    if is_form {
        return Ok(Redirect::to("/twin/").into_response());
    }
    Ok(Json(json!({"now": now, "running": twin.world.is_running()})).into_response())
}

fn target(twin: &Twin, body: &[u8], is_form: bool) -> Result<Timestamp, TwinError> {
    let wanted: Result<Move, _> = if is_form {
        let fields: BTreeMap<String, String> = form_urlencoded::parse(body).into_owned().collect();
        serde_json::from_value(json!(fields))
    } else {
        serde_json::from_slice(body)
    };
    let wanted =
        wanted.map_err(|error| TwinError::Refused(format!("the move is not understood: {error}")))?;
    wanted.target(twin.world.now(), &twin.world.zone())
}

/// `GET /twin/queues`: each queue with its messages, once everything due has been delivered.
pub(super) async fn queues(State(twin): State<Twin>, headers: HeaderMap) -> Result<Response, TwinError> {
    twin.world.settle().await?;
    let queues = twin.world.queues().await;
    if has(&headers, header::ACCEPT, "text/html") {
        return pages::queues(&twin, &queues);
    }
    Ok(Json(queues).into_response())
}

/// Whose token is asked for.
#[derive(Deserialize)]
pub(super) struct Wanted {
    name: Option<String>,
    role: Option<String>,
}

/// `GET /twin/token?name=…&role=…`
pub(super) async fn token(
    State(twin): State<Twin>,
    headers: HeaderMap,
    Query(wanted): Query<Wanted>,
) -> Result<Response, TwinError> {
    let name = wanted.name.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
    let name = name.ok_or_else(|| TwinError::Refused("say whose token it is to be: name=…".into()))?;
    let role = wanted.role.unwrap_or_default();
    if !ROLES.contains(&role.as_str()) {
        return Err(TwinError::Refused(format!("role {role:?} is not one of csr, manager, final")));
    }
    let token = twin.world.token(&name, &role)?;
    if has(&headers, header::ACCEPT, "text/html") {
        return pages::token(&twin, &name, &role, &token);
    }
    Ok(Json(json!({ "token": token })).into_response())
}

fn described(mail: &Mail) -> Value {
    let pairs = |pairs: &[(String, String)]| pairs.iter().cloned().collect::<BTreeMap<_, _>>();
    json!({
        "id": mail.message_id,
        "at": mail.at,
        "from": mail.from,
        "to": mail.to,
        "reply_to": mail.reply_to,
        "subject": mail.subject,
        "headers": pairs(&mail.headers),
        "text": mail.text,
        "html": mail.html,
        "attachments": mail.attachments,
        "tags": pairs(&mail.tags),
        "delivered": mail.delivered,
    })
}

pub(super) fn has(headers: &HeaderMap, name: header::HeaderName, wanted: &str) -> bool {
    headers.get(name).and_then(|value| value.to_str().ok()).is_some_and(|value| value.contains(wanted))
}

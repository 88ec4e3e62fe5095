//! The HTTP API in front of the functions, as API Gateway is: routes, authorizer, CORS, limits, payload format 2.0.
//!
//! Its own answers are `{"message": …}`, which clients must take as well as those of the steps.

use std::net::{IpAddr, Ipv4Addr};

use bytes::Bytes;
use http::{HeaderValue, Method, Request, Response, StatusCode, header};
use jiff::Timestamp;
use serde_json::{Value, json};

mod answer;
mod cors;
mod event;
mod route;
#[cfg(test)]
mod tests;

use crate::runner::Runner;
use crate::template::{Authorizer, IdentitySource};
use event::Arrival;

/// The largest body that API Gateway takes.
pub(crate) const LARGEST_BODY: usize = 10 * 1024 * 1024;
/// The largest event that Lambda takes from one who waits.
const LARGEST_EVENT: usize = 6 * 1024 * 1024;
/// The request line and all headers together.
const LARGEST_HEAD: usize = 10_240;

/// Answers a request that came in at `now`; the peer's address is taken from the request's extensions.
pub(crate) async fn answer(
    runner: &Runner,
    request: Request<Bytes>,
    id: &str,
    now: Timestamp,
) -> Response<Bytes> {
    let origin = request.headers().get(header::ORIGIN).cloned();
    let cors = runner.wiring.cors.as_ref();
    let mut response = match cors.filter(|_| cors::is_preflight(&request)) {
        Some(_) => {
            let mut response = Response::new(Bytes::new());
            *response.status_mut() = StatusCode::NO_CONTENT;
            response
        }
        None => routed(runner, &request, id, now).await.unwrap_or_else(own),
    };
    if let Some(cors) = cors {
        let preflight = request.method() == Method::OPTIONS;
        cors::tell(cors, origin.as_ref(), preflight, response.headers_mut());
    }
    if let Ok(id) = HeaderValue::from_str(id) {
        response.headers_mut().insert("apigw-requestid", id);
    }
    response
}

async fn routed(
    runner: &Runner,
    request: &Request<Bytes>,
    id: &str,
    now: Timestamp,
) -> Result<Response<Bytes>, StatusCode> {
    if head_size(request) > LARGEST_HEAD {
        return Err(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE);
    }
    let (route, parameters) =
        route::find(&runner.wiring.routes, request.method().as_str(), request.uri().path())
            .ok_or(StatusCode::NOT_FOUND)?;
    let arrival = Arrival { request, route, parameters, peer: peer(request), id, now };
    let context = match &route.authorizer {
        Some(name) => Some(authorized(runner, &runner.wiring.authorizers[name], &arrival).await?),
        None => None,
    };
    if request.body().len() > LARGEST_BODY {
        return Err(StatusCode::PAYLOAD_TOO_LARGE);
    }
    let event = arrival.event(context);
    // No byte takes more than six in JSON, so that most events need not be written out for this.
    let may_be_large = request.body().len() > LARGEST_EVENT / 8;
    if may_be_large && event.to_string().len() > LARGEST_EVENT {
        return Err(StatusCode::PAYLOAD_TOO_LARGE);
    }
    let result = runner.run(&route.function, event).await.map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?;
    answer::response(result).ok_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// What the authorizer says of the caller, when it lets them in.
async fn authorized(
    runner: &Runner,
    authorizer: &Authorizer,
    arrival: &Arrival<'_>,
) -> Result<Value, StatusCode> {
    let mut sources = Vec::new();
    for source in &authorizer.identity {
        let value = match source {
            IdentitySource::Header(name) => arrival.header(name).ok_or(StatusCode::UNAUTHORIZED)?,
            IdentitySource::RouteKey => arrival.route_key(),
        };
        sources.push(value);
    }
    let event = arrival.authorizer_event(sources);
    let decision =
        runner.run(&authorizer.function, event).await.map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?;
    match decision.get("isAuthorized").and_then(Value::as_bool) {
        Some(true) => Ok(decision.get("context").cloned().unwrap_or_else(|| json!({}))),
        Some(false) => Err(StatusCode::FORBIDDEN),
        None => Err(StatusCode::INTERNAL_SERVER_ERROR),
    }
}

/// The gateway's own answer.
pub(crate) fn own(status: StatusCode) -> Response<Bytes> {
    let message = match status {
        StatusCode::PAYLOAD_TOO_LARGE => "Request Entity Too Large",
        other => other.canonical_reason().unwrap_or("Error"),
    };
    let mut response = Response::new(Bytes::from(json!({ "message": message }).to_string()));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

fn head_size(request: &Request<Bytes>) -> usize {
    let line = request.method().as_str().len() + request.uri().to_string().len();
    line + request.headers().iter().map(|(name, value)| name.as_str().len() + value.len()).sum::<usize>()
}

fn peer(request: &Request<Bytes>) -> IpAddr {
    request.extensions().get().copied().unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST))
}

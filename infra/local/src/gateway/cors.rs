//! What browsers are told about pages of other sites. With `CorsConfiguration` the gateway answers preflights itself
//! and leaves aside what the functions say.

use bytes::Bytes;
use http::header::{self, HeaderMap, HeaderName, HeaderValue};
use http::{Method, Request};

use crate::template::Cors;

const ALL: [HeaderName; 6] = [
    header::ACCESS_CONTROL_ALLOW_CREDENTIALS,
    header::ACCESS_CONTROL_ALLOW_HEADERS,
    header::ACCESS_CONTROL_ALLOW_METHODS,
    header::ACCESS_CONTROL_ALLOW_ORIGIN,
    header::ACCESS_CONTROL_EXPOSE_HEADERS,
    header::ACCESS_CONTROL_MAX_AGE,
];

/// Whether a browser asks what it may ask.
pub(super) fn is_preflight(request: &Request<Bytes>) -> bool {
    request.method() == Method::OPTIONS
        && request.headers().contains_key(header::ORIGIN)
        && request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD)
}

/// Says what the configuration allows to this origin, which is nothing to one that is not in it.
pub(super) fn tell(cors: &Cors, origin: Option<&HeaderValue>, preflight: bool, headers: &mut HeaderMap) {
    for name in ALL {
        headers.remove(name);
    }
    let Some(origin) = origin
        .filter(|origin| cors.origins.iter().any(|one| one == "*" || one.as_bytes() == origin.as_bytes()))
    else {
        return;
    };
    let is_open = cors.origins.iter().any(|one| one == "*") && !cors.credentials;
    let allowed = if is_open { HeaderValue::from_static("*") } else { origin.clone() };
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, allowed);
    if !is_open {
        headers.append(header::VARY, HeaderValue::from_static("origin"));
    }
    let mut say = |name: HeaderName, value: String| {
        if let Some(value) = HeaderValue::from_str(&value).ok().filter(|value| !value.is_empty()) {
            headers.insert(name, value);
        }
    };
    if cors.credentials {
        say(header::ACCESS_CONTROL_ALLOW_CREDENTIALS, "true".into());
    }
    if preflight {
        say(header::ACCESS_CONTROL_ALLOW_METHODS, cors.methods.join(","));
        say(header::ACCESS_CONTROL_ALLOW_HEADERS, cors.headers.join(","));
        say(header::ACCESS_CONTROL_MAX_AGE, cors.max_age.map(|age| age.to_string()).unwrap_or_default());
    } else {
        say(header::ACCESS_CONTROL_EXPOSE_HEADERS, cors.exposed.join(","));
    }
}

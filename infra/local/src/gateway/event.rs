//! A request as a function gets it: payload format 2.0.

use std::collections::BTreeMap;
use std::net::IpAddr;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;
use http::{Request, header};
use jiff::Timestamp;
use jiff::fmt::strtime;
use serde_json::{Map, Value, json};

use super::route::decoded;
use crate::door::{ACCOUNT, REGION};
use crate::template::Route;

/// A request that has found its route.
pub(super) struct Arrival<'a> {
    pub(super) request: &'a Request<Bytes>,
    pub(super) route: &'a Route,
    pub(super) parameters: BTreeMap<String, String>,
    pub(super) peer: IpAddr,
    pub(super) id: &'a str,
    pub(super) now: Timestamp,
}

impl Arrival<'_> {
    /// What the route's function gets; `context` is what the authorizer said of the caller.
    pub(super) fn event(&self, context: Option<Value>) -> Value {
        let mut event = self.common();
        if let Some(context) = context {
            event["requestContext"]["authorizer"] = json!({ "lambda": context });
        }
        let (body, encoded) = self.body();
        event["isBase64Encoded"] = encoded.into();
        if let Some(body) = body {
            event["body"] = body.into();
        }
        event
    }

    /// What the authorizer gets; `sources` is what it decides by.
    pub(super) fn authorizer_event(&self, sources: Vec<String>) -> Value {
        let mut event = self.common();
        event["type"] = "REQUEST".into();
        event["routeArn"] = format!(
            "arn:aws:execute-api:{REGION}:{ACCOUNT}:local/$default/{}{}",
            self.request.method(),
            self.request.uri().path()
        )
        .into();
        event["identitySource"] = sources.into();
        event
    }

    pub(super) fn route_key(&self) -> String {
        format!("{} {}", self.route.method, self.route.path)
    }

    /// A header's values, joined; none when it is absent or empty.
    pub(super) fn header(&self, name: &str) -> Option<String> {
        let values: Vec<_> = self
            .request
            .headers()
            .get_all(name)
            .iter()
            .map(|value| String::from_utf8_lossy(value.as_bytes()))
            .collect();
        Some(values.join(",")).filter(|joined| !joined.is_empty())
    }

    fn common(&self) -> Value {
        let uri = self.request.uri();
        let query = uri.query().unwrap_or_default();
        let mut event = json!({
            "version": "2.0",
            "routeKey": self.route_key(),
            "rawPath": decoded(uri.path()),
            "rawQueryString": query,
            "headers": self.headers(),
            "requestContext": self.context(),
        });
        let cookies = self.cookies();
        if !cookies.is_empty() {
            event["cookies"] = cookies.into();
        }
        if !query.is_empty() {
            event["queryStringParameters"] = Value::Object(parameters(query));
        }
        if !self.parameters.is_empty() {
            event["pathParameters"] = json!(self.parameters);
        }
        event
    }

    fn context(&self) -> Value {
        let host = self.header("host").unwrap_or_default();
        json!({
            "accountId": ACCOUNT,
            "apiId": "local",
            "domainName": host,
            "domainPrefix": host.split('.').next(),
            "http": {
                "method": self.request.method().as_str(),
                "path": decoded(self.request.uri().path()),
                "protocol": "HTTP/1.1",
                "sourceIp": self.peer,
                "userAgent": self.header("user-agent").unwrap_or_default(),
            },
            "requestId": self.id,
            "routeKey": self.route_key(),
            "stage": "$default",
            "time": strtime::format("%d/%b/%Y:%H:%M:%S +0000", self.now).unwrap_or_default(),
            "timeEpoch": self.now.as_millisecond(),
        })
    }

    /// All headers in lower case, but cookies, which come apart from them.
    fn headers(&self) -> Map<String, Value> {
        let names = self.request.headers().keys().filter(|name| *name != header::COOKIE);
        let mut headers: Map<String, Value> = names
            .map(|name| (name.as_str().to_owned(), self.header(name.as_str()).unwrap_or_default().into()))
            .collect();
        let forwarded = match self.header("x-forwarded-for") {
            Some(before) => format!("{before}, {}", self.peer),
            None => self.peer.to_string(),
        };
        headers.insert("x-forwarded-for".into(), forwarded.into());
        headers
    }

    fn cookies(&self) -> Vec<String> {
        let lines = self.request.headers().get_all(header::COOKIE).iter();
        let lines = lines.map(|line| String::from_utf8_lossy(line.as_bytes()).into_owned());
        let cookies =
            lines.flat_map(|line| line.split(';').map(|one| one.trim().to_owned()).collect::<Vec<_>>());
        cookies.filter(|cookie| !cookie.is_empty()).collect()
    }

    /// The body, and whether it is in Base64, as all is that is not text by its type; forms are not.
    fn body(&self) -> (Option<String>, bool) {
        let body = self.request.body();
        if body.is_empty() {
            return (None, false);
        }
        match std::str::from_utf8(body) {
            Ok(text) if self.header("content-type").is_some_and(|kind| is_text(&kind)) => {
                (Some(text.to_owned()), false)
            }
            _ => (Some(BASE64_STANDARD.encode(body)), true),
        }
    }
}

fn is_text(content_type: &str) -> bool {
    let kind = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let by_name = ["application/json", "application/javascript", "application/xml"];
    kind.starts_with("text/")
        || by_name.contains(&kind.as_str())
        || kind.ends_with("+json")
        || kind.ends_with("+xml")
}

/// Parameters by name; several of one name are joined by commas.
fn parameters(query: &str) -> Map<String, Value> {
    let mut parameters: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        parameters.entry(name.into_owned()).or_default().push(value.into_owned());
    }
    parameters.into_iter().map(|(name, values)| (name, values.join(",").into())).collect()
}

//! Requests through the twin's gateway, as people and programs send them.

use std::net::{IpAddr, Ipv4Addr};

use bytes::Bytes;
use http::{Request, Response, header};
use local::World;
use serde_json::Value;

/// What a browser asks for.
pub(crate) const PAGE: &str = "text/html,application/xhtml+xml,*/*;q=0.8";

/// A request under way.
pub(crate) struct Ask(http::request::Builder, Bytes);

/// Looks at something.
pub(crate) fn get(path: &str) -> Ask {
    Ask(Request::get(path), Bytes::new())
}

/// Sends JSON.
pub(crate) fn post(path: &str, body: &Value) -> Ask {
    Ask(Request::post(path).header(header::CONTENT_TYPE, "application/json"), body.to_string().into())
}

/// Sends a form.
pub(crate) fn form(path: &str, fields: &[(&str, &str)]) -> Ask {
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let request = Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    Ask(request, body.into()).with("accept", PAGE)
}

impl Ask {
    /// With a header.
    pub(crate) fn with(self, name: &str, value: &str) -> Ask {
        Ask(self.0.header(name, value), self.1)
    }

    /// From the network of this customer.
    pub(crate) fn from(self, customer: usize) -> Ask {
        let [.., third, fourth] = customer.to_be_bytes();
        Ask(self.0.extension(IpAddr::V4(Ipv4Addr::new(198, 18, third, fourth))), self.1)
    }

    /// Sends it; one that cannot be made at all is answered with 418, which nothing else here says.
    pub(crate) async fn send(self, world: &World) -> Reply {
        match self.0.body(self.1) {
            Ok(request) => Reply(world.http(request).await),
            Err(error) => {
                let mut response = Response::new(Bytes::from(error.to_string()));
                *response.status_mut() = http::StatusCode::IM_A_TEAPOT;
                Reply(response)
            }
        }
    }
}

/// An answer.
pub(crate) struct Reply(Response<Bytes>);

impl Reply {
    pub(crate) fn status(&self) -> u16 {
        self.0.status().as_u16()
    }

    /// A header, as far as it is text.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.0.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The body as text.
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(self.0.body()).into_owned()
    }

    /// The body as JSON; null when it is none.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(self.0.body()).unwrap_or_default()
    }

    /// In one line, for a list of what went wrong.
    pub(crate) fn told(&self) -> String {
        let text: String = self.text().chars().take(300).collect();
        format!("{} {}", self.status(), text.replace('\n', " "))
    }
}

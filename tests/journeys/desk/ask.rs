//! What people and programs send, and what they get back.

use bytes::Bytes;
use http::{HeaderMap, Method, Response};
use serde_json::Value;

/// What every answer of ours says to browsers.
const HEADERS: [(&str, &str); 4] = [
    ("strict-transport-security", "max-age=63072000; includeSubDomains"),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
];

/// A request under way.
#[derive(Clone, Debug)]
pub(crate) struct Ask {
    method: Method,
    path: String,
    headers: Vec<(String, String)>,
    body: Bytes,
}

/// Looks at a page.
pub(crate) fn get(path: &str) -> Ask {
    Ask { method: Method::GET, path: path.to_owned(), headers: Vec::new(), body: Bytes::new() }
}

/// Sends something.
pub(crate) fn post(path: &str) -> Ask {
    Ask { method: Method::POST, ..get(path) }
}

impl Ask {
    /// With a header.
    pub(crate) fn header(mut self, name: &str, value: &str) -> Ask {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// With a body of this type.
    pub(crate) fn body(mut self, media_type: &str, body: impl Into<Bytes>) -> Ask {
        self.body = body.into();
        self.header("content-type", media_type)
    }

    /// As a program.
    pub(crate) fn json(self, body: &Value) -> Ask {
        self.body("application/json", body.to_string())
    }

    /// As a browser sends a form.
    pub(crate) fn form(self, fields: &[(&str, &str)]) -> Ask {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.body("application/x-www-form-urlencoded", body).html()
    }

    /// As a browser that wants a page.
    pub(crate) fn html(self) -> Ask {
        self.header("accept", "text/html,application/xhtml+xml,*/*;q=0.8")
    }

    /// As the request that the world answers.
    pub(crate) fn into_request(self) -> http::Request<Bytes> {
        let mut request = http::Request::builder().method(self.method).uri(self.path);
        for (name, value) in self.headers {
            request = request.header(name, value);
        }
        request.body(self.body).unwrap()
    }
}

/// An answer.
#[derive(Clone, Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    headers: HeaderMap,
    pub(crate) body: String,
    /// What was sent that is no text.
    pub(crate) file: Vec<u8>,
}

impl Reply {
    pub(crate) fn of(response: Response<Bytes>) -> Reply {
        let (parts, body) = response.into_parts();
        let is_file = parts.headers.get("content-type").is_some_and(|kind| kind == "application/zip");
        let (body, file) = if is_file { (Bytes::new(), body) } else { (body, Bytes::new()) };
        let body = String::from_utf8(body.to_vec()).expect("all our other answers are text");
        Reply { status: parts.status.as_u16(), headers: parts.headers, body, file: file.to_vec() }
    }

    /// A header.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    /// How many bytes go out for it: headers and body.
    pub(crate) fn size(&self) -> usize {
        let headers = self.headers.iter().map(|(name, value)| name.as_str().len() + value.len() + 4);
        headers.sum::<usize>() + self.body.len() + self.file.len()
    }

    /// The body as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    /// The cookie that was set, as a browser sends it back.
    pub(crate) fn cookie(&self) -> Option<String> {
        let set = self.header("set-cookie")?;
        let parts: Vec<&str> = set.split("; ").collect();
        for part in ["Secure", "HttpOnly", "SameSite=Lax", "Path=/"] {
            assert!(parts.contains(&part), "{part} in {set}");
        }
        Some(parts[0].to_owned())
    }

    /// The last part of the problem's type, when this is one.
    pub(crate) fn problem(&self) -> String {
        assert_eq!(self.header("content-type"), Some("application/problem+json"), "{}", self.body);
        let problem = self.json();
        assert_eq!(problem["status"], self.status);
        assert!(problem["instance"].is_string() && problem["title"].is_string(), "{problem}");
        problem["type"].as_str().unwrap().trim_start_matches("/problems/").to_owned()
    }

    /// The fields that the problem points at, and what is wrong with each.
    pub(crate) fn pointers(&self) -> Vec<(String, String)> {
        let part = |error: &Value, name: &str| error[name].as_str().unwrap().to_owned();
        let problem = self.json();
        let errors = problem["errors"].as_array().unwrap();
        errors.iter().map(|error| (part(error, "pointer"), part(error, "code"))).collect()
    }

    /// Every answer protects who gets it; only the gateway's own are bare.
    pub(crate) fn check_headers(&self) {
        let is_gateways = self.status >= 400 && self.body.starts_with(r#"{"message":"#);
        if is_gateways {
            return;
        }
        for (name, value) in HEADERS {
            assert_eq!(self.header(name), Some(value), "{name} of {}", self.body);
        }
        let policy = self.header("content-security-policy").unwrap();
        for directive in
            ["default-src 'none'", "frame-ancestors 'none'", "form-action 'self'", "base-uri 'none'"]
        {
            assert!(policy.contains(directive), "{directive} in {policy}");
        }
        assert!(!policy.contains("unsafe"), "{policy}");
        let kept = self.header("cache-control").unwrap();
        let may_be_kept = kept.starts_with("public") || kept == "private, no-cache";
        assert!(kept == "no-store" || may_be_kept && self.header("set-cookie").is_none(), "{kept}");
    }
}

/// The value of a hidden field of a page.
pub(crate) fn hidden<'p>(page: &'p str, name: &str) -> &'p str {
    let field = page.split_once(&format!("name=\"{name}\" value=\"")).expect("the hidden field").1;
    field.split('"').next().unwrap()
}

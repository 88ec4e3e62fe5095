//! Answers to API Gateway, with the headers that every one of them has.

use aws_lambda_events::{apigw::ApiGatewayV2httpResponse, encodings::Body};
use http::{HeaderMap, HeaderName, HeaderValue, header};
use serde::Serialize;

use super::{
    Shell, StepError,
    ledger::{NotDone, Refused},
    request::Request,
};
use crate::{
    page::{self, Sent},
    problem::{self, Kind, Problem},
    rejection::Rejection,
    words::{self, Words},
};

/// What every answer says: what a page may load (our stylesheet, nothing else), where its forms may post (to us), and
/// that nobody keeps or frames it.
const HEADERS: [(&str, &str); 6] = [
    (
        "content-security-policy",
        "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    ("strict-transport-security", "max-age=63072000; includeSubDomains"),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cache-control", "no-store"),
];

/// Why a step of HTTP does not do what it was asked.
#[derive(Debug)]
pub enum Refusal {
    /// Said to who asked.
    Problem(Box<Problem>),
    /// Our fault; who asked is told to try again.
    Failed(StepError),
}

impl Refusal {
    /// What is told to who asked. A failure of ours is written down in the log, and what somebody may not do; the
    /// record of looks has the request as well, with who it was.
    pub fn into_problem(self, request: &Request) -> Problem {
        let problem = match self {
            Refusal::Problem(problem) => {
                if problem.kind == Kind::Forbidden {
                    let (request, route) = (request.id(), request.route());
                    tracing::warn!(request, route, detail = problem.detail, "something was not allowed");
                }
                *problem
            }
            Refusal::Failed(error) => {
                tracing::error!(%error, request = request.id(), "the step failed");
                match error {
                    StepError::Retry { .. } => Problem::unavailable(5),
                    StepError::GiveUp { .. } => Problem::internal(),
                }
            }
        };
        problem.of_request(request.id())
    }
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Refusal {
        Refusal::Problem(Box::new(problem))
    }
}

impl From<StepError> for Refusal {
    fn from(error: StepError) -> Refusal {
        Refusal::Failed(error)
    }
}

impl From<super::config::ConfigError> for Refusal {
    fn from(error: super::config::ConfigError) -> Refusal {
        Refusal::Failed(error.into())
    }
}

impl From<NotDone> for Refusal {
    fn from(error: NotDone) -> Refusal {
        match error {
            NotDone::Rejected(rejection) => rejection.into(),
            NotDone::Stale { now } => Problem::stale(now).into(),
            NotDone::Failed(error) => Refusal::Failed(error),
        }
    }
}

impl From<Rejection> for Refusal {
    fn from(rejection: Rejection) -> Refusal {
        Problem::from(&rejection).into()
    }
}

impl From<Refused> for Refusal {
    fn from(error: Refused) -> Refusal {
        match error {
            Refused::KeyReused { .. } => Problem::key_reused().into(),
            Refused::TooMany { retry_after_seconds } => {
                Problem::too_many(u32::try_from(retry_after_seconds).unwrap_or(u32::MAX)).into()
            }
            Refused::NotDone(error) => error.into(),
        }
    }
}

/// An answer under way.
#[derive(Clone, Debug)]
pub struct Answer {
    status: u16,
    headers: HeaderMap,
    cookies: Vec<String>,
    body: Body,
}

impl Answer {
    fn new(status: u16, content_type: &'static str, body: impl Into<Body>) -> Answer {
        let mut headers = HeaderMap::new();
        for (name, value) in HEADERS {
            headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
        }
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
        Answer { status, headers, cookies: Vec::new(), body: body.into() }
    }

    /// A page.
    pub fn html(status: u16, body: String) -> Answer {
        Answer::new(status, "text/html; charset=utf-8", body)
    }

    /// A record.
    pub fn json<T: Serialize>(status: u16, value: &T) -> Result<Answer, StepError> {
        let body = serde_json::to_string(value)
            .map_err(|error| StepError::give_up("write as JSON", "answer", error))?;
        Ok(Answer::new(status, "application/json", body))
    }

    /// Something that is the same for everybody and may be kept for an hour.
    pub fn public(content_type: &'static str, body: &str) -> Answer {
        let mut answer = Answer::new(200, content_type, body.to_owned());
        answer.headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600"));
        answer
    }

    /// A file to be kept under this name.
    pub fn file(content_type: &'static str, name: &str, content: Vec<u8>) -> Answer {
        let answer = Answer::new(200, content_type, content);
        answer.with("content-disposition", &format!("attachment; filename=\"{name}\""))
    }

    /// The browser goes on to another page, with GET.
    pub fn see_other(location: &str) -> Answer {
        Answer::new(303, "text/plain; charset=utf-8", String::new()).with("location", location)
    }

    /// A problem, as JSON.
    pub fn problem(problem: &Problem) -> Answer {
        let body = serde_json::to_string(problem).unwrap_or_else(|_| r#"{"status":500}"#.to_owned());
        let answer = Answer::new(problem.status, problem::MEDIA_TYPE, body);
        answer.retry_after(problem)
    }

    /// A problem, as a page that was made for it.
    pub fn problem_page(problem: &Problem, page: String) -> Answer {
        Answer::html(problem.status, page).retry_after(problem)
    }

    fn retry_after(self, problem: &Problem) -> Answer {
        match problem.retry_after {
            Some(seconds) => self.with("retry-after", &seconds.to_string()),
            None => self,
        }
    }

    /// The same with a header.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: &str) -> Answer {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.insert(HeaderName::from_static(name), value);
        }
        self
    }

    /// The same, of a page with a form that is posted to another origin than ours.
    #[must_use]
    pub fn posting_to(self, origin: &str) -> Answer {
        self.allowing("form-action 'self'", &format!("form-action 'self' {origin}"))
    }

    /// The same, of a page that loads our script.
    #[must_use]
    pub fn with_script(self) -> Answer {
        self.allowing("style-src", "script-src 'self'; style-src")
    }

    /// The same with a part of its content policy replaced; what it allows besides, it still does.
    fn allowing(self, part: &str, by: &str) -> Answer {
        let (name, _) = HEADERS[0];
        let policy =
            self.headers.get(name).and_then(|policy| policy.to_str().ok()).map(|it| it.replace(part, by));
        match policy {
            Some(policy) => self.with(name, &policy),
            None => self,
        }
    }

    /// The same, of a page that goes on by itself: browsers do not let a form's answer lead to another site
    /// (`form-action`).
    #[must_use]
    pub fn going_on_to(self, address: &str) -> Answer {
        self.with("refresh", &format!("0; url={address}"))
    }

    /// The same with the version that it shows.
    #[must_use]
    pub fn with_version(self, version: u32) -> Answer {
        self.with("etag", &format!("\"{version}\""))
    }

    /// The same with a cookie that only we see, for so many seconds.
    #[must_use]
    pub fn with_cookie(mut self, name: &str, value: &str, seconds: i64) -> Answer {
        let cookie = format!("{name}={value}; Path=/; Max-Age={seconds}; Secure; HttpOnly; SameSite=Lax");
        self.cookies.push(cookie);
        self
    }
}

impl From<Answer> for ApiGatewayV2httpResponse {
    fn from(answer: Answer) -> ApiGatewayV2httpResponse {
        let mut response = ApiGatewayV2httpResponse::default();
        response.status_code = i64::from(answer.status);
        response.headers = answer.headers;
        response.cookies = answer.cookies;
        response.is_base64_encoded = matches!(answer.body, Body::Binary(_));
        response.body = Some(answer.body);
        response
    }
}

/// The words of the language that who asks wants to read: our own pages say it in their addresses, browsers in a
/// header.
pub fn words_for(shell: &Shell, request: &Request) -> &'static Words {
    words::of(page::language(shell.policy(), request.query("lang"), request.header("accept-language")))
}

/// What was sent from a private page that is still open. What another site wrote into a form is not shown as ours.
fn sent<'a>(request: &'a Request, problem: &Problem) -> Option<Sent<'a>> {
    if matches!(problem.kind, Kind::NotFound | Kind::Expired) {
        return None;
    }
    let typed = if request.is_from_our_page() { request.typed() } else { None };
    Some(Sent { reference: request.from_private_page()?, at: request.path(), typed })
}

/// Answers a request: what the step says, or its refusal as a problem, in the form that the client asked for.
pub async fn respond<F>(shell: &Shell, request: impl Into<Request>, work: F) -> ApiGatewayV2httpResponse
where
    F: AsyncFnOnce(&Request) -> Result<Answer, Refusal>,
{
    let request = request.into();
    let problem = match work(&request).await {
        Ok(answer) if request.is_of_staff() && request.wants_html() => return answer.with_script().into(),
        Ok(answer) => return answer.into(),
        Err(refusal) => refusal.into_problem(&request),
    };
    if request.is_of_staff() && request.wants_html() {
        return Box::pin(super::desk::refused(shell, &request, problem)).await.with_script().into();
    }
    if request.wants_html() {
        let sent = sent(&request, &problem);
        let page = page::problem(shell.policy(), &problem, words_for(shell, &request), sent.as_ref());
        return Answer::problem_page(&problem, page).into();
    }
    Answer::problem(&problem).into()
}

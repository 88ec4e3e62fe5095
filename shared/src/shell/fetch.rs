//! Plain requests through the door: a GET for the public keys of the staff's issuer, with what it brought last, and the
//! POST of a form by which a code is traded for a token.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use aws_smithy_runtime::client::orchestrator::operation::Operation;
use aws_smithy_runtime_api::{
    box_error::BoxError,
    client::{
        orchestrator::{HttpRequest, OrchestratorError},
        result::ConnectorError,
    },
    http::Response,
};
use aws_smithy_types::body::SdkBody;
use jiff::{SignedDuration, Timestamp};

use super::{Shell, StepError};

/// What is known is fetched anew at most this often, whoever asks for something else.
const ANEW_AFTER: SignedDuration = SignedDuration::from_mins(1);

/// What was fetched, by its address; lives as long as the step's instance.
#[derive(Debug, Default)]
pub(super) struct Fetched(Mutex<HashMap<String, Kept>>);

/// What an address answered, and when it was asked last.
#[derive(Clone, Debug)]
struct Kept {
    body: Vec<u8>,
    asked: Timestamp,
}

impl Fetched {
    fn get(&self, url: &str) -> Option<Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(url).cloned()
    }

    fn keep(&self, url: &str, kept: Kept) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(url.to_owned(), kept);
    }
}

impl Shell {
    /// What an address answers, with 200. What it answered before will do if it `does`; if not, the address is asked
    /// anew, but only once a minute, since anybody can ask for what does not exist.
    pub async fn fetched(&self, url: &str, does: impl Fn(&[u8]) -> bool) -> Result<Vec<u8>, StepError> {
        let asked = self.now();
        if let Some(known) = self.fetched.get(url) {
            if does(&known.body) || asked.duration_since(known.asked) < ANEW_AFTER {
                return Ok(known.body);
            }
            // Noted before it is asked, so that one that does not answer is not asked more often either.
            self.fetched.keep(url, Kept { asked, ..known });
        }
        let body = self.fetch(url).await?;
        self.fetched.keep(url, Kept { body: body.clone(), asked });
        Ok(body)
    }

    /// Posts a form; what is answered is for the caller to judge by its status.
    pub async fn post_form(&self, url: &str, fields: &[(&str, &str)]) -> Result<(u16, Vec<u8>), StepError> {
        let form = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.ask(url, Some(form)).await
    }

    /// The body of an answer of 200.
    async fn fetch(&self, url: &str) -> Result<Vec<u8>, StepError> {
        match self.ask(url, None).await? {
            (200, body) => Ok(body),
            (status, _) => Err(StepError::retry("fetch", url, format!("answered with status {status}"))),
        }
    }

    /// Asks once; with a form by POST.
    async fn ask(&self, url: &str, form: Option<String>) -> Result<(u16, Vec<u8>), StepError> {
        let failed = |cause: String| StepError::retry("fetch", url, cause);
        // The endpoint's own path would get a slash at its end, so that the path goes with the request.
        let (origin, path) = split(url).ok_or_else(|| failed("it is no absolute address".to_owned()))?;
        let client =
            self.sdk.http_client().ok_or_else(|| failed("the door has no HTTP client".to_owned()))?;
        let mut builder = Operation::builder()
            .service_name("fetch")
            .operation_name(if form.is_some() { "post" } else { "get" })
            .http_client(client)
            .no_auth()
            .no_retry()
            .endpoint_url(&origin)
            .timeout_config(super::step::timeouts())
            .time_source(self.time.clone());
        if let Some(sleep) = self.sdk.sleep_impl() {
            builder = builder.sleep_impl(sleep);
        }
        let operation = builder
            .serializer(move |()| request(&path, form.as_deref()))
            .deserializer::<(u16, Vec<u8>), ConnectorError>(|response: &Response| answer(response))
            .build();
        operation.invoke(()).await.map_err(|error| failed(format!("{error:?}")))
    }
}

/// Scheme and host, and the path from its slash on.
fn split(url: &str) -> Option<(String, String)> {
    let host = url.find("://")? + "://".len();
    let path = host + url[host..].find('/')?;
    Some((url[..path].to_owned(), url[path..].to_owned()))
}

fn request(path: &str, form: Option<&str>) -> Result<HttpRequest, BoxError> {
    let mut request = HttpRequest::new(form.map_or_else(SdkBody::empty, SdkBody::from));
    request.set_uri(path)?;
    request.set_method(if form.is_some() { "POST" } else { "GET" })?;
    if form.is_some() {
        request.headers_mut().insert("content-type", "application/x-www-form-urlencoded");
    }
    Ok(request)
}

fn answer(response: &Response) -> Result<(u16, Vec<u8>), OrchestratorError<ConnectorError>> {
    let body = response.body().bytes();
    let body = body.ok_or_else(|| OrchestratorError::other("the answer was not read to its end"))?;
    Ok((response.status().as_u16(), body.to_vec()))
}

//! A plain GET through the door, for the public keys of the staff's issuer, and what it brought last.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use aws_smithy_runtime::client::orchestrator::operation::Operation;
use aws_smithy_runtime_api::{
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

    /// The body of an answer of 200.
    async fn fetch(&self, url: &str) -> Result<Vec<u8>, StepError> {
        let failed = |cause: String| StepError::retry("fetch", url, cause);
        // The endpoint's own path would get a slash at its end, so that the path goes with the request.
        let (origin, path) = split(url).ok_or_else(|| failed("it is no absolute address".to_owned()))?;
        let client =
            self.sdk.http_client().ok_or_else(|| failed("the door has no HTTP client".to_owned()))?;
        let mut builder = Operation::builder()
            .service_name("fetch")
            .operation_name("get")
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
            .serializer(move |()| {
                let mut request = HttpRequest::new(SdkBody::empty());
                request.set_uri(path.as_str()).map_err(OrchestratorError::<ConnectorError>::other)?;
                request.set_method("GET").map_err(OrchestratorError::<ConnectorError>::other)?;
                Ok(request)
            })
            .deserializer::<Vec<u8>, ConnectorError>(|response: &Response| body(response))
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

fn body(response: &Response) -> Result<Vec<u8>, OrchestratorError<ConnectorError>> {
    match (response.status().as_u16(), response.body().bytes()) {
        (200, Some(bytes)) => Ok(bytes.to_vec()),
        (status, _) => Err(OrchestratorError::other(format!("answered with status {status}"))),
    }
}

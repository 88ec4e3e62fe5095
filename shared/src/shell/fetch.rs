//! A plain GET through the door, for the public keys of the staff's issuer.

use aws_smithy_runtime::client::orchestrator::operation::Operation;
use aws_smithy_runtime_api::{
    client::{
        orchestrator::{HttpRequest, OrchestratorError},
        result::ConnectorError,
    },
    http::Response,
};
use aws_smithy_types::body::SdkBody;

use super::{Shell, StepError};

impl Shell {
    /// The body of an answer of 200.
    pub async fn fetch(&self, url: &str) -> Result<Vec<u8>, StepError> {
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

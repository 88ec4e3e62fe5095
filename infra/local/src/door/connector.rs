//! The SDK clients' way in: an HTTP client that connects to nothing.

use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_runtime_api::client::stalled_stream_protection::StalledStreamProtectionConfig;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::retry::RetryConfig;
use bytes::Bytes;

use super::REGION;
use super::clock::Sleeper;
use super::cloud::Cloud;
use super::fault::Broken;

/// The configuration that makes a client a client of this cloud.
pub(super) fn sdk_config(cloud: &Cloud) -> SdkConfig {
    let credentials = Credentials::new("twin", "twin", None, None, "twin");
    SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new(REGION))
        .endpoint_url(cloud.endpoint())
        .credentials_provider(SharedCredentialsProvider::new(credentials))
        .http_client(cloud.clone())
        .time_source(cloud.clock().clone())
        .sleep_impl(Sleeper)
        .retry_config(RetryConfig::standard())
        .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
        .build()
}

impl HttpClient for Cloud {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl HttpConnector for Cloud {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        match super::instance::steps_of_others() {
            0 => HttpConnectorFuture::ready(carry(self, request)),
            steps => {
                let cloud = self.clone();
                HttpConnectorFuture::new(async move {
                    for _ in 0..steps {
                        tokio::task::yield_now().await;
                    }
                    carry(&cloud, request)
                })
            }
        }
    }
}

fn carry(cloud: &Cloud, request: HttpRequest) -> Result<HttpResponse, ConnectorError> {
    let request = request.try_into_http1x().map_err(|error| ConnectorError::user(error.into()))?;
    let (head, body) = request.into_parts();
    let body = body
        .bytes()
        .map(Bytes::copy_from_slice)
        .ok_or_else(|| ConnectorError::user("a streamed body".into()))?;
    let request = http::Request::from_parts(head, body);
    let answer = match cloud.counted(|| cloud.answer(&request)) {
        Ok(answer) => answer,
        Err(Broken::Lost) => {
            return Err(ConnectorError::io("the connection broke before the answer came".into()));
        }
        // Unwinds as a panic does, without its words on the terminal; the runner takes it for what it is.
        Err(Broken::Dead) => std::panic::resume_unwind(Box::new("it died at a call")),
    };
    HttpResponse::try_from(answer.map(SdkBody::from))
        .map_err(|error| ConnectorError::other(error.into(), None))
}

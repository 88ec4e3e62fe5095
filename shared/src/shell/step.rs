//! How a Lambda starts: tracing as JSON, configuration and clients once, then one call of `handle` per event.

use std::{future::Future, pin::Pin};

use aws_config::{BehaviorVersion, SdkConfig, retry::RetryConfig, timeout::TimeoutConfig};
use aws_smithy_http_client::{
    Builder,
    tls::{Provider, rustls_provider::CryptoMode},
};
use lambda_runtime::{LambdaEvent, service_fn};
use serde::{Serialize, de::DeserializeOwned};
use std::time::Duration;
use tracing_subscriber::EnvFilter;

use super::{Chance, Config, Shell, StepError};

/// An attempt of an SDK call is given up after this; the SDK has no limit of its own.
const ATTEMPT: Duration = Duration::from_secs(2);
/// All attempts of an SDK call together.
const OPERATION: Duration = Duration::from_secs(5);

/// Runs a step that nobody waits for under Lambda, for as long as Lambda keeps it.
pub async fn run<E, R, F>(handle: F) -> Result<(), lambda_runtime::Error>
where
    E: DeserializeOwned,
    R: Serialize,
    F: AsyncFn(&Shell, E) -> Result<R, StepError>,
{
    run_in(&start().await?, handle).await
}

/// Runs a step that a person waits for: the connection to the table is made while Lambda starts it, so that the first
/// request does not pay for it.
pub async fn serve<E, R, F>(handle: F) -> Result<(), lambda_runtime::Error>
where
    E: DeserializeOwned,
    R: Serialize,
    F: AsyncFn(&Shell, E) -> Result<R, StepError>,
{
    let shell = start().await?;
    shell.warm_up().await;
    run_in(&shell, handle).await
}

async fn start() -> Result<Shell, lambda_runtime::Error> {
    start_log();
    let config = Config::from_environment()?;
    Ok(Shell::new(door(None).await, config, Chance::System))
}

async fn run_in<E, R, F>(shell: &Shell, handle: F) -> Result<(), lambda_runtime::Error>
where
    E: DeserializeOwned,
    R: Serialize,
    F: AsyncFn(&Shell, E) -> Result<R, StepError>,
{
    let handle = &handle;
    // Boxed, so that the compiler need not look through every layer of a step's future at once.
    let serve =
        |event: LambdaEvent<E>| -> Pin<Box<dyn Future<Output = Result<R, lambda_runtime::Error>> + '_>> {
            Box::pin(answer(handle(shell, event.payload)))
        };
    lambda_runtime::run(service_fn(serve)).await
}

/// A step's failure goes to the log by its message and to Lambda as an error, which retries it or sets it aside.
async fn answer<R>(work: impl Future<Output = Result<R, StepError>>) -> Result<R, lambda_runtime::Error> {
    match work.await {
        Ok(answer) => Ok(answer),
        Err(error) => {
            tracing::error!(%error, "the step failed");
            Err(error.into())
        }
    }
}

/// The door of production: region and credentials from the environment, TLS by ring, time limits set. With an
/// `endpoint`, AWS is there, whatever the environment says.
pub async fn door(endpoint: Option<&str>) -> SdkConfig {
    let http = Builder::new().tls_provider(Provider::Rustls(CryptoMode::Ring)).build_https();
    let door = aws_config::defaults(BehaviorVersion::latest())
        .http_client(http)
        .timeout_config(timeouts())
        .retry_config(RetryConfig::standard().with_max_attempts(3));
    match endpoint {
        Some(endpoint) => door.endpoint_url(endpoint).load().await,
        None => door.load().await,
    }
}

/// The time limits of every SDK call.
pub fn timeouts() -> TimeoutConfig {
    TimeoutConfig::builder().operation_attempt_timeout(ATTEMPT).operation_timeout(OPERATION).build()
}

fn start_log() {
    let level = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let log = tracing_subscriber::fmt().json().with_env_filter(level).with_target(false).without_time();
    // A second subscriber in one process is a test's; the first one stays.
    let _ = log.try_init();
}

//! The listener on loopback: the product's pages through the gateway, the twin's own under `/twin/`, and AWS itself
//! for SDK clients of other processes.

use std::future::Future;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{ConnectInfo, DefaultBodyLimit, Request, State};
use axum::response::{Redirect, Response};
use axum::routing::{get, post};
use bytes::Bytes;
use http::{StatusCode, header};
use tokio::net::TcpListener;
use tokio::sync::watch;

mod api;
mod inbound;
mod moves;
mod pages;
#[cfg(test)]
mod tests;

use crate::delivery::DeliveryError;
use crate::gateway::{self, LARGEST_BODY};
use crate::world::World;

/// The largest mail that SES takes in.
const LARGEST_MAIL: usize = 40 * 1024 * 1024;
/// The largest body that a bucket of this twin takes in.
const LARGEST_OBJECT: usize = 256 * 1024 * 1024;
/// How long a stop waits for requests under way. What they caused is delivered after the next start.
const PATIENCE: Duration = Duration::from_secs(5);

/// What the twin's own pages work with.
#[derive(Clone)]
struct Twin {
    world: World,
    base_url: Arc<str>,
}

/// Serves until `stop` is ready, then ends in order.
pub async fn serve(
    world: World,
    listener: TcpListener,
    base_url: &str,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let (stopped, ending) = watch::channel(false);
    let deliveries = tokio::spawn(deliver(world.clone(), ending.clone()));
    let router = router(Twin { world, base_url: base_url.into() });
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let mut last = ending.clone();
    let server = axum::serve(listener, service).with_graceful_shutdown(async move {
        stop.await;
        stopped.send_replace(true);
    });
    tokio::select! {
        outcome = server => outcome?,
        () = async {
            // Fails only when the sender is gone, which is a stop as well.
            drop(last.wait_for(|stopped| *stopped).await);
            tokio::time::sleep(PATIENCE).await;
        } => {}
    }
    drop(tokio::time::timeout(PATIENCE, deliveries).await);
    Ok(())
}

/// Delivers what comes up, when it comes up and when the running clock reaches it.
async fn deliver(world: World, mut ending: watch::Receiver<bool>) {
    let notified = world.notified();
    loop {
        if let Err(error) = world.settle().await {
            tracing::error!(%error, "deliveries have failed");
        }
        let pause = match world.due().await {
            Some(due) if world.is_running() => {
                Duration::try_from(due.duration_since(world.now())).unwrap_or(Duration::ZERO)
            }
            _ => Duration::MAX,
        };
        // A failing door must not be asked without a pause.
        let pause = pause.clamp(Duration::from_millis(20), Duration::from_hours(1));
        tokio::select! {
            () = notified.notified() => {}
            () = tokio::time::sleep(pause) => {}
            _ = ending.wait_for(|stopped| *stopped) => return,
        }
    }
}

fn router(twin: Twin) -> Router {
    Router::new()
        .route("/twin", get(|| async { Redirect::permanent("/twin/") }))
        .route("/twin/", get(pages::home))
        .route("/twin/twin.css", get(pages::stylesheet))
        .route("/twin/inbox", get(pages::inbox))
        .route("/twin/inbox/{number}", get(pages::mail))
        .route("/twin/inbox/{number}/html", get(pages::mail_html))
        .route("/twin/inbox/{number}/files/{file}", get(pages::file))
        .route("/twin/mails", get(api::mails))
        .route("/twin/inbound", post(inbound::receive).layer(DefaultBodyLimit::max(LARGEST_MAIL)))
        .route("/twin/clock", get(api::clock).post(api::move_clock))
        .route("/twin/queues", get(api::queues))
        .route("/twin/token", get(api::token))
        .fallback(through)
        .with_state(twin)
}

/// Whatever is not the twin's own: a call of AWS, or a request to the product.
async fn through(
    State(twin): State<Twin>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let is_of_bucket = twin.world.cloud().is_of_bucket(parts.uri.path());
    let Ok(body) = to_bytes(body, if is_of_bucket { LARGEST_OBJECT } else { LARGEST_BODY }).await else {
        return gateway::own(StatusCode::PAYLOAD_TOO_LARGE).map(Body::from);
    };
    let mut request = http::Request::from_parts(parts, body);
    if is_of_bucket || is_for_aws(&request) {
        return twin.world.cloud().call(request).await.map(Body::from);
    }
    let peer = forwarded(&mut request).unwrap_or(peer.ip());
    request.extensions_mut().insert(peer);
    twin.world.http(request).await.map(Body::from)
}

/// Signed calls, calls by their target, and the staff's issuer.
fn is_for_aws(request: &http::Request<Bytes>) -> bool {
    let signature = request.headers().get(header::AUTHORIZATION).map(http::HeaderValue::as_bytes);
    request.headers().contains_key("x-amz-target")
        || signature.is_some_and(|signature| signature.starts_with(b"AWS4-HMAC-SHA256"))
        || request.uri().path().starts_with("/twin/issuer/")
}

/// On loopback all peers are alike, so that a script may say by `X-Forwarded-For` which one it plays.
fn forwarded(request: &mut http::Request<Bytes>) -> Option<IpAddr> {
    let list = request.headers().get("x-forwarded-for")?.to_str().ok()?;
    let peer = list.rsplit(',').next()?.trim().parse().ok()?;
    request.headers_mut().remove("x-forwarded-for");
    Some(peer)
}

/// Why a page or an answer cannot be made.
#[derive(Debug, thiserror::Error)]
enum TwinError {
    #[error(transparent)]
    Delivery(#[from] DeliveryError),
    #[error(transparent)]
    Cloud(#[from] crate::door::CloudError),
    #[error(transparent)]
    Page(#[from] askama::Error),
    #[error("{0}")]
    Refused(String),
    #[error("there is no such page")]
    NotFound,
}

impl axum::response::IntoResponse for TwinError {
    fn into_response(self) -> Response {
        let status = match self {
            Self::Refused(_) => StatusCode::BAD_REQUEST,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Delivery(_) | Self::Cloud(_) | Self::Page(_) => StatusCode::INTERNAL_SERVER_ERROR,
        };
        (status, axum::Json(serde_json::json!({"error": self.to_string()}))).into_response()
    }
}

//! The buckets of a deployment: what comes to them from outside, and what lies in them.

use std::sync::atomic::{AtomicU64, Ordering};

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::Full;
use hyper_util::client::legacy::{Client, connect::HttpConnector};
use hyper_util::rt::TokioExecutor;
use local::door::handed_on;

use super::{Deployed, Place, apart, call, send};
use crate::desk::INBOX;
use crate::desk::files::BUCKET;

impl Deployed {
    /// Sends what a link or a form says, to the address that it names.
    pub(crate) async fn storage(&self, request: Request<Bytes>) -> Response<Bytes> {
        send(&self.client, request).await
    }

    pub(crate) fn object_keys(&self, bucket: &str) -> Vec<String> {
        let listing =
            async || keys(&Client::builder(TokioExecutor::new()).build_http(), self.place, bucket).await;
        apart(listing())
    }

    /// What SES does with a mail: the emulator takes none in.
    pub(crate) async fn receive_mail(&self, raw: &[u8], to: &str) -> Result<bool, String> {
        static RECEIVED: AtomicU64 = AtomicU64::new(0);
        if !self.issuer.takes_mail_for(to) {
            return Ok(false);
        }
        let id = format!("{:032x}", RECEIVED.fetch_add(1, Ordering::Relaxed));
        let message = handed_on(raw, to, self.issuer.now(), &id);
        let put = call(self.place, "PUT", &format!("/{INBOX}/inbound/{id}"), "s3", message);
        let answer = send(&self.client, put).await;
        if answer.status() == 200 { Ok(true) } else { Err(format!("{answer:?}")) }
    }
}

/// Removes whatever an earlier story has left.
pub(super) async fn empty(client: &Client<HttpConnector, Full<Bytes>>, place: &Place) {
    for bucket in [INBOX, BUCKET] {
        for key in keys(client, place, bucket).await {
            send(client, call(place, "DELETE", &format!("/{bucket}/{key}"), "s3", "")).await;
        }
    }
}

async fn keys(client: &Client<HttpConnector, Full<Bytes>>, place: &Place, bucket: &str) -> Vec<String> {
    let listing = send(client, call(place, "GET", &format!("/{bucket}?list-type=2"), "s3", "")).await;
    assert_eq!(listing.status(), 200, "{listing:?}");
    let listing = String::from_utf8_lossy(listing.body());
    let ends = listing.split("<Key>").skip(1).filter_map(|rest| rest.split_once("</Key>"));
    ends.map(|(key, _)| key.to_owned()).collect()
}

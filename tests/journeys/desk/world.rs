//! Where a story happens: in the twin, in this process, or in a deployment, over HTTP. The same story in both.

use bytes::Bytes;
use http::{Request, Response};
use jiff::{SignedDuration, Timestamp};
use local::door::{Cloud, Mail};
use local::{QueueContent, Wiring};
use serde_json::Value;

use super::deployed::Deployed;

/// What a story that asks for it holds on to cannot be had from outside.
pub(super) const TWINS_OWN: &str = "only the twin can do this: the story belongs in stories/twin_only.txt";

pub(crate) enum World {
    Twin(local::World),
    Deployed(Box<Deployed>),
}

impl World {
    /// Answers a request as the HTTP API does. What follows from it waits for [`World::settle`], or happens meanwhile.
    pub(crate) async fn http(&self, request: Request<Bytes>) -> Response<Bytes> {
        match self {
            World::Twin(twin) => twin.http(request).await,
            World::Deployed(deployed) => deployed.http(request).await,
        }
    }

    /// Waits until all is done that follows from what happened.
    pub(crate) async fn settle(&self) -> Result<(), String> {
        match self {
            World::Twin(twin) => twin.settle().await.map_err(|error| error.to_string()),
            World::Deployed(deployed) => deployed.settle().await,
        }
    }

    /// Runs one function, as `aws lambda invoke` does.
    pub(crate) async fn invoke(&self, function: &str, event: Value) -> Result<Value, String> {
        match self {
            World::Twin(twin) => twin.invoke(function, event).await,
            World::Deployed(deployed) => deployed.invoke(function, event).await,
        }
    }

    /// All mails that were sent, oldest first.
    pub(crate) fn mails(&self) -> Result<Vec<Mail>, String> {
        match self {
            World::Twin(twin) => twin.mails().map_err(|error| error.to_string()),
            World::Deployed(deployed) => deployed.mails(),
        }
    }

    /// Takes a mail in that somebody sends to `to`; says whether anybody takes mail for that address.
    pub(crate) async fn receive_mail(&self, raw: &[u8], to: &str) -> Result<bool, String> {
        match self {
            World::Twin(twin) => twin.receive_mail(raw, to).map_err(|error| error.to_string()),
            World::Deployed(deployed) => deployed.receive_mail(raw, to).await,
        }
    }

    /// Whether mail to this address is taken in.
    pub(crate) fn takes_mail_for(&self, address: &str) -> bool {
        self.issuer().takes_mail_for(address)
    }

    /// Answers a request that comes from outside to a bucket, by a link or from a form.
    pub(crate) async fn storage(&self, request: Request<Bytes>) -> Response<Bytes> {
        match self {
            World::Twin(twin) => twin.cloud().call(request).await,
            World::Deployed(deployed) => deployed.storage(request).await,
        }
    }

    /// The keys of a bucket's objects, in order.
    pub(crate) fn object_keys(&self, bucket: &str) -> Result<Vec<String>, String> {
        match self {
            World::Twin(twin) => twin.cloud().object_keys(bucket).map_err(|error| error.to_string()),
            World::Deployed(deployed) => Ok(deployed.object_keys(bucket)),
        }
    }

    /// All queues with their messages.
    pub(crate) async fn queues(&self) -> Vec<QueueContent> {
        match self {
            World::Twin(twin) => twin.queues().await,
            World::Deployed(deployed) => deployed.queues().await,
        }
    }

    /// A token that lets `name` in as staff in `role`.
    pub(crate) fn token(&self, name: &str, role: &str) -> Result<String, String> {
        self.issuer().token(name, role).map_err(|error| error.to_string())
    }

    /// What the functions' clocks show.
    pub(crate) fn now(&self) -> Timestamp {
        self.issuer().now()
    }

    /// The template as it was read.
    pub(crate) fn wiring(&self) -> &Wiring {
        self.issuer().wiring()
    }

    /// What an SDK client is made with, and the table's name: for those with an operator's rights.
    pub(crate) fn operators(&self) -> (aws_config::SdkConfig, String) {
        match self {
            World::Twin(twin) => (twin.cloud().sdk_config(), twin.wiring().table.name.clone()),
            World::Deployed(deployed) => deployed.operators(),
        }
    }

    /// Time passes until all is done that waits for more to come with it; in a deployment nothing does.
    pub(crate) async fn pass_windows(&self) -> Result<(), String> {
        let World::Twin(twin) = self else { return self.settle().await };
        let windows = twin.wiring().streams.iter().map(|source| source.window);
        let window = windows.max().unwrap_or_default();
        let window = window.try_into().map_err(|error: jiff::Error| error.to_string())?;
        twin.advance(window).await.map(drop).map_err(|error| error.to_string())
    }

    /// Moves the clock on through everything that falls due on the way.
    pub(crate) async fn advance(&self, by: SignedDuration) -> Result<Timestamp, String> {
        self.twin().advance(by).await.map_err(|error| error.to_string())
    }

    /// Moves the clock to an instant, through everything that falls due before.
    pub(crate) async fn advance_to(&self, to: Timestamp) -> Result<Timestamp, String> {
        self.twin().advance_to(to).await.map_err(|error| error.to_string())
    }

    /// Minutes pass, and no sweep looks.
    pub(crate) fn pass_over(&self, minutes: i64) {
        let by = SignedDuration::from_mins(minutes);
        match self {
            World::Twin(twin) => drop(twin.cloud().set_clock(twin.now() + by).expect("the clock goes on")),
            World::Deployed(deployed) => deployed.pass_over(by),
        }
    }

    /// The cloud behind it, for counting calls and injecting faults into them.
    pub(crate) fn cloud(&self) -> &Cloud {
        self.twin().cloud()
    }

    fn twin(&self) -> &local::World {
        asks_for_the_twin();
        match self {
            World::Twin(twin) => twin,
            World::Deployed(_) => panic!("{TWINS_OWN}"),
        }
    }

    fn issuer(&self) -> &local::World {
        match self {
            World::Twin(twin) => twin,
            World::Deployed(deployed) => deployed.issuer(),
        }
    }
}

/// Whoever tells a story that only the twin can tell learns here that it has to be listed, and not first from a
/// deployment. The test's thread has the story's name.
pub(super) fn asks_for_the_twin() {
    let thread = std::thread::current();
    let Some(story) = thread.name().and_then(|name| name.strip_prefix("stories::")) else { return };
    let listed = include_str!("../stories/twin_only.txt").lines().any(|line| line == story);
    assert!(listed, "{TWINS_OWN}, as {story}");
}

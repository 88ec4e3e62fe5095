//! AWS in process: everything that the product's SDK clients reach, answered here.
//!
//! Production and the twin differ in one value only, the `aws_config::SdkConfig` that the shell is built from.
//! The one that [`Cloud::sdk_config`] returns has an HTTP client which answers out of this room, a clock that can
//! be set, and a sleep that does not wait. So the SDKs' own code (serialization, signing, retries, error parsing)
//! runs in every test. The same door is served on loopback by handing requests to [`Cloud::call`].
//!
//! Where things are: [`Cloud`] ties them together; `table` is DynamoDB (the embedded `dynoxide`), `bus`
//! EventBridge, `mail` SES, `objects` S3, `issuer` the staff's sign-in; `store` is the one SQLite file (or memory) behind them.
//!
//! What follows from a call (stream records, bus events) waits as an [`Effect`] for the wiring to deliver, and is
//! kept until acknowledged. A stream record is written by a trigger inside the very transaction that changes the
//! table, so neither can exist without the other whenever the process is killed.
//!
//! What real AWS does and this does not: expired items are not removed (readers filter them, as they must in
//! production, where removal takes days); index reads are never stale; nothing is throttled but by a [`Fault`];
//! IAM is not evaluated.

mod backup;
mod bus;
mod clock;
mod cloud;
mod connector;
mod cost;
mod effect;
mod entropy;
mod fate;
mod fault;
mod file;
mod fingerprint;
mod inbound;
mod instance;
mod issuer;
mod log;
mod mail;
mod objects;
mod reply;
mod route;
mod store;
mod stream;
mod table;
#[cfg(test)]
mod tests;

pub use backup::Snapshot;
pub use clock::{Clock, Sleeper};
pub use cloud::{Cloud, CloudOptions};
pub use effect::{Attachment, Due, Effect, Mail};
pub use fault::{Call, Fault, Request, Service};
pub use file::CloudError;
pub use inbound::{handed_on, recipients};
pub(crate) use instance::{Instance, Pace};
pub use objects::Bucket;

/// The region that everything is in.
pub const REGION: &str = "eu-central-1";
/// The account that everything belongs to.
pub const ACCOUNT: &str = "000000000000";

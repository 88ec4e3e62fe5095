//! The local twin: the product's own template and steps on one machine, in one process.
//!
//! `template` reads the wiring out of `infra/template.yaml`; `door` is AWS as the steps' SDK clients see it;
//! `gateway` is the HTTP API; `delivery` brings events, changes and the time to the functions; `world` joins them;
//! `steps` names the functions' code; `server` is the listener with the twin's own pages.

pub mod door;
pub mod server;
pub mod steps;

mod delivery;
mod faults;
mod gateway;
mod handler;
mod pattern;
mod runner;
mod schedule;
mod template;
mod world;

pub use delivery::{DeliveryError, Message, QueueContent};
pub use faults::{Kind, Rates};
pub use handler::{Handler, Handlers, Running, handler};
pub use pattern::{Pattern, PatternError};
pub use schedule::{Recurrence, ScheduleError};
pub use template::{
    Asynchronous, Authorizer, Cors, Function, IdentitySource, Queue, Receipt, Retry, Route, Rule, Schedule,
    Segment, StandIns, StreamSource, Table, TemplateError, Wiring, template_document,
};
pub use world::{Options, Rest, Staffing, World, WorldError, default_template};

/// Requests and items are taken apart and put together as JSON all the time: a fifth of the system's work here was to
/// find memory. The steps themselves, as Lambda runs them, do not have this.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

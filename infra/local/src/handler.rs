//! What the twin runs: one function per name, payload in, answer out, as Lambda does.

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use serde_json::Value;

/// The future of one invocation.
pub type Running = Pin<Box<dyn Future<Output = Result<Value, String>> + Send>>;

/// A function: takes an event, gives its answer, or says how it failed.
pub type Handler = Arc<dyn Fn(Value) -> Running + Send + Sync>;

/// All functions by name.
pub type Handlers = BTreeMap<String, Handler>;

/// Makes a handler of an async closure.
pub fn handler<F, R>(run: F) -> Handler
where
    F: Fn(Value) -> R + Send + Sync + 'static,
    R: Future<Output = Result<Value, String>> + Send + 'static,
{
    Arc::new(move |event| Box::pin(run(event)))
}

//! What the bus tells a step: which event of which complaint. Ids only; the step loads what it needs.

use serde::{Deserialize, Serialize};

use crate::values::ComplaintId;

/// Who puts our events on the bus.
pub const SOURCE: &str = "complaints";

/// An event as EventBridge delivers it, as far as steps look at it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// The event's name; empty where the notice was made by hand.
    #[serde(rename = "detail-type", default)]
    pub name: String,
    /// What we put in.
    pub detail: Detail,
}

/// What we put in: the same for every event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Detail {
    /// The event's own id; consumers know by it what they have seen.
    pub event: String,
    /// Whose.
    pub complaint: ComplaintId,
    /// The version it made.
    pub version: u32,
}

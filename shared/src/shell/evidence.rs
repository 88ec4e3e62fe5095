//! The way of a file that came with a complaint: sent straight to the bucket, or handed in from a mail; looked at,
//! scanned, kept; or removed.
//!
//! ```text
//! link, form, mail ──▶ incoming/ ──take──▶ quarantine/ ──scan──▶ kept/ ──▶ a link of a minute for staff
//!                          └─ no such type, too large: removed   └─ harmful, not scanned: removed
//! ```
//!
//! Others write to `incoming/` only, and read from `kept/` only. What is scanned can therefore not be changed any more,
//! and what was not scanned cannot be read. Keys and metadata hold ids and no content; the file's name comes along as
//! metadata as far as `incoming/`, and is in a private text from then on.

mod offer;
mod place;
mod remove;
mod scan;
mod sender;
mod take;

pub use place::{Place, Stored};
pub use scan::Scanned;
pub use sender::Sender;
pub use take::Taken;

//! What follows from a call and outlives it: changes for the stream, events for a bus, captured mails.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Something that AWS would now deliver, for the wiring to hand on.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// A change of a table, as one entry of `Records` in the event that Lambda gets from a stream.
    Stream {
        /// The table's name.
        table: String,
        /// The record: `eventName`, `dynamodb` with keys and images, and the rest.
        record: Value,
    },
    /// An event on a bus, as EventBridge hands it to a target.
    Bus {
        /// The bus's name; `default` for events of AWS services.
        bus: String,
        /// The event: `detail-type`, `source`, `detail` and the rest.
        event: Value,
    },
}

/// An effect that awaits its delivery.
#[derive(Clone, Debug, PartialEq)]
pub struct Due {
    /// Rises in the order of commit; what is acknowledged.
    pub id: i64,
    /// When it was caused, by the twin's clock.
    pub at: Timestamp,
    /// What is to be delivered.
    pub effect: Effect,
}

/// A mail that SES accepted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mail {
    /// When it was accepted, by the twin's clock.
    pub at: Timestamp,
    /// SES's id of it.
    pub message_id: String,
    /// The sender, as given.
    pub from: String,
    /// The recipients: to, cc and bcc together.
    pub to: Vec<String>,
    /// Where answers go.
    pub reply_to: Vec<String>,
    /// The subject.
    pub subject: String,
    /// Additional headers in their order.
    pub headers: Vec<(String, String)>,
    /// The plain text, if any.
    pub text: Option<String>,
    /// The HTML, if any.
    pub html: Option<String>,
    /// The attached files.
    pub attachments: Vec<Attachment>,
    /// The tags that come back in SES's events.
    pub tags: Vec<(String, String)>,
    /// Whether it reached its mailbox: false for suppressed and bouncing addresses.
    pub delivered: bool,
}

/// A file attached to a mail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// The file's name.
    pub name: String,
    /// Its media type.
    pub content_type: String,
    /// Its content in Base64.
    pub content: String,
}

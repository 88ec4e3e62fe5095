//! What was asked at the door, and what may go wrong there on purpose.

use jiff::Timestamp;

/// A service that the door stands in for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Service {
    /// The table.
    DynamoDb,
    /// The buses.
    EventBridge,
    /// The mail.
    Ses,
    /// The files.
    S3,
    /// Who calls.
    Sts,
    /// The staff's sign-in: its discovery document and keys.
    Issuer,
}

/// A call as it arrives, before anything is done: what a fault is chosen by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// Counts all calls of this process from 1; retries of the SDK are calls of their own.
    pub number: u64,
    /// Who is called.
    pub service: Service,
    /// The operation's name, as in AWS's own reference (`PutItem`).
    pub operation: String,
    /// When, by the twin's clock.
    pub at: Timestamp,
}

/// What the injected fault makes of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Fault {
    /// Nothing: it is answered as it should be.
    #[default]
    None,
    /// Refused before anything is done: too many requests.
    Throttle,
    /// Refused before anything is done: another transaction holds an item. For services other than DynamoDB a
    /// [`Fault::Throttle`].
    Conflict,
    /// Refused before anything is done: the service's own failure (HTTP 500).
    ServerError,
    /// Refused before anything is done, and for good: SES sends no such message. For others no fault.
    Reject,
    /// Done, but the caller never learns of it: the connection breaks.
    LoseAnswer,
    /// Done in part: every second entry of `PutEvents` fails, every second write of `BatchWriteItem` and key of
    /// `BatchGetItem` stays unprocessed (the first one included, so that a call of one entry fails too). For others no
    /// fault.
    Partial,
    /// A query of an index is answered as it was answered last: indexes follow their table, and not always at once. For
    /// others no fault.
    Stale,
    /// The function that calls dies before anything is done. Who is no function loses the answer instead, and so below.
    DieBefore,
    /// The function that calls dies when it is done, before it learns of it.
    DieAfter,
}

/// Why a caller gets no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Broken {
    /// The connection broke.
    Lost,
    /// The caller has died.
    Dead,
}

/// A call that was answered, and what it cost.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// The call.
    pub call: Call,
    /// The partition keys named in the request, in its order (DynamoDB); the objects' keys (S3).
    pub keys: Vec<String>,
    /// Read units consumed, indexes included.
    pub read_units: f64,
    /// Write units consumed, indexes included; each write of a transaction counts twice.
    pub write_units: f64,
    /// Items read or returned by the call.
    pub items: usize,
    /// The HTTP status of the answer, sent or lost.
    pub status: u16,
    /// What was injected.
    pub fault: Fault,
    /// Which instance of a function called, of all in this process; none for callers that are no functions.
    pub instance: Option<u64>,
}

//! What AWS asks for what a complaint uses, in US dollars.
//!
//! List prices of us-east-1, on demand, first tier, without free tiers and discounts; most other regions ask more. Taken in November 2026 from the pages named here: <https://aws.amazon.com/dynamodb/pricing/>,
//! `/lambda/pricing/`, `/api-gateway/pricing/`, `/eventbridge/pricing/`, `/ses/pricing/`, `/cloudwatch/pricing/` and
//! `/ec2/pricing/on-demand/` (data transfer).

/// So much of something for so many dollars.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Price {
    pub(crate) dollars: f64,
    pub(crate) per: f64,
}

const MILLION: f64 = 1e6;
pub(crate) const GIGABYTE: f64 = 1024.0 * 1024.0 * 1024.0;

const fn price(dollars: f64, per: f64) -> Price {
    Price { dollars, per }
}

/// A write unit: 1 KB written, 2 in a transaction; indexes are paid as they change.
pub(crate) const WRITE_UNIT: Price = price(0.625, MILLION);
/// A read unit: 4 KB read consistently; half in an index.
pub(crate) const READ_UNIT: Price = price(0.125, MILLION);
/// What a write unit costs with provisioned capacity of which so much is used: a unit a second costs 0.00065 an hour.
pub(crate) const WRITE_UNIT_PROVISIONED: Price = price(0.00065, 3600.0 * PROVISIONED_AND_USED);
/// A read unit likewise: 0.00013 an hour.
pub(crate) const READ_UNIT_PROVISIONED: Price = price(0.00013, 3600.0 * PROVISIONED_AND_USED);
/// What automatic scaling aims at unless it is told otherwise.
pub(crate) const PROVISIONED_AND_USED: f64 = 0.7;
/// A gigabyte in the table, a month, with recovery to a point in time (0.25 and 0.20).
pub(crate) const STORED: Price = price(0.45, GIGABYTE);
/// An invocation of a Lambda. That it reads a stream, or is woken by a rule, costs nothing more.
pub(crate) const INVOCATION: Price = price(0.20, MILLION);
/// A gigabyte of memory for a second, on arm64.
pub(crate) const GIGABYTE_SECOND: Price = price(0.000_013_333_4, 1.0);
/// A request to an HTTP API, in pieces of 512 KB.
pub(crate) const API_REQUEST: Price = price(1.00, MILLION);
/// An event of ours on a bus, in pieces of 64 KB. Those of AWS's own services are free, and so is their delivery.
pub(crate) const EVENT: Price = price(1.00, MILLION);
/// A gigabyte put into a bus's archive; kept for a month it is 0.023 more.
pub(crate) const ARCHIVED: Price = price(0.123, GIGABYTE);
/// A mail.
pub(crate) const MAIL: Price = price(0.10, 1000.0);
/// A gigabyte of logs taken in.
pub(crate) const LOGGED: Price = price(0.50, GIGABYTE);
/// A gigabyte that leaves for the internet.
pub(crate) const SENT_OUT: Price = price(0.09, GIGABYTE);

/// Memory of a Lambda, in gigabytes, as the template gives it.
pub(crate) const MEMORY: f64 = 0.25;

/// How long a Lambda waits for AWS, in milliseconds: assumed, since nothing here takes the time that it takes there.
pub(crate) const WAITS: [(&str, f64); 7] = [
    ("GetItem", 4.0),
    ("BatchGetItem", 6.0),
    ("Query", 5.0),
    ("PutItem", 6.0),
    ("TransactWriteItems", 15.0),
    ("PutEvents", 15.0),
    ("SendEmail", 60.0),
];
/// For any other call.
pub(crate) const WAIT: f64 = 6.0;
/// What a Lambda does itself, with its share of starts (one of a hundred, 120 ms each), in milliseconds.
pub(crate) const WORK: f64 = 3.2;
/// What the API writes into its log about a request, in the format of the template, about so many bytes.
pub(crate) const ACCESS: f64 = 330.0;
/// An event in the archive: what EventBridge puts around ours included, about so many bytes.
pub(crate) const ARCHIVED_EVENT: f64 = 500.0;

impl Price {
    /// What so much costs.
    pub(crate) fn of(self, amount: f64) -> f64 {
        self.dollars * amount / self.per
    }
}

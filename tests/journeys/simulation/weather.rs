//! What goes wrong at AWS's door, drawn from the seed: refusals, broken connections, half-done calls, and now and then
//! several in a row.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard};

use jiff::Timestamp;
use local::Rates;
use local::door::{Call, Fault, Service};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// In a thousand calls, how many fare how.
const DYNAMODB: [(Fault, u32); 7] = [
    (Fault::Throttle, 8),
    (Fault::Conflict, 8),
    (Fault::LoseAnswer, 10),
    (Fault::ServerError, 4),
    (Fault::Stale, 60),
    (Fault::DieBefore, 2),
    (Fault::DieAfter, 3),
];
const SES: [(Fault, u32); 6] = [
    (Fault::Throttle, 50),
    (Fault::LoseAnswer, 50),
    (Fault::ServerError, 30),
    (Fault::Reject, 20),
    (Fault::DieBefore, 20),
    (Fault::DieAfter, 20),
];
const EVENT_BRIDGE: [(Fault, u32); 6] = [
    (Fault::Partial, 50),
    (Fault::LoseAnswer, 30),
    (Fault::Throttle, 20),
    (Fault::ServerError, 20),
    (Fault::DieBefore, 10),
    (Fault::DieAfter, 10),
];
const S3: [(Fault, u32); 5] = [
    (Fault::Throttle, 10),
    (Fault::ServerError, 10),
    (Fault::LoseAnswer, 10),
    (Fault::DieBefore, 2),
    (Fault::DieAfter, 2),
];
/// In a hundred faults, how many last for more than one call, and for how many more at most.
const STORMS: (u32, u32) = (20, 4);

/// The weather at the door. Clones are the same one.
#[derive(Clone)]
pub(super) struct Weather(Arc<Mutex<Sky>>);

struct Sky {
    dice: ChaCha8Rng,
    is_over: bool,
    stale: u64,
    storm: Option<(Service, Fault, u32)>,
    seen: BTreeMap<String, u64>,
    struck: BTreeSet<Timestamp>,
}

impl Weather {
    pub(super) fn new(seed: u64) -> Weather {
        let dice = ChaCha8Rng::seed_from_u64(seed ^ 0x00d0_0a11);
        Weather(Arc::new(Mutex::new(Sky {
            dice,
            stale: 0,
            is_over: false,
            storm: None,
            seen: BTreeMap::new(),
            struck: BTreeSet::new(),
        })))
    }

    /// What decides at the door.
    pub(super) fn injector(&self) -> Box<dyn FnMut(&Call) -> Fault + Send> {
        let weather = self.clone();
        Box::new(move |call| weather.sky().fault(call))
    }

    /// How many queries of an index were answered as they were before.
    pub(super) fn stale(&self) -> u64 {
        self.sky().stale
    }

    /// At how many instants of this time something went wrong with what publishes events.
    pub(super) fn struck(&self, from: Timestamp, to: Timestamp) -> usize {
        self.sky().struck.range(from..=to).count()
    }

    /// Nothing goes wrong any more.
    pub(super) fn end(&self) {
        self.sky().is_over = true;
    }

    /// How often each kind struck.
    pub(super) fn seen(&self) -> BTreeMap<String, u64> {
        self.sky().seen.clone()
    }

    fn sky(&self) -> MutexGuard<'_, Sky> {
        self.0.lock().unwrap()
    }
}

/// What goes wrong in deliveries, drawn from the seed.
pub(super) fn rates(dice: &mut ChaCha8Rng) -> Rates {
    let mut up_to = |most: f64| dice.random_range(0.0..most);
    Rates {
        duplicate: up_to(0.15),
        delay: up_to(0.15),
        reorder: up_to(0.15),
        refuse: up_to(0.08),
        crash_before: up_to(0.02),
        crash_after: up_to(0.03),
        late: up_to(0.2),
        doubled: up_to(0.2),
        // In some runs most turns never come.
        missed: up_to(1.0).powi(2) * 0.9,
        outage: up_to(0.02),
        twice: up_to(0.1),
        skew: up_to(0.4),
    }
}

impl Sky {
    fn fault(&mut self, call: &Call) -> Fault {
        let odds: &[(Fault, u32)] = match call.service {
            _ if self.is_over => return Fault::None,
            Service::DynamoDb => &DYNAMODB,
            Service::Ses => &SES,
            Service::EventBridge => &EVENT_BRIDGE,
            Service::S3 => &S3,
            // Who is kept waiting by the issuer depends on a cache that all seeds of a process share.
            Service::Issuer | Service::Sts => return Fault::None,
        };
        // Only writes meet transactions.
        let is_read = matches!(call.operation.as_str(), "Query" | "Scan" | "GetItem");
        let fault = match self.draw(call, odds) {
            // What busy items do to a batch is that it stays incomplete.
            Fault::Conflict if call.operation == "BatchGetItem" => Fault::Partial,
            Fault::Conflict if is_read => Fault::Throttle,
            // Only queries can be of an index; of a table there is always the truth to be had.
            Fault::Stale if call.operation != "Query" => Fault::None,
            fault => fault,
        };
        self.stale += u64::from(fault == Fault::Stale);
        if fault != Fault::None {
            *self.seen.entry(format!("fault at {:?}: {fault:?}", call.service)).or_default() += 1;
            // What the stream's reader of events calls.
            if matches!(call.operation.as_str(), "PutEvents" | "DeleteItem") {
                self.struck.insert(call.at);
            }
        }
        fault
    }

    fn draw(&mut self, call: &Call, odds: &[(Fault, u32)]) -> Fault {
        if let Some((service, fault, left)) = self.storm
            && service == call.service
        {
            self.storm = (left > 1).then_some((service, fault, left - 1));
            return fault;
        }
        let mut number = self.dice.random_range(0..1000);
        for (fault, share) in odds {
            if number < *share {
                if self.dice.random_range(0..100) < STORMS.0 {
                    self.storm = Some((call.service, *fault, self.dice.random_range(1..=STORMS.1)));
                }
                return *fault;
            }
            number -= share;
        }
        Fault::None
    }
}

/// What goes wrong beside deliveries; all of it must be seen.
pub(super) const FAULTS: [&str; 27] = [
    "fault at DynamoDb: Throttle",
    "fault at DynamoDb: Conflict",
    "fault at DynamoDb: Partial",
    "fault at DynamoDb: LoseAnswer",
    "fault at DynamoDb: ServerError",
    "fault at DynamoDb: Stale",
    "fault at DynamoDb: DieBefore",
    "fault at DynamoDb: DieAfter",
    "fault at Ses: Throttle",
    "fault at Ses: LoseAnswer",
    "fault at Ses: ServerError",
    "fault at Ses: Reject",
    "fault at Ses: DieBefore",
    "fault at Ses: DieAfter",
    "fault at EventBridge: Partial",
    "fault at EventBridge: LoseAnswer",
    "fault at EventBridge: Throttle",
    "fault at EventBridge: ServerError",
    "fault at EventBridge: DieBefore",
    "fault at EventBridge: DieAfter",
    "fault of SES's events: lost",
    "fault of SES's events: doubled",
    "fault of SES's events: hours or days later",
    "fault of deploys: written by newer code",
    "fault of deploys: a record that only newer code knows",
    "fault of events: malformed or about nothing",
    "fault of the table: restored to an earlier point",
];

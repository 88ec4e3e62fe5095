//! What goes wrong at AWS's door, drawn from the seed: refusals, broken connections, half-done calls, and now and then
//! several in a row.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};

use local::Rates;
use local::door::{Call, Fault, Service};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// In a thousand calls, how many fare how.
const DYNAMODB: [(Fault, u32); 4] =
    [(Fault::Throttle, 12), (Fault::Conflict, 12), (Fault::LoseAnswer, 14), (Fault::ServerError, 6)];
const SES: [(Fault, u32); 3] = [(Fault::Throttle, 60), (Fault::LoseAnswer, 60), (Fault::ServerError, 40)];
const EVENT_BRIDGE: [(Fault, u32); 4] =
    [(Fault::Partial, 60), (Fault::LoseAnswer, 40), (Fault::Throttle, 20), (Fault::ServerError, 20)];
const S3: [(Fault, u32); 3] = [(Fault::Throttle, 10), (Fault::ServerError, 10), (Fault::LoseAnswer, 10)];
/// In a hundred faults, how many last for more than one call, and for how many more at most.
const STORMS: (u32, u32) = (20, 4);

/// The weather at the door. Clones are the same one.
#[derive(Clone)]
pub(super) struct Weather(Arc<Mutex<Sky>>);

struct Sky {
    dice: ChaCha8Rng,
    /// Who reads the table to check it is left alone.
    is_held: bool,
    is_over: bool,
    storm: Option<(Service, Fault, u32)>,
    seen: BTreeMap<String, u64>,
}

impl Weather {
    pub(super) fn new(seed: u64) -> Weather {
        let dice = ChaCha8Rng::seed_from_u64(seed ^ 0x00d0_0a11);
        Weather(Arc::new(Mutex::new(Sky {
            dice,
            is_held: false,
            is_over: false,
            storm: None,
            seen: BTreeMap::new(),
        })))
    }

    /// What decides at the door.
    pub(super) fn injector(&self) -> Box<dyn FnMut(&Call) -> Fault + Send> {
        let weather = self.clone();
        Box::new(move |call| weather.sky().fault(call))
    }

    /// While it is held nothing goes wrong, and nothing is drawn.
    pub(super) fn hold(&self, is_held: bool) {
        self.sky().is_held = is_held;
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

/// What goes wrong in deliveries, drawn from the seed. Most turns of the five-minute schedules never come: it is a
/// fault that the product must bear, and it makes a virtual day cheap.
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
        missed: 0.94 + up_to(0.03),
    }
}

impl Sky {
    fn fault(&mut self, call: &Call) -> Fault {
        let odds: &[(Fault, u32)] = match call.service {
            _ if self.is_held || self.is_over => return Fault::None,
            Service::DynamoDb => &DYNAMODB,
            Service::Ses => &SES,
            Service::EventBridge => &EVENT_BRIDGE,
            Service::S3 => &S3,
            // Who is kept waiting by the issuer depends on a cache that all seeds of a process share.
            Service::Issuer | Service::Sts => return Fault::None,
        };
        // Only writes meet transactions.
        let is_read = matches!(call.operation.as_str(), "Query" | "Scan" | "GetItem" | "BatchGetItem");
        let fault = match self.draw(call, odds) {
            Fault::Conflict if is_read => Fault::Throttle,
            fault => fault,
        };
        if fault != Fault::None {
            *self.seen.entry(format!("fault at {:?}: {fault:?}", call.service)).or_default() += 1;
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

/// Every kind of fault; all of them must be seen.
pub(super) const FAULTS: [&str; 27] = [
    "fault at DynamoDb: Throttle",
    "fault at DynamoDb: Conflict",
    "fault at DynamoDb: LoseAnswer",
    "fault at DynamoDb: ServerError",
    "fault at Ses: Throttle",
    "fault at Ses: LoseAnswer",
    "fault at Ses: ServerError",
    "fault at SES: event lost",
    "fault at EventBridge: Partial",
    "fault at EventBridge: LoseAnswer",
    "fault at EventBridge: Throttle",
    "fault at EventBridge: ServerError",
    "fault in delivery: Duplicate",
    "fault in delivery: Delay",
    "fault in delivery: Reorder",
    "fault in delivery: Refuse",
    "fault in delivery: CrashBefore",
    "fault in delivery: CrashAfter",
    "fault in delivery: Late",
    "fault in delivery: Doubled",
    "fault in delivery: Missed",
    "customer: double submit",
    "customer: late retry",
    "customer: two tabs",
    "customer: pries",
    "staff: two on one version",
    "mails sent twice",
];

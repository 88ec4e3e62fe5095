//! The product's own steps under watch: when a sweep went through, which mail events came in, and which were lost, kept
//! back or doubled on the way; what newer code would have written; with a bug planted, where a test wants one.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard};

use jiff::{SignedDuration, Timestamp};
use local::door::Cloud;
use local::{Handler, Handlers, Staffing};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde_json::Value;

use super::planted::Bug;
use super::rest::{MOST_SKEW, Rest};
use super::weather::Weather;

/// In a hundred events of SES, how many never come, come twice, and come hours or days later.
const LOST: u32 = 8;
const DOUBLED: u32 = 5;
const LATER: u32 = 8;
/// In a hundred events and records, how many were written by code that is newer.
const NEWER: u32 = 5;

/// What was seen. Clones are the same one.
#[derive(Clone)]
pub(super) struct Witness {
    notes: Arc<Mutex<Notes>>,
    weather: Weather,
    rest: Rest,
}

pub(super) struct Notes {
    dice: ChaCha8Rng,
    pub(super) is_calm: bool,
    /// When each sweep last went through to its end.
    pub(super) swept: BTreeMap<String, Timestamp>,
    /// When SES's events about each mail were taken in.
    pub(super) told: BTreeMap<String, Vec<Timestamp>>,
    /// Mails of which a step was told, and took it in, that they came back for good.
    pub(super) came_back: BTreeSet<String>,
    /// Events of SES that are to come, by when.
    pub(super) later: Vec<(Timestamp, Value)>,
    /// What was seen, by name.
    pub(super) seen: BTreeMap<&'static str, u64>,
    /// How often each step ran, and how many calls to the cloud there were meanwhile.
    pub(super) runs: BTreeMap<String, (u64, u64)>,
    pub(super) errors: BTreeMap<String, u64>,
    /// The first law that was broken within a move.
    pub(super) broken: Option<String>,
}

/// How an event of SES fares.
enum Way {
    Comes,
    Never,
    Twice,
    Later,
}

impl Witness {
    pub(super) fn new(seed: u64, weather: &Weather, rest: &Rest) -> Witness {
        let notes = Notes {
            dice: ChaCha8Rng::seed_from_u64(seed ^ 0x3e5),
            is_calm: false,
            swept: BTreeMap::new(),
            told: BTreeMap::new(),
            came_back: BTreeSet::new(),
            later: Vec::new(),
            seen: BTreeMap::new(),
            runs: BTreeMap::new(),
            errors: BTreeMap::new(),
            broken: None,
        };
        Witness { notes: Arc::new(Mutex::new(notes)), weather: weather.clone(), rest: rest.clone() }
    }

    pub(super) fn notes(&self) -> MutexGuard<'_, Notes> {
        self.notes.lock().unwrap()
    }

    /// The product's own steps, watched.
    pub(super) fn staffing(&self, bug: Option<Bug>) -> Staffing {
        let witness = self.clone();
        Box::new(move |cloud: &Cloud, wiring| {
            witness.rest.of_table(&wiring.table.name);
            let handlers = local::steps::handlers(cloud, wiring)?;
            let handlers = match bug {
                Some(bug) => bug.plant(handlers, cloud, wiring),
                None => handlers,
            };
            Ok(handlers
                .into_iter()
                .map(|(name, handler)| (name.clone(), witness.watched(name, handler, cloud)))
                .collect::<Handlers>())
        })
    }

    fn watched(&self, name: String, handler: Handler, cloud: &Cloud) -> Handler {
        let (witness, cloud) = (self.clone(), cloud.clone());
        Arc::new(move |event: Value| {
            let (witness, cloud, name, handler) =
                (witness.clone(), cloud.clone(), name.clone(), handler.clone());
            Box::pin(async move { witness.run(&name, &handler, &cloud, event).await })
        })
    }

    async fn run(
        &self,
        name: &str,
        handler: &Handler,
        cloud: &Cloud,
        mut event: Value,
    ) -> Result<Value, String> {
        let now = cloud.clock().now();
        if name == "record-mail-events" && !self.notes().passes(&event, now) {
            return Ok(Value::Null);
        }
        self.notes().renew(name, &mut event);
        let tag = event.pointer("/detail/mail/tags/mail/0").and_then(Value::as_str).map(str::to_owned);
        let is_back = event.pointer("/detail/bounce/bounceType").is_some_and(|kind| kind == "Permanent");
        let has_nothing_to_do = self.rest.begins(cloud, name);
        let (calls, stale) = (cloud.calls(), self.weather.stale());
        let result = handler(event).await;
        let mut notes = self.notes();
        let (runs, asked) = notes.runs.entry(name.to_owned()).or_default();
        *runs += 1;
        *asked += cloud.calls() - calls;
        if has_nothing_to_do {
            *notes.seen.entry("turns with nothing to do").or_default() += 1;
            // A mail that was put off, and is found by an index that is behind, is tried a little early.
            let is_early = name == "settle-mails" && self.weather.stale() != stale;
            if cloud.has_written_since(calls) && !is_early {
                notes.broken = Some(format!("10: {name} had nothing to do at {now}, and wrote something"));
            }
        }
        match &result {
            // What was found by an index that was behind is found by the next.
            Ok(_) if self.weather.stale() == stale => {
                notes.swept.insert(name.to_owned(), now - MOST_SKEW);
            }
            Ok(_) => {}
            Err(error) => *notes.errors.entry(format!("{name}: {error}")).or_default() += 1,
        }
        if let Some(tag) = tag.filter(|_| result.is_ok()) {
            if is_back {
                notes.came_back.insert(tag.clone());
            }
            notes.told.entry(tag).or_default().push(now);
        }
        result
    }
}

impl Notes {
    /// Whether an event of SES comes now.
    fn passes(&mut self, event: &Value, now: Timestamp) -> bool {
        let (name, again, passes) = match self.way() {
            Way::Comes => return true,
            Way::Never => ("fault of SES's events: lost", false, false),
            Way::Twice => ("fault of SES's events: doubled", true, true),
            Way::Later => ("fault of SES's events: hours or days later", true, false),
        };
        *self.seen.entry(name).or_default() += 1;
        if again {
            let is_about_return =
                matches!(event["detail"]["eventType"].as_str(), Some("Bounce" | "Complaint"));
            let most = if is_about_return { 24 * 6 } else { 8 };
            let at = now + SignedDuration::from_mins(self.dice.random_range(1..=60 * most));
            self.later.push((at, event.clone()));
        }
        passes
    }

    fn way(&mut self) -> Way {
        if self.is_calm {
            return Way::Comes;
        }
        match self.dice.random_range(0..100) {
            number if number < LOST => Way::Never,
            number if number < LOST + DOUBLED => Way::Twice,
            number if number < LOST + DOUBLED + LATER => Way::Later,
            _ => Way::Comes,
        }
    }

    /// The table is another one, and knows nothing of what was done to the former.
    pub(super) fn forget(&mut self) {
        self.swept.clear();
        self.told.clear();
        self.came_back.clear();
    }

    /// The first event of SES that is to come by now.
    pub(super) fn take_later(&mut self, now: Timestamp) -> Option<Value> {
        let place = self.later.iter().position(|(at, _)| *at <= now)?;
        Some(self.later.remove(place).1)
    }

    /// What code of a later version would have put into an event or a record besides.
    fn renew(&mut self, name: &str, event: &mut Value) {
        if self.is_calm || self.dice.random_range(0..100) >= NEWER {
            return;
        }
        let mut is_renewed = false;
        if let Some(Value::Object(detail)) = event.get_mut("detail") {
            detail.insert("laterField".into(), true.into());
            is_renewed = true;
        }
        if name == "publish-events" || name == "tally-events" {
            for record in event["Records"].as_array_mut().into_iter().flatten() {
                let Some(text) = record.pointer_mut("/dynamodb/NewImage/record/S") else { continue };
                if let Some(rest) = text.as_str().and_then(|text| text.strip_prefix('{')) {
                    *text = format!("{{\"later_field\":{{\"id\":1}},{rest}").into();
                    is_renewed = true;
                }
            }
        }
        if is_renewed {
            *self.seen.entry("fault of deploys: written by newer code").or_default() += 1;
        }
    }
}

//! The product's own steps under watch: when a sweep went through, which mail events came in, and which were lost on
//! the way; with a bug planted, where a test wants one.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard};

use jiff::Timestamp;
use local::door::{Clock, Cloud};
use local::{Handler, Handlers, Staffing};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde_json::Value;

use super::planted::Bug;

/// In a hundred events of SES, how many never come.
const LOST: u32 = 8;

/// What was seen. Clones are the same one.
#[derive(Clone)]
pub(super) struct Witness(Arc<Mutex<Notes>>);

pub(super) struct Notes {
    dice: ChaCha8Rng,
    pub(super) is_calm: bool,
    /// When each sweep last went through to its end.
    pub(super) swept: BTreeMap<String, Timestamp>,
    /// When SES's events about each mail were taken in.
    pub(super) told: BTreeMap<String, Vec<Timestamp>>,
    /// Mails of which a step was told, and took it in, that they came back for good.
    pub(super) came_back: BTreeSet<String>,
    pub(super) lost: u64,
    pub(super) errors: BTreeMap<String, u64>,
}

impl Witness {
    pub(super) fn new(seed: u64) -> Witness {
        Witness(Arc::new(Mutex::new(Notes {
            dice: ChaCha8Rng::seed_from_u64(seed ^ 0x3e5),
            is_calm: false,
            swept: BTreeMap::new(),
            told: BTreeMap::new(),
            came_back: BTreeSet::new(),
            lost: 0,
            errors: BTreeMap::new(),
        })))
    }

    pub(super) fn notes(&self) -> MutexGuard<'_, Notes> {
        self.0.lock().unwrap()
    }

    /// The product's own steps, watched.
    pub(super) fn staffing(&self, clock: &Clock, bug: Option<Bug>) -> Staffing {
        let (witness, clock) = (self.clone(), clock.clone());
        Box::new(move |cloud: &Cloud, wiring| {
            let handlers = local::steps::handlers(cloud, wiring)?;
            let handlers =
                bug.map_or_else(|| handlers.clone(), |bug| bug.plant(handlers.clone(), cloud, wiring));
            Ok(handlers
                .into_iter()
                .map(|(name, handler)| (name.clone(), witness.watched(name, handler, &clock)))
                .collect::<Handlers>())
        })
    }

    fn watched(&self, name: String, handler: Handler, clock: &Clock) -> Handler {
        let (witness, clock) = (self.clone(), clock.clone());
        Arc::new(move |event: Value| {
            let (witness, clock, name, handler) =
                (witness.clone(), clock.clone(), name.clone(), handler.clone());
            Box::pin(async move {
                if name == "record-mail-events" && witness.loses() {
                    return Ok(Value::Null);
                }
                let tag =
                    event.pointer("/detail/mail/tags/mail/0").and_then(Value::as_str).map(str::to_owned);
                let is_back =
                    event.pointer("/detail/bounce/bounceType").is_some_and(|kind| kind == "Permanent");
                let result = handler(event).await;
                let mut notes = witness.notes();
                match &result {
                    Ok(_) => drop(notes.swept.insert(name, clock.now())),
                    Err(error) => *notes.errors.entry(format!("{name}: {error}")).or_default() += 1,
                }
                if let Some(tag) = tag.filter(|_| result.is_ok()) {
                    if is_back {
                        notes.came_back.insert(tag.clone());
                    }
                    notes.told.entry(tag).or_default().push(clock.now());
                }
                result
            })
        })
    }

    fn loses(&self) -> bool {
        let mut notes = self.notes();
        let loses = !notes.is_calm && notes.dice.random_range(0..100) < LOST;
        notes.lost += u64::from(loses);
        loses
    }
}

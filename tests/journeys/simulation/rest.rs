//! When a schedule's step has something to do, read from the very indexes that it reads: the turns before it are left
//! out. Now and then one comes all the same, and then it must change nothing, which is what makes leaving out right.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};

use jiff::{SignedDuration, Timestamp};
use local::door::Cloud;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// No clock is off by more.
pub(super) const MOST_SKEW: SignedDuration = SignedDuration::from_secs(5);
/// An event has so long to be published by the stream.
const PUBLISHED_WITHIN: SignedDuration = SignedDuration::from_mins(1);
/// Less than a year, which is the least that a record is kept.
const KEPT_FOR: SignedDuration = SignedDuration::from_hours(24 * 360);
/// How many hours pass at most between two turns of a step that come with nothing to do.
const SAMPLED_WITHIN: i64 = 168;
/// The same for the reconciliation.
const RECONCILED_WITHIN: i64 = 480;

/// What is known of it. Clones are the same one.
#[derive(Clone)]
pub(super) struct Rest(Arc<Mutex<Known>>);

struct Known {
    dice: ChaCha8Rng,
    table: String,
    /// By step: at which change of the table it was read, and from when on there is something to do.
    read: BTreeMap<String, (u64, Option<Timestamp>)>,
    /// By step: when it comes all the same.
    sampled: BTreeMap<String, Timestamp>,
}

impl Rest {
    pub(super) fn new(seed: u64) -> Rest {
        let dice = ChaCha8Rng::seed_from_u64(seed ^ 0x1d1e);
        let (table, read, sampled) = (String::new(), BTreeMap::new(), BTreeMap::new());
        Rest(Arc::new(Mutex::new(Known { dice, table, read, sampled })))
    }

    /// What the world asks.
    pub(super) fn asked(&self) -> local::Rest {
        let rest = self.clone();
        Box::new(move |cloud, step| Some(rest.known().from(cloud, step)))
    }

    pub(super) fn of_table(&self, table: &str) {
        table.clone_into(&mut self.known().table);
    }

    /// A step's turn has come; says whether it must find nothing to do, whatever its clock shows.
    pub(super) fn begins(&self, cloud: &Cloud, step: &str) -> bool {
        let mut known = self.known();
        let now = cloud.clock().now();
        if known.sampled.get(step).is_some_and(|at| *at <= now) {
            let next = known.next_sample(now, step);
            known.sampled.insert(step.to_owned(), next);
        }
        // The reconciliation tells of figures that follow late, and here its waiting takes no time.
        has_rests(step)
            && step != "reconcile"
            && known.wanted(cloud, step).is_none_or(|from| from > now + MOST_SKEW)
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap()
    }
}

/// Whether what a step would do can be read from the table.
fn has_rests(step: &str) -> bool {
    matches!(
        step,
        "watch-deadlines"
            | "follow-up"
            | "settle-mails"
            | "republish-events"
            | "expire-records"
            | "reconcile"
    )
}

impl Known {
    fn from(&mut self, cloud: &Cloud, step: &str) -> Timestamp {
        if !has_rests(step) {
            return Timestamp::MIN;
        }
        let sampled = if let Some(at) = self.sampled.get(step) {
            *at
        } else {
            let at = self.next_sample(cloud.clock().now(), step);
            self.sampled.insert(step.to_owned(), at);
            at
        };
        self.wanted(cloud, step).map_or(sampled, |from| from.min(sampled))
    }

    fn next_sample(&mut self, now: Timestamp, step: &str) -> Timestamp {
        let most = if step == "reconcile" { RECONCILED_WITHIN } else { SAMPLED_WITHIN };
        now + SignedDuration::from_hours(self.dice.random_range(1..=most))
    }

    /// From when on there is something to do.
    fn wanted(&mut self, cloud: &Cloud, step: &str) -> Option<Timestamp> {
        let changes = cloud.changes();
        if let Some((at, from)) = self.read.get(step).filter(|(at, _)| *at == changes) {
            let (_, from) = (at, *from);
            return from;
        }
        let first = |index, partition| {
            let first =
                cloud.first_in(&self.table, index, partition).expect("the store of a run is in memory");
            // An outbox pointer's key goes on after its instant.
            first.and_then(|key| key.split('#').next()?.parse::<Timestamp>().ok())
        };
        let from = match step {
            "watch-deadlines" | "follow-up" => first(Some("due"), "DUE#0"),
            "settle-mails" => first(Some("due"), "MAIL#0"),
            "republish-events" => first(None, "O#0").map(|at| at + PUBLISHED_WITHIN),
            "expire-records" => first(Some("due"), "KEPT#0").map(|at| at + KEPT_FOR),
            _ => None,
        };
        self.read.insert(step.to_owned(), (changes, from));
        from
    }
}

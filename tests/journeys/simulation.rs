//! Seeded runs of the whole product over the twin: ten complaints, their customers and the staff, through some seven
//! weeks in which everything goes wrong that may; after every move the invariants hold.
//!
//! The same seed gives the same run, to the byte of every function's event and answer. A seed that fails says how to run
//! it again: `SEED=42 cargo test -p journeys simulation -- --nocapture`.

mod books;
mod coverage;
mod customer;
mod laws;
mod mailbag;
mod planted;
mod post;
mod run;
mod staff;
mod weather;
mod witness;

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use coverage::Coverage;
use planted::Bug;
use run::{Ended, Run};

/// The seeds of every run of the tests.
const SEEDS: u64 = 8;

/// The seeds to run: one that was asked for, or those of every run.
#[expect(clippy::disallowed_methods, reason = "a person asks for one seed")]
fn asked_for() -> Option<u64> {
    std::env::var("SEED").ok().map(|seed| seed.parse().expect("SEED is a number"))
}

/// Runs seeds side by side.
fn all(seeds: std::ops::Range<u64>) -> Vec<(u64, Ended)> {
    let (next, ended) = (AtomicU64::new(seeds.start), Mutex::new(Vec::new()));
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let seed @ 0.. = next.fetch_add(1, Ordering::Relaxed)
                    && seed < seeds.end
                {
                    let run = Run::of(seed, None);
                    ended.lock().unwrap().push((seed, run));
                }
            });
        }
    });
    ended.into_inner().unwrap()
}

#[test]
fn whatever_goes_wrong_the_invariants_hold() {
    let seeds = asked_for().map_or(1..1 + SEEDS, |seed| seed..seed + 1);
    let runs = all(seeds);
    let mut coverage = Coverage::default();
    runs.iter().for_each(|(_, run)| coverage.join(&run.coverage));
    let broken: Vec<String> = runs
        .iter()
        .filter_map(|(seed, run)| {
            let law = run.broken.as_ref()?;
            Some(format!("SEED={seed} cargo test -p journeys simulation -- --nocapture\n{law}"))
        })
        .collect();
    eprintln!("{}", coverage.table());
    assert!(broken.is_empty(), "{}", broken.join("\n\n"));
    if asked_for().is_none() {
        let lacks = coverage.lacks(laws::STRAIGHT_PATH.into_iter().chain(weather::FAULTS));
        assert!(lacks.is_empty(), "never seen: {lacks:?}");
    }
}

//! Seeded runs of the whole product over the twin: ten complaints, their customers and the staff, through some seven
//! weeks in which everything goes wrong that may; after every move the invariants hold.
//!
//! The same seed gives the same run, to the byte of every function's event and answer. A seed that fails says how to run
//! it again: `SEED=42 cargo test -p journeys simulation -- --nocapture`.

mod books;
mod coverage;
mod customer;
mod further;
mod laws;
mod mailbag;
mod planted;
mod post;
mod run;
mod staff;
mod weather;
mod witness;

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use coverage::Coverage;
use planted::Bug;
use run::{Ended, Faults, Life, Run};

/// The seeds of every run of the tests.
const SEEDS: u64 = 8;

/// The seeds to run: one that was asked for, or those of every run.
#[expect(clippy::disallowed_methods, reason = "a person asks for one seed")]
fn asked_for() -> Option<u64> {
    std::env::var("SEED").ok().map(|seed| seed.parse().expect("SEED is a number"))
}

/// Runs lives side by side.
fn all(lives: &[Life]) -> Vec<Ended> {
    let (next, ended) = (AtomicUsize::new(0), Mutex::new(BTreeMap::new()));
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    let Some(life) = lives.get(number) else { break };
                    let run = Run::of(life);
                    ended.lock().unwrap().insert(number, run);
                }
            });
        }
    });
    ended.into_inner().unwrap().into_values().collect()
}

#[test]
fn whatever_goes_wrong_the_invariants_hold() {
    let seeds = asked_for().map_or(1..=SEEDS, |seed| seed..=seed);
    let lives: Vec<Life> = seeds.map(Life::of).collect();
    let runs = all(&lives);
    let mut coverage = Coverage::default();
    for run in &runs {
        coverage.join(&run.coverage);
    }
    let broken = runs.iter().zip(&lives).filter_map(|(run, life)| {
        let law = run.broken.as_ref()?;
        Some(format!("SEED={} cargo test -p journeys simulation -- --nocapture\n{law}\n", life.seed))
    });
    let broken: String = broken.collect();
    eprintln!("{}", coverage.table());
    assert!(broken.is_empty(), "{broken}");
    if asked_for().is_none() {
        let lacks = coverage.lacks(
            laws::STRAIGHT_PATH
                .into_iter()
                .chain(weather::FAULTS)
                .chain(further::FURTHER)
                .chain(["mail gathered"]),
        );
        assert!(lacks.is_empty(), "never seen: {lacks:?}");
    }
}

#[test]
fn the_same_seed_gives_the_same_run_and_another_seed_another() {
    let life = |seed| Life { days: 6, ..Life::of(seed) };
    let runs = all(&[life(1), life(1), life(2)]);
    let [one, again, other] = &runs[..] else { panic!("three runs") };
    assert_eq!(one.broken, None);
    assert_eq!((&one.trace, &one.coverage), (&again.trace, &again.coverage));
    assert_ne!(one.trace, other.trace);
}

/// Which invariant, by its number, notices the bug within a few seeds.
fn found(bug: Bug) -> String {
    let broken =
        (1..=6).find_map(|seed| Run::of(&Life { days: 15, bug: Some(bug), ..Life::of(seed) }).broken);
    let law = broken.unwrap_or_else(|| panic!("nobody noticed that it {bug:?}"));
    law.split(':').next().unwrap_or_default().to_owned()
}

#[test]
fn a_step_that_drops_what_the_bus_refused_is_found_by_what_never_happens() {
    assert!(["4", "5"].contains(&found(Bug::DropsFailedEntries).as_str()));
}

#[test]
fn a_letter_without_its_claim_is_found_by_its_second_copy() {
    assert_eq!(found(Bug::OmitsTheClaim), "6");
}

#[test]
fn a_mail_before_its_transition_is_found_by_its_lack_of_cause() {
    assert_eq!(found(Bug::MailsBeforeCommit), "6");
}

#[test]
fn a_sweep_that_trusts_its_input_is_found_by_what_stays_due() {
    assert_eq!(found(Bug::TrustsItsInput), "9");
}

#[test]
fn a_letter_that_came_back_to_nobody_is_found_by_the_missing_task_or_by_being_sent_again() {
    assert!(["4", "6"].contains(&found(Bug::IgnoresBounces).as_str()));
}

#[test]
fn with_every_sweep_in_time_no_alarm_is_later_than_five_minutes() {
    let run = Run::of(&Life { days: 7, faults: Faults::None, ..Life::of(3) });
    assert_eq!(run.broken, None);
    assert!(run.latest_alarm.as_mins() <= 5, "{}", run.latest_alarm);
    assert!(run.coverage.lacks(["event PromiseMissed", "event PromiseWarned", "event Escalated"]).is_empty());
}

//! Seeded runs of the whole product over the twin: thirty complaints, their customers and the staff, through four
//! months in which everything goes wrong that may; after every move the invariants hold.
//!
//! The same seed gives the same run, to the byte of every function's event and answer. A seed that fails says how to run
//! it again. The tests live a few short seeds, and as many whole ones as `SEEDS` says:
//! `SEEDS=20 cargo test --profile simulation -p journeys --test simulation`.
#![expect(clippy::unwrap_used, reason = "all of this binary is tests")]

#[path = "../desk/ask.rs"]
#[allow(dead_code, reason = "stories use more of it")]
mod ask;
mod books;
mod canary;
mod coverage;
mod customer;
mod further;
mod laws;
mod life;
mod link;
mod log;
mod mailbag;
mod operator;
mod planted;
mod post;
mod rest;
mod rivals;
mod run;
mod staff;
mod submission;
mod weather;
mod witness;

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use coverage::Coverage;
use life::{Faults, Life};
use planted::Bug;
use run::{Ended, Run};

/// The seeds of every run of the tests.
const SEEDS: u64 = 8;
/// With fewer whole lives than this not everything need be seen.
const ENOUGH: u64 = 100;

/// What a person or the pipeline asks for.
#[expect(clippy::disallowed_methods, reason = "a person asks for seeds")]
fn asked_for(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|number| number.parse().expect("it is a number"))
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

/// The seeds to live: one that failed, as many as the pipeline asks for, or a few short ones.
fn lives() -> Vec<Life> {
    match (asked_for("SEED"), asked_for("SEEDS")) {
        (Some(seed), _) if asked_for("SHORT").is_some() => vec![Life::short(seed)],
        (Some(seed), _) => vec![Life::of(seed)],
        (None, Some(count)) => (1..=count).map(Life::of).collect(),
        (None, None) => (1..=SEEDS).map(Life::short).collect(),
    }
}

#[test]
fn whatever_goes_wrong_the_invariants_hold() {
    let lives = lives();
    let runs = all(&lives);
    let mut coverage = Coverage::default();
    for run in &runs {
        coverage.join(&run.coverage);
    }
    let broken = runs.iter().zip(&lives).filter_map(|(run, life)| {
        let law = run.broken.as_ref()?;
        Some(format!("{}\n{law}\n", life.command()))
    });
    let broken: String = broken.collect();
    let lacks = coverage.lacks(coverage::everything());
    eprintln!("{}\nnever seen: {lacks:#?}", coverage.table());
    assert!(broken.is_empty(), "{broken}");
    let is_enough = asked_for("SEEDS").is_some_and(|count| count >= ENOUGH);
    assert!(lacks.is_empty() || !is_enough, "something was never seen");
}

#[test]
fn the_same_seed_gives_the_same_run_and_another_seed_another() {
    let life = |seed| Life { days: 6, ..Life::short(seed) };
    let runs = all(&[life(1), life(1), life(2)]);
    let [one, again, other] = &runs[..] else { panic!("three runs") };
    assert_eq!(one.broken, None);
    assert_eq!((&one.trace, &one.coverage), (&again.trace, &again.coverage));
    assert_ne!(one.trace, other.trace);
}

/// Which invariant notices the bug within some seeds: its number, a colon, and what was so.
fn found(bug: Bug) -> String {
    let broken = (1..=12).find_map(|seed| Run::of(&Life::with(bug, seed)).broken);
    broken.unwrap_or_else(|| panic!("nobody noticed that it {bug:?}"))
}

/// A test for each bug, named by how it is found, with the invariants that may be the first to notice.
macro_rules! finds {
    ($($name:ident: $bug:ident by $($law:literal)|+;)*) => {$(
        #[test]
        fn $name() {
            let law = found(Bug::$bug);
            let number = law.split(':').next().unwrap_or_default();
            assert!([$($law),+].contains(&number), "found by {law}");
        }
    )*};
}

finds! {
    a_step_that_drops_what_the_bus_refused_is_found_by_what_never_happens: DropsFailedEntries by "4" | "5";
    a_letter_without_its_claim_is_found_by_its_second_copy: OmitsTheClaim by "6";
    a_mail_before_its_transition_is_found_by_its_lack_of_cause: MailsBeforeCommit by "6";
    a_sweep_of_one_page_is_found_by_what_stays_due: SweepsOnePage by "9";
    a_letter_that_came_back_to_nobody_is_found_by_the_missing_task_or_by_being_sent_again: IgnoresBounces by "4" | "6";
    a_post_without_its_key_is_found_by_its_second_complaint: ForgetsTheKey by "1" | "1, 2";
    a_command_without_its_version_is_found_by_two_who_win: OmitsTheVersion by "12";
    a_door_that_believes_anybody_is_found_by_who_lost_their_role: BelievesAnybody by "12";
    a_link_that_never_ends_is_found_by_an_old_one: LinksForEver by "14";
    an_erasure_that_erases_nothing_is_found_by_what_is_left: ErasesNothing by "17";
    a_record_that_goes_too_soon_is_found_by_its_absence: RemovesAtOnce by "17";
    a_text_in_the_log_is_found_by_its_canary: LogsTheText by "19";
    an_event_that_counts_twice_is_found_by_the_figures: CountsAgain by "18";
    a_month_by_the_wrong_zone_is_found_by_the_figures: CountsByUtc by "18";
    a_batch_that_names_no_record_is_found_by_what_the_stream_gives_up: NamesNoRecord by "4";
}

#[test]
fn with_every_sweep_in_time_no_alarm_is_later_than_five_minutes() {
    let run = Run::of(&Life { days: 14, faults: Faults::None, ..Life::short(3) });
    assert_eq!(run.broken, None);
    assert!(run.latest_alarm.as_mins() <= 5, "{}", run.latest_alarm);
    let alarms = ["event PromiseMissed", "event PromiseWarned", "event Escalated"];
    assert_eq!(run.coverage.lacks(alarms), [""; 0]);
}

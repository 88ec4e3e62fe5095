//! What goes wrong with instances of functions, and turns that are left out.

use std::sync::atomic::{AtomicI64, Ordering};

use jiff::SignedDuration;

use super::stage::{Stage, start};
use super::*;
use crate::door::Fault;
use crate::faults::Rates;
use crate::world::World;

/// A function that writes the same item three times, and what its clock showed.
fn writing(cloud: &Cloud, seen: &Arc<std::sync::Mutex<Vec<Timestamp>>>) -> crate::handler::Handler {
    let (config, seen) = (cloud.sdk_config(), Arc::clone(seen));
    let client = aws_sdk_dynamodb::Client::new(&config);
    handler(move |_| {
        let (client, config, seen) = (client.clone(), config.clone(), Arc::clone(&seen));
        async move {
            let now = config.time_source().unwrap().now();
            seen.lock().unwrap().push(Timestamp::try_from(now).unwrap());
            for number in ["1", "2", "3"] {
                let put = client.put_item().table_name("Table");
                let item = aws_sdk_dynamodb::types::AttributeValue::S(format!("C#{number}"));
                put.item("pk", item).send().await.map_err(|error| error.to_string())?;
            }
            Ok(Value::Null)
        }
    })
}

/// A world whose sweep writes.
fn world(stage: &Stage, faults: Rates) -> (World, Arc<std::sync::Mutex<Vec<Timestamp>>>) {
    let seen = Arc::default();
    let shown = Arc::clone(&seen);
    let world = stage.world(|options| {
        options.faults = faults;
        options.staffing = Box::new(move |cloud, wiring| {
            let idle = handler(|_| async { Ok(Value::Null) });
            let mut staff: Handlers =
                wiring.functions.keys().map(|name| (name.clone(), idle.clone())).collect();
            staff.insert("sweep".into(), writing(cloud, &shown));
            Ok(staff)
        });
    });
    (world, seen)
}

#[tokio::test]
async fn two_instances_at_once_take_turns_at_the_door() {
    let stage = Stage::new("at-once");
    let (world, seen) = world(&stage, Rates { twice: 1.0, ..Rates::default() });
    world.advance(SignedDuration::from_mins(5)).await.unwrap();
    assert_eq!(seen.lock().unwrap().len(), 2);
    let requests = world.cloud().requests();
    let callers: Vec<u64> = requests.iter().filter_map(|request| request.instance).collect();
    assert_eq!(callers.len(), 6);
    let changes = callers.windows(2).filter(|pair| pair[0] != pair[1]).count();
    assert!(changes > 1, "they did not overlap: {callers:?}");
}

#[tokio::test]
async fn an_instances_clock_is_off_by_some_seconds_and_the_worlds_is_not() {
    let stage = Stage::new("skew");
    let (world, seen) = world(&stage, Rates { skew: 1.0, ..Rates::default() });
    world.advance(SignedDuration::from_mins(60)).await.unwrap();
    let seen = seen.lock().unwrap();
    let off = |at: &Timestamp| {
        let seconds = at.as_millisecond().rem_euclid(300_000);
        seconds.min(300_000 - seconds)
    };
    assert!(seen.iter().any(|at| off(at) > 0) && seen.iter().all(|at| off(at) <= 5_000), "{seen:?}");
    assert_eq!(world.now(), start() + SignedDuration::from_mins(60));
}

#[tokio::test]
async fn an_instance_that_dies_at_a_call_leaves_what_it_did_before() {
    for (fault, left) in [(Fault::DieBefore, 1), (Fault::DieAfter, 2)] {
        let stage = Stage::new("dies");
        let (world, _) = world(&stage, Rates::default());
        let mut calls = 0;
        world.cloud().inject(Box::new(move |_| {
            calls += 1;
            if calls == 2 { fault } else { Fault::None }
        }));
        let died = world.invoke("sweep", Value::Null).await.unwrap_err();
        assert_eq!(died, "the function panicked: it died at a call");
        assert_eq!(world.cloud().items("Table").unwrap().len(), left);
    }
}

#[tokio::test]
async fn a_schedule_at_rest_comes_at_its_first_turn_with_something_to_do() {
    let stage = Stage::new("rest");
    let wanted = Arc::new(AtomicI64::new(0));
    let asked = Arc::clone(&wanted);
    let world = stage.world(|options| {
        options.rest = Some(Box::new(move |_, _| {
            let after = asked.load(Ordering::Relaxed);
            (after > 0).then(|| start() + SignedDuration::from_secs(after))
        }));
    });
    world.advance(SignedDuration::from_hours(3)).await.unwrap();
    assert_eq!(stage.runs("sweep"), [0; 0], "nothing is ever to be done");
    // Something has been due for an hour; its turn is the next one, not one of those that are past.
    wanted.store(7_200, Ordering::Relaxed);
    world.advance(SignedDuration::from_mins(6)).await.unwrap();
    assert_eq!(stage.runs("sweep"), [3 * 3_600 + 240]);
    wanted.store(4 * 3_600, Ordering::Relaxed);
    world.advance(SignedDuration::from_hours(1)).await.unwrap();
    assert_eq!(stage.runs("sweep")[1..], [4 * 3_600 + 240]);
}

#[tokio::test]
async fn turns_that_are_skipped_never_come() {
    let stage = Stage::new("skipped");
    let world = stage.world(|_| {});
    world.skip_to(start() + SignedDuration::from_hours(24)).await.unwrap();
    world.advance(SignedDuration::from_mins(5)).await.unwrap();
    assert_eq!(stage.runs("sweep"), [24 * 3_600 + 240]);
}

#[tokio::test]
async fn in_an_outage_no_turn_comes_for_hours_and_then_they_do() {
    let stage = Stage::new("outage");
    let world = stage.world(|options| options.faults.outage = 1.0);
    world.advance(SignedDuration::from_mins(5)).await.unwrap();
    world.set_faults(Rates::default());
    world.advance(SignedDuration::from_hours(9)).await.unwrap();
    let runs = stage.runs("sweep");
    assert!(runs[0] >= 540, "{runs:?}");
    assert!(runs.windows(2).all(|pair| pair[1] - pair[0] == 300), "{runs:?}");
}

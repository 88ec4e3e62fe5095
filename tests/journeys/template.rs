//! The template against the code: same functions, same routes, every failure caught, no right too many.

mod alarms;
mod queues;
mod rights;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use complaints::page::desk::{ACTIONS, HELD, ON_REPORTS};
use serde_json::Value;

use crate::desk::Desk;

/// Deliveries of an event or a turn cost nothing, so that they go on for hours; without a bound it would be a day.
const MOST_DELIVERIES: u32 = 100;

const A_DAY: Duration = Duration::from_hours(24);

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn json(path: &Path) -> Value {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The template itself, for what the twin does not wire.
fn document() -> Value {
    let text = std::fs::read_to_string(root().join("infra/template.yaml")).unwrap();
    local::template_document(&text).unwrap()
}

/// What wakes a function by one of these types of event: the function's name in the template, with the event.
fn woken<'t>(template: &'t Value, kinds: &[&str]) -> Vec<(&'t str, &'t Value)> {
    let mut woken = Vec::new();
    for (function, resource) in template["Resources"].as_object().unwrap() {
        for (_, event) in resource["Properties"]["Events"].as_object().into_iter().flatten() {
            if event["Type"].as_str().is_some_and(|kind| kinds.contains(&kind)) {
                woken.push((function.as_str(), &event["Properties"]));
            }
        }
    }
    woken
}

fn folders() -> BTreeSet<String> {
    let entries = std::fs::read_dir(root().join("functions")).unwrap().map(Result::unwrap);
    let folders = entries.filter(|entry| entry.path().is_dir());
    folders.map(|entry| entry.file_name().into_string().unwrap()).collect()
}

#[test]
fn each_folder_is_a_function_of_the_template_with_its_code_and_an_example_event() {
    // Making the world already holds the functions of the template against the code that the twin has.
    let desk = Desk::open();
    let functions: BTreeSet<String> = desk.world.wiring().functions.keys().cloned().collect();
    assert_eq!(folders(), functions);
    for name in functions {
        let folder = root().join("functions").join(&name);
        let manifest = std::fs::read_to_string(folder.join("Cargo.toml")).unwrap();
        assert!(
            manifest.contains(&format!("name = \"{name}\"")),
            "the binary is named as its folder: {name}"
        );
        assert!(folder.join("src/main.rs").is_file() && folder.join("src/lib.rs").is_file(), "{name}");
        assert!(json(&folder.join("events/example.json")).is_object(), "{name}");
    }
}

#[tokio::test]
async fn each_example_event_is_one_that_its_function_takes() {
    let desk = Desk::open();
    for name in folders() {
        let event = json(&root().join("functions").join(&name).join("events/example.json"));
        if let Err(error) = desk.world.invoke(&name, event).await {
            panic!("{name}: {error}");
        }
    }
}

#[test]
fn each_function_that_nobody_waits_for_has_queues_for_its_failures_and_bounded_retries() {
    let desk = Desk::open();
    let wiring = desk.world.wiring();
    let queues: BTreeSet<&str> = wiring.queues.iter().map(|queue| queue.name.as_str()).collect();
    let mut used = BTreeSet::new();
    let mut check =
        |what: &str, queue: Option<&String>, attempts: Option<u32>, age: Option<Duration>, most: u32| {
            let queue = queue.unwrap_or_else(|| panic!("{what} has a queue"));
            assert!(
                queues.contains(queue.as_str()) && used.insert(queue.clone()),
                "{what} has a queue of its own"
            );
            assert!(attempts.is_some_and(|attempts| attempts <= most), "{what} is tried again {attempts:?}");
            assert!(age.is_some_and(|age| age <= A_DAY), "{what} grows {age:?} old");
        };
    for rule in &wiring.rules {
        check(&rule.name, rule.dead_letters.as_ref(), rule.retry.attempts, rule.retry.age, MOST_DELIVERIES);
    }
    for turn in &wiring.schedules {
        check(&turn.name, turn.dead_letters.as_ref(), turn.retry.attempts, turn.retry.age, MOST_DELIVERIES);
    }
    let woken = wiring
        .rules
        .iter()
        .map(|rule| &rule.function)
        .chain(wiring.schedules.iter().map(|turn| &turn.function));
    for name in woken.collect::<BTreeSet<_>>() {
        let Some(function) = wiring.functions.get(name) else { panic!("{name} is a function") };
        let failing = &function.asynchronous;
        check(name, failing.on_failure.as_ref(), failing.retry.attempts, failing.retry.age, 2);
    }
    for stream in &wiring.streams {
        check(&stream.function, stream.on_failure.as_ref(), stream.retry.attempts, stream.retry.age, 8);
        assert!(stream.bisect && stream.partial && !stream.filters.is_empty(), "{}", stream.function);
    }
    let used: BTreeSet<&str> = used.iter().map(String::as_str).collect();
    assert_eq!(used, queues, "each queue is somebody's");
}

#[test]
fn each_function_is_woken_by_something() {
    let desk = Desk::open();
    let wiring = desk.world.wiring();
    let woken: BTreeSet<&String> = (wiring.routes.iter().map(|route| &route.function))
        .chain(wiring.authorizers.values().map(|authorizer| &authorizer.function))
        .chain(wiring.streams.iter().map(|stream| &stream.function))
        .chain(wiring.rules.iter().map(|rule| &rule.function))
        .chain(wiring.schedules.iter().map(|turn| &turn.function))
        .collect();
    assert_eq!(woken, wiring.functions.keys().collect());
}

#[test]
fn each_route_is_described_and_each_described_one_is_routed() {
    let desk = Desk::open();
    let routes = desk.world.wiring().routes.iter().map(|route| format!("{} {}", route.method, route.path));
    let description = json(&root().join("shared/openapi.json"));
    let mut described = BTreeSet::new();
    for (path, operations) in description["paths"].as_object().unwrap() {
        for method in operations.as_object().unwrap().keys().filter(|name| *name != "parameters") {
            described.insert(format!("{} {path}", method.to_uppercase()));
        }
    }
    assert_eq!(routes.collect::<BTreeSet<_>>(), described);
}

#[test]
fn staff_routes_have_their_authorizer_and_no_others_do() {
    let desk = Desk::open();
    for route in &desk.world.wiring().routes {
        assert_eq!(
            route.authorizer.is_some(),
            route.path.starts_with("/staff/"),
            "{} {}",
            route.method,
            route.path
        );
    }
}

#[test]
fn each_public_route_that_takes_something_has_a_rate_of_its_own() {
    let desk = Desk::open();
    let routes = desk.world.wiring().routes.iter();
    let public = routes.filter(|route| route.method == "POST" && route.authorizer.is_none());
    let public: BTreeSet<String> = public.map(|route| format!("POST {}", route.path)).collect();
    let template = document();
    let settings = template["Resources"]["Api"]["Properties"]["RouteSettings"].as_object().unwrap();
    assert_eq!(settings.keys().cloned().collect::<BTreeSet<_>>(), public);
    for (route, setting) in settings {
        let is_bound = |name: &str| setting[name].as_u64().is_some_and(|bound| bound > 0);
        assert!(is_bound("ThrottlingRateLimit") && is_bound("ThrottlingBurstLimit"), "{route}: {setting}");
    }
}

/// Routes of staff that change something and have no form of their own on a case: why.
const WITHOUT_FORM: [(&str, &str); 4] = [
    ("/staff/assign", "stands around every list"),
    ("/staff/complaints", "has its own page, /staff/new-complaint"),
    ("/staff/search", "stands in the head of every page"),
    ("/staff/sign-out", "stands in the head of every page"),
];

#[test]
fn everything_that_staff_can_do_has_a_form_at_the_desk() {
    let desk = Desk::open();
    let routes = desk.world.wiring().routes.iter();
    let routes = routes.filter(|route| route.method == "POST" && route.path.starts_with("/staff/"));
    let ours: BTreeSet<&str> = routes.map(|route| route.path.as_str()).collect();
    let of_case = ACTIONS.iter().map(|action| format!("/staff/complaints/{{complaint}}/{}", action.route));
    let of_held = HELD.iter().map(|action| format!("/staff/held/{{complaint}}/{}", action.route));
    let of_report = ["actions", "actions/{number}/end"].map(|way| format!("/staff/reports/{{month}}/{way}"));
    assert!(ON_REPORTS.iter().zip(&of_report).all(|(action, path)| path.ends_with(action.route)));
    let without = WITHOUT_FORM.iter().map(|(path, _)| (*path).to_owned());
    let known: BTreeSet<String> = of_case.chain(of_held).chain(of_report).chain(without).collect();
    assert_eq!(ours, known.iter().map(String::as_str).collect());
}

//! The record is whole, and who changes it by hand is found out.

use std::collections::BTreeMap;

use aws_sdk_dynamodb::types::AttributeValue;
use complaints::event::Recorded;
use complaints::shell::ledger::Recounted;
use jiff::SignedDuration;

use crate::desk::inspector::{Inspector, Item, key};
use crate::desk::{Desk, MANAGER, instant};

/// A complaint that was taken on and investigated, with its id: events 1 to 6.
async fn worked(desk: &Desk) -> String {
    let ann = desk.complains("Ann", "ann@example.com").await;
    desk.sam().investigates(&ann.reference).await;
    let case = desk.sam().case(&ann.reference).await;
    assert_eq!(case["version"], 6);
    case["id"].as_str().unwrap().to_owned()
}

/// What the check says after something was done to the table: one line about this complaint.
async fn check(desk: &Desk, id: &str, expected: &str) {
    let (lines, verified) = Inspector::of(desk).verifies().await;
    assert_eq!(lines, [format!("complaint {id}: {expected}")]);
    assert_eq!((verified.complaints, verified.faults), (2, 1), "the other one is sound");
}

/// A desk with two complaints, the one to be changed by hand and another.
async fn desk() -> (Desk, String, Inspector) {
    let desk = Desk::open();
    let id = worked(&desk).await;
    desk.complains("Bo", "bo@example.com").await;
    let inspector = Inspector::of(&desk);
    assert_eq!(inspector.verifies().await.0, [""; 0]);
    (desk, id, inspector)
}

#[tokio::test]
async fn a_table_that_nobody_touched_is_found_sound() {
    let desk = Desk::open();
    assert_eq!(Inspector::of(&desk).verifies().await.1.complaints, 0, "an empty one too");
    worked(&desk).await;
    desk.complains("Bo", "bo@example.com").await;
    desk.hours(24).await;
    desk.world.cloud().clear_requests();
    let (lines, verified) = Inspector::of(&desk).verifies().await;
    assert_eq!((lines, verified.complaints), (vec![], 2));
    assert!(verified.events > 8, "{verified}");
    let asked = desk.table_requests().into_iter().map(|request| request.call.operation);
    assert!(asked.into_iter().all(|operation| ["Scan", "Query", "GetItem"].contains(&operation.as_str())));
    desk.rests().await;
}

#[tokio::test]
async fn an_event_that_was_changed_is_found() {
    let (desk, id, inspector) = desk().await;
    let events = format!("E#{id}");
    let billing = |record: &str| record.replace("billing", "delivery");
    inspector.changes(&events, "00000004", "record", billing).await;
    check(&desk, &id, "event 4 is not as it was recorded").await;
}

#[tokio::test]
async fn an_event_that_was_changed_and_sealed_anew_is_found() {
    let (desk, id, inspector) = desk().await;
    let events = format!("E#{id}");
    let forged = |record: &str| {
        let recorded: Recorded = serde_json::from_str(&record.replace("billing", "delivery")).unwrap();
        serde_json::to_string(&recorded.seal()).unwrap()
    };
    inspector.changes(&events, "00000004", "record", forged).await;
    check(&desk, &id, "event 5 does not follow the one before: its hash of that is another").await;
}

#[tokio::test]
async fn the_last_event_changed_and_sealed_anew_is_found() {
    let (desk, id, inspector) = desk().await;
    let forged = |record: &str| {
        let mut recorded: Recorded = serde_json::from_str(record).unwrap();
        recorded.at = instant("2026-10-05T08:00:01Z");
        serde_json::to_string(&recorded.seal()).unwrap()
    };
    inspector.changes(&format!("E#{id}"), "00000006", "record", forged).await;
    let (lines, _) = inspector.verifies().await;
    assert!(
        lines.len() == 1 && lines[0].starts_with(&format!("complaint {id}: head is ")),
        "the complaint knows the hash of its last event: {lines:?}"
    );
    drop(desk);
}

#[tokio::test]
async fn a_text_that_was_changed_or_removed_by_hand_is_found() {
    let (desk, id, inspector) = desk().await;
    let private = format!("P#{id}");
    inspector.changes(&private, "intake", "text", |form| form.replace("twice", "once")).await;
    check(&desk, &id, "a text of event 1 is not what it was").await;
    inspector.changes(&private, "intake", "text", |form| form.replace("once", "twice")).await;
    assert_eq!(inspector.verifies().await.0, [""; 0]);
    let mut texts: Vec<String> =
        inspector.all().await.iter().filter_map(|item| text_of(item, &private)).collect();
    inspector.removes(&private, &texts.remove(0)).await;
    let (lines, _) = inspector.verifies().await;
    assert!(lines.len() == 1 && lines[0].ends_with(" is missing"), "{lines:?}");
    drop(desk);
}

/// The sort key of a text in this partition.
fn text_of(item: &Item, partition: &str) -> Option<String> {
    let part = |name: &str| item.get(name)?.as_s().ok();
    let place = part("sk")?;
    (part("pk")? == partition && place.starts_with("text#")).then(|| place.clone())
}

#[tokio::test]
async fn an_event_that_was_removed_is_found() {
    let (desk, id, inspector) = desk().await;
    inspector.removes(&format!("E#{id}"), "00000006").await;
    check(&desk, &id, "event 6 is missing").await;
    inspector.removes(&format!("E#{id}"), "00000003").await;
    check(&desk, &id, "event 3 is missing").await;
    for version in [1, 2, 4, 5] {
        inspector.removes(&format!("E#{id}"), &format!("{version:08}")).await;
    }
    check(&desk, &id, "event 1 is missing").await;
}

#[tokio::test]
async fn an_event_in_the_place_of_another_is_found() {
    let (desk, id, inspector) = desk().await;
    let events = format!("E#{id}");
    let mut event = inspector.takes(&events, "00000005").await;
    event.extend(key(&events, "00000004"));
    inspector.puts(event).await;
    check(&desk, &id, "in the place of event 4 is another event").await;
}

#[tokio::test]
async fn a_complaint_that_was_changed_by_hand_is_found() {
    let (desk, id, inspector) = desk().await;
    let complaint = format!("C#{id}");
    let sound = inspector.takes(&complaint, "C").await;
    let billing = |record: &str| record.replace("billing", "delivery");
    inspector.changes(&complaint, "C", "record", billing).await;
    check(&desk, &id, "its item is not what its events give").await;
    inspector.changes(&complaint, "C", "record", |_| "{}".to_owned()).await;
    let (lines, _) = inspector.verifies().await;
    assert!(lines.len() == 1 && lines[0].contains("its item cannot be read"), "{lines:?}");
    inspector.removes(&complaint, "C").await;
    check(&desk, &id, "it has events and no item").await;
    inspector.puts(sound).await;
    assert_eq!(inspector.verifies().await.0, [""; 0]);
}

#[tokio::test]
async fn a_stale_index_is_found() {
    let (desk, id, inspector) = desk().await;
    let complaint = format!("C#{id}");
    let sound = inspector.takes(&complaint, "C").await;
    let due = sound["due_at"].as_s().unwrap().clone();
    let cases = [
        (
            "due_at",
            "2027-01-01T00:00:00.000000Z",
            format!("due_at is 2027-01-01T00:00:00.000000Z and should be {due}"),
        ),
        ("stage_key", "closed", "stage_key is closed and should be investigating".to_owned()),
        ("due_shard", "DUE#7", "due_shard is DUE#7 and should be DUE#0".to_owned()),
        ("owner", "eve", "owner is eve and should be sam@northgate.example".to_owned()),
        ("spare", "x", "spare is x and should not be there".to_owned()),
    ];
    for (name, value, expected) in cases {
        let mut item = sound.clone();
        item.insert(name.to_owned(), AttributeValue::S(value.to_owned()));
        inspector.puts(item).await;
        check(&desk, &id, &expected).await;
    }
    let mut item = sound.clone();
    item.remove("due_shard");
    inspector.puts(item).await;
    check(&desk, &id, "due_shard is missing and should be DUE#0").await;
    inspector.puts(sound).await;
    desk.rests().await;
}

#[tokio::test]
async fn a_reference_that_leads_nowhere_is_found() {
    let (desk, id, inspector) = desk().await;
    let reference = desk.sam().case(&id).await["reference"].as_str().unwrap().to_owned();
    inspector.removes(&format!("R#{}", reference.replace('-', "")), "R").await;
    check(&desk, &id, &format!("the reference {reference} does not lead to it")).await;
}

#[tokio::test]
async fn an_event_that_stays_unpublished_is_found() {
    let (_desk, id, inspector) = desk().await;
    let place = |at: &str| format!("{at}.000000Z#{id}#6");
    inspector.puts(key("O#0", &place("2026-10-05T07:50:00"))).await;
    assert_eq!(inspector.verifies().await.0, [""; 0], "a young one is on its way");
    inspector.puts(key("O#0", &place("2026-10-05T07:40:00"))).await;
    let (lines, _) = inspector.verifies().await;
    assert_eq!(lines, [format!("O#0 {}: this event is still unpublished", place("2026-10-05T07:40:00"))]);
}

#[tokio::test]
async fn what_comes_in_the_seconds_before_the_reconciliation_is_no_finding() {
    let desk = Desk::open();
    // It is at six in the morning.
    desk.until("2026-10-06T04:59:50Z").await;
    desk.complains("Ann", "ann@example.com").await;
    desk.until("2026-10-06T05:10:00Z").await;
    assert!(
        !desk.letters_to(MANAGER).contains(&"reconciliation".to_owned()),
        "{:?}",
        desk.letters_to(MANAGER)
    );
    desk.rests().await;
}

#[tokio::test]
async fn what_the_figures_lack_is_counted_by_a_recount_and_only_once() {
    let desk = Desk::open();
    worked(&desk).await;
    desk.complains("Bo", "bo@example.com").await;
    desk.is_counted().await;
    let inspector = Inspector::of(&desk);
    let counted = figures(&inspector).await;
    // A transaction that comes again within one instant is answered as the first was, and adds nothing either.
    desk.world.advance(SignedDuration::from_secs(1)).await.unwrap();
    assert_eq!(inspector.recounts().await, Recounted { events: 8, added: 0 }, "the stream has counted all");
    let other = Inspector::with_shards(&desk, 8);
    assert_eq!(
        other.recounts().await,
        Recounted { events: 8, added: 0 },
        "whatever number of shards is given"
    );
    inspector.forgets_all_figures().await;
    assert_eq!(inspector.recounts().await, Recounted { events: 8, added: 8 });
    assert_eq!(figures(&inspector).await, counted);
    desk.world.advance(SignedDuration::from_secs(1)).await.unwrap();
    assert_eq!(inspector.recounts().await, Recounted { events: 8, added: 0 });
    desk.rests().await;
}

#[tokio::test]
async fn of_events_that_are_counted_in_part_only_the_rest_is_added() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", "ann@example.com").await;
    // Within the ten seconds that have one mark.
    desk.world.advance(SignedDuration::from_secs(2)).await.unwrap();
    desk.sam().takes(&ann.reference).await;
    let later = desk.world.now();
    desk.sam().triages(&ann.reference, "billing", "normal").await;
    desk.is_counted().await;
    let inspector = Inspector::of(&desk);
    let counted = figures(&inspector).await;
    inspector.forgets_all_figures().await;
    assert_eq!(inspector.recounts_since(later).await, Recounted { events: 2, added: 2 });
    assert_ne!(figures(&inspector).await, counted, "received and acknowledged are missing");
    assert_eq!(inspector.recounts().await, Recounted { events: 4, added: 2 });
    assert_eq!(figures(&inspector).await, counted);
    desk.rests().await;
}

/// The items of all figures, in a fixed order. A counter that went up and down again is as good as none.
async fn figures(inspector: &Inspector) -> Vec<String> {
    let items = inspector.all().await;
    let items = items.into_iter().filter(|item| item["pk"].as_s().is_ok_and(|pk| pk.starts_with("F#")));
    let is_zero = |value: &AttributeValue| value.as_n().is_ok_and(|number| number == "0");
    let mut lines: Vec<String> = items
        .map(|item| item.into_iter().filter(|(_, value)| !is_zero(value)).collect::<BTreeMap<_, _>>())
        .map(|item| format!("{item:?}"))
        .collect();
    lines.sort();
    assert!(!lines.is_empty());
    lines
}

#[tokio::test]
async fn what_a_complaint_is_found_by_is_held_against_what_it_is_to_be_found_by() {
    let (desk, id, inspector) = desk().await;
    let found = inspector.all().await.into_iter();
    let of_it =
        |item: &Item| item["pk"].as_s().unwrap().starts_with("N#") && item["sk"].as_s().unwrap() == &id;
    let [place] = found.filter(of_it).collect::<Vec<_>>().try_into().expect("Ann is one word");
    let pk = place["pk"].as_s().unwrap().clone();
    inspector.removes(&pk, &id).await;
    check(&desk, &id, "it is not found by all that its customer told").await;
    inspector.puts(place.clone()).await;
    assert_eq!(inspector.verifies().await.0, [""; 0]);
    let mut another = place;
    let left_behind = format!("N#{}", complaints::values::Digest::of(b"Eve"));
    another.extend(key(&left_behind, &id));
    inspector.puts(another).await;
    let line = format!("{left_behind} {id}: this leads to a complaint that is not to be found by it");
    assert_eq!(inspector.verifies().await.0, [line]);
    drop(desk);
}

//! The stream's reader: poison records, halves, retries that end.

use serde_json::json;

use super::*;
use crate::template::Retry;

fn start() -> Timestamp {
    "2026-11-02T09:00:00Z".parse().unwrap()
}

fn reader(change: impl FnOnce(&mut StreamSource)) -> Reader {
    let mut source = StreamSource {
        function: "fold".into(),
        stream: "stream".into(),
        filters: Vec::new(),
        batch: 100,
        window: Duration::ZERO,
        bisect: true,
        partial: true,
        retry: Retry { attempts: Some(2), age: None },
        on_failure: None,
    };
    change(&mut source);
    Reader::new(source, Bookmark::default())
}

fn record(number: i64) -> Record {
    let value = json!({"dynamodb": {"SequenceNumber": number.to_string(), "Keys": {"pk": {"S": number.to_string()}}}});
    Record { effect: number, at: start(), value }
}

fn fill(reader: &mut Reader, numbers: impl IntoIterator<Item = i64>) {
    for number in numbers {
        assert!(reader.takes(&record(number)));
    }
}

/// Runs the reader to its end against a function; gives the batches it saw, by sequence number, and what was given up.
fn run(
    reader: &mut Reader,
    answer: impl Fn(&[String]) -> Result<Value, String>,
) -> (Vec<Vec<String>>, Vec<GivenUp>) {
    let (mut seen, mut given_up) = (Vec::new(), Vec::new());
    while let Some(due) = reader.due() {
        let batch: Vec<String> =
            reader.batch().iter().map(|record| sequence_number(record).unwrap().to_owned()).collect();
        let settled = reader.answered(&answer(&batch), due);
        seen.push(batch);
        given_up.extend(settled.given_up);
        assert!(seen.len() < 100, "no end");
    }
    (seen, given_up)
}

/// As our steps do: the first of several fails the batch whole, so that it is halved.
fn failing_at(poison: &'static str) -> impl Fn(&[String]) -> Result<Value, String> {
    move |batch| match batch.iter().find(|one| *one == poison) {
        Some(_) if batch[0] == poison && batch.len() > 1 => Err("the first of several".to_owned()),
        Some(one) => Ok(json!({"batchItemFailures": [{"itemIdentifier": one}]})),
        None => Ok(json!({"batchItemFailures": []})),
    }
}

#[test]
fn a_good_batch_is_delivered_once_and_no_larger_than_allowed() {
    let mut reader = reader(|source| source.batch = 2);
    fill(&mut reader, 1..=3);
    let (seen, given_up) = run(&mut reader, |_| Ok(Value::Null));
    assert_eq!(seen, [vec!["1", "2"], vec!["3"]]);
    assert!(given_up.is_empty());
    assert_eq!(reader.bookmark.done, 3);
}

#[test]
fn a_poison_record_is_given_up_alone_and_the_rest_goes_on() {
    let mut reader = reader(|_| {});
    fill(&mut reader, 1..=5);
    let (seen, given_up) = run(&mut reader, failing_at("3"));
    assert_eq!(given_up.len(), 1);
    assert_eq!(given_up[0].records, [record(3).value]);
    assert_eq!((given_up[0].deliveries, given_up[0].too_old), (3, false));
    let last: Vec<&String> = seen.iter().flatten().filter(|one| *one == "4" || *one == "5").collect();
    assert!(!last.is_empty() && reader.waiting.is_empty());
    assert_eq!(reader.bookmark.done, 5);
}

#[test]
fn a_batch_of_which_the_first_record_is_named_comes_whole_until_it_is_given_up_whole() {
    let mut reader = reader(|_| {});
    fill(&mut reader, 1..=3);
    let (seen, given_up) =
        run(&mut reader, |batch| Ok(json!({"batchItemFailures": [{"itemIdentifier": batch[0]}]})));
    assert_eq!(seen, vec![vec!["1", "2", "3"]; 3]);
    assert_eq!(given_up[0].records.len(), 3);
}

#[test]
fn records_before_the_failing_one_are_not_delivered_again() {
    let mut reader = reader(|_| {});
    fill(&mut reader, 1..=4);
    let (seen, _) = run(&mut reader, failing_at("3"));
    assert_eq!(seen.iter().filter(|batch| batch.iter().any(|one| one == "1")).count(), 1);
}

#[test]
fn without_halving_the_whole_batch_is_given_up() {
    let mut reader = reader(|source| (source.bisect, source.partial) = (false, false));
    fill(&mut reader, 1..=3);
    let (seen, given_up) = run(&mut reader, |_| Err("down".into()));
    assert_eq!(seen.len(), 3);
    assert_eq!(given_up[0].records.len(), 3);
    assert_eq!(given_up[0].error, "down");
}

#[test]
fn an_empty_or_unknown_identifier_fails_the_whole_batch() {
    for identifier in [json!(""), json!("99"), Value::Null] {
        let mut reader = reader(|source| source.bisect = false);
        fill(&mut reader, 1..=2);
        reader.batch();
        let answer = Ok(json!({"batchItemFailures": [{"itemIdentifier": identifier}]}));
        assert_eq!(reader.answered(&answer, start()), Settled::default());
        assert_eq!(reader.batch().len(), 2);
    }
}

#[test]
fn partial_failures_count_only_where_the_template_says_so() {
    let mut reader = reader(|source| source.partial = false);
    fill(&mut reader, 1..=2);
    assert_eq!(run(&mut reader, failing_at("2")).0.len(), 1);
}

#[test]
fn retries_pause_longer_each_time_and_hold_up_what_is_behind() {
    let mut reader = reader(|source| (source.bisect, source.retry.attempts) = (false, None));
    fill(&mut reader, [1]);
    let mut pauses = Vec::new();
    for _ in 0..8 {
        let due = reader.due().unwrap();
        reader.batch();
        reader.answered(&Err("down".into()), due);
        pauses.push(reader.due().unwrap().duration_since(due).as_secs());
    }
    assert_eq!(pauses, [1, 2, 4, 8, 16, 32, 60, 60]);
    fill(&mut reader, [2]);
    assert_eq!(reader.batch().len(), 1);
}

#[test]
fn a_record_too_old_is_given_up_though_retries_remain() {
    let mut reader =
        reader(|source| source.retry = Retry { attempts: None, age: Some(Duration::from_mins(1)) });
    fill(&mut reader, [1]);
    let (_, given_up) = run(&mut reader, |_| Err("down".into()));
    assert!(given_up[0].too_old);
}

#[test]
fn a_batch_waits_for_its_window_or_until_it_is_full() {
    let mut reader = reader(|source| (source.window, source.batch) = (Duration::from_secs(5), 2));
    fill(&mut reader, [1]);
    assert_eq!(reader.due().unwrap(), later(start(), Duration::from_secs(5)));
    fill(&mut reader, [2]);
    assert_eq!(reader.due().unwrap(), start());
}

#[test]
fn what_waits_when_it_is_hurried_does_not_wait_for_its_window_and_what_comes_later_does() {
    let window = Duration::from_secs(5);
    let mut reader = reader(|source| source.window = window);
    reader.hurry();
    fill(&mut reader, [1]);
    assert_eq!(reader.due().unwrap(), later(start(), window), "there was nothing to hurry");
    reader.hurry();
    assert_eq!(reader.due().unwrap(), start());
    reader.batch();
    reader.answered(&Ok(Value::Null), start());
    fill(&mut reader, [2]);
    assert_eq!(reader.due().unwrap(), later(start(), window));
}

#[test]
fn a_restart_goes_on_behind_the_bookmark_with_its_count_of_failures() {
    let mut before = reader(|source| source.retry.attempts = Some(1));
    fill(&mut before, 1..=2);
    before.source.batch = 1;
    before.batch();
    before.answered(&Ok(Value::Null), start());
    before.batch();
    before.answered(&Err("down".into()), start());
    let kept = serde_json::to_value(before.bookmark()).unwrap();
    let mut after = Reader::new(before.source.clone(), serde_json::from_value(kept).unwrap());
    assert!(!after.takes(&record(1)));
    assert!(after.takes(&record(2)));
    after.batch();
    assert!(after.answered(&Err("down".into()), start()).given_up.is_some());
}

#[test]
fn a_record_may_overtake_others_but_none_of_its_own_item() {
    let mut reader = reader(|_| {});
    fill(&mut reader, 1..=2);
    let mut twice = record(3);
    twice.value["dynamodb"]["Keys"] = record(1).value["dynamodb"]["Keys"].clone();
    assert!(reader.takes(&twice));
    reader.overtake(5);
    let order: Vec<i64> = reader.waiting.iter().map(|record| record.effect).collect();
    assert_eq!(order, [1, 3, 2]);
    reader.batch();
    reader.bookmark.chunks[0].length = 2;
    assert_eq!(reader.answered(&Ok(Value::Null), start()).done, [1, 3]);
    assert_eq!(reader.bookmark.done, 1, "2 must come again after a restart");
}

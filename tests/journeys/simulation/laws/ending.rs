//! What must be so in the end, when faults have stopped and time enough has passed.

use std::collections::BTreeMap;

use complaints::complaint::{Acknowledgement, Complaint};
use complaints::event::Event;
use complaints::figures::{Figures, Period, count};
use serde_json::json;

use super::super::books::{Case, text};
use super::super::run::Run;
use super::mail::own_acknowledgement;

/// 4, 5, 9 and 18, and that nothing is left half done.
pub(in super::super) async fn check(run: &mut Run) -> Result<(), String> {
    for (complaint, case) in run.books.complaints() {
        acknowledged(run, complaint, case).map_err(|law| format!("{law}\nof {}", complaint.id))?;
        if complaint.next_due().is_some_and(|due| due < run.world.now() - jiff::SignedDuration::from_mins(6))
        {
            return Err(format!("9: {} is due since {:?}", complaint.reference, complaint.next_due()));
        }
    }
    settled(run)?;
    super::person::erased(run)?;
    linked(run)?;
    counted(run).await?;
    figures(run)?;
    run.world.invoke("send-report", json!({})).await.map_err(|error| format!("the report: {error}"))?;
    let books =
        run.world.invoke("reconcile", json!({})).await.map_err(|error| format!("the books: {error}"))?;
    if books["findings"] != 0 {
        let told = run.books.partition("REPORT")?;
        return Err(format!("18: the books do not balance: {books} {told:?}"));
    }
    run.coverage.add("complaints", run.books.cases.len() as u64);
    run.coverage.add("mails", run.mailbag.sent.len() as u64);
    run.coverage.add("mails sent twice", run.mailbag.sent_twice() as u64);
    Ok(())
}

/// 4 and 5: an acknowledgement that SES took and nobody sent back, or a task for staff.
fn acknowledged(run: &Run, complaint: &Complaint, case: &Case) -> Result<(), String> {
    let own = format!("{}_acknowledgement_1", complaint.id);
    let into = own_acknowledgement(case).and_then(|mail| text(mail, "gathered_into").ok());
    let sent = run.mailbag.of(into.unwrap_or(&own));
    let task = case.events.iter().rev().find(|recorded| matches!(recorded.event, Event::LetterUndeliverable { letter, .. } if letter == complaints::letter_kind::LetterKind::Acknowledgement));
    match complaint.acknowledgement {
        Acknowledgement::Owed => Err("5: it was never acknowledged, and nobody has the task".into()),
        Acknowledgement::Sent if sent.is_empty() => Err("4: it counts as acknowledged without a mail".into()),
        Acknowledgement::Sent if run.witness.notes().came_back.contains(into.unwrap_or(&own)) => {
            Err("4: it counts as acknowledged, and was known to have come back".into())
        }
        Acknowledgement::Sent => Ok(()),
        Acknowledgement::Undeliverable => {
            let task = task.ok_or("4: undeliverable without saying so")?;
            let own = format!("{}_undeliverable_{}", complaint.id, task.version);
            let mail = case.mails.get(&format!("undeliverable#{}", task.version));
            let into = mail.and_then(|mail| text(mail, "gathered_into").ok());
            let mails = run.mailbag.of(into.unwrap_or(&own));
            // SES may refuse both attempts without anybody knowing; the task still stands in the record.
            let is_given_up = mail.is_some_and(|mail| text(mail, "state") == Ok("rejected"));
            if mails.is_empty() && !is_given_up {
                return Err("4: no member of staff was told that it is undeliverable".into());
            }
            Ok(())
        }
    }
}

/// Nothing unpublished, no mail whose fate is open.
fn settled(run: &Run) -> Result<(), String> {
    for item in run.books.all()? {
        let (pk, sk) = (text(&item, "pk")?, text(&item, "sk")?);
        if pk.starts_with("O#") {
            return Err(format!("4: {sk} was never published"));
        }
        if pk.starts_with("M#") && item.contains_key("due_shard") {
            return Err(format!("6: the fate of {pk} {sk} stays open: {item:?}"));
        }
        let known =
            pk.split_once('#').is_none_or(|(kind, id)| kind != "C" || run.books.cases.contains_key(id));
        if !known {
            return Err(format!("1: {pk} came from nowhere"));
        }
    }
    Ok(())
}

/// What an attribute of an item of figures counts: items of many figures are named by the counter.
fn figure<'n>(item: &'n str, attribute: &'n str) -> (&'n str, &'n str) {
    match item {
        "standing" if attribute.starts_with("acknowledgement#") => (attribute, "complaints"),
        "standing" => (attribute, "pending"),
        _ if item.contains('#') => (item, attribute),
        _ => (attribute, item),
    }
}

/// Time passes until the figures have followed: nothing more was recorded while they had their time.
async fn counted(run: &mut Run) -> Result<(), String> {
    let events = |run: &Run| run.books.cases.values().map(|case| case.events.len()).sum::<usize>();
    let windows = run.world.wiring().streams.iter().map(|source| source.window);
    let window = windows.max().unwrap_or_default();
    let window = window.try_into().map_err(|error| format!("the stream's window: {error}"))?;
    for _ in 0..10 {
        let before = events(run);
        run.pass(window).await?;
        if events(run) == before {
            return Ok(());
        }
    }
    Err("18: something is recorded all the time".into())
}

/// 18: the figures are what the records fold to, each event once.
fn figures(run: &Run) -> Result<(), String> {
    let mut folded: BTreeMap<Period, Figures> = BTreeMap::new();
    for (_, case) in run.books.complaints() {
        for recorded in &case.events {
            for delta in count(recorded, &super::POLICY) {
                folded.entry(delta.period).or_default().add(&delta.item, &delta.counter, delta.by);
            }
        }
    }
    for (period, expected) in &folded {
        let mut found = Figures::default();
        for item in run.books.partition(&format!("F#{period}"))? {
            let name =
                text(&item, "sk")?.rsplit_once('#').map(|(name, _)| name.to_owned()).unwrap_or_default();
            for (attribute, value) in &item {
                if let Some(sum) = value.get("N").and_then(|sum| sum.as_str()?.parse().ok()) {
                    let (figure, counter) = figure(&name, attribute);
                    found.add(figure, counter, sum);
                }
            }
        }
        let list = |figures: &Figures| {
            let mut list: Vec<_> = figures
                .iter()
                .filter(|(.., sum)| *sum != 0)
                .map(|(a, b, c)| (a.to_owned(), b.to_owned(), c))
                .collect();
            list.sort();
            list
        };
        let (found, expected) = (list(&found), list(expected));
        if let Some(difference) = expected
            .iter()
            .find(|one| !found.contains(one))
            .or(found.iter().find(|one| !expected.contains(one)))
        {
            return Err(format!("18: the figures of {period} differ from the records in {difference:?}"));
        }
    }
    Ok(())
}

/// So many are linked with one complaint at most.
const MOST_LINKED: usize = 10;

/// 4: what has to do with another complaint is said on both, where both are there and had room for it.
fn linked(run: &Run) -> Result<(), String> {
    for (complaint, _) in run.books.complaints() {
        for other in &complaint.linked {
            let Some((other, case)) = run.books.complaints().find(|(known, _)| known.id == *other) else {
                continue;
            };
            let events = case.events.iter().map(|recorded| &recorded.event);
            let linked = events.filter(|event| matches!(event, Event::Linked { .. })).count();
            if !other.linked.contains(&complaint.id) && linked < MOST_LINKED {
                return Err(format!(
                    "4: {} is linked with {} on one side only",
                    complaint.reference, other.reference
                ));
            }
        }
    }
    Ok(())
}

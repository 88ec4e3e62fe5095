//! What must be true when the month is over.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use crate::cost::Usage;
use crate::count::Count;
use crate::expect;
use crate::life::{Fate, Life, Way};
use crate::month::Month;
use crate::{Trouble, sheet};

/// What was found.
pub(crate) struct Checked {
    /// What is not as it must be, in sentences.
    pub(crate) wrong: Vec<String>,
    /// Lines of the report that were counted again, and those that were not.
    pub(crate) compared: usize,
    pub(crate) left_out: usize,
    /// How many complaints are in which stage and level.
    pub(crate) ends: BTreeMap<(&'static str, u64), usize>,
    /// What the table did for complaints that went the straight path to their end, and how many those are.
    pub(crate) straight: (Usage, usize),
    pub(crate) events: usize,
}

/// Checks everything.
pub(crate) async fn all(month: &mut Month<'_>, end: Timestamp, zone: TimeZone) -> Result<Checked, Trouble> {
    let mut checked = Checked {
        wrong: Vec::new(),
        compared: 0,
        left_out: 0,
        ends: BTreeMap::new(),
        straight: (Usage::default(), 0),
        events: 0,
    };
    queues(month, &mut checked.wrong).await;
    books(month, &mut checked.wrong).await;
    let mut count = Count::until(end, zone);
    for number in 0..month.lives.len() {
        if let Some(case) = month.case(number).await? {
            one(month, number, &case, &mut count, &mut checked);
        }
    }
    report(month, &count, &mut checked)?;
    checked.wrong.append(&mut month.seen.wrong);
    checked.wrong.append(&mut count.wrong);
    Ok(checked)
}

async fn queues(month: &Month<'_>, wrong: &mut Vec<String>) {
    for queue in month.world.queues().await.into_iter().filter(|queue| !queue.messages.is_empty()) {
        let first = queue.messages[0].body.to_string();
        let first: String = first.chars().take(300).collect();
        wrong.push(format!(
            "the queue {} has {} messages, the first {first}",
            queue.name,
            queue.messages.len()
        ));
    }
}

async fn books(month: &Month<'_>, wrong: &mut Vec<String>) {
    match month.world.invoke("reconcile", json!({})).await {
        Ok(books) if books["findings"] == 0 => {}
        Ok(books) => wrong.push(format!("the books do not balance now: {books}")),
        Err(error) => wrong.push(format!("the books cannot be read: {error}")),
    }
    if let Some(days) = month.seen.letters.get("reconciliation") {
        wrong.push(format!("the books did not balance on {days} days"));
    }
}

fn one(month: &Month<'_>, number: usize, case: &Value, count: &mut Count, checked: &mut Checked) {
    let life = &month.lives[number];
    let standing = count.take(case);
    checked.events += case["history"].as_array().map_or(0, Vec::len);
    *checked.ends.entry((standing.stage, standing.level)).or_default() += 1;
    let id = case["id"].as_str().unwrap_or_default();
    let told_to_staff = month.seen.told_to_staff.contains(id);
    if let Some(what) = acknowledged_wrongly(life, case, told_to_staff) {
        let reference = life.reference.as_deref().unwrap_or_default();
        checked.wrong.push(format!("complaint {} ({reference}): {what}", number + 1));
    }
    let straight = life.fate == Fate::Content && life.way.is_reached();
    if straight && standing.stage == "closed" && standing.level == 1 {
        checked.straight.0 = checked.straight.0.plus(month.table.of(id));
        checked.straight.1 += 1;
    }
}

/// Acknowledged exactly once, or known not to be, with a task for staff.
fn acknowledged_wrongly(life: &Life, case: &Value, told_to_staff: bool) -> Option<String> {
    let history = case["history"].as_array().map(Vec::as_slice).unwrap_or_default();
    let times = |name: &str| {
        let events = history.iter().map(|entry| &entry["event"]).filter(|event| event["type"] == name);
        events.filter(|event| name != "LetterUndeliverable" || event["letter"] == "acknowledgement").count()
    };
    let (mails, sent, back) = (life.acknowledgements, times("Acknowledged"), times("LetterUndeliverable"));
    let right = match life.way {
        Way::Program | Way::Form => (mails, sent, back) == (1, 1, 0),
        Way::Bounce => mails == 1 && sent <= 1 && back == 1 && told_to_staff,
        Way::Phone => (mails, sent, back) == (0, 0, 1) && told_to_staff,
    };
    (!right).then(|| {
        format!(
            "{:?}: {mails} acknowledgements mailed, {sent} recorded, {back} came back, staff told: {told_to_staff}",
            life.way
        )
    })
}

fn report(month: &Month<'_>, count: &Count, checked: &mut Checked) -> Result<(), Trouble> {
    let [mail] = month.seen.reports.as_slice() else {
        checked.wrong.push(format!("{} reports were mailed, not one", month.seen.reports.len()));
        return Ok(());
    };
    let text = mail.text.as_deref().unwrap_or_default();
    if !text.contains("Nothing is lost") {
        checked.wrong.push("the report does not say that nothing is lost".into());
    }
    if !text.contains("carried out, in every line") {
        checked.wrong.push("the report does not say that the flow balances".into());
    }
    let accepted = i64::from(month.seen.posts);
    if count.get("total#all", "received") != accepted {
        let records = count.get("total#all", "received");
        checked.wrong.push(format!("{accepted} posts were accepted, but there are {records} records"));
    }
    let lines = sheet::read(mail)?;
    let comparison = expect::compare(&lines, count);
    checked.compared = comparison.compared;
    checked.left_out = comparison.left_out;
    checked.wrong.extend(comparison.wrong);
    Ok(())
}

//! What a member of staff does next on a case that they look at.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::dice::Dice;
use crate::life::{Fate, Life, Rest};

/// Something that staff do to a case.
pub(crate) struct Deed {
    /// Name and role.
    pub(crate) by: (&'static str, &'static str),
    pub(crate) verb: &'static str,
    pub(crate) body: Value,
}

const CATEGORIES: [(&str, Option<&str>); 9] = [
    ("product", Some("faulty")),
    ("delivery", None),
    ("service_quality", Some("not_done")),
    ("staff_conduct", Some("pressure")),
    ("billing", Some("wrong_amount")),
    ("billing", Some("payment_not_recorded")),
    ("information", Some("wrong_record")),
    ("account_privacy_security", Some("fraud")),
    ("policy_or_decision", None),
];
const PRODUCTS: [&str; 3] = ["Debt collection", "Mortgage", "Student loan"];
const CAUSES: [&str; 5] = ["people", "process", "it", "third_party", "information"];

/// What is next; none when the case rests, or waits for the customer or the clock.
pub(crate) fn next(case: &Value, life: &Life, dice: &mut Dice, now: Timestamp) -> Option<Deed> {
    let level = usize::try_from(case["level"].as_u64()?).ok()?;
    let by = *life.staff.get(level.checked_sub(1)?)?;
    let deed = |verb, body| Some(Deed { by, verb, body });
    let unreached = case["unreached"] == true;
    match case["stage"]["name"].as_str()? {
        "received" | "acknowledged" | "investigating" => until_the_proposal(case, life, by, dice, now),
        "proposed" if life.way.is_reached() || life.fate == Fate::Left(Rest::Proposed) => None,
        "proposed" => {
            let answer = if life.refuses() { "refuse" } else { "accept" };
            let number = &case["stage"]["number"];
            deed("answer", json!({"proposal": number, "answer": answer, "channel": "phone"}))
        }
        "implementing" if life.fate == Fate::Left(Rest::Implementing) => None,
        "implementing" => {
            let remedies = case["stage"]["remedies"].as_array()?;
            let number = (1..).zip(remedies).find(|(_, remedy)| remedy["done_at"].is_null())?.0;
            let number: u8 = number;
            deed("implement", json!({"remedy": number, "details": "Done, and checked by a second person."}))
        }
        "following_up" if life.fate == Fate::ConcernAfterClose && life.concerns == 0 => {
            deed("close", json!({"waive_follow_up": "Asked on the phone already."}))
        }
        "following_up" if unreached => deed("contact", by_phone()),
        _ => None,
    }
}

fn until_the_proposal(
    case: &Value,
    life: &Life,
    by: (&'static str, &'static str),
    dice: &mut Dice,
    now: Timestamp,
) -> Option<Deed> {
    let deed = |verb, body| Some(Deed { by, verb, body });
    let rests = |rest| life.fate == Fate::Left(rest);
    if case["owner"] != by.0 {
        // Who is at rest is looked at no more, whatever level it has got to meanwhile.
        let left =
            case["owner"].is_string() && (rests(Rest::Owned) || rests(Rest::Triaged) || rests(Rest::Found));
        return if left { None } else { deed("assign", json!({"owner": by.0})) };
    }
    if rests(Rest::Owned) {
        return None;
    }
    if case["category"].is_null() {
        return deed("triage", triage(dice));
    }
    if rests(Rest::Triaged) {
        return None;
    }
    let unreached = case["unreached"] == true || case["stage"]["name"] == "received";
    let owes_contact = case["contacted"] != true && case["severity"] != "low";
    if unreached || owes_contact {
        let by_mail = !unreached && dice.percent(30);
        return deed("contact", if by_mail { by_email() } else { by_phone() });
    }
    if !has_finding(case) {
        return deed("investigate", investigate(case, dice));
    }
    if rests(Rest::Found) {
        return None;
    }
    Some(propose(by, life, dice, now))
}

/// Whether something was found since it was opened last.
fn has_finding(case: &Value) -> bool {
    let last = |name: &str| {
        let mut events = case["history"].as_array()?.iter();
        events.rposition(|entry| entry["event"]["type"] == name)
    };
    last("FindingRecorded") > last("Reopened")
}

/// A word with the customer that no letter is sent of.
pub(crate) fn by_phone() -> Value {
    json!({"channel": "phone", "text": "Told them what we have heard, and how it goes on."})
}

fn by_email() -> Value {
    json!({"channel": "email", "text": "We are looking into it, and have asked the department concerned."})
}

fn triage(dice: &mut Dice) -> Value {
    let severity = dice.weighted(&[(18, "low"), (65, "normal"), (12, "high"), (5, "critical")]);
    let (category, sub_category) = dice.one(&CATEGORIES);
    let mut body = json!({"category": category, "severity": severity});
    if let Some(sub_category) = sub_category {
        body["sub_category"] = json!(sub_category);
    }
    if dice.percent(10) {
        body["product"] = json!(dice.one(&PRODUCTS));
    }
    body
}

/// A note first, now and then.
fn investigate(case: &Value, dice: &mut Dice) -> Value {
    if case["stage"]["name"] == "acknowledged" && dice.percent(25) {
        return json!({"note": "Asked the department that keeps the account."});
    }
    let (why, preventable) = (dice.one(&CAUSES), dice.percent(60));
    json!({"finding": "Seen in the account's records.", "root_cause": why, "preventable": preventable})
}

/// A proposal within what the role may give; now and then a manager helps out with more.
fn propose(by: (&'static str, &'static str), life: &Life, dice: &mut Dice, now: Timestamp) -> Deed {
    let by = if by.1 == "csr" && dice.percent(5) { life.staff[1] } else { by };
    let most = match by.1 {
        "csr" => 10_000,
        "manager" => 90_000,
        _ => 250_000,
    };
    let outcome = dice.weighted(&[
        (40, "upheld"),
        (20, "partly_upheld"),
        (25, "not_upheld"),
        (15, "resolved_without_finding"),
    ]);
    let mut remedies = Vec::new();
    let mut offer = |kind: &str, amount: Option<i64>, dice: &mut Dice| {
        let mut remedy = json!({"kind": kind, "promised_by": dice.day_after(now, 4, 12)});
        if let Some(amount) = amount {
            remedy["amount"] = json!(format!("{}.{:02}", amount / 100, amount % 100));
        }
        remedies.push(remedy);
    };
    // One that is not upheld may need no more than its explanation.
    if outcome != "not_upheld" || life.fate == Fate::Left(Rest::Implementing) {
        let kind = dice.one(&["apology", "explanation", "corrected_record", "changed_decision"]);
        offer(kind, None, dice);
        if dice.percent(45) {
            let kind = dice.one(&["refund", "credit", "goodwill_payment"]);
            let amount = dice.between(500, most);
            offer(kind, Some(amount), dice);
        }
    }
    let explanation = "We have looked into what you told us. This is what we found, and what we do about it.";
    let body = json!({"outcome": outcome, "explanation": explanation, "remedies": remedies});
    Deed { by, verb: "propose", body }
}

//! The monthly report, against a count of its own over the records.

use std::collections::BTreeMap;

use jiff::civil::date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use serde_json::{Value, json};

use crate::desk::customer::Customer;
use crate::desk::report::Sheet;
use crate::desk::{Desk, MANAGER, instant};

#[tokio::test]
async fn two_months_are_reported_as_the_records_have_them() {
    let desk = Desk::at("2026-10-29T09:00:00Z");
    let mut references = october(&desk).await;
    desk.until("2026-11-01T06:59:00Z").await;
    assert!(!desk.letters_to(MANAGER).contains(&"monthly-report".to_owned()));
    desk.until("2026-11-01T07:01:00Z").await;
    let october = Sheet::of(&desk.mail(MANAGER, "monthly-report"));
    check(&october, &desk, &references, "2026-10").await;
    assert_eq!(october.count("flow", "total#all", "carried_in"), 0);
    assert_eq!(october.count("flow", "total#all", "carried_out"), 4);

    references.extend(november(&desk, &references).await);
    desk.until("2026-12-01T07:01:00Z").await;
    let mails = desk.mails_to(MANAGER);
    let last = mails.iter().rfind(|mail| crate::desk::letter(mail) == "monthly-report").unwrap();
    assert!(last.subject.contains("November 2026"), "{}", last.subject);
    let november = Sheet::of(last);
    check(&november, &desk, &references, "2026-11").await;
    assert_eq!(november.count("flow", "total#all", "carried_in"), 4);
    desk.rests().await;
}

#[tokio::test]
async fn the_report_comes_at_seven_in_london_in_summer_too() {
    let desk = Desk::at("2026-09-30T22:00:00Z");
    desk.complains("Ann", "ann@example.com").await;
    desk.until("2026-10-01T05:59:00Z").await;
    assert_eq!(desk.letters_to(MANAGER), Vec::<String>::new());
    desk.until("2026-10-01T06:01:00Z").await;
    let report = desk.mail(MANAGER, "monthly-report");
    assert_eq!(
        Sheet::of(&report).count("flow", "total#all", "received"),
        1,
        "22:00 UTC is 23:00 on the 30th there"
    );
    assert!(report.html.unwrap().contains("<table") && report.text.unwrap().contains("September 2026"));
    desk.rests().await;
}

#[tokio::test]
async fn a_month_begins_at_midnight_in_london() {
    // In London it is October already, half an hour past midnight.
    let desk = Desk::at("2026-09-30T23:30:00Z");
    desk.complains("Ann", "ann@example.com").await;
    desk.until("2026-10-01T06:01:00Z").await;
    assert_eq!(Sheet::of(&desk.mail(MANAGER, "monthly-report")).count("flow", "total#all", "received"), 0);
    desk.rests().await;
}

/// Five complaints, of which one is closed; one is refused, one resolved, one nobody takes, one bounces.
async fn october(desk: &Desk) -> Vec<String> {
    let sam = desk.sam();
    let mut customers = Vec::new();
    for (name, email) in [("Ann", "ann@example.com"), ("Bo", "bo@example.com"), ("Cy", "cy@example.com")] {
        customers.push(desk.complains(name, email).await);
    }
    customers.push(desk.complains("Di", "bounce@example.com").await);
    let body = json!({"channel": "phone", "phone": "020 7946 0000", "description": "By phone.", "product": "Mortgage"});
    let taken = sam.records(&body).await.json()["reference"].as_str().unwrap().to_owned();
    sam.resolves(&customers[0]).await;
    sam.does(&customers[0].reference, "close", &json!({"waive_follow_up": "They asked for it."})).await;
    sam.investigates(&customers[1].reference).await;
    sam.offers(&customers[1].reference).await;
    customers[1].refuses(1).await;
    sam.resolves(&customers[2]).await;
    sam.takes(&taken).await;
    let mut references: Vec<String> = customers.into_iter().map(|customer| customer.reference).collect();
    references.push(taken);
    references
}

/// One more comes, one of the old is closed with words of thanks, one that was closed is open again.
async fn november(desk: &Desk, old: &[String]) -> Vec<String> {
    desk.until("2026-11-03T17:05:00Z").await;
    let cy = asked(desk, &old[2], "cy@example.com", "satisfaction-question");
    assert_eq!(cy.rates(&json!({"rating": 4, "comment": "=1+1"})).await.status, 200);
    let ann = asked(desk, &old[0], "ann@example.com", "closing");
    let concern = json!({"rating": 1, "concern": true, "comment": "Again."});
    assert_eq!(ann.rates(&concern).await.status, 200);
    let new = desk.complains("Ed", "ed@example.com").await.reference;
    desk.mia().takes(&new).await;
    desk.mia().triages(&new, "delivery", "high").await;
    vec![new]
}

fn asked<'d>(desk: &'d Desk, reference: &str, email: &str, letter: &str) -> Customer<'d> {
    let token = crate::desk::customer::token_in(&desk.mail(email, letter).text.unwrap());
    Customer::of(desk, &json!({"reference": reference, "link": format!("https://x/link/{token}")}))
}

/// Holds the report of a month against what the cases of these complaints say.
async fn check(sheet: &Sheet, desk: &Desk, references: &[String], month: &str) {
    let mut count = Count::default();
    for reference in references {
        count.take(&desk.mia().case(reference).await, month);
    }
    let Count { flow, by, acknowledgements, satisfaction, outcomes, causes, escalations } = count;
    for (measure, expected) in &flow {
        assert_eq!(
            sheet.count("flow", "total#all", measure),
            *expected,
            "{measure} of {month}\n{}",
            sheet.text
        );
    }
    for (dimension, values) in by {
        let mut found = sheet.dimension("flow", &dimension, "carried_out");
        found.retain(|_, number| *number != 0);
        assert_eq!(found, values, "{dimension} of {month}");
    }
    let lost = |item: &str| sheet.count("nothing_lost", item, "count");
    assert_eq!((lost("sent"), lost("undeliverable"), lost("owed")), acknowledgements, "{month}");
    assert_eq!(sheet.rate("summary", "satisfied", "value"), satisfaction, "{month}");
    assert_eq!(sheet.rate("summary", "upheld", "value"), outcomes, "{month}");
    for (cause, number) in causes {
        let item = format!("cause_{cause}");
        assert_eq!(sheet.rate("causes", &item, "share"), (number, outcomes.0), "{cause} of {month}");
    }
    assert!(escalations > 0 && !sheet.text.contains("does not balance"), "{month}");
}

/// A fold over the records that knows nothing of the product's own.
#[derive(Default)]
struct Count {
    flow: BTreeMap<&'static str, i64>,
    /// What stands at the month's end, by dimension and value.
    by: BTreeMap<String, BTreeMap<String, i64>>,
    /// Sent, undeliverable, owed.
    acknowledgements: (i64, i64, i64),
    /// Satisfied, of those who answered.
    satisfaction: (i64, i64),
    /// Upheld, of those resolved.
    outcomes: (i64, i64),
    /// Of the upheld ones by root cause.
    causes: BTreeMap<String, i64>,
    escalations: i64,
}

impl Count {
    fn take(&mut self, case: &Value, month: &str) {
        let (start, end) = bounds(month);
        let (mut open, mut carried_in, mut standing) = (false, false, None);
        for entry in case["history"].as_array().unwrap() {
            let at = instant(entry["at"].as_str().unwrap());
            if at >= end {
                break;
            }
            let event = &entry["event"];
            let name = event["type"].as_str().unwrap();
            open = match name {
                "Received" | "Reopened" => true,
                "Closed" => false,
                _ => open,
            };
            standing = Some(&entry["after"]);
            if at < start {
                carried_in = open;
                continue;
            }
            self.event(name, event);
        }
        for (measure, is_so) in [("carried_in", carried_in), ("carried_out", open)] {
            *self.flow.entry(measure).or_default() += i64::from(is_so);
        }
        if let Some(after) = standing.filter(|_| open) {
            for dimension in ["channel", "severity", "category", "product"] {
                let value = after[dimension].as_str().unwrap_or("(none)").to_owned();
                *self.by.entry(dimension.to_owned()).or_default().entry(value).or_default() += 1;
            }
        }
    }

    fn event(&mut self, name: &str, event: &Value) {
        let (sent, undeliverable, _) = &mut self.acknowledgements;
        match name {
            "Received" => *self.flow.entry("received").or_default() += 1,
            "Reopened" => *self.flow.entry("reopened").or_default() += 1,
            "Closed" => *self.flow.entry("closed").or_default() += 1,
            "Acknowledged" => *sent += 1,
            // One that was sent and came back is not made after all.
            "LetterUndeliverable" if event["letter"] == "acknowledgement" => {
                *undeliverable += 1;
                *sent -= i64::from(event["reason"] == "bounced");
            }
            "FeedbackGiven" => {
                self.satisfaction.0 += i64::from(event["rating"].as_u64().unwrap() >= 4);
                self.satisfaction.1 += 1;
            }
            "Resolved" => {
                let is_upheld = ["upheld", "partly_upheld"].contains(&event["outcome"].as_str().unwrap());
                if is_upheld {
                    *self.causes.entry(event["root_cause"].as_str().unwrap().to_owned()).or_default() += 1;
                }
                self.outcomes.0 += i64::from(is_upheld);
                self.outcomes.1 += 1;
            }
            "Escalated" => self.escalations += i64::from(event["from"] != event["to"]),
            _ => {}
        }
    }
}

/// When a month begins and ends in London.
fn bounds(month: &str) -> (Timestamp, Timestamp) {
    let (year, month) = month.split_once('-').unwrap();
    let first = date(year.parse().unwrap(), month.parse().unwrap(), 1);
    let zone = TimeZone::get("Europe/London").unwrap();
    let start: Zoned = first.to_zoned(zone.clone()).unwrap();
    let end = start.checked_add(jiff::Span::new().months(1)).unwrap();
    (start.timestamp(), end.timestamp())
}

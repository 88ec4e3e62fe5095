//! The month's figures counted once more, from the histories that staff are shown, one complaint after the other.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use crate::record::{Standing, instant, kind, text};

/// Sums by what they are of, such as `outcome#upheld`, and what they count, such as `count`.
pub(crate) struct Count {
    sums: BTreeMap<(String, &'static str), i64>,
    /// What happens from here on is the next month's.
    end: Timestamp,
    zone: TimeZone,
    /// What does not fit within a record.
    pub(crate) wrong: Vec<String>,
}

impl Count {
    pub(crate) fn until(end: Timestamp, zone: TimeZone) -> Count {
        Count { sums: BTreeMap::new(), end, zone, wrong: Vec::new() }
    }

    pub(crate) fn get(&self, item: &str, counter: &'static str) -> i64 {
        self.sums.get(&(item.to_owned(), counter)).copied().unwrap_or_default()
    }

    /// All sums that are not zero.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &'static str)> {
        self.sums.iter().filter(|(_, sum)| **sum != 0).map(|((item, counter), _)| (item.as_str(), *counter))
    }

    /// Takes a complaint in, and says how it stands now by its history.
    pub(crate) fn take(&mut self, case: &Value) -> Standing {
        let mut standing = Standing::default();
        let mut at_the_end = None;
        for entry in case["history"].as_array().into_iter().flatten() {
            let (event, at) = (&entry["event"], instant(&entry["at"]));
            if at >= self.end && at_the_end.is_none() {
                at_the_end = Some(standing.clone());
            }
            let before = standing.clone();
            standing.take(event);
            if at < self.end {
                self.flow(&before, &standing, event);
                self.happened(&before, event, at, instant(&case["received_at"]));
            }
        }
        let received = instant(&case["received_at"]);
        self.stands(at_the_end.as_ref().unwrap_or(&standing), received);
        let reference = text(case, "reference");
        let differences = standing.differences(case);
        self.wrong.extend(differences.into_iter().map(|it| format!("{reference}: {it}")));
        standing
    }

    fn add(&mut self, item: impl Into<String>, counter: &'static str, by: i64) {
        *self.sums.entry((item.into(), counter)).or_default() += by;
    }

    fn one(&mut self, item: impl Into<String>) {
        self.add(item, "count", 1);
    }

    fn flow(&mut self, before: &Standing, after: &Standing, event: &Value) {
        match kind(event) {
            "Received" => after.flow_items().into_iter().for_each(|item| self.add(item, "received", 1)),
            "Closed" => after.flow_items().into_iter().for_each(|item| self.add(item, "closed", 1)),
            "Reopened" if !before.is_open() => {
                after.flow_items().into_iter().for_each(|item| self.add(item, "reopened", 1));
            }
            // The second reopening makes it severe, wherever it was opened from.
            "Triaged" | "Reopened" => {
                let items = before.flow_items().into_iter().zip(after.flow_items());
                for (before, after) in items.filter(|(before, after)| before != after) {
                    self.add(before, "moved_out", 1);
                    self.add(after, "moved_in", 1);
                }
            }
            _ => {}
        }
        if kind(event) == "Reopened" {
            self.one(if before.is_open() { "reopening#following_up" } else { "reopening#closed" });
        }
    }

    fn happened(&mut self, before: &Standing, event: &Value, at: Timestamp, received: Timestamp) {
        let minutes = at.duration_since(received).as_mins();
        // A contact, a question or the answer itself.
        if event["first"].is_object() {
            self.timed("speed#first_contact", &event["first"]["in_time"]);
            self.add("promise#first_contact", "missed", (event["first"]["unseen"] == true).into());
        }
        match kind(event) {
            "Acknowledged" => {
                self.timed("speed#acknowledgement", &event["in_time"]);
                let within_24h = at.duration_since(received) <= SignedDuration::from_hours(24);
                self.add("speed#acknowledgement", "within_24h", within_24h.into());
            }
            "LetterUndeliverable" if event["letter"] == "acknowledgement" => {
                self.one("undeliverable#acknowledgement");
                let (owed, no_address) = (before.acknowledgement == "owed", event["reason"] == "no_address");
                self.add("speed#acknowledgement", "undeliverable", owed.into());
                self.add("speed#acknowledgement", "no_address", (owed && no_address).into());
                // Each is promised within 24 hours here.
                let back = before.acknowledgement == "sent" && minutes <= 24 * 60;
                self.add("speed#acknowledgement", "back", back.into());
            }
            // What takes the place of a proposal was answered with that.
            "Proposed" if before.stage == "proposed" => {}
            "Decided" if before.stage == "proposed" => self.one("consent#not_needed"),
            "Proposed" | "Decided" => self.answered(event),
            "ProposalAccepted" => self.one(format!("consent#{}", text(&event["consent"], "by"))),
            "ProposalRefused" => self.one("consent#refused"),
            "DelayAnnounced" => self.one("delay#announced"),
            // What is answered anew at its own level was counted when it came there.
            "Escalated" if event["from"] != event["to"] => self.escalated(event),
            "PromiseMissed" if event["again"] != true => {
                let promise = &event["promise"];
                let code = promise.as_object().and_then(|of_many| of_many.keys().next());
                let code = code.map_or_else(|| promise.as_str().unwrap_or_default(), String::as_str);
                // What was taken up again had its first answer.
                let code = if before.reopened && code == "answer" { "further_answer" } else { code };
                self.add(format!("promise#{code}"), "missed", 1);
            }
            "RemedyDone" => self.remedy(event),
            "Resolved" => {
                let outcome = text(event, "outcome");
                self.one(format!("outcome#{outcome}"));
                if ["upheld", "partly_upheld"].contains(&outcome.as_str()) {
                    self.one(format!("cause_{}", text(event, "root_cause")));
                }
            }
            "SatisfactionAsked" => self.one("asked"),
            // What somebody finds wrong later is a reopening.
            "FeedbackGiven" if !before.rated => {
                self.one("answered");
                self.add("responded", "count", (before.stage == "following_up").into());
                self.one(format!("rating_{}", event["rating"]));
                self.add("concern", "count", (event["concern"] == true).into());
                self.add("comment", "count", (!event["comment"].is_null()).into());
            }
            "Closed" => {
                self.one("speed#closing");
                self.one(format!("closing#{}", text(event, "because")));
                self.add("speed#closing", "within_8_weeks", (minutes <= 56 * 24 * 60).into());
            }
            _ => {}
        }
    }

    /// Of those with a date, how many kept it.
    fn timed(&mut self, item: &str, in_time: &Value) {
        self.one(item);
        if let Some(in_time) = in_time.as_bool() {
            self.add(item, "timed", 1);
            self.add(item, "in_time", in_time.into());
        }
    }

    fn answered(&mut self, event: &Value) {
        let first = event["number"] == 1;
        self.timed(if first { "speed#answer" } else { "further" }, &event["in_time"]);
        let item = if first { "promise#answer" } else { "promise#further_answer" };
        self.add(item, "missed", (event["unseen"] == true).into());
        if kind(event) == "Decided" {
            self.one("consent#not_needed");
        }
    }

    fn escalated(&mut self, event: &Value) {
        // What came together is told apart by what it has in common.
        let reason = &event["reason"];
        let code =
            if reason["because"] == "pattern" { text(reason, "pattern") } else { text(reason, "because") };
        let to = if event["to"] == 2 { "to_2" } else { "to_3" };
        self.add(format!("escalation#{code}"), to, 1);
    }

    fn remedy(&mut self, event: &Value) {
        let amount = minor(&event["amount"]);
        for item in [format!("remedy#{}", text(event, "kind")), "remedy#all".to_owned()] {
            self.one(item.clone());
            self.add(item.clone(), "in_time", (event["in_time"] == true).into());
            self.add(item.clone(), "paid", amount.is_some().into());
            self.add(item, "amount", amount.unwrap_or_default());
        }
    }

    /// How it stood when the month ended.
    fn stands(&mut self, standing: &Standing, received: Timestamp) {
        self.one(format!("acknowledgement#{}", standing.acknowledgement));
        let is_due = received + SignedDuration::from_hours(24) < self.end;
        self.add("speed#acknowledgement", "open", (standing.acknowledgement == "owed" && is_due).into());
        if !standing.is_open() {
            return;
        }
        for item in standing.flow_items() {
            self.add(item, "pending", 1);
        }
        self.add(format!("stage#{}", standing.stage), "pending", 1);
        self.add(format!("level#{}", standing.level), "pending", 1);
        self.add(format!("owner#{}", standing.owner.as_deref().unwrap_or("(none)")), "pending", 1);
        if !standing.missed.is_empty() {
            self.add("state#overdue", "pending", 1);
        }
        let age = days(self.date(received), self.last_day());
        self.add(format!("age#{}", bracket(age)), "pending", 1);
    }

    fn date(&self, at: Timestamp) -> Date {
        at.to_zoned(self.zone.clone()).date()
    }

    fn last_day(&self) -> Date {
        self.date(self.end).yesterday().unwrap_or(Date::MIN)
    }
}

fn days(from: Date, to: Date) -> i64 {
    to.duration_since(from).as_hours() / 24
}

fn bracket(age: i64) -> &'static str {
    match age {
        ..=1 => "0-1",
        2..=3 => "2-3",
        4..=7 => "4-7",
        8..=14 => "8-14",
        15..=28 => "15-28",
        29..=56 => "29-56",
        57.. => "57-",
    }
}

/// An amount such as `25.00 GBP`, in hundredths.
fn minor(amount: &Value) -> Option<i64> {
    let (whole, rest) = amount.as_str()?.split_once('.')?;
    let hundredths = rest.split(' ').next()?;
    Some(whole.parse::<i64>().ok()? * 100 + hundredths.parse::<i64>().ok()?)
}

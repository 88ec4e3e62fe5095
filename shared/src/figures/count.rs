//! What one event adds.

use std::collections::BTreeMap;

use jiff::SignedDuration;

use super::{Delta, NONE, Period, measure};
use crate::{
    calendar::WorkCalendar,
    complaint::Acknowledgement,
    event::{Event, Recorded},
    policy::Policy,
    profile::Profile,
};

/// What every complaint is acknowledged within, whatever it was promised.
const A_DAY: SignedDuration = SignedDuration::from_hours(24);

/// The item of acknowledgements owed whose 24 hours end in a month.
pub(crate) fn owed_until(month: Period) -> String {
    format!("acknowledgement#owed_{month}")
}

/// What an event adds to which counters. The policy gives the calendar: months, days, working days.
pub fn count(recorded: &Recorded, policy: &Policy) -> Vec<Delta> {
    let mut tally = Tally::default();
    flow(&mut tally, recorded);
    standing(&mut tally, recorded, &policy.calendar);
    measure::event(&mut tally, recorded, policy);
    tally.deltas(Period::of(recorded.at, &policy.calendar))
}

/// The additions of one event, summed.
#[derive(Default)]
pub(super) struct Tally(BTreeMap<(String, String), i64>);

impl Tally {
    pub(super) fn add(&mut self, item: &str, counter: &str, by: i64) {
        *self.0.entry((item.to_owned(), counter.to_owned())).or_default() += by;
    }

    fn deltas(self, period: Period) -> Vec<Delta> {
        let additions = self.0.into_iter().filter(|(_, by)| *by != 0);
        additions.map(|((item, counter), by)| Delta { period, item, counter, by }).collect()
    }
}

/// The items whose flow is counted, of which each complaint is in one of each dimension.
fn flow_items(profile: &Profile) -> [String; 5] {
    [
        "total#all".to_owned(),
        format!("channel#{}", profile.channel.code()),
        format!("product#{}", profile.product.as_deref().unwrap_or(NONE)),
        format!("category#{}", profile.category.as_deref().unwrap_or(NONE)),
        format!("severity#{}", profile.severity.code()),
    ]
}

/// What comes in and goes out. A reopening from the follow-up is none: the complaint was pending all the time.
fn flow(tally: &mut Tally, recorded: &Recorded) {
    let after = flow_items(&recorded.after);
    let Some(before) = &recorded.before else {
        let counter = if matches!(recorded.event, Event::Received { .. }) { "received" } else { "moved_in" };
        for item in &after {
            tally.add(item, counter, 1);
        }
        return;
    };
    let (was_open, is_open) = (before.is_open(), recorded.after.is_open());
    let pairs = flow_items(before).into_iter().zip(after);
    for (before, after) in pairs {
        match (was_open, is_open) {
            (false, true) => tally.add(&after, "reopened", 1),
            (true, false) => tally.add(&before, "closed", 1),
            (true, true) if before != after => {
                tally.add(&before, "moved_out", 1);
                tally.add(&after, "moved_in", 1);
            }
            (true, true) | (false, false) => {}
        }
    }
}

/// What stands changes by what the complaint was and is.
fn standing(tally: &mut Tally, recorded: &Recorded, calendar: &WorkCalendar) {
    if let Some(before) = &recorded.before {
        stand(tally, before, calendar, -1);
    }
    stand(tally, &recorded.after, calendar, 1);
}

fn stand(tally: &mut Tally, profile: &Profile, calendar: &WorkCalendar, by: i64) {
    let acknowledgement = match profile.acknowledgement {
        Acknowledgement::Owed => "acknowledgement#owed",
        Acknowledgement::Sent => "acknowledgement#sent",
        Acknowledgement::Undeliverable => "acknowledgement#undeliverable",
    };
    tally.add(acknowledgement, "complaints", by);
    if profile.acknowledgement == Acknowledgement::Owed {
        let due = Period::of(profile.received_at + A_DAY, calendar);
        tally.add(&owed_until(due), "complaints", by);
    }
    if !profile.is_open() {
        return;
    }
    for item in flow_items(profile) {
        tally.add(&item, "pending", by);
    }
    tally.add(&format!("stage#{}", profile.stage.code()), "pending", by);
    tally.add(&format!("level#{}", profile.level.number()), "pending", by);
    tally.add(
        &format!("owner#{}", profile.owner.as_ref().map_or(NONE, |owner| owner.as_str())),
        "pending",
        by,
    );
    if profile.overdue {
        tally.add("state#overdue", "pending", by);
    }
    let received = calendar.date(profile.received_at);
    if profile.waiting {
        tally.add("state#waiting", "pending", by);
    }
    let month = Period::of(profile.received_at, calendar);
    tally.add(&format!("received#{month}"), &format!("pending_{:02}", received.day()), by);
}

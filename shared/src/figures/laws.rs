//! What must hold for any complaints that are handled in any legal way.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::{
    actor::Actor,
    command::{Answer, Command, Outcome},
    complaint::{Acknowledgement, Complaint},
    event::Recorded,
    evolve::replay,
    letter_kind::LetterKind,
    policy::Policy,
    story::*,
    values::{Channel, Digest, Level, Severity, StaffId},
};

/// Something that may happen to a complaint, and hours until then. Much of it is refused where it does not fit.
type Turn = (u8, u8);

fn live(number: u8, hours: u16, turns: &[Turn]) -> Vec<Recorded> {
    let begin = "2026-10-28T09:00:00Z".parse::<jiff::Timestamp>().unwrap();
    let begin = begin.checked_add(jiff::SignedDuration::from_hours(hours.into())).unwrap();
    let (channel, product) =
        if number.is_multiple_of(2) { (Channel::Phone, None) } else { (Channel::Web, Some("Mortgage")) };
    let mut story = Story::begins_with(number, begin, channel, product, Policy::built_in());
    for (what, hours) in turns {
        story.after(i64::from(*hours));
        for sweep in [Command::WatchPromises, Command::FollowUp] {
            story.then(&Actor::System, sweep);
        }
        let (actor, command) = turn(&story, *what);
        // A refusal records nothing, which is as good a turn as any.
        let _ = story.attempt(&actor, command);
    }
    story.events
}

fn turn(story: &Story, what: u8) -> (Actor, Command) {
    let at_level = match story.complaint.level {
        Level::One => csr(),
        Level::Two => manager(),
        Level::Three => decider(),
    };
    let (proposal, refund) = (story.complaint.proposals, refund(story.now, "25.00 GBP"));
    match what {
        0 => (Actor::System, Command::Acknowledge),
        1 => (csr(), Command::Assign { owner: owner() }),
        2 => (manager(), Command::Assign { owner: StaffId::parse("bob").unwrap() }),
        3 => (csr(), triage("billing", Severity::Normal)),
        4 => (csr(), triage("delivery", Severity::Critical)),
        5 => (csr(), triage("product", Severity::Low)),
        6 => (csr(), Command::RecordContact { channel: Channel::Phone, text: text() }),
        7 => (csr(), finding()),
        8 => (at_level, propose(Outcome::Upheld, vec![refund])),
        9 => (at_level, propose(Outcome::NotUpheld, Vec::new())),
        10 => (Actor::Customer, answer(proposal, Answer::Accept)),
        11 => (Actor::Customer, answer(proposal, Answer::Refuse)),
        12 => (csr(), Command::CompleteRemedy { remedy: 1, text: text() }),
        13 => (csr(), Command::Escalate { reason: text() }),
        14 => (Actor::Customer, feedback(5, false)),
        15 => (Actor::Customer, feedback(2, true)),
        16 => (csr(), Command::Close { waive_follow_up: Some(text()), not_reached: None }),
        _ => (Actor::System, bounced(LetterKind::Acknowledgement)),
    }
}

prop_compose! {
    fn events()(
        lives in prop::collection::vec((0_u16..800, prop::collection::vec((0_u8..18, 0_u8..60), 0..25)), 1..5)
    ) -> Vec<Vec<Recorded>> {
        (1..).zip(lives).map(|(number, (hours, turns))| live(number, hours, &turns)).collect()
    }
}

fn by_period<'e>(events: impl IntoIterator<Item = &'e Recorded>) -> BTreeMap<Period, Figures> {
    let policy = Policy::built_in();
    let mut periods: BTreeMap<Period, Figures> = BTreeMap::new();
    for delta in events.into_iter().flat_map(|recorded| count(recorded, &policy)) {
        periods.entry(delta.period).or_default().extend([delta]);
    }
    periods
}

/// What stands, counted complaint by complaint.
fn counted<'c>(complaints: impl IntoIterator<Item = &'c Complaint>) -> Figures {
    let mut figures = Figures::default();
    let calendar = Policy::built_in().calendar;
    for complaint in complaints {
        let state = match complaint.acknowledgement {
            Acknowledgement::Owed => "owed",
            Acknowledgement::Sent => "sent",
            Acknowledgement::Undeliverable => "undeliverable",
        };
        figures.add(&format!("acknowledgement#{state}"), "complaints", 1);
        if state == "owed" {
            let due = complaint.received_at.checked_add(jiff::SignedDuration::from_hours(24)).unwrap();
            let month = due.to_zoned(calendar.zone().clone()).strftime("%Y-%m").to_string();
            figures.add(&format!("acknowledgement#owed_{month}"), "complaints", 1);
        }
        if !complaint.is_open() {
            continue;
        }
        let or_none = |value: &Option<String>| value.clone().unwrap_or_else(|| NONE.to_owned());
        let owner = complaint.owner.as_ref().map(ToString::to_string);
        let mut items = vec![
            "total#all".to_owned(),
            format!("channel#{}", complaint.channel.code()),
            format!("product#{}", or_none(&complaint.product)),
            format!("category#{}", or_none(&complaint.category)),
            format!("severity#{}", complaint.severity.code()),
            format!("stage#{}", complaint.stage_name().code()),
            format!("level#{}", complaint.level.number()),
            format!("owner#{}", or_none(&owner)),
        ];
        if complaint.is_overdue() {
            items.push("state#overdue".to_owned());
        }
        for item in items {
            figures.add(&item, "pending", 1);
        }
        let received = calendar.date(complaint.received_at).strftime("%Y-%m %d").to_string();
        let (month, day) = received.split_once(' ').unwrap();
        figures.add(&format!("received#{month}"), &format!("pending_{day}"), 1);
    }
    figures
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn events_in_any_order_give_the_same_figures(lives in events(), seed: u64) {
        let in_order: Vec<&Recorded> = lives.iter().flatten().collect();
        let mut shuffled = in_order.clone();
        shuffled.sort_by_key(|recorded| {
            *Digest::of(format!("{seed} {}", recorded.id()).as_bytes()).as_bytes()
        });
        prop_assert_eq!(by_period(in_order), by_period(shuffled));
    }

    #[test]
    fn balances_equal_a_count_over_the_complaints(lives in events()) {
        let calendar = Policy::built_in().calendar;
        let mut balances = Balances::default();
        for (period, figures) in by_period(lives.iter().flatten()) {
            balances = balances.plus(&figures);
            let complaints: Vec<Complaint> = lives.iter().filter_map(|events| {
                let until = events.iter().filter(|recorded| Period::of(recorded.at, &calendar) <= period);
                replay(until.map(|recorded| &recorded.event))
            }).collect();
            prop_assert_eq!(&balances, &Balances::default().plus(&counted(&complaints)), "{}", period);
        }
    }

    #[test]
    fn the_flow_of_every_item_balances(lives in events()) {
        let mut opening = Balances::default();
        for (period, figures) in by_period(lives.iter().flatten()) {
            let closing = opening.plus(&figures);
            let items: BTreeSet<&str> = figures.iter().map(|(item, ..)| item).chain(opening.iter().map(|(item, ..)| item))
                .filter(|item| ["total#", "channel#", "product#", "category#", "severity#"].iter().any(|of| item.starts_with(of)))
                .collect();
            for item in items {
                let flow = |counter| figures.get(item, counter);
                let carried = opening.get(item, "pending") + flow("received") + flow("reopened") + flow("moved_in")
                    - flow("closed") - flow("moved_out");
                prop_assert_eq!(carried, closing.get(item, "pending"), "{} in {}", item, period);
            }
            opening = closing;
        }
    }

    #[test]
    fn every_dimension_sums_to_the_total(lives in events()) {
        let mut balances = Balances::default();
        for figures in by_period(lives.iter().flatten()).values() {
            balances = balances.plus(figures);
            for dimension in ["channel", "product", "category", "severity", "stage", "level", "owner"] {
                let sum: i64 = balances.values(dimension)
                    .map(|value| balances.get(&format!("{dimension}#{value}"), "pending")).sum();
                prop_assert_eq!(sum, balances.get("total#all", "pending"), "{}", dimension);
            }
            for dimension in ["channel", "product", "category", "severity"] {
                for counter in ["received", "closed", "reopened"] {
                    let sum: i64 = figures.values(dimension)
                        .map(|value| figures.get(&format!("{dimension}#{value}"), counter)).sum();
                    prop_assert_eq!(sum, figures.get("total#all", counter), "{} {}", dimension, counter);
                }
            }
        }
    }

    #[test]
    fn a_quantile_is_that_of_the_sorted_values(mut days in prop::collection::vec(0_i64..120, 1..60), percent in 1_usize..=100) {
        let histogram: Histogram = days.iter().map(|day| {
            let counter = histogram::bucket("x", *day, histogram::MOST_DAYS);
            (counter.strip_prefix("x_").unwrap().to_owned(), 1)
        }).collect::<Vec<_>>().iter().map(|(bound, times)| (bound.as_str(), *times)).collect();
        days.sort_unstable();
        // Nearest rank: the smallest value that so many hundredths of all are at or below.
        let exact = *days.iter().find(|day| {
            days.iter().filter(|other| other <= day).count() * 100 >= days.len() * percent
        }).unwrap();
        let expected = if exact > histogram::MOST_DAYS { Quantile::Above } else { Quantile::Within(exact) };
        prop_assert_eq!(histogram.quantile(i64::try_from(percent).unwrap()), expected);
    }
}

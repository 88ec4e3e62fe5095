use super::histogram::{amount_bucket, begun, working_days};
use super::*;
use crate::{
    actor::Actor,
    command::{Answer, Command},
    letter_kind::LetterKind,
    policy::Policy,
    story::*,
    values::{Money, Severity},
};

fn figures_of(story: &Story) -> Figures {
    let mut figures = Figures::default();
    figures.extend(story.events.iter().flat_map(|recorded| count(recorded, &story.policy)));
    figures
}

fn check(story: &Story, expected: &[(&str, &str, i64)]) {
    let figures = figures_of(story);
    for (item, counter, number) in expected {
        assert_eq!(figures.get(item, counter), *number, "{item} {counter}");
    }
}

#[test]
fn a_receipt_adds_to_no_more_items_than_there_are_dimensions() {
    let story = Story::begins("2026-11-02T10:00:00Z");
    let deltas = count(&story.events[0], &story.policy);
    let told: Vec<String> =
        deltas.iter().map(|it| format!("{} {} {} {:+}", it.period, it.item, it.counter, it.by)).collect();
    insta::assert_snapshot!(told.join("\n"), @r"
    2026-11 acknowledgement#owed complaints +1
    2026-11 acknowledgement#owed_2026-11 complaints +1
    2026-11 category#(none) pending +1
    2026-11 category#(none) received +1
    2026-11 channel#web pending +1
    2026-11 channel#web received +1
    2026-11 level#1 pending +1
    2026-11 owner#(none) pending +1
    2026-11 product#Mortgage pending +1
    2026-11 product#Mortgage received +1
    2026-11 received#2026-11 pending_02 +1
    2026-11 severity#normal pending +1
    2026-11 severity#normal received +1
    2026-11 stage#received pending +1
    2026-11 total#all pending +1
    2026-11 total#all received +1
    ");
}

#[test]
fn the_months_are_those_on_the_companys_wall() {
    let calendar = Policy::built_in().calendar;
    let period = |at: &str| Period::of(at.parse().unwrap(), &calendar).to_string();
    // British summer time: the last hour of July in UTC is August in London.
    assert_eq!(period("2026-07-31T22:59:59Z"), "2026-07");
    assert_eq!(period("2026-07-31T23:00:00Z"), "2026-08");
    assert_eq!(period("2026-12-31T23:59:59Z"), "2026-12");
}

#[test]
fn periods_are_read_in_one_form_only() {
    let november = Period::parse("2026-11").unwrap();
    assert_eq!(
        (november.previous().to_string(), november.next().next().to_string()),
        ("2026-10".into(), "2027-01".into())
    );
    assert_eq!(november.last_day().to_string(), "2026-11-30");
    assert_eq!(november.in_words(), "November 2026");
    for text in ["", "2026", "2026-13", "2026-00", "2026-1", "26-11", "2026-11-01", "+026-11", "2026/11"] {
        assert_eq!(Period::parse(text), Err(InvalidPeriod), "{text}");
    }
}

#[test]
fn speed_is_counted_once_per_step_on_both_clocks() {
    let mut story = Story::begins("2026-11-02T10:00:00Z");
    story.taken_on();
    story.at("2026-11-04T10:30:00Z").proposed();
    check(
        &story,
        &[
            ("speed#acknowledgement", "count", 1),
            ("speed#acknowledgement", "within_24h", 1),
            ("speed#acknowledgement", "in_time", 1),
            ("speed#acknowledgement", "calendar_1", 1),
            ("speed#acknowledgement", "working_1", 1),
            ("speed#answer", "in_time", 1),
            ("speed#answer", "calendar_3", 1),
            ("speed#answer", "working_2", 1),
        ],
    );
}

#[test]
fn a_second_after_twenty_four_hours_is_not_within_them() {
    for (at, within) in [("2026-11-03T10:00:00Z", 1), ("2026-11-03T10:00:01Z", 0)] {
        let mut story = Story::begins("2026-11-02T10:00:00Z");
        story.at(at).then(&Actor::System, Command::Acknowledge);
        check(&story, &[("speed#acknowledgement", "within_24h", within)]);
    }
}

#[test]
fn an_acknowledgement_that_is_not_made_or_comes_back_is_counted_so() {
    let item = "speed#acknowledgement";
    let mut never = Story::begins("2026-11-02T10:00:00Z");
    never.then(&Actor::System, bounced(LetterKind::Acknowledgement));
    check(&never, &[(item, "count", 0), (item, "undeliverable", 1), (item, "no_address", 0)]);
    let mut back = Story::begins("2026-11-02T10:00:00Z");
    back.then(&Actor::System, Command::Acknowledge).after(2);
    back.then(&Actor::System, bounced(LetterKind::Acknowledgement));
    check(&back, &[(item, "within_24h", 1), (item, "back_within_24h", 1), (item, "back_in_time", 1)]);
    check(&back, &[(item, "undeliverable", 0), ("undeliverable#acknowledgement", "count", 1)]);
    let mut late = Story::begins("2026-11-02T10:00:00Z");
    late.then(&Actor::System, Command::Acknowledge).after(24 * 3);
    late.then(&Actor::System, bounced(LetterKind::Acknowledgement));
    check(&late, &[(item, "within_24h", 1), (item, "back_within_24h", 0), (item, "back_in_time", 0)]);
}

#[test]
fn an_acknowledgement_owed_stands_by_the_month_that_its_24_hours_end_in() {
    let mut story = Story::begins("2026-11-30T10:00:00Z");
    let owed = ["acknowledgement#owed_2026-11", "acknowledgement#owed_2026-12"];
    check(&story, &[(owed[0], "complaints", 0), (owed[1], "complaints", 1)]);
    story.after(1).then(&Actor::System, Command::Acknowledge);
    check(&story, &[(owed[1], "complaints", 0)]);
}

#[test]
fn a_promise_that_is_reminded_of_daily_is_missed_once() {
    let mut story = Story::begins("2026-11-02T10:00:00Z");
    story.taken_on().proposed().accepted();
    for _ in 0..8 {
        story.after(24 * 3).then(&Actor::System, Command::WatchPromises);
    }
    assert!(story.events.iter().filter(|recorded| recorded.event.name() == "PromiseMissed").count() > 2);
    check(&story, &[("promise#remedy", "missed", 1), ("state#overdue", "pending", 1)]);
}

#[test]
fn a_triage_moves_a_complaint_from_one_category_to_the_other() {
    let mut story = Story::begins("2026-11-02T10:00:00Z");
    story
        .then(&csr(), triage("billing", Severity::Normal))
        .then(&csr(), triage("delivery", Severity::Normal));
    check(
        &story,
        &[
            ("category#(none)", "received", 1),
            ("category#(none)", "moved_out", 1),
            ("category#billing", "moved_in", 1),
            ("category#billing", "moved_out", 1),
            ("category#delivery", "pending", 1),
            ("total#all", "moved_in", 0),
        ],
    );
}

#[test]
fn the_end_of_a_complaint_is_counted_with_its_outcome_and_redress() {
    let mut story = Story::begins("2026-11-02T10:00:00Z");
    story.taken_on().proposed().accepted().then(&csr(), Command::CompleteRemedy { remedy: 1, text: text() });
    story.after(24 * 5).then(&Actor::System, Command::FollowUp).then(&Actor::Customer, feedback(4, false));
    check(
        &story,
        &[
            ("total#all", "closed", 1),
            ("total#all", "pending", 0),
            ("outcome#upheld", "count", 1),
            ("outcome#upheld", "cause_people", 1),
            ("remedy#refund", "amount", 2500),
            ("remedy#refund", "amount_5000", 1),
            ("remedy#refund", "in_time", 1),
            ("consent#given", "count", 1),
            ("satisfaction#all", "asked", 1),
            ("satisfaction#all", "rating_4", 1),
            ("closing#feedback", "count", 1),
            ("speed#closing", "count", 1),
        ],
    );
}

#[test]
fn an_answer_that_is_missed_after_a_reopening_is_no_first_answer() {
    let mut story = Story::begins("2026-11-02T10:00:00Z");
    story.after(24 * 17).then(&Actor::System, Command::WatchPromises);
    check(&story, &[("promise#answer", "missed", 1), ("promise#further_answer", "missed", 0)]);
    let mut story = Story::begins("2026-11-02T10:00:00Z");
    story.taken_on().proposed().accepted().then(&csr(), Command::CompleteRemedy { remedy: 1, text: text() });
    story.then(&Actor::Customer, feedback(1, true));
    story.after(24 * 17).then(&Actor::System, Command::WatchPromises);
    check(&story, &[("promise#answer", "missed", 0), ("promise#further_answer", "missed", 1)]);
}

#[test]
fn who_finds_something_wrong_after_all_has_answered_once() {
    let mut story = Story::begins("2026-11-02T10:00:00Z");
    story.taken_on().proposed().accepted().then(&csr(), Command::CompleteRemedy { remedy: 1, text: text() });
    story.after(24 * 5).then(&Actor::System, Command::FollowUp).then(&Actor::Customer, feedback(4, false));
    story.after(24).then(&Actor::Customer, feedback(4, true));
    let item = "satisfaction#all";
    check(&story, &[(item, "answered", 1), (item, "rating_4", 1), (item, "concern", 0)]);
    check(&story, &[("reopening#closed", "count", 1)]);
}

#[test]
fn escalations_are_counted_by_reason_and_level() {
    let mut story = Story::begins("2026-11-02T10:00:00Z");
    story.taken_on().proposed().then(&Actor::Customer, answer(1, Answer::Refuse));
    check(
        &story,
        &[("escalation#refused", "to_2", 1), ("consent#refused", "count", 1), ("level#2", "pending", 1)],
    );
}

#[test]
fn working_days_are_counted_as_they_are_promised() {
    let calendar = Policy::built_in().calendar;
    let days = |from: &str, at: &str| working_days(from.parse().unwrap(), at.parse().unwrap(), &calendar);
    // From Monday 10:00: the same day until closing, then one more each working day.
    assert_eq!(days("2026-11-02T10:00:00Z", "2026-11-02T17:00:00Z"), 0);
    assert_eq!(days("2026-11-02T10:00:00Z", "2026-11-02T17:00:01Z"), 1);
    assert_eq!(days("2026-11-02T10:00:00Z", "2026-11-03T17:00:00Z"), 1);
    assert_eq!(days("2026-11-02T10:00:00Z", "2026-11-09T17:00:00Z"), 5);
    assert_eq!(days("2026-11-02T10:00:00Z", "2026-11-14T12:00:00Z"), 10);
    assert_eq!(days("2026-01-05T10:00:00Z", "2027-01-05T10:00:00Z"), 91);
}

#[test]
fn begun_units_are_counted_whole() {
    assert_eq!([0, 1, 60, 61].map(|minutes| begun(minutes, 60)), [0, 1, 1, 2]);
}

#[test]
fn amounts_fall_into_ranges_that_rise_by_one_two_five() {
    for (amount, bucket, range) in [
        ("0.00 GBP", "amount_0", (0, 0)),
        ("0.01 GBP", "amount_100", (1, 100)),
        ("1.00 GBP", "amount_100", (1, 100)),
        ("1.01 GBP", "amount_200", (101, 200)),
        ("25.00 GBP", "amount_5000", (2001, 5000)),
        ("50.01 GBP", "amount_10000", (5001, 10_000)),
        ("3 JPY", "amount_5", (3, 5)),
    ] {
        let amount = Money::parse(amount).unwrap();
        assert_eq!(amount_bucket(amount), bucket, "{amount}");
        let upper = bucket.strip_prefix("amount_").unwrap().parse().unwrap();
        assert_eq!(amount_range(upper, 10_i64.pow(amount.currency().digits())), range, "{amount}");
    }
    assert_eq!(
        amount_bucket(Money::from_minor(i64::MAX, Money::parse("1 GBP").unwrap().currency()).unwrap()),
        "amount_above"
    );
}

#[test]
fn the_median_of_nothing_is_nothing() {
    assert_eq!(Histogram::default().quantile(50), Quantile::Nothing);
    let histogram: Histogram = [("1", 1), ("10", 1), ("above", 2)].into_iter().collect();
    assert_eq!(
        [25, 50, 51].map(|percent| histogram.quantile(percent)),
        [Quantile::Within(1), Quantile::Within(10), Quantile::Above,]
    );
    assert_eq!((histogram.within(3), histogram.count()), (1, 4));
}

//! What the sweep does when times pass, and that it does it once.

use super::*;

/// Acknowledged, triaged, owned and spoken to, so that only updates and the answer are owed.
fn spoken_to() -> Story {
    let mut story = at_work();
    story.then(&csr(), contact(Channel::Phone));
    story
}

/// Keeps the customer up to date, so that only the answer is due.
fn kept_up_to_date(story: &mut Story, until: &str) {
    let until = until.parse().unwrap();
    while let Some(update) =
        story.complaint.promises.get(PromiseKind::Update).filter(|update| update.due <= until)
    {
        let at = update.due.to_string();
        story.at(&at).then(&csr(), contact(Channel::Phone));
    }
}

#[test]
fn a_complaint_that_nobody_owns_for_two_working_hours_goes_to_level_two() {
    let mut story = Story::begins(MONDAY);
    watch(&mut story, "2026-06-08T10:59:59Z", &[]);
    let up = "Escalated 1 to 2, unowned, by 2026-06-22T16:00:00Z";
    watch(&mut story, "2026-06-08T11:00:00Z", &["PromiseMissed own", up]);
    watch(&mut story, "2026-06-08T11:00:00Z", &[]);
    assert_eq!(story.complaint.responsible(), Some(Role::Manager));
    assert_eq!(story.complaint.owner, None);
}

#[test]
fn an_owned_one_does_not() {
    let mut story = Story::begins(MONDAY);
    story.at("2026-06-08T10:59:59Z").then(&csr(), assign("ana@northgate.example"));
    watch(&mut story, "2026-06-08T11:00:00Z", &[]);
}

#[test]
fn one_that_has_gone_up_already_is_not_said_to_want_an_owner() {
    let mut story = Story::begins(MONDAY);
    story.then(&csr(), escalate());
    watch(&mut story, "2026-06-08T11:00:00Z", &[]);
    assert_eq!(story.complaint.responsible(), Some(Role::Manager));
}

#[test]
fn a_late_acknowledgement_and_a_late_first_contact_are_each_said_once() {
    let mut story = Story::begins(MONDAY);
    story.then(&csr(), assign("ana@northgate.example"));
    watch(&mut story, "2026-06-09T08:59:59Z", &[]);
    watch(&mut story, "2026-06-09T09:00:00Z", &["PromiseMissed acknowledge"]);
    watch(&mut story, "2026-06-10T15:59:59Z", &[]);
    watch(&mut story, "2026-06-10T16:00:00Z", &["PromiseMissed firstcontact"]);
    watch(&mut story, "2026-06-11T16:00:00Z", &[]);
    let late = ["ContactMade first late, again by 2026-06-19T16:00:00Z"];
    check(&mut story, "2026-06-11T16:00:00Z", &csr(), contact(Channel::Phone), &late);
}

#[test]
fn an_update_that_was_missed_is_said_and_promised_anew() {
    let mut story = spoken_to();
    watch(&mut story, "2026-06-15T15:59:59Z", &[]);
    watch(&mut story, "2026-06-15T16:00:00Z", &["PromiseMissed update, next by 2026-06-23T16:00:00Z"]);
    watch(&mut story, "2026-06-15T16:00:00Z", &[]);
    check(
        &mut story,
        "2026-06-16T10:00:00Z",
        &csr(),
        contact(Channel::Email),
        &["ContactMade again by 2026-06-23T16:00:00Z"],
    );
}

#[test]
fn the_answer_is_warned_of_at_eighty_hundredths_of_its_working_time() {
    let mut story = spoken_to();
    kept_up_to_date(&mut story, "2026-06-18T14:35:59Z");
    watch(&mut story, "2026-06-18T14:35:59Z", &[]);
    watch(&mut story, "2026-06-18T14:36:00Z", &["PromiseWarned answer"]);
    watch(&mut story, "2026-06-18T14:36:00Z", &[]);
}

#[test]
fn an_unanswered_complaint_goes_up_level_by_level_each_with_its_own_clock_and_the_last_is_reminded_daily() {
    let mut story = spoken_to();
    kept_up_to_date(&mut story, "2026-06-22T15:59:59Z");
    let delayed = |until: &str| format!("DelayAnnounced until {until}T16:00:00Z");
    let first = delayed("2026-06-30");
    watch(&mut story, "2026-06-22T15:59:59Z", &["PromiseWarned answer", &first]);
    let up = "Escalated 1 to 2, time, by 2026-07-07T16:00:00Z";
    watch(&mut story, "2026-06-22T16:00:00Z", &["PromiseMissed answer", up]);
    assert!(story.complaint.is_overdue());
    // What the customer was told stays theirs until they are told another date, in time.
    let told = |story: &Story| story.complaint.told_by.to_string();
    assert_eq!(told(&story), "2026-06-30T16:00:00Z");
    kept_up_to_date(&mut story, "2026-06-30T15:59:59Z");
    watch(&mut story, "2026-06-30T15:59:59Z", &[&delayed("2026-07-08")]);
    kept_up_to_date(&mut story, "2026-07-07T15:59:59Z");
    watch(&mut story, "2026-07-07T15:59:59Z", &["PromiseWarned decide(two)"]);
    let up = "Escalated 2 to 3, time, by 2026-07-22T16:00:00Z";
    watch(&mut story, "2026-07-07T16:00:00Z", &["PromiseMissed decide(two)", up]);
    assert_eq!(told(&story), "2026-07-08T16:00:00Z");
    watch(&mut story, "2026-07-08T15:59:59Z", &[&delayed("2026-07-16")]);
    kept_up_to_date(&mut story, "2026-07-16T15:59:59Z");
    watch(&mut story, "2026-07-16T15:59:59Z", &[&delayed("2026-07-24")]);
    kept_up_to_date(&mut story, "2026-07-22T15:59:59Z");
    watch(&mut story, "2026-07-22T15:59:59Z", &["PromiseWarned decide(three)"]);
    watch(&mut story, "2026-07-22T16:00:00Z", &["PromiseMissed decide(three)"]);
    watch(&mut story, "2026-07-23T15:59:59Z", &[]);
    kept_up_to_date(&mut story, "2026-07-23T16:00:00Z");
    watch(&mut story, "2026-07-23T16:00:00Z", &["PromiseMissed decide(three) again"]);
    watch(&mut story, "2026-07-24T16:00:00Z", &[&delayed("2026-08-03"), "PromiseMissed decide(three) again"]);
    assert_eq!(story.complaint.level, Level::Three);
}

#[test]
fn the_highest_level_is_reminded_as_often_as_the_policy_says() {
    let mut story = at_level_three();
    story.policy = Policy::parse(
        "version = 2\neffective = \"2026-01-01\"\nchange = \"Remind weekly\"\napproved_by = \"Board\"\n\
         [escalation]\nremind_every = \"7 days\"\n",
    )
    .unwrap();
    story.at("2026-06-22T16:00:00Z").then(&Actor::System, Command::WatchPromises);
    story.at("2026-06-26T10:00:00Z").then(&csr(), contact(Channel::Phone));
    watch(&mut story, "2026-06-29T15:59:59Z", &[]);
    watch(&mut story, "2026-06-29T16:00:00Z", &["PromiseMissed decide(three) again"]);
}

#[test]
fn level_two_that_took_over_is_not_passed_by_when_the_first_date_passes() {
    let mut story = spoken_to();
    kept_up_to_date(&mut story, "2026-06-18T10:00:00Z");
    story.at("2026-06-18T10:00:00Z").then(&csr(), escalate());
    watch(&mut story, "2026-06-22T15:00:00Z", &["PromiseWarned answer"]);
    kept_up_to_date(&mut story, "2026-06-22T16:00:00Z");
    watch(&mut story, "2026-06-22T16:00:00Z", &["PromiseMissed answer"]);
    assert_eq!(story.complaint.level, Level::Two);
}

#[test]
fn a_sweep_that_comes_weeks_late_goes_up_one_level_only_which_gets_its_full_time() {
    let mut story = at_work();
    let came = [
        "PromiseMissed firstcontact",
        "PromiseMissed update, next by 2026-07-27T16:00:00Z",
        "PromiseMissed answer",
        "Escalated 1 to 2, time, by 2026-08-03T16:00:00Z",
    ];
    watch(&mut story, "2026-07-20T10:00:00Z", &came);
    watch(&mut story, "2026-07-20T10:00:00Z", &[]);
    assert_eq!(story.complaint.next_due().unwrap().to_string(), "2026-07-27T16:00:00Z");
}

#[test]
fn a_sweep_that_comes_early_does_nothing() {
    let mut story = Story::begins(MONDAY);
    watch(&mut story, MONDAY, &[]);
    follow(&mut story, "2027-06-08T09:00:00Z", &[]);
}

#[test]
fn an_answer_ends_what_was_promised_until_then() {
    let mut story = Story::begins(MONDAY);
    story.taken_on().proposed();
    let kinds: Vec<PromiseKind> = story.complaint.promises.iter().map(|promise| promise.kind).collect();
    assert_eq!(kinds, [PromiseKind::Consent]);
}

#[test]
fn who_is_told_that_it_has_gone_up_gets_no_update_in_the_same_sweep() {
    let mut story = at_work();
    story.at("2026-06-15T09:00:00Z").then(&csr(), contact(Channel::Phone));
    for at in ["2026-06-22T16:00:00Z", "2026-06-22T19:00:00Z"] {
        let mut story = story.clone();
        story.at(at).then(&Actor::System, Command::WatchPromises);
        let updates = story.events.iter().filter(|recorded| {
            matches!(recorded.event, Event::PromiseMissed { promise: PromiseKind::Update, written: true, .. })
        });
        assert_eq!(updates.count(), 0, "{at}");
        story.last("Escalated");
    }
}

#[test]
fn a_letter_that_says_how_it_goes_on_is_an_update_to_whom_it_reaches() {
    let next = |story: &Story| story.complaint.promises.get(PromiseKind::Update).unwrap().due.to_string();
    let delay = || Command::AnnounceDelay { until: "2026-06-30T16:00:00Z".parse().unwrap(), text: text() };
    let mut story = spoken_to();
    assert_eq!(next(&story), "2026-06-15T16:00:00Z");
    story.at("2026-06-15T10:00:00Z").then(&csr(), delay());
    assert_eq!(next(&story), "2026-06-22T16:00:00Z");
    story.at("2026-06-16T10:00:00Z").then(&csr(), escalate());
    assert_eq!(next(&story), "2026-06-23T16:00:00Z");
    // Whom no mail reaches has heard nothing by it.
    let mut unreached = spoken_to();
    unreached.then(&Actor::System, bounced(LetterKind::Acknowledgement));
    unreached.at("2026-06-15T10:00:00Z").then(&csr(), delay());
    assert_eq!(next(&unreached), "2026-06-15T16:00:00Z");
}

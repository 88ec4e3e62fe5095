//! Questions to the customer and to departments, and the notice of a delay.

use super::*;
use crate::{
    command::{Mark, Verdict},
    letter_kind::LetterKind,
};

/// At work since Monday at ten; the answer is promised by the 22nd at the end of work.
fn asked_on(at: &str) -> Story {
    let mut story = at_work();
    story.at(at).then(&csr(), Command::AskCustomer { text: text() });
    story
}

fn due(story: &Story, kind: PromiseKind) -> String {
    story.complaint.promises.get(kind).unwrap().due.to_string()
}

#[test]
fn questions_that_are_not_waited_for_any_more_keep_nobody_from_asking() {
    let mut story = at_work();
    let ask = || Command::Consult { department: "legal".to_owned(), text: text() };
    story.then(&csr(), finding());
    (0..6).for_each(|_| _ = story.then(&csr(), ask()));
    check(&mut story, MONDAY, &csr(), ask(), &["no: /department unknown_value"]);
    story.then(&csr(), propose(Outcome::Upheld, vec![])).then(&Actor::Customer, refuse(1));
    (0..6).for_each(|_| _ = story.then(&csr(), ask()));
    assert_eq!(story.complaint.consulted.len(), 6);
    check(&mut story, MONDAY, &csr(), ask(), &["no: /department unknown_value"]);
    // The last that were asked can be answered still.
    let answer = |consultation| Command::AnswerConsultation { consultation, text: text() };
    check(&mut story, MONDAY, &csr(), answer(12), &["ConsultationAnswered 12"]);
}

#[test]
fn while_the_customer_is_waited_for_the_time_to_answer_stands_still() {
    let mut story = asked_on("2026-06-09T08:00:00Z");
    assert_eq!(due(&story, PromiseKind::Answer), "2026-06-22T16:00:00Z");
    // Two working days later it is due two working days later; over the weekend nothing is lost or won.
    let resumed = "InformationAdded answer by 2026-06-24T16:00:00Z";
    check(&mut story, "2026-06-11T08:00:00Z", &Actor::Customer, inform(), &[resumed]);
    assert_eq!(due(&story, PromiseKind::Answer), "2026-06-24T16:00:00Z");
    assert_eq!(story.complaint.answer_by, story.complaint.told_by);
    assert_eq!(story.complaint.stood_still, 2 * 8 * 60);
}

#[test]
fn what_comes_unasked_moves_nothing() {
    let mut story = at_work();
    let before = story.complaint.promises.clone();
    check(&mut story, "2026-06-09T08:00:00Z", &Actor::Customer, inform(), &["InformationAdded"]);
    assert_eq!(story.complaint.promises, before);
}

#[test]
fn a_second_question_is_waited_for_since_the_first() {
    let mut story = asked_on("2026-06-09T08:00:00Z");
    story.at("2026-06-10T08:00:00Z").then(&csr(), Command::AskCustomer { text: text() });
    let resumed = "InformationAdded answer by 2026-06-24T16:00:00Z";
    check(&mut story, "2026-06-11T08:00:00Z", &Actor::Customer, inform(), &[resumed]);
}

#[test]
fn two_waits_add_up_and_a_later_triage_loses_neither() {
    let mut story = asked_on("2026-06-09T08:00:00Z");
    story.at("2026-06-10T08:00:00Z").then(&Actor::Customer, inform());
    story.then(&csr(), Command::AskCustomer { text: text() });
    story.at("2026-06-11T08:00:00Z").then(&Actor::Customer, inform());
    assert_eq!(story.complaint.stood_still, 2 * 8 * 60);
    // High is five working days from receipt, which is the 15th, and two that stood still.
    let high = Command::Triage(triaged("billing", Severity::High));
    story.at("2026-06-11T09:00:00Z").then(&csr(), high);
    assert_eq!(due(&story, PromiseKind::Answer), "2026-06-17T16:00:00Z");
}

#[test]
fn what_turns_out_to_be_severe_while_waiting_is_answered_sooner_once_it_goes_on() {
    let mut story = asked_on("2026-06-09T08:00:00Z");
    story.at("2026-06-10T08:00:00Z").then(&csr(), Command::Triage(triaged("billing", Severity::High)));
    assert_eq!(due(&story, PromiseKind::Answer), "2026-06-15T16:00:00Z");
    watch(&mut story, "2026-06-10T08:00:00Z", &[]);
    let resumed = "InformationAdded answer by 2026-06-17T16:00:00Z";
    check(&mut story, "2026-06-11T08:00:00Z", &Actor::Customer, inform(), &[resumed]);
}

#[test]
fn a_level_that_gets_it_while_the_customer_is_waited_for_has_its_whole_time_afterwards() {
    let mut story = asked_on("2026-06-09T08:00:00Z");
    story.at("2026-06-10T08:00:00Z").then(&csr(), escalate());
    story.at("2026-06-11T08:00:00Z").then(&Actor::Customer, inform());
    assert_eq!(due(&story, PromiseKind::Decide(Level::Two)), "2026-06-25T16:00:00Z");
}

#[test]
fn silence_is_reminded_of_and_then_it_goes_on_without() {
    let mut story = asked_on("2026-06-09T08:00:00Z");
    story.at("2026-06-16T08:00:00Z").then(&csr(), contact(Channel::Phone));
    watch(&mut story, "2026-06-16T15:59:59Z", &[]);
    watch(&mut story, "2026-06-16T16:00:00Z", &["PromiseWarned information"]);
    story.at("2026-06-23T15:00:00Z").then(&csr(), contact(Channel::Phone));
    watch(&mut story, "2026-06-23T22:59:58Z", &[]);
    watch(&mut story, "2026-06-23T22:59:59Z", &["WaitEnded answer by 2026-07-07T16:00:00Z"]);
    watch(&mut story, "2026-06-23T22:59:59Z", &[]);
    assert_eq!(story.complaint.waiting_since(), None);
}

#[test]
fn a_last_question_is_waited_for_without_a_reminder_that_would_come_when_its_time_is_over() {
    let mut story = asked_on("2026-06-09T08:00:00Z");
    for at in ["2026-06-22T08:00:00Z", "2026-07-03T08:00:00Z", "2026-07-14T08:00:00Z"] {
        story.at(at).then(&csr(), Command::AskCustomer { text: text() });
    }
    story.at("2026-07-20T08:00:00Z").then(&csr(), contact(Channel::Phone));
    watch(&mut story, "2026-07-21T22:59:58Z", &[]);
    watch(&mut story, "2026-07-21T22:59:59Z", &["WaitEnded answer by 2026-08-04T16:00:00Z"]);
}

#[test]
fn an_answer_given_while_the_customer_is_waited_for_is_in_time_if_the_clock_says_so() {
    let mut story = asked_on("2026-06-09T08:00:00Z");
    story.at("2026-06-23T08:00:00Z").then(&csr(), finding());
    check(
        &mut story,
        "2026-06-23T08:00:00Z",
        &csr(),
        propose(Outcome::Upheld, vec![]),
        &["Proposed 1 in time"],
    );
}

#[test]
fn a_department_is_asked_answers_once_and_is_reminded_until_then() {
    let mut story = at_work();
    story.then(&csr(), contact(Channel::Phone));
    let ask = |department: &str| Command::Consult { department: department.to_owned(), text: text() };
    check(&mut story, "2026-06-09T08:00:00Z", &csr(), ask("kitchen"), &["no: /department unknown_value"]);
    let asked = ["Consulted 1 legal by 2026-06-11T16:00:00Z"];
    check(&mut story, "2026-06-09T08:00:00Z", &csr(), ask("legal"), &asked);
    assert_eq!(due(&story, PromiseKind::Answer), "2026-06-22T16:00:00Z", "no pause");
    watch(&mut story, "2026-06-11T16:00:00Z", &["PromiseMissed consultation(1)"]);
    watch(&mut story, "2026-06-12T16:00:00Z", &["PromiseMissed consultation(1) again"]);
    let department = |key: &str| Actor::Department { key: key.to_owned() };
    let reply = || Command::AnswerConsultation { consultation: 1, text: text() };
    let at = "2026-06-12T16:30:00Z";
    check(&mut story, at, &department("it"), reply(), &["no: somebody else"]);
    check(&mut story, at, &department("legal"), reply(), &["ConsultationAnswered 1"]);
    check(&mut story, at, &department("legal"), reply(), &["no: answered otherwise"]);
    watch(&mut story, "2026-06-13T16:00:00Z", &[]);
}

#[test]
fn before_a_promised_date_is_missed_the_customer_has_a_new_one() {
    let mut story = at_work();
    story.then(&csr(), contact(Channel::Phone));
    story.at("2026-06-15T15:00:00Z").then(&csr(), contact(Channel::Phone));
    story.at("2026-06-18T15:00:00Z").then(&Actor::System, Command::WatchPromises);
    watch(&mut story, "2026-06-19T15:17:59Z", &[]);
    watch(&mut story, "2026-06-19T15:18:00Z", &["DelayAnnounced until 2026-06-30T16:00:00Z"]);
    watch(&mut story, "2026-06-19T15:18:00Z", &[]);
    // What it is measured by, and when it goes up, is the first date still.
    assert_eq!(story.complaint.answer_by.to_string(), "2026-06-22T16:00:00Z");
    assert_eq!(story.complaint.told_by.to_string(), "2026-06-30T16:00:00Z");
}

#[test]
fn staff_may_announce_it_sooner_and_only_a_later_date() {
    let mut story = at_work();
    let delay = |until: &str| Command::AnnounceDelay { until: until.parse().unwrap(), text: text() };
    let at = "2026-06-10T08:00:00Z";
    check(&mut story, at, &csr(), delay("2026-06-22T16:00:00Z"), &["no: /until unknown_value"]);
    let told = ["DelayAnnounced until 2026-06-26T16:00:00Z"];
    check(&mut story, at, &csr(), delay("2026-06-26T16:00:00Z"), &told);
    let mut waiting = asked_on("2026-06-09T08:00:00Z");
    check(&mut waiting, at, &csr(), delay("2026-06-26T16:00:00Z"), &["no: /until unknown_value"]);
}

#[test]
fn what_the_customer_was_told_last_stands_when_triage_is_put_right() {
    let mut story = at_work();
    let until = "2026-07-01T16:00:00Z";
    story.then(&csr(), Command::AnnounceDelay { until: until.parse().unwrap(), text: text() });
    story.then(&csr(), triage("delivery", Severity::Normal));
    assert_eq!(story.complaint.told_by.to_string(), until);
    story.then(&csr(), triage("delivery", Severity::High));
    assert_eq!(story.complaint.told_by.to_string(), "2026-06-15T16:00:00Z");
}

#[test]
fn who_has_no_address_is_not_waited_for() {
    let mut story = Story::begins(MONDAY);
    story.taken_on().then(&Actor::Customer, Command::Disown);
    let ask = Command::AskCustomer { text: text() };
    check(&mut story, "2026-06-09T08:00:00Z", &csr(), ask, &["no: /text no_address"]);
}

#[test]
fn six_questions_are_open_at_once_and_a_delay_is_at_most_a_year() {
    let mut story = at_work();
    let ask = || Command::Consult { department: "legal".to_owned(), text: text() };
    for _ in 0..6 {
        story.then(&csr(), ask());
    }
    check(&mut story, MONDAY, &csr(), ask(), &["no: /department unknown_value"]);
    let slip = Command::AnnounceDelay { until: "2206-10-01T16:00:00Z".parse().unwrap(), text: text() };
    check(&mut story, MONDAY, &csr(), slip, &["no: /until unknown_value"]);
}

#[test]
fn a_question_that_did_not_arrive_is_not_waited_for() {
    for letter in [LetterKind::InformationRequest, LetterKind::InformationReminder] {
        let mut story = asked_on("2026-06-09T08:00:00Z");
        let came = ["LetterUndeliverable ", "WaitEnded unheard, answer by 2026-06-24T16:00:00Z"]
            .map(|event| event.replace("able ", &format!("able {}", letter.code())));
        let came: Vec<&str> = came.iter().map(String::as_str).collect();
        check(&mut story, "2026-06-11T08:00:00Z", &Actor::System, bounced(letter), &came);
        assert_eq!(story.complaint.waiting_since(), None);
        // It is known only once, and another letter's fate ends nothing.
        check(&mut story, "2026-06-11T08:00:00Z", &Actor::System, bounced(letter), &came[..1]);
        let mut other = asked_on("2026-06-09T08:00:00Z");
        other.then(&Actor::System, bounced(LetterKind::Update));
        assert!(other.complaint.waiting_since().is_some());
    }
}

#[test]
fn a_customer_who_sends_a_file_when_they_were_asked_is_not_waited_for_any_more() {
    let at = "2026-06-11T08:00:00Z";
    let file = || Command::AddEvidence { file: text(), channel: Channel::Web };
    let scan = |verdict| Command::RecordScan { file: text().id, verdict };
    let mut story = asked_on("2026-06-09T08:00:00Z");
    check(&mut story, at, &Actor::Customer, file(), &["EvidenceAdded"]);
    // Whether it can be taken is not known before.
    let mut refused = story.clone();
    check(&mut refused, at, &Actor::System, scan(Verdict::Infected), &["EvidenceScanned infected"]);
    assert!(refused.complaint.waiting_since().is_some());
    let clean = ["EvidenceScanned clean", "WaitEnded file, answer by 2026-06-24T16:00:00Z"];
    check(&mut story, at, &Actor::System, scan(Verdict::Clean), &clean);
    assert_eq!(story.complaint.waiting_since(), None);
    // What staff add is not what the customer was asked for.
    let mut waiting = asked_on("2026-06-09T08:00:00Z");
    check(&mut waiting, at, &csr(), file(), &["EvidenceAdded"]);
    assert!(waiting.complaint.waiting_since().is_some());
}

#[test]
fn a_file_that_comes_with_a_mail_answers_nothing_whoever_sent_it() {
    let mut story = asked_on("2026-06-09T08:00:00Z");
    story.then(&Actor::Customer, Command::AddEvidence { file: text(), channel: Channel::Email });
    story.then(&Actor::System, Command::RecordScan { file: text().id, verdict: Verdict::Clean });
    assert!(story.complaint.waiting_since().is_some());
}

#[test]
fn a_strangers_mail_reaches_nobody() {
    let words = |marks: &[Mark]| Command::AddInformation {
        text: text(),
        channel: Channel::Email,
        marks: marks.to_vec(),
    };
    let mut story = Story::begins("2026-06-09T08:00:00Z");
    story.taken_on().then(&Actor::System, bounced(LetterKind::Proposal));
    story.then(&Actor::Customer, words(&[Mark::OtherAddress, Mark::Unproven]));
    story.then(&Actor::Customer, words(&[Mark::SuspectedSpam]));
    assert!(story.complaint.unreached);
    let mut disowned = story.clone();
    story.then(&Actor::Customer, words(&[Mark::OtherAddress]));
    assert!(!story.complaint.unreached, "they write from elsewhere, and their domain vouches for it");
    disowned.then(&Actor::Customer, Command::Disown).then(&Actor::Customer, words(&[]));
    assert!(disowned.complaint.unreached, "whose address it is did not complain");
    let by_phone = Command::AddInformation { text: text(), channel: Channel::Phone, marks: Vec::new() };
    disowned.then(&csr(), by_phone);
    assert!(!disowned.complaint.unreached);
}

#[test]
fn what_was_said_in_a_duplicate_after_the_question_is_its_answer() {
    let duplicate = Story::begins("2026-06-01T08:00:00Z").complaint.id;
    let absorb =
        |said_at: &str| Command::Absorb { duplicate, text: text(), said_at: said_at.parse().unwrap() };
    let mut story = asked_on("2026-06-09T08:00:00Z");
    let mut earlier = story.clone();
    let came = ["DuplicateAbsorbed", "WaitEnded duplicate, answer by 2026-06-24T16:00:00Z"];
    check(&mut story, "2026-06-11T08:00:00Z", &Actor::System, absorb("2026-06-10T08:00:00Z"), &came);
    let at = "2026-06-11T08:00:00Z";
    check(&mut earlier, at, &Actor::System, absorb("2026-06-08T08:00:00Z"), &["DuplicateAbsorbed"]);
}

#[test]
fn who_never_complained_is_not_waited_for() {
    let mut story = asked_on("2026-06-09T08:00:00Z");
    let came = ["Disowned", "WaitEnded unheard, answer by 2026-06-24T16:00:00Z"];
    check(&mut story, "2026-06-11T08:00:00Z", &Actor::Customer, Command::Disown, &came);
}

#[test]
fn however_often_the_customer_is_asked_the_time_to_answer_stands_still_for_the_policys_time_at_most() {
    let mut story = asked_on("2026-06-09T08:00:00Z");
    let ask = || Command::AskCustomer { text: text() };
    // Thirty working days from the first question end with the 21st of July.
    for (at, by) in [
        ("2026-06-22T08:00:00Z", "2026-07-06T22:59:59Z"),
        ("2026-07-03T08:00:00Z", "2026-07-17T22:59:59Z"),
        ("2026-07-14T08:00:00Z", "2026-07-21T22:59:59Z"),
    ] {
        check(&mut story, at, &csr(), ask(), &[&format!("InformationAsked by {by}")]);
    }
    check(&mut story, "2026-07-21T16:00:00Z", &csr(), ask(), &["no: /text waited_enough"]);
    story.at("2026-07-21T15:00:00Z").then(&Actor::Customer, inform());
    // What stood still before counts: an hour is left, and who is told a day has the whole of it.
    check(&mut story, "2026-07-22T08:00:00Z", &csr(), ask(), &["InformationAsked by 2026-07-22T22:59:59Z"]);
    story.at("2026-07-22T09:00:00Z").then(&Actor::Customer, inform());
    check(&mut story, "2026-07-22T10:00:00Z", &csr(), ask(), &["no: /text waited_enough"]);
}

#[test]
fn no_update_is_written_on_the_day_on_which_the_wait_ends() {
    let mut story = asked_on("2026-06-09T08:00:00Z");
    story.at("2026-06-16T08:00:00Z").then(&csr(), contact(Channel::Phone));
    watch(&mut story, "2026-06-16T16:00:00Z", &["PromiseWarned information"]);
    story.at("2026-06-23T16:00:00Z").then(&Actor::System, Command::WatchPromises);
    let Event::PromiseMissed { promise: PromiseKind::Update, written, .. } =
        story.last("PromiseMissed").event
    else {
        panic!("{:?}", story.events)
    };
    assert!(!written);
}

#[test]
fn a_date_that_no_work_was_left_before_is_not_over_as_the_wait_ends() {
    let mut story = at_work();
    story.at("2026-06-12T09:00:00Z");
    let until = "2026-06-30T22:59:59Z".parse().unwrap();
    story.then(&csr(), Command::AnnounceDelay { until, text: text() });
    story.at("2026-06-30T20:00:00Z").then(&csr(), Command::AskCustomer { text: text() });
    story.at("2026-07-03T10:00:00Z").then(&Actor::Customer, inform());
    assert_eq!(story.complaint.told_by.to_string(), "2026-07-06T16:00:00Z");
}

#[test]
fn a_file_that_came_before_a_question_does_not_answer_it_though_its_scan_ends_later() {
    let mut story = proposed();
    let file = text();
    story.then(&Actor::Customer, Command::AddEvidence { file: file.clone(), channel: Channel::Web });
    story.then(&Actor::Customer, refuse(1)).then(&manager(), Command::AskCustomer { text: text() });
    let scanned = Command::RecordScan { file: file.id, verdict: Verdict::Clean };
    story.then(&Actor::System, scanned);
    assert!(story.complaint.waiting_since().is_some());
}

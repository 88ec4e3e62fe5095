//! After the last remedy: the question, the answer, the close, and beginning again.

use super::*;
use crate::{command::TextRef, letter_kind::LetterKind, rejection::Missing};

/// Resolved on Monday, asked on Thursday, closed by a satisfied customer then.
pub(super) fn closed() -> Story {
    let mut story = asked();
    story.then(&Actor::Customer, feedback(4, false));
    story
}

/// Resolved on Monday, asked on Thursday at the end of work.
fn asked() -> Story {
    let mut story = following_up();
    follow(&mut story, "2026-06-11T16:00:00Z", &["SatisfactionAsked until 2026-06-26T22:59:59Z"]);
    story
}

/// Closed because the customer said nothing.
fn closed_in_silence() -> Story {
    let mut story = asked();
    story.at("2026-06-19T16:00:00Z").then(&Actor::System, Command::FollowUp);
    story.at("2026-06-26T22:59:59Z").then(&Actor::System, Command::FollowUp);
    story
}

/// Resolved once more at this instant, by the role of its level.
fn resolved_again(story: &mut Story, at: &str) {
    story.at(at).then(&decider(), finding()).then(&decider(), propose(Outcome::NotUpheld, vec![]));
    if story.complaint.level != Level::Three {
        story.accepted();
    }
}

#[test]
fn the_customer_is_asked_three_working_days_after_the_resolution_reminded_and_silence_closes() {
    let mut story = following_up();
    follow(&mut story, "2026-06-11T15:59:59Z", &[]);
    follow(&mut story, "2026-06-11T16:00:00Z", &["SatisfactionAsked until 2026-06-26T22:59:59Z"]);
    follow(&mut story, "2026-06-11T16:00:00Z", &[]);
    follow(&mut story, "2026-06-19T15:59:59Z", &[]);
    follow(&mut story, "2026-06-19T16:00:00Z", &["PromiseWarned close"]);
    follow(&mut story, "2026-06-26T22:59:58Z", &[]);
    follow(&mut story, "2026-06-26T22:59:59Z", &["Closed silence"]);
    follow(&mut story, "2026-06-26T22:59:59Z", &[]);
}

#[test]
fn follow_ups_are_not_the_sweep_for_deadlines_business() {
    let mut story = asked();
    watch(&mut story, "2027-06-11T16:00:00Z", &[]);
}

#[test]
fn a_late_sweep_still_reminds_and_leaves_time_to_react() {
    let mut story = following_up();
    follow(&mut story, "2026-07-20T10:00:00Z", &["SatisfactionAsked until 2026-08-03T22:59:59Z"]);
    follow(&mut story, "2026-08-17T10:00:00Z", &["PromiseWarned close"]);
    follow(&mut story, "2026-08-24T22:59:58Z", &[]);
    follow(&mut story, "2026-08-24T22:59:59Z", &["Closed silence"]);
}

#[test]
fn who_wrote_when_they_were_asked_was_not_silent_and_a_person_closes() {
    let mut story = asked();
    story.then(&Actor::Customer, inform());
    follow(&mut story, "2026-06-19T16:00:00Z", &["PromiseWarned close"]);
    follow(&mut story, "2026-06-26T22:59:59Z", &["PromiseMissed close"]);
    follow(&mut story, "2026-06-27T22:59:59Z", &["PromiseMissed close again"]);
}

#[test]
fn silence_does_not_close_what_is_incomplete_but_reminds_staff_daily() {
    let mut story = asked();
    story.then(&Actor::System, bounced(LetterKind::ResolutionSummary));
    follow(&mut story, "2026-06-19T16:00:00Z", &["PromiseWarned close"]);
    follow(&mut story, "2026-06-26T22:59:59Z", &["PromiseMissed close"]);
    follow(&mut story, "2026-06-27T22:59:59Z", &["PromiseMissed close again"]);
    check(&mut story, "2026-06-28T10:00:00Z", &csr(), contact(Channel::Letter), &["ContactMade"]);
    follow(&mut story, "2026-06-28T22:59:59Z", &["Closed silence"]);
}

#[test]
fn whom_the_question_did_not_reach_was_not_silent_and_has_to_be_reached_first() {
    let mut story = asked();
    story.then(&Actor::System, bounced(LetterKind::SatisfactionQuestion));
    follow(&mut story, "2026-06-19T16:00:00Z", &["PromiseWarned close"]);
    follow(&mut story, "2026-06-26T22:59:59Z", &["PromiseMissed close"]);
    check(&mut story, "2026-06-27T10:00:00Z", &csr(), contact(Channel::Phone), &["ContactMade"]);
    follow(&mut story, "2026-06-27T22:59:59Z", &["Closed silence"]);
}

#[test]
fn a_satisfied_customers_feedback_closes_even_before_the_question() {
    let satisfied = ["FeedbackGiven 3", "Closed feedback"];
    check(&mut following_up(), "2026-06-09T10:00:00Z", &Actor::Customer, feedback(3, false), &satisfied);
    check(&mut asked(), "2026-06-12T10:00:00Z", &Actor::Customer, feedback(3, false), &satisfied);
}

#[test]
fn one_who_is_not_satisfied_is_looked_after_by_a_person_before_it_is_closed() {
    for mut story in [following_up(), asked()] {
        check(&mut story, "2026-06-12T10:00:00Z", &Actor::Customer, feedback(2, false), &["FeedbackGiven 2"]);
        // Nobody is asked or reminded any more; staff are, day after day.
        follow(&mut story, "2026-06-15T16:00:00Z", &["PromiseMissed close"]);
        // No time that passes takes it for a yes.
        story.at("2026-09-12T10:00:00Z").then(&Actor::System, Command::FollowUp);
        assert_eq!(story.complaint.stage_name(), StageName::FollowingUp);
        let closed = ["Closed staff"];
        check(&mut story.clone(), "2026-09-12T10:00:00Z", &csr(), close(false), &closed);
        let again = ["FeedbackGiven 1", "Reopened"];
        check(&mut story, "2026-09-12T10:00:00Z", &Actor::Customer, feedback(1, true), &again);
    }
}

#[test]
fn feedback_after_silence_is_kept_and_changes_nothing_else() {
    let mut story = closed_in_silence();
    check(&mut story, "2027-06-25T16:00:00Z", &Actor::Customer, feedback(3, false), &["FeedbackGiven 3"]);
    assert!(!story.complaint.is_open());
}

#[test]
fn a_rating_is_from_one_to_five() {
    for rating in [0, 6, 255] {
        let no = ["no: /rating out_of_range"];
        check(&mut asked(), "2026-06-12T10:00:00Z", &Actor::Customer, feedback(rating, false), &no);
    }
}

#[test]
fn a_concern_opens_it_again_with_new_promises() {
    for mut story in [following_up(), asked(), closed_in_silence()] {
        check(
            &mut story,
            "2026-06-26T10:00:00Z",
            &Actor::Customer,
            feedback(2, true),
            &["FeedbackGiven 2", "Reopened"],
        );
        assert_eq!(story.complaint.stage_name(), StageName::Investigating);
        assert_eq!((story.complaint.level, story.complaint.reopenings), (Level::One, 1));
        assert_eq!(story.complaint.finding, None);
        let promises = story.complaint.promises.iter();
        let promises: Vec<String> =
            promises.map(|promise| format!("{} {}", kind(promise.kind), promise.due)).collect();
        let expected =
            ["update 2026-07-03T16:00:00Z", "answer 2026-07-10T16:00:00Z", "notice 2026-07-09T15:24:00Z"];
        assert_eq!(promises, expected);
        assert_eq!(story.complaint.answer_by.to_string(), "2026-07-10T16:00:00Z");
    }
}

#[test]
fn the_window_for_reopening_counts_from_the_resolution() {
    // Resolved on the 8th of June at 10:00, closed on the 26th; the last day is theirs whole.
    let (last, late) = ("2026-07-08T22:59:59Z", "2026-07-08T23:00:00Z");
    let concern = || feedback(1, true);
    check(&mut closed_in_silence(), last, &Actor::Customer, concern(), &["FeedbackGiven 1", "Reopened"]);
    check(&mut closed_in_silence(), late, &Actor::Customer, concern(), &["no: too late"]);
}

#[test]
fn a_reminder_that_comes_late_gives_the_time_that_it_tells_to_the_page_as_well() {
    let mut story = asked();
    story.at("2026-07-20T10:00:00Z").then(&Actor::System, Command::FollowUp);
    let close = story.complaint.promises.get(PromiseKind::Close).unwrap();
    assert_eq!(close.due.to_string(), "2026-06-26T22:59:59Z");
    assert_eq!(close.told_to_customer().to_string(), "2026-07-27T22:59:59Z");
}

#[test]
fn an_open_complaint_takes_a_concern_whenever_it_comes() {
    let reopened = ["FeedbackGiven 1", "Reopened"];
    check(&mut following_up(), "2026-09-08T10:00:00Z", &Actor::Customer, feedback(1, true), &reopened);
}

#[test]
fn the_second_reopening_is_high_and_goes_to_level_two_at_once() {
    let mut story = closed_in_silence();
    story.at("2026-06-26T10:00:00Z").then(&Actor::Customer, feedback(2, true));
    resolved_again(&mut story, "2026-06-29T10:00:00Z");
    // High by now, which is answered in five working days.
    let up = "Escalated 1 to 2, reopened_again, by 2026-07-07T16:00:00Z";
    let reopened = ["FeedbackGiven 1", "Reopened", up];
    check(&mut story, "2026-06-30T10:00:00Z", &Actor::Customer, feedback(1, true), &reopened);
    let update = story.complaint.promises.get(PromiseKind::Update).unwrap();
    assert_eq!(update.due.to_string(), "2026-07-02T16:00:00Z", "as often as a high one is");
    resolved_again(&mut story, "2026-07-01T10:00:00Z");
    let third = ["FeedbackGiven 1", "Reopened"];
    check(&mut story, "2026-07-02T10:00:00Z", &Actor::Customer, feedback(1, true), &third);
    assert_eq!(story.complaint.level, Level::Two);
    assert!(story.complaint.promises.get(PromiseKind::Decide(Level::Two)).is_some());
}

#[test]
fn what_is_reopened_at_a_higher_level_stays_there_with_a_clock_of_its_own() {
    let mut story = at_level_three();
    story.then(&decider(), propose(Outcome::NotUpheld, vec![]));
    check(
        &mut story,
        "2026-06-09T10:00:00Z",
        &Actor::Customer,
        feedback(1, true),
        &["FeedbackGiven 1", "Reopened"],
    );
    assert_eq!(story.complaint.level, Level::Three);
    let decide = story.complaint.promises.get(PromiseKind::Decide(Level::Three)).unwrap();
    assert_eq!(decide.due.to_string(), "2026-06-23T16:00:00Z");
}

#[test]
fn a_reopened_complaint_that_nobody_owns_has_to_be_owned_again() {
    let mut story = Story::begins(MONDAY);
    story
        .then(&Actor::System, Command::Acknowledge)
        .then(&csr(), triage("billing", Severity::Normal))
        .proposed();
    story.accepted().then(&csr(), done(1)).then(&Actor::Customer, feedback(1, true));
    let up = "Escalated 1 to 2, unowned, by 2026-06-22T16:00:00Z";
    watch(&mut story, "2026-06-08T11:00:00Z", &["PromiseMissed own", up]);
}

#[test]
fn a_satisfied_customer_who_finds_something_wrong_after_all_says_so_within_the_window() {
    let mut story = closed();
    check(
        &mut story,
        "2026-06-15T10:00:00Z",
        &Actor::Customer,
        feedback(1, false),
        &["no: answered otherwise"],
    );
    let reopened = ["FeedbackGiven 1", "Reopened"];
    check(&mut story.clone(), "2026-07-08T10:00:00Z", &Actor::Customer, feedback(1, true), &reopened);
    check(&mut story.clone(), "2026-07-08T10:00:00Z", &csr(), feedback(1, true), &reopened);
    check(&mut story, "2026-07-08T23:00:00Z", &Actor::Customer, feedback(1, true), &["no: too late"]);
}

#[test]
fn each_resolution_is_asked_about_anew() {
    let mut story = closed_in_silence();
    story.at("2026-06-26T10:00:00Z").then(&Actor::Customer, feedback(2, true));
    resolved_again(&mut story, "2026-06-29T10:00:00Z");
    assert_eq!(story.complaint.feedback, None);
    follow(&mut story, "2026-07-02T16:00:00Z", &["SatisfactionAsked until 2026-07-17T22:59:59Z"]);
    let satisfied = ["FeedbackGiven 5", "Closed feedback"];
    check(&mut story, "2026-07-03T10:00:00Z", &Actor::Customer, feedback(5, false), &satisfied);
}

#[test]
fn closing_lists_everything_that_is_missing() {
    let received = Story::begins(MONDAY);
    let mut bounced_proposal = proposed();
    bounced_proposal.then(&Actor::System, bounced(LetterKind::Proposal));
    let mut bounced_summary = following_up();
    bounced_summary.then(&Actor::System, bounced(LetterKind::ResolutionSummary));
    let mut reopened = asked();
    reopened.then(&Actor::Customer, feedback(1, true));
    let cases = vec![
        (received, "no: lacks outcome, written_response, consent, follow_up"),
        (at_work(), "no: lacks outcome, written_response, consent, follow_up"),
        (proposed(), "no: lacks consent, remedy, follow_up"),
        (bounced_proposal, "no: lacks consent, remedy, written_response, follow_up"),
        (implementing(), "no: lacks remedy, follow_up"),
        (following_up(), "no: lacks follow_up"),
        (asked(), "no: lacks follow_up"),
        (bounced_summary, "no: lacks written_response, follow_up"),
        (reopened, "no: lacks outcome, written_response, consent, follow_up"),
    ];
    for (mut story, then) in cases {
        check(&mut story, "2026-06-12T10:00:00Z", &csr(), close(false), &[then]);
    }
}

#[test]
fn an_upheld_complaint_without_a_root_cause_is_not_complete() {
    let mut complaint = following_up().complaint;
    complaint.finding = None;
    assert_eq!(missing(&complaint, true), [crate::rejection::Missing::RootCause]);
}

#[test]
fn staff_close_a_complete_record_when_they_say_why_nobody_is_asked() {
    check(&mut following_up(), "2026-06-12T10:00:00Z", &csr(), close(true), &["Closed staff"]);
}

#[test]
fn a_letter_that_comes_back_after_the_close_leaves_the_close_as_it_was() {
    let mut story = closed();
    let bounce = bounced(LetterKind::ResolutionSummary);
    let told = ["LetterUndeliverable resolution-summary"];
    check(&mut story, "2026-06-13T10:00:00Z", &Actor::System, bounce, &told);
    assert_eq!(missing(&story.complaint, true), []);
}

#[test]
fn whom_the_reminder_of_the_question_did_not_reach_was_not_silent() {
    let mut story = asked();
    follow(&mut story, "2026-06-19T16:00:00Z", &["PromiseWarned close"]);
    story.then(&Actor::System, bounced(LetterKind::SatisfactionReminder));
    follow(&mut story, "2026-06-26T22:59:59Z", &["PromiseMissed close"]);
}

#[test]
fn the_date_of_what_was_taken_up_again_is_no_sooner_for_another_category_nor_counted_from_receipt() {
    let mut story = following_up();
    story.at("2026-06-19T10:00:00Z").then(&Actor::Customer, feedback(2, true));
    let told = story.complaint.told_by;
    assert_eq!(told.to_string(), "2026-07-03T16:00:00Z");
    check(
        &mut story,
        "2026-06-19T10:05:00Z",
        &csr(),
        triage("delivery", Severity::Normal),
        &["Triaged normal"],
    );
    assert_eq!(story.complaint.told_by, told);
    let sooner = "Triaged high, update by 2026-06-23T16:00:00Z, answer by 2026-06-26T16:00:00Z";
    check(&mut story, "2026-06-19T10:10:00Z", &csr(), triage("delivery", Severity::High), &[sooner]);
}

#[test]
fn what_was_taken_up_again_twice_stays_at_least_high() {
    let mut story = following_up();
    story.then(&Actor::Customer, feedback(2, true)).then(&csr(), finding());
    story.then(&csr(), propose(Outcome::NotUpheld, vec![])).then(&Actor::Customer, accept(2));
    story.then(&Actor::Customer, feedback(2, true));
    assert_eq!(story.complaint.reopenings, 2);
    story.then(&csr(), triage("delivery", Severity::Low));
    assert_eq!(story.complaint.severity, Severity::High);
}

#[test]
fn whom_nobody_reached_is_closed_with_the_reason_why_they_have_no_answer_in_writing() {
    let mut story = asked();
    story.then(&Actor::System, bounced(LetterKind::ResolutionSummary));
    let close = |not_reached: Option<TextRef>| Command::Close { waive_follow_up: Some(text()), not_reached };
    let no = story.attempt(&csr(), close(None)).unwrap_err();
    assert_eq!(no, Rejection::Incomplete { missing: vec![Missing::WrittenResponse] });
    check(&mut story, "2026-06-20T10:00:00Z", &csr(), close(Some(text())), &["Closed staff"]);
    // It stands for nothing else.
    let no = at_work().attempt(&csr(), close(Some(text()))).unwrap_err();
    let Rejection::Incomplete { missing } = no else { panic!("{no:?}") };
    assert!(missing.contains(&Missing::Outcome) && missing.contains(&Missing::Consent));
}

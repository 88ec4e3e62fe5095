//! What is taken down later than it was said.

use super::*;
use crate::{complaint::StageName, letter_kind::LetterKind};

/// Asked for something on Tuesday.
fn asked() -> Story {
    let mut story = at_work();
    story.at("2026-06-09T08:00:00Z").then(&csr(), Command::AskCustomer { text: text() });
    story
}

/// What they say by letter.
fn tell() -> Command {
    Command::AddInformation { text: text(), channel: Channel::Letter, marks: Vec::new() }
}

#[test]
fn a_refusal_that_lay_in_the_post_while_silence_was_taken_for_a_yes_is_a_refusal() {
    let mut story = proposed();
    watch(&mut story, "2026-06-15T16:00:00Z", &["PromiseWarned consent"]);
    let taken = ["ProposalAccepted 1 by silence, remedy 1 by 2026-07-02T22:59:59Z"];
    watch(&mut story, "2026-06-22T22:59:59Z", &taken);
    let at = "2026-06-24T09:00:00Z";
    check(&mut story, at, &csr(), refuse(1), &["no: taken as consent"]);
    check(story.said("2026-06-23T09:00:00Z"), at, &csr(), refuse(1), &["no: taken as consent"]);
    // Their page takes no such thing: what is sent there comes at once.
    check(&mut story, at, &Actor::Customer, refuse(1), &["no: taken as consent"]);

    let up = "Escalated 1 to 2, refused, by 2026-07-08T16:00:00Z";
    check(story.said("2026-06-20T09:00:00Z"), at, &csr(), refuse(1), &["ProposalRefused 1", up]);
    assert_eq!(story.complaint.stage_name(), StageName::Investigating);
    assert!(story.complaint.promises.iter().all(|promise| !matches!(promise.kind, PromiseKind::Remedy(_))));
    check(story.said("2026-06-20T09:00:00Z"), at, &csr(), refuse(1), &[]);
}

/// Proposed on Monday, taken for a yes in silence a fortnight later.
fn taken_as_consent() -> Story {
    let mut story = proposed();
    watch(&mut story, "2026-06-15T16:00:00Z", &["PromiseWarned consent"]);
    story.at("2026-06-22T22:59:59Z").then(&Actor::System, Command::WatchPromises);
    story
}

#[test]
fn a_late_refusal_of_what_has_gone_up_meanwhile_is_that_levels_to_answer() {
    for goes_up_first in [true, false] {
        let mut story = proposed();
        if goes_up_first {
            story.then(&csr(), escalate());
        }
        watch(&mut story, "2026-06-15T16:00:00Z", &["PromiseWarned consent"]);
        story.at("2026-06-22T22:59:59Z").then(&Actor::System, Command::WatchPromises);
        if !goes_up_first {
            story.then(&csr(), escalate());
        }
        let anew = "Escalated 2 to 2, refused, by 2026-07-08T16:00:00Z";
        story.said("2026-06-20T09:00:00Z");
        check(&mut story, "2026-06-24T09:00:00Z", &csr(), refuse(1), &["ProposalRefused 1", anew]);
    }
}

#[test]
fn neither_a_yes_nor_what_came_before_the_proposal_undoes_what_was_taken_for_a_yes() {
    let (mut story, at) = (taken_as_consent(), "2026-06-24T09:00:00Z");
    let known = ["no: /answer taken_as_consent"];
    check(story.said("2026-06-20T09:00:00Z"), at, &csr(), accept(1), &known);
    check(story.said("2026-06-08T09:30:00Z"), at, &csr(), refuse(1), &["no: /said_at too_early"]);
    // Without a date it is what it was taken for.
    check(&mut story, at, &csr(), accept(1), &[]);
}

#[test]
fn who_was_not_told_that_their_silence_would_be_a_yes_can_say_no_to_it_afterwards() {
    let mut story = proposed();
    story.then(&Actor::System, bounced(LetterKind::Proposal));
    watch(&mut story, "2026-06-15T16:00:00Z", &["PromiseWarned consent"]);
    watch(&mut story, "2026-06-22T22:59:59Z", &["PromiseMissed consent"]);
    let taken = Command::TakeAsConsent { proposal: 1, text: text() };
    story.at("2026-06-23T10:00:00Z").then(&csr(), contact(Channel::Phone)).then(&manager(), taken);
    let up = "Escalated 1 to 2, refused, by 2026-07-08T16:00:00Z";
    check(&mut story, "2026-06-24T09:00:00Z", &csr(), refuse(1), &["ProposalRefused 1", up]);
}

#[test]
fn who_has_written_since_they_were_asked_says_what_they_mean_before_anything_is_taken_for_a_yes() {
    let mut story = proposed();
    story.then(
        &Actor::Customer,
        Command::AddInformation { text: text(), channel: Channel::Web, marks: vec![] },
    );
    watch(&mut story, "2026-06-15T16:00:00Z", &["PromiseWarned consent"]);
    watch(&mut story, "2026-06-22T22:59:59Z", &["PromiseMissed consent"]);
    let taken = Command::TakeAsConsent { proposal: 1, text: text() };
    check(&mut story, "2026-06-23T10:00:00Z", &manager(), taken, &["no: /answer wrote"]);
}

#[test]
fn a_letter_between_two_questions_does_not_answer_the_second() {
    let mut story = asked();
    story.at("2026-06-11T08:00:00Z").then(&csr(), Command::AskCustomer { text: text() });
    let mut late = story.clone();
    late.said("2026-06-10T08:00:00Z").at("2026-06-12T08:00:00Z").then(&csr(), tell());
    assert!(late.complaint.waiting_since().is_some());
    story.said("2026-06-11T12:00:00Z").at("2026-06-12T08:00:00Z").then(&csr(), tell());
    assert_eq!(story.complaint.waiting_since(), None);
}

#[test]
fn what_is_found_after_the_end_to_have_come_in_time_is_a_concern() {
    let mut story = taken_as_consent();
    story.then(&csr(), done(1));
    story.then(&Actor::Customer, feedback(3, false)).then(&csr(), close(true));
    let reopen = || Command::Reopen { text: text(), channel: Channel::Letter };
    let at = "2026-06-24T09:00:00Z";
    check(story.clone().said("2026-06-08T09:30:00Z"), at, &csr(), reopen(), &["no: /said_at too_early"]);
    check(story.said("2026-06-20T09:00:00Z"), at, &csr(), reopen(), &["Reopened"]);
}

#[test]
fn so_is_one_to_what_was_resolved_by_silence_at_once() {
    let mut story = at_work();
    story.then(&csr(), finding()).then(&csr(), propose(Outcome::NotUpheld, vec![]));
    watch(&mut story, "2026-06-15T16:00:00Z", &["PromiseWarned consent"]);
    watch(
        &mut story,
        "2026-06-22T22:59:59Z",
        &["ProposalAccepted 1 by silence", "Resolved ask by 2026-06-26T16:00:00Z"],
    );
    let up = "Escalated 1 to 2, refused, by 2026-07-08T16:00:00Z";
    story.said("2026-06-20T09:00:00Z");
    check(&mut story, "2026-06-24T09:00:00Z", &csr(), refuse(1), &["ProposalRefused 1", up]);
    assert_eq!(story.complaint.promises.get(PromiseKind::Ask), None);
}

#[test]
fn the_time_to_answer_goes_on_from_when_the_answer_came() {
    let mut asked = asked();
    let mut at_once = asked.clone();
    at_once.at("2026-06-10T08:00:00Z").then(&csr(), tell());
    asked.said("2026-06-10T08:00:00Z").at("2026-06-12T08:00:00Z").then(&csr(), tell());
    assert_eq!(asked.complaint.told_by, at_once.complaint.told_by);
    assert_eq!(asked.complaint.answer_by, at_once.complaint.answer_by);
    assert_eq!(asked.complaint.stood_still, at_once.complaint.stood_still);
}

#[test]
fn what_was_said_before_the_question_is_no_answer_to_it() {
    let mut asked = asked();
    asked.said("2026-06-08T12:00:00Z").at("2026-06-10T08:00:00Z").then(&csr(), tell());
    assert!(asked.complaint.waiting_since().is_some());
}

#[test]
fn no_date_that_is_over_is_promised_for_an_answer_that_is_taken_down_long_after_it_came() {
    let mut late = asked();
    late.said("2026-06-09T09:00:00Z").at("2026-06-29T08:00:00Z").then(&csr(), tell());
    assert!(late.complaint.told_by > late.now, "{}", late.complaint.told_by);
    // Nor where a later one was announced: the first is what it is measured by.
    let mut put_off = at_work();
    let delay = Command::AnnounceDelay { until: "2026-07-20T16:00:00Z".parse().unwrap(), text: text() };
    put_off
        .then(&csr(), delay)
        .at("2026-06-19T08:00:00Z")
        .then(&csr(), Command::AskCustomer { text: text() });
    put_off.said("2026-06-19T09:00:00Z").at("2026-06-29T08:00:00Z").then(&csr(), tell());
    let answer = put_off.complaint.promises.get(PromiseKind::Answer).unwrap();
    assert!(answer.due > put_off.now && put_off.complaint.answer_by > put_off.now, "{}", answer.due);
}

#[test]
fn a_call_that_is_noted_later_counts_from_when_it_was() {
    let mut story = at_work();
    let called = |story: &Story| match &story.last("ContactMade").event {
        Event::ContactMade { first, .. } => first.and_then(|first| first.in_time),
        _ => None,
    };
    let mut late = story.clone();
    late.at("2026-06-12T10:00:00Z").then(&csr(), contact(Channel::Phone));
    assert_eq!(called(&late), Some(false));
    story.said("2026-06-09T10:00:00Z").at("2026-06-12T10:00:00Z").then(&csr(), contact(Channel::Phone));
    assert_eq!(called(&story), Some(true));
    let mailed = contact(Channel::Email);
    story.said("2026-06-09T10:00:00Z");
    check(&mut story, "2026-06-12T10:00:00Z", &csr(), mailed, &["no: /said_at not_then"]);
}

#[test]
fn a_call_noted_later_moves_no_date_that_the_customer_was_told_since() {
    let mut story = at_work();
    let update = |story: &Story| story.complaint.promises.get(PromiseKind::Update).unwrap().due;
    story.at("2026-06-10T10:00:00Z").then(&csr(), contact(Channel::Email));
    let told = update(&story);
    for said in ["2026-06-08T10:00:00Z", "2026-06-09T10:00:00Z"] {
        story.said(said).at("2026-06-16T10:00:00Z").then(&csr(), contact(Channel::Phone));
        assert_eq!(update(&story), told);
    }
    story.said("2026-06-12T10:00:00Z").then(&csr(), contact(Channel::Phone));
    assert!(update(&story) > told);
}

#[test]
fn a_call_before_a_letter_came_back_has_told_nobody_what_it_says() {
    let mut story = following_up();
    follow(&mut story, "2026-06-11T16:00:00Z", &["SatisfactionAsked until 2026-06-26T22:59:59Z"]);
    story.then(&Actor::System, bounced(LetterKind::SatisfactionQuestion));
    story.said("2026-06-09T10:00:00Z").at("2026-06-12T10:00:00Z").then(&csr(), contact(Channel::Phone));
    assert!(story.complaint.unreached);
    story.then(&csr(), contact(Channel::Phone));
    assert!(!story.complaint.unreached);
}

#[test]
fn a_call_before_a_proposal_that_came_back_has_told_nobody_of_it() {
    let mut story = proposed();
    story.then(&Actor::System, bounced(LetterKind::Proposal));
    story.said("2026-06-08T09:00:00Z").at("2026-06-12T10:00:00Z").then(&csr(), contact(Channel::Phone));
    assert!(story.complaint.unreached);
    story.said("2026-06-11T09:00:00Z").then(&csr(), contact(Channel::Phone));
    assert!(!story.complaint.unreached);
}

#[test]
fn whether_it_can_be_taken_up_again_goes_by_when_they_said_so() {
    let mut story = following_up();
    story.then(&Actor::Customer, feedback(5, false));
    let resolved = story.now;
    let Stage::Closed { .. } = story.complaint.stage else { panic!() };
    let reopen = || Command::Reopen { text: text(), channel: Channel::Letter };
    let late = resolved.checked_add(jiff::SignedDuration::from_hours(24 * 40)).unwrap().to_string();
    let in_time = resolved.checked_add(jiff::SignedDuration::from_hours(24 * 20)).unwrap().to_string();
    let before = story.complaint.received_at.to_string();
    check(&mut story.clone(), &late, &csr(), reopen(), &["no: too late"]);
    check(story.clone().said(&before), &late, &csr(), reopen(), &["no: /said_at too_early"]);
    check(story.said(&in_time), &late, &csr(), reopen(), &["Reopened"]);
}

#[test]
fn nothing_was_said_in_the_future_or_before_there_was_a_complaint() {
    let mut story = proposed();
    let at = "2026-06-12T10:00:00Z";
    check(story.said("2026-06-12T10:00:01Z"), at, &csr(), accept(1), &["no: /said_at in_future"]);
    check(story.said("2026-06-01T10:00:00Z"), at, &csr(), accept(1), &["no: /said_at too_early"]);
    check(story.said("2026-06-08T08:59:00Z"), at, &csr(), accept(1), &["no: /said_at too_early"]);
}

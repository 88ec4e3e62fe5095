//! Asking for what is so already does nothing; asking for something else than was answered is told.

use super::*;

#[test]
fn the_same_receipt_twice_is_one_complaint() {
    let mut story = Story::begins(MONDAY);
    let Event::Received { receipt, .. } = story.events[0].event.clone() else { unreachable!() };
    check(&mut story, MONDAY, &Actor::Customer, Command::Receive(receipt), &[]);
}

#[test]
fn what_staff_did_once_is_not_done_twice() {
    let mut story = Story::begins(MONDAY);
    let mut twice = |actor: &Actor, command: Command| {
        story.then(actor, command.clone());
        check(&mut story, "2026-06-08T09:30:00Z", actor, command, &[]);
    };
    twice(&Actor::System, Command::Acknowledge);
    twice(&csr(), assign("ana@northgate.example"));
    twice(&csr(), triage("billing", Severity::High));
    twice(&csr(), finding());
    let two = vec![offer("1.00 GBP"), offer("2.00 GBP")];
    story.then(&csr(), propose(Outcome::Upheld, two)).accepted();
    let mut twice = |actor: &Actor, command: Command| {
        story.then(actor, command.clone());
        check(&mut story, "2026-06-08T10:30:00Z", actor, command, &[]);
    };
    twice(&csr(), done(1));
    story.then(&csr(), done(2)).then(&csr(), close(true));
    check(&mut story, "2026-06-08T10:30:00Z", &csr(), close(true), &[]);
    check(&mut story, "2026-06-08T10:30:00Z", &csr(), close(false), &[]);
}

#[test]
fn the_same_answer_again_changes_nothing_and_another_is_told() {
    let mut story = proposed();
    story.accepted();
    check(&mut story, MONDAY, &Actor::Customer, accept(1), &[]);
    check(&mut story, MONDAY, &csr(), accept(1), &[]);
    check(&mut story, MONDAY, &Actor::Customer, refuse(1), &["no: answered otherwise"]);
    let mut refused = proposed();
    refused.then(&Actor::Customer, refuse(1));
    check(&mut refused, MONDAY, &Actor::Customer, refuse(1), &[]);
    check(&mut refused, MONDAY, &Actor::Customer, accept(1), &["no: answered otherwise"]);
    refused.then(&manager(), propose(Outcome::Upheld, vec![]));
    check(&mut refused, MONDAY, &Actor::Customer, refuse(1), &[]);
}

#[test]
fn the_same_feedback_again_changes_nothing_and_other_is_told() {
    let mut story = following_up();
    story.then(&Actor::Customer, feedback(4, false));
    check(&mut story, MONDAY, &Actor::Customer, feedback(4, false), &[]);
    check(&mut story, MONDAY, &Actor::Customer, feedback(5, false), &["no: answered otherwise"]);
}

#[test]
fn a_concern_sent_twice_reopens_once() {
    let mut story = following_up();
    story.then(&Actor::Customer, feedback(1, true));
    check(&mut story, MONDAY, &Actor::Customer, feedback(1, true), &[]);
    assert_eq!(story.complaint.reopenings, 1);
}

//! Receive and acknowledge.

use super::*;
use crate::{
    command::{ContactData, Reach, UndeliverableReason},
    complaint::Acknowledgement,
    letter_kind::LetterKind,
};

/// What is promised, and by when.
fn promised(story: &Story) -> Vec<String> {
    let promises = story.complaint.promises.iter();
    promises.map(|promise| format!("{} by {}", kind(promise.kind), promise.due)).collect()
}

fn receive(received_at: &str, now: &str, actor: &Actor) -> Result<Vec<Event>, Rejection> {
    let story = Story::begins(received_at);
    let Event::Received { receipt, .. } = story.events[0].event.clone() else { unreachable!() };
    let (now, command) = (now.parse().unwrap(), CommandId::from_parts(story.now, [0; 10]));
    let context = Context::new(now, &story.policy, actor, command);
    decide(None, Command::Receive(receipt), &context)
}

#[test]
fn what_is_promised_at_receipt_are_the_times_of_a_normal_complaint() {
    let expected = [
        "acknowledge by 2026-06-09T09:00:00Z",
        "own by 2026-06-08T11:00:00Z",
        "update by 2026-06-15T16:00:00Z",
        "answer by 2026-06-22T16:00:00Z",
        "notice by 2026-06-19T15:18:00Z",
        "firstcontact by 2026-06-10T16:00:00Z",
    ];
    assert_eq!(promised(&Story::begins(MONDAY)), expected);
}

#[test]
fn a_complaint_of_the_weekend_is_received_at_mondays_opening() {
    let expected = [
        "acknowledge by 2026-06-07T20:00:00Z",
        "own by 2026-06-08T10:00:00Z",
        "update by 2026-06-15T16:00:00Z",
        "answer by 2026-06-22T16:00:00Z",
        "notice by 2026-06-19T15:12:00Z",
        "firstcontact by 2026-06-10T16:00:00Z",
    ];
    assert_eq!(promised(&Story::begins("2026-06-06T20:00:00Z")), expected);
}

#[test]
fn every_clock_of_a_complaint_entered_later_starts_at_its_receipt_but_the_one_to_take_it_on() {
    let [event] = &receive(MONDAY, "2026-06-10T12:00:00Z", &csr()).unwrap()[..] else { panic!() };
    let Event::Received { receipt, entered_at, policy: _, promises } = event else { panic!() };
    assert_eq!(
        (receipt.received_at.to_string(), entered_at.to_string()),
        (MONDAY.into(), "2026-06-10T12:00:00Z".into())
    );
    let complaint = evolve(None, event).unwrap();
    // When the customer is told of a delay is reckoned from when it can be, and nobody takes on what is not here yet.
    let told =
        |promise: &&crate::promise::Promise| !matches!(promise.kind, PromiseKind::Notice | PromiseKind::Own);
    let begun = Story::begins(MONDAY).complaint;
    assert!(promises.iter().filter(told).eq(begun.promises.iter().filter(told)));
    let own = complaint.promises.get(PromiseKind::Own).unwrap();
    assert_eq!(own.due.to_string(), "2026-06-10T14:00:00Z");
    assert_eq!(complaint.answer_by.to_string(), "2026-06-22T16:00:00Z");
}

#[test]
fn what_is_told_of_a_complaint_entered_too_late_for_it_runs_from_its_entry() {
    let [event] = &receive(MONDAY, "2026-06-26T12:00:00Z", &csr()).unwrap()[..] else { panic!() };
    let complaint = evolve(None, event).unwrap();
    let due = |kind| complaint.promises.get(kind).unwrap().due.to_string();
    assert_eq!(due(PromiseKind::FirstContact), "2026-06-30T16:00:00Z");
    assert_eq!(due(PromiseKind::Update), "2026-07-03T16:00:00Z");
    assert_eq!(due(PromiseKind::Answer), "2026-07-10T16:00:00Z");
    assert_eq!(complaint.told_by, complaint.answer_by);
    // The acknowledgement has been owed since the complaint came, and was missed.
    assert_eq!(due(PromiseKind::Acknowledge), "2026-06-09T09:00:00Z");
    assert_eq!(due(PromiseKind::Own), "2026-06-26T14:00:00Z");
    // What can still be kept is what it was.
    let [event] = &receive(MONDAY, "2026-06-12T12:00:00Z", &csr()).unwrap()[..] else { panic!() };
    let complaint = evolve(None, event).unwrap();
    assert_eq!(complaint.answer_by.to_string(), "2026-06-22T16:00:00Z");
}

#[test]
fn a_complaint_is_received_now_or_before_and_never_in_the_future() {
    assert!(receive(MONDAY, MONDAY, &Actor::Customer).is_ok());
    let no = receive(MONDAY, "2026-06-08T08:59:59Z", &csr()).unwrap_err();
    assert_eq!(rejection(&no), "no: /received_at in_future");
}

#[test]
fn customers_and_staff_complain_the_system_does_not() {
    for actor in [Actor::Customer, csr(), manager(), decider()] {
        assert!(receive(MONDAY, MONDAY, &actor).is_ok(), "{actor:?}");
    }
    assert_eq!(receive(MONDAY, MONDAY, &Actor::System), Err(Rejection::NotAllowed { needs: None }));
}

#[test]
fn nothing_can_be_asked_of_a_complaint_that_does_not_exist() {
    let story = Story::begins(MONDAY);
    let command = CommandId::from_parts(story.now, [0; 10]);
    let context = Context::new(story.now, &story.policy, &Actor::System, command);
    assert_eq!(decide(None, Command::WatchPromises, &context), Err(Rejection::NotFound));
}

#[test]
fn an_acknowledgement_is_in_time_to_the_second() {
    let story = Story::begins(MONDAY);
    check(
        &mut story.clone(),
        "2026-06-09T09:00:00Z",
        &Actor::System,
        Command::Acknowledge,
        &["Acknowledged in time"],
    );
    check(
        &mut story.clone(),
        "2026-06-09T09:00:01Z",
        &Actor::System,
        Command::Acknowledge,
        &["Acknowledged late"],
    );
}

#[test]
fn an_acknowledgement_that_comes_back_counts_as_not_made_and_a_contact_another_way_repairs_it() {
    let mut story = Story::begins(MONDAY);
    let bounce = || bounced(LetterKind::Acknowledgement);
    check(
        &mut story,
        "2026-06-08T09:01:00Z",
        &Actor::System,
        Command::Acknowledge,
        &["Acknowledged in time"],
    );
    assert_eq!(story.complaint.stage, Stage::Acknowledged);
    check(
        &mut story,
        "2026-06-08T09:02:00Z",
        &Actor::System,
        bounce(),
        &["LetterUndeliverable acknowledgement"],
    );
    assert_eq!(story.complaint.stage, Stage::Received);
    assert_eq!(story.complaint.acknowledgement, Acknowledgement::Undeliverable);
    assert!(story.complaint.unreached);
    // The mail service says it once more, and the step that sent it is late: neither changes anything.
    check(&mut story, "2026-06-08T09:03:00Z", &Actor::System, bounce(), &[]);
    check(&mut story, "2026-06-08T09:03:00Z", &Actor::System, Command::Acknowledge, &[]);
    let phone = ["ContactMade first in time, again by 2026-06-15T16:00:00Z"];
    check(&mut story, "2026-06-08T10:00:00Z", &csr(), contact(Channel::Phone), &phone);
    assert_eq!(story.complaint.stage, Stage::Acknowledged);
    assert!(!story.complaint.unreached);
    assert_eq!(story.complaint.acknowledgement, Acknowledgement::Undeliverable);
}

#[test]
fn who_could_not_be_reached_by_mail_is_not_reached_by_another_mail() {
    let mut story = Story::begins(MONDAY);
    story.then(&Actor::System, bounced(LetterKind::Acknowledgement)).then(&csr(), contact(Channel::Email));
    assert_eq!(story.complaint.stage, Stage::Received);
    assert!(story.complaint.unreached);
    story.then(&csr(), contact(Channel::Letter));
    assert_eq!(story.complaint.stage, Stage::Acknowledged);
    assert!(!story.complaint.unreached);
}

#[test]
fn an_acknowledgement_that_comes_back_late_does_not_undo_the_investigation() {
    let mut story = at_work();
    story.then(&csr(), finding()).then(&Actor::System, bounced(LetterKind::Acknowledgement));
    assert_eq!(story.complaint.stage_name(), StageName::Investigating);
    assert!(story.complaint.unreached);
}

#[test]
fn a_contact_acknowledges_too_and_the_acknowledgement_is_still_owed() {
    let mut story = Story::begins(MONDAY);
    story.then(&csr(), contact(Channel::Phone));
    assert_eq!(story.complaint.stage, Stage::Acknowledged);
    assert_eq!(story.complaint.acknowledgement, Acknowledgement::Owed);
    check(
        &mut story,
        "2026-06-08T09:01:00Z",
        &Actor::System,
        Command::Acknowledge,
        &["Acknowledged in time"],
    );
    assert_eq!(story.complaint.acknowledgement, Acknowledgement::Sent);
}

#[test]
fn only_letters_that_carry_or_ask_for_an_answer_leave_the_customer_unreached() {
    for letter in LetterKind::ALL {
        let mut story = at_work();
        story.then(&Actor::System, bounced(letter));
        // Nobody is asked anything that a reminder could be of.
        let reminds = matches!(letter, LetterKind::ProposalReminder | LetterKind::SatisfactionReminder);
        assert_eq!(story.complaint.unreached, letter.must_arrive() && !reminds, "{letter:?}");
        assert_eq!(story.complaint.stage == Stage::Received, letter == LetterKind::Acknowledgement);
    }
}

#[test]
fn an_address_that_the_mail_service_suppresses_is_no_way_to_reach_the_customer_any_more() {
    let mut story = Story::begins(MONDAY);
    story.then(&Actor::System, bounced(LetterKind::Acknowledgement));
    assert_eq!(story.complaint.reach, Reach::Email);
    let reason = UndeliverableReason::Suppressed;
    story.then(
        &Actor::System,
        Command::ReportUndeliverable { letter: LetterKind::Update, reason, about: None },
    );
    assert_eq!(story.complaint.reach, Reach::Suppressed);
}

/// To another address, or to none any more.
fn corrected(reach: Reach) -> Command {
    let (customer, language) = (crate::values::Digest::of(b"ann"), crate::values::Language::ENGLISH);
    let contact = ContactData { form: text(), reach: Some(reach), customer, language };
    Command::CorrectContact { contact, text: text() }
}

#[test]
fn who_was_asked_at_a_wrong_address_is_not_silent_until_they_are_asked_anew() {
    for reach in [Reach::Email, Reach::PhoneOnly] {
        let mut story = proposed();
        story.then(&csr(), corrected(reach));
        assert!(story.complaint.unreached && !story.complaint.is_silence());
        // Whom nobody had written to was told another way.
        let mut called = proposed();
        called.complaint.reach = Reach::PhoneOnly;
        called.then(&csr(), corrected(reach));
        assert!(!called.complaint.unreached);
    }
    let mut story = proposed();
    story.then(&csr(), corrected(Reach::Email));
    story.then(&csr(), propose(Outcome::Upheld, vec![offer("1.00 GBP")]));
    assert!(story.complaint.is_silence(), "the new proposal goes to them");
    let mut story = following_up();
    story.after(24 * 8).then(&Actor::System, Command::FollowUp);
    assert!(story.complaint.is_silence());
    story.then(&csr(), corrected(Reach::Email));
    assert!(!story.complaint.is_silence());
}

#[test]
fn what_failed_at_an_address_that_was_put_right_says_nothing_of_the_one_that_is_right() {
    let mut story = Story::begins(MONDAY);
    story.then(&Actor::System, bounced(LetterKind::Acknowledgement));
    assert!(story.complaint.unreached);
    story.then(&csr(), corrected(Reach::Email));
    assert!(!story.complaint.unreached, "they have a link to all that they were to read");
    let mut wrong_again = story.clone();
    wrong_again.then(&Actor::System, bounced(LetterKind::NewLink));
    assert!(wrong_again.complaint.unreached);
    let since = story.complaint.version;
    let failed = |letter, about| Command::ReportUndeliverable {
        letter,
        reason: UndeliverableReason::Suppressed,
        about: Some(about),
    };
    story.then(&Actor::System, failed(LetterKind::Proposal, since - 1));
    assert_eq!((story.complaint.reach, story.complaint.unreached), (Reach::Email, false));
    story.then(&csr(), triage("billing", Severity::Normal)).then(&csr(), contact(Channel::Phone));
    story.then(&csr(), Command::AskCustomer { text: text() });
    story.then(&Actor::System, failed(LetterKind::InformationRequest, since - 1));
    assert!(story.complaint.waiting_since().is_some(), "the question waits for them");
    story.then(&Actor::System, failed(LetterKind::InformationRequest, since + 3));
    assert_eq!(story.complaint.reach, Reach::Suppressed);
    assert!(story.complaint.waiting_since().is_none());
}

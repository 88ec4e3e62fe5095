//! The customer's answer to a proposal: yes, no, or nothing.

use super::*;
use crate::letter_kind::LetterKind;

const ASK_STAFF: &str = "version = 2\neffective = \"2026-01-01\"\nchange = \"Silence is no consent\"\n\
                         approved_by = \"Board\"\n[consent]\non_silence = \"ask_staff\"\n";

#[test]
fn a_refusal_goes_one_level_up_where_it_is_investigated_again() {
    let mut story = proposed();
    let up = "Escalated 1 to 2, refused, by 2026-06-23T16:00:00Z";
    check(&mut story, "2026-06-09T10:00:00Z", &Actor::Customer, refuse(1), &["ProposalRefused 1", up]);
    assert_eq!(story.complaint.stage_name(), StageName::Investigating);
    check(
        &mut story,
        "2026-06-10T10:00:00Z",
        &csr(),
        propose(Outcome::Upheld, vec![]),
        &["no: needs manager"],
    );
    let again = ["Proposed 2 in time"];
    check(&mut story, "2026-06-10T10:00:00Z", &manager(), propose(Outcome::Upheld, vec![]), &again);
    let up = "Escalated 2 to 3, refused, by 2026-06-25T16:00:00Z";
    check(&mut story, "2026-06-11T10:00:00Z", &Actor::Customer, refuse(2), &["ProposalRefused 2", up]);
}

#[test]
fn a_decision_at_level_three_is_final_and_needs_no_consent() {
    let mut story = at_level_three();
    let remedies = vec![offer("2000.00 GBP")];
    check(
        &mut story,
        "2026-06-09T10:00:00Z",
        &decider(),
        propose(Outcome::Upheld, remedies),
        &["Decided 1 in time"],
    );
    let Stage::Implementing { decision, .. } = &story.complaint.stage else { panic!() };
    assert_eq!(decision.consent, Consent::NotNeeded);
    let resolved = ["RemedyDone 1 in time", "Resolved ask by 2026-06-15T16:00:00Z"];
    check(&mut story, "2026-06-10T10:00:00Z", &csr(), done(1), &resolved);
}

#[test]
fn a_final_decision_without_remedies_is_resolved_at_once() {
    let resolved = ["Decided 1 in time", "Resolved ask by 2026-06-12T16:00:00Z"];
    let decision = propose(Outcome::NotUpheld, vec![]);
    check(&mut at_level_three(), "2026-06-09T10:00:00Z", &decider(), decision, &resolved);
}

#[test]
fn the_answer_after_a_refusal_is_measured_by_the_date_that_was_told_with_it() {
    let mut story = proposed();
    story.at("2026-06-22T15:00:00Z").then(&Actor::Customer, refuse(1));
    assert_eq!(story.complaint.answer_by.to_string(), "2026-07-06T16:00:00Z");
    let again = || propose(Outcome::Upheld, vec![]);
    check(&mut story.clone(), "2026-07-06T16:00:00Z", &manager(), again(), &["Proposed 2 in time"]);
    check(&mut story.clone(), "2026-07-06T16:00:01Z", &manager(), again(), &["Proposed 2 late"]);
}

#[test]
fn an_escalation_before_the_answer_leaves_the_date_it_is_measured_by() {
    assert_eq!(at_level_three().complaint.answer_by.to_string(), "2026-06-22T16:00:00Z");
}

#[test]
fn silence_is_consent_after_a_reminder() {
    let mut story = proposed();
    watch(&mut story, "2026-06-15T15:59:59Z", &[]);
    watch(&mut story, "2026-06-15T16:00:00Z", &["PromiseWarned consent"]);
    watch(&mut story, "2026-06-22T22:59:58Z", &[]);
    watch(
        &mut story,
        "2026-06-22T22:59:59Z",
        &["ProposalAccepted 1 by silence, remedy 1 by 2026-07-02T22:59:59Z"],
    );
    let Stage::Implementing { decision, .. } = &story.complaint.stage else { panic!() };
    assert_eq!(decision.consent, Consent::Silence);
}

#[test]
fn who_cannot_be_reached_is_taken_to_agree_by_a_manager_once_their_time_is_over() {
    let mut story = proposed();
    story.then(&Actor::System, bounced(LetterKind::Proposal));
    let taken = || Command::TakeAsConsent { proposal: 1, text: text() };
    check(&mut story, "2026-06-12T10:00:00Z", &manager(), taken(), &["no: /answer too_early"]);
    watch(&mut story, "2026-06-15T16:00:00Z", &["PromiseWarned consent"]);
    watch(&mut story, "2026-06-22T22:59:59Z", &["PromiseMissed consent"]);
    let at = "2026-06-23T10:00:00Z";
    assert_eq!(
        story.at(at).attempt(&csr(), taken()),
        Err(Rejection::NotAllowed { needs: Some(Role::Manager) })
    );
    let other = Command::TakeAsConsent { proposal: 2, text: text() };
    check(&mut story, at, &manager(), other, &["no: /proposal not_standing"]);
    let done = ["ProposalAccepted 1 by silence, remedy 1 by 2026-07-03T22:59:59Z"];
    check(&mut story, at, &manager(), taken(), &done);
    check(&mut story, at, &manager(), taken(), &[]);
    assert!(story.complaint.unreached, "they have heard nothing still");
}

#[test]
fn a_remedy_whose_date_passed_before_the_answer_is_due_as_long_after_it_as_it_was_after_the_proposal() {
    // Offered on a Monday at ten, promised for the Thursday of the week after.
    let mut story = proposed();
    let late = &["ProposalAccepted 1, remedy 1 by 2026-07-01T22:59:59Z"];
    check(&mut story.clone(), "2026-06-18T08:59:59Z", &Actor::Customer, accept(1), &["ProposalAccepted 1"]);
    check(&mut story, "2026-06-19T10:00:00Z", &Actor::Customer, accept(1), late);
    assert_eq!(story.complaint.remedies()[0].promised_by.to_string(), "2026-07-01T22:59:59Z");
    watch(&mut story, "2026-06-19T10:00:00Z", &[]);
    // One that was to be done outside the hours of work has a day of them.
    let mut story = at_work();
    let offer = Offer { promised_by: "2026-06-08T22:59:59Z".parse().unwrap(), ..offer("5.00 GBP") };
    story
        .at("2026-06-08T20:00:00Z")
        .then(&csr(), finding())
        .then(&csr(), propose(Outcome::Upheld, vec![offer]));
    let late = &["ProposalAccepted 1, remedy 1 by 2026-06-10T22:59:59Z"];
    check(&mut story, "2026-06-09T10:00:00Z", &Actor::Customer, accept(1), late);
}

#[test]
fn silence_is_no_consent_without_a_reminder_and_time_to_react() {
    let mut story = proposed();
    watch(&mut story, "2026-06-29T10:00:00Z", &["PromiseWarned consent"]);
    watch(&mut story, "2026-07-06T22:59:58Z", &[]);
    watch(
        &mut story,
        "2026-07-06T22:59:59Z",
        &["ProposalAccepted 1 by silence, remedy 1 by 2026-07-16T22:59:59Z"],
    );
}

#[test]
fn a_reminder_that_would_come_on_the_last_day_comes_after_it_and_gives_its_own_time() {
    let mut story = at_work();
    let times = "remind_after = \"3 working days\"\nsilence_after = \"4 days\"\non_silence = \"implement\"";
    let policy = ASK_STAFF.replace("on_silence = \"ask_staff\"", times).replace("2026-01-01", "2026-06-01");
    story.policy = Policy::parse(&policy).unwrap();
    // From a Wednesday three working days end after four days.
    story.at("2026-06-10T09:00:00Z").proposed();
    watch(&mut story, "2026-06-14T22:59:58Z", &[]);
    watch(&mut story, "2026-06-14T22:59:59Z", &["PromiseWarned consent"]);
    story.at("2026-06-17T22:59:58Z");
    assert!(story.attempt(&Actor::System, Command::WatchPromises).is_ok());
    assert_eq!(story.complaint.stage_name(), StageName::Proposed);
}

#[test]
fn the_customer_can_answer_until_silence_has_answered_for_them() {
    let mut story = proposed();
    watch(&mut story, "2026-06-15T16:00:00Z", &["PromiseWarned consent"]);
    check(
        &mut story,
        "2026-06-22T22:59:58Z",
        &Actor::Customer,
        accept(1),
        &["ProposalAccepted 1, remedy 1 by 2026-07-02T22:59:59Z"],
    );
    let mut silent = proposed();
    silent.at("2026-06-15T16:00:00Z").then(&Actor::System, Command::WatchPromises);
    silent.at("2026-06-22T22:59:59Z").then(&Actor::System, Command::WatchPromises);
    check(&mut silent, "2026-06-22T23:00:00Z", &Actor::Customer, accept(1), &[]);
    check(&mut silent, "2026-06-22T23:00:00Z", &Actor::Customer, refuse(1), &["no: taken as consent"]);
    assert_eq!(silent.complaint.answered, None, "nothing was answered by them");
}

#[test]
fn where_silence_is_no_consent_staff_are_reminded_daily_to_get_an_answer() {
    let mut story = proposed();
    story.policy = Policy::parse(ASK_STAFF).unwrap();
    watch(&mut story, "2026-06-15T16:00:00Z", &["PromiseWarned consent"]);
    watch(&mut story, "2026-06-22T22:59:59Z", &["PromiseMissed consent"]);
    watch(&mut story, "2026-06-23T22:59:58Z", &[]);
    watch(&mut story, "2026-06-23T22:59:59Z", &["PromiseMissed consent again"]);
    let phone = Command::AnswerProposal {
        proposal: 1,
        answer: Answer::Accept,
        reason: None,
        channel: Channel::Phone,
    };
    check(
        &mut story,
        "2026-06-24T10:00:00Z",
        &csr(),
        phone,
        &["ProposalAccepted 1, remedy 1 by 2026-07-06T22:59:59Z"],
    );
}

#[test]
fn silence_of_somebody_whom_the_proposal_did_not_reach_is_no_answer() {
    let mut story = proposed();
    story.then(&Actor::System, bounced(LetterKind::Proposal));
    watch(&mut story, "2026-06-15T16:00:00Z", &["PromiseWarned consent"]);
    watch(&mut story, "2026-06-22T22:59:59Z", &["PromiseMissed consent"]);
    story.then(&csr(), contact(Channel::Phone));
    watch(&mut story, "2026-06-23T22:59:59Z", &["PromiseMissed consent again"]);
    check(
        &mut story,
        "2026-06-24T10:00:00Z",
        &Actor::Customer,
        accept(1),
        &["ProposalAccepted 1, remedy 1 by 2026-07-06T22:59:59Z"],
    );
}

#[test]
fn who_was_reached_another_way_in_time_consents_by_silence_like_others() {
    let mut story = proposed();
    story.then(&Actor::System, bounced(LetterKind::Proposal)).then(&csr(), contact(Channel::Phone));
    watch(&mut story, "2026-06-15T16:00:00Z", &["PromiseWarned consent"]);
    watch(
        &mut story,
        "2026-06-22T22:59:59Z",
        &["ProposalAccepted 1 by silence, remedy 1 by 2026-07-02T22:59:59Z"],
    );
}

#[test]
fn who_answers_was_reached() {
    for answer in [accept(1), refuse(1)] {
        let mut story = proposed();
        story.then(&Actor::System, bounced(LetterKind::Proposal)).then(&Actor::Customer, answer);
        assert!(!story.complaint.unreached);
    }
}

#[test]
fn who_wrote_was_not_silent_and_staff_are_asked_for_the_answer() {
    let mut story = proposed();
    story.then(&Actor::Customer, inform());
    watch(&mut story, "2026-06-15T16:00:00Z", &["PromiseWarned consent"]);
    watch(&mut story, "2026-06-22T22:59:59Z", &["PromiseMissed consent"]);
    watch(&mut story, "2026-06-23T22:59:59Z", &["PromiseMissed consent again"]);
    assert_eq!(story.complaint.stage_name(), StageName::Proposed);
    // What was written to an earlier proposal says nothing of the next.
    story.then(&Actor::Customer, refuse(1)).then(&manager(), propose(Outcome::Upheld, vec![]));
    assert!(!story.complaint.wrote);
}

#[test]
fn who_complains_again_or_sends_a_file_when_they_were_asked_was_not_silent() {
    let file = Command::AddEvidence { file: text(), channel: Channel::Web };
    let duplicate = Story::begins_with(
        2,
        "2026-06-10T09:00:00Z".parse().unwrap(),
        Channel::Web,
        None,
        Policy::built_in(),
    );
    let (duplicate, said_at) = (duplicate.complaint.id, duplicate.complaint.received_at);
    let absorb = Command::Absorb { duplicate, text: text(), said_at };
    for (actor, command) in [(Actor::Customer, file), (Actor::System, absorb)] {
        let mut story = proposed();
        story.at("2026-06-10T10:00:00Z").then(&actor, command);
        assert!(story.complaint.wrote);
    }
    // What was said before the proposal says nothing of it.
    let mut story = proposed();
    let before = Command::Absorb { duplicate, text: text(), said_at: MONDAY.parse().unwrap() };
    story.then(&Actor::System, before);
    assert!(!story.complaint.wrote);
    let mut story = proposed();
    story.then(&csr(), Command::AddEvidence { file: text(), channel: Channel::Web });
    assert!(!story.complaint.wrote, "what staff add is nothing that the customer says");
}

#[test]
fn whom_the_reminder_did_not_reach_was_not_silent() {
    let mut story = proposed();
    watch(&mut story, "2026-06-15T16:00:00Z", &["PromiseWarned consent"]);
    story.then(&Actor::System, bounced(LetterKind::ProposalReminder));
    watch(&mut story, "2026-06-22T22:59:59Z", &["PromiseMissed consent"]);
}

#[test]
fn a_reminder_that_comes_back_after_the_answer_leaves_nothing_to_do() {
    let mut story = proposed();
    watch(&mut story, "2026-06-15T16:00:00Z", &["PromiseWarned consent"]);
    story.then(&Actor::Customer, accept(1)).then(&Actor::System, bounced(LetterKind::ProposalReminder));
    assert!(!story.complaint.unreached);
}

#[test]
fn a_proposal_that_is_not_answered_is_replaced_by_a_better_one() {
    let mut story = proposed();
    let promised_by = "2026-07-20T16:00:00Z".parse().unwrap();
    let better =
        || propose(Outcome::Upheld, vec![crate::command::Offer { promised_by, ..offer("50.00 GBP") }]);
    // Long after the date of the answer, which was kept with the first one.
    check(&mut story, "2026-06-22T10:00:00Z", &csr(), better(), &["Proposed 2 in time"]);
    check(&mut story, "2026-06-22T10:00:00Z", &Actor::Customer, accept(1), &["no: /proposal not_standing"]);
    watch(&mut story, "2026-06-22T22:59:59Z", &[]);
    check(&mut story, "2026-06-23T10:00:00Z", &Actor::Customer, accept(2), &["ProposalAccepted 2"]);
    assert_eq!(story.complaint.remedies().len(), 1);
}

#[test]
fn what_went_up_while_a_proposal_stood_is_decided_above_without_waiting_for_an_answer() {
    let mut story = proposed();
    story.then(&csr(), escalate());
    let better = || propose(Outcome::Upheld, vec![offer("500.00 GBP")]);
    check(&mut story, MONDAY, &csr(), better(), &["no: needs manager"]);
    check(&mut story.clone(), MONDAY, &manager(), better(), &["Proposed 2 in time"]);
    story.then(&manager(), escalate());
    check(&mut story, MONDAY, &decider(), better(), &["Decided 2 in time"]);
}

#[test]
fn a_remedy_that_is_promised_for_a_far_year_is_a_slip_of_the_pen() {
    let far =
        crate::command::Offer { promised_by: "2062-06-20T16:00:00Z".parse().unwrap(), ..offer("1.00 GBP") };
    let mut story = at_work();
    story.then(&csr(), finding());
    let no = ["no: /remedies/0/promised_by too_far"];
    check(&mut story, MONDAY, &csr(), propose(Outcome::Upheld, vec![far]), &no);
}

#[test]
fn what_is_found_after_a_proposal_makes_another_one_possible() {
    let Command::RecordFinding(known) = finding() else { unreachable!() };
    let mut story = at_work();
    story.then(&csr(), Command::RecordFinding(crate::command::Finding { root_cause: None, ..known }));
    story.then(&csr(), propose(Outcome::NotUpheld, vec![]));
    check(&mut story, MONDAY, &csr(), propose(Outcome::Upheld, vec![]), &["no: first RecordFinding"]);
    check(&mut story, MONDAY, &csr(), finding(), &["FindingRecorded"]);
    check(&mut story, MONDAY, &csr(), propose(Outcome::Upheld, vec![]), &["Proposed 2 in time"]);
}

#[test]
fn what_is_more_than_a_level_may_give_is_no_draft_beside_a_proposal() {
    let mut story = proposed();
    let more = || propose(Outcome::Upheld, vec![offer("500.00 GBP")]);
    check(&mut story, MONDAY, &csr(), more(), &["no: needs manager"]);
    story.then(&csr(), escalate());
    check(&mut story, MONDAY, &manager(), more(), &["Proposed 2 in time"]);
}

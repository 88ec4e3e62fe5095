//! The straight path, and what has to come before what.

use super::*;

#[test]
fn a_complaint_goes_its_straight_path_to_a_satisfied_customer() {
    let mut story = Story::begins(MONDAY);
    let (system, customer) = (Actor::System, Actor::Customer);
    check(&mut story, "2026-06-08T09:00:05Z", &system, Command::Acknowledge, &["Acknowledged in time"]);
    check(
        &mut story,
        "2026-06-08T10:00:00Z",
        &csr(),
        assign("ana@northgate.example"),
        &["Assigned ana@northgate.example"],
    );
    check(
        &mut story,
        "2026-06-08T10:05:00Z",
        &csr(),
        triage("billing", Severity::Normal),
        &["Triaged normal"],
    );
    let spoken = ["ContactMade first in time, again by 2026-06-15T16:00:00Z"];
    check(&mut story, "2026-06-08T10:10:00Z", &csr(), contact(Channel::Phone), &spoken);
    check(
        &mut story,
        "2026-06-09T10:00:00Z",
        &csr(),
        Command::AddNote { kind: NoteKind::Note, text: text() },
        &["NoteAdded"],
    );
    check(&mut story, "2026-06-10T10:00:00Z", &csr(), finding(), &["FindingRecorded"]);
    let upheld = propose(Outcome::Upheld, vec![offer("25.00 GBP"), offer("5.00 GBP")]);
    check(&mut story, "2026-06-11T10:00:00Z", &csr(), upheld, &["Proposed 1 in time"]);
    check(&mut story, "2026-06-12T10:00:00Z", &customer, accept(1), &["ProposalAccepted 1"]);
    check(&mut story, "2026-06-15T10:00:00Z", &csr(), done(2), &["RemedyDone 2 in time"]);
    let resolved = ["RemedyDone 1 in time", "Resolved ask by 2026-06-19T16:00:00Z"];
    check(&mut story, "2026-06-16T10:00:00Z", &csr(), done(1), &resolved);
    follow(&mut story, "2026-06-19T16:00:00Z", &["SatisfactionAsked until 2026-07-06T22:59:59Z"]);
    let satisfied = ["FeedbackGiven 5", "Closed feedback"];
    check(&mut story, "2026-06-22T10:00:00Z", &customer, feedback(5, false), &satisfied);
    assert_eq!(story.complaint.next_due(), None);
    assert_eq!(story.complaint.responsible(), None);
}

#[test]
fn an_answer_without_remedies_is_resolved_as_soon_as_it_is_accepted() {
    let mut story = at_work();
    story.then(&csr(), finding()).then(&csr(), propose(Outcome::NotUpheld, vec![]));
    let resolved = ["ProposalAccepted 1", "Resolved ask by 2026-06-12T16:00:00Z"];
    check(&mut story, "2026-06-09T10:00:00Z", &Actor::Customer, accept(1), &resolved);
}

#[test]
fn triage_comes_before_the_investigation_and_a_finding_before_the_proposal() {
    let mut story = Story::begins(MONDAY);
    story.then(&Actor::System, Command::Acknowledge);
    let note = Command::AddNote { kind: NoteKind::Note, text: text() };
    check(&mut story, MONDAY, &csr(), note.clone(), &["no: first Triage"]);
    check(&mut story, MONDAY, &csr(), finding(), &["no: first Triage"]);
    story.then(&csr(), triage("billing", Severity::Normal)).then(&csr(), note);
    check(&mut story, MONDAY, &csr(), propose(Outcome::NotUpheld, vec![]), &["no: first RecordFinding"]);
}

#[test]
fn whoever_is_right_is_told_why_it_went_wrong_before_anything_is_offered() {
    let Command::RecordFinding(known) = finding() else { unreachable!() };
    let mut story = at_work();
    story.then(&csr(), Command::RecordFinding(crate::command::Finding { root_cause: None, ..known }));
    for outcome in [Outcome::Upheld, Outcome::PartlyUpheld] {
        check(&mut story, MONDAY, &csr(), propose(outcome, vec![]), &["no: first RecordFinding"]);
    }
    for outcome in [Outcome::NotUpheld, Outcome::ResolvedWithoutFinding] {
        check(&mut story.clone(), MONDAY, &csr(), propose(outcome, vec![]), &["Proposed 1 in time"]);
    }
}

#[test]
fn a_cause_that_the_policy_does_not_know_is_refused() {
    let Command::RecordFinding(known) = finding() else { unreachable!() };
    let unknown = crate::command::Finding { root_cause: Some("bad luck".to_owned()), ..known };
    check(
        &mut at_work(),
        MONDAY,
        &csr(),
        Command::RecordFinding(unknown),
        &["no: /root_cause unknown_value"],
    );
}

#[test]
fn an_answer_is_in_time_to_the_second() {
    let mut story = at_work();
    story.then(&csr(), finding());
    let proposal = || propose(Outcome::NotUpheld, vec![]);
    check(&mut story.clone(), "2026-06-22T16:00:00Z", &csr(), proposal(), &["Proposed 1 in time"]);
    check(&mut story.clone(), "2026-06-22T16:00:01Z", &csr(), proposal(), &["Proposed 1 late"]);
}

#[test]
fn the_customer_can_answer_only_what_stands() {
    let mut story = proposed();
    assert_eq!(open_question(&story.complaint), Some(Question::Proposal(1)));
    check(&mut story, MONDAY, &Actor::Customer, accept(2), &["no: /proposal not_standing"]);
    check(&mut story, MONDAY, &Actor::Customer, accept(0), &["no: /proposal not_standing"]);
    story.accepted();
    assert_eq!(open_question(&story.complaint), None);
}

#[test]
fn the_customer_can_say_whether_they_are_satisfied_until_something_is_still_wrong() {
    let mut story = following_up();
    assert_eq!(open_question(&story.complaint), Some(Question::Satisfaction));
    story.at("2026-06-11T16:00:00Z").then(&Actor::System, Command::FollowUp);
    assert_eq!(open_question(&story.complaint), Some(Question::Satisfaction));
    let mut satisfied = story.clone();
    satisfied.then(&Actor::Customer, feedback(4, false));
    assert_eq!(open_question(&satisfied.complaint), Some(Question::Satisfaction));
    satisfied.then(&Actor::Customer, feedback(2, true));
    assert_eq!(open_question(&satisfied.complaint), None);
    story.at("2026-08-01T16:00:00Z").then(&Actor::System, Command::FollowUp);
    story.at("2026-09-01T16:00:00Z").then(&Actor::System, Command::FollowUp);
    assert!(!story.complaint.is_open());
    assert_eq!(open_question(&story.complaint), Some(Question::Satisfaction));
}

#[test]
fn whom_no_acknowledgement_reaches_has_their_complaint_looked_into_and_answered() {
    let mut story = Story::begins(MONDAY);
    story.then(&csr(), triage("billing", Severity::Normal));
    check(&mut story, MONDAY, &csr(), finding(), &["no: received"]);
    story.then(&Actor::System, bounced(LetterKind::Acknowledgement));
    assert_eq!(story.complaint.stage_name(), StageName::Received);
    let mut settled = story.clone();
    let note = Command::AddNote { kind: NoteKind::Note, text: text() };
    check(&mut story, MONDAY, &csr(), note, &["NoteAdded"]);
    assert_eq!(story.complaint.stage_name(), StageName::Investigating);
    check(&mut story, MONDAY, &csr(), finding(), &["FindingRecorded"]);
    check(&mut story, MONDAY, &csr(), propose(Outcome::NotUpheld, vec![]), &["Proposed 1 in time"]);
    check(&mut settled, MONDAY, &csr(), finding(), &["FindingRecorded"]);
}

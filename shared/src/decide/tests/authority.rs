//! Who may: each level decides for itself, and work is given by those who may give it.

use super::*;
use crate::command::Verb;

const ANA: &str = "ana@northgate.example";

#[test]
fn each_level_decides_itself_and_a_higher_role_may_too() {
    let cases = [
        (Level::One, [true, true, true]),
        (Level::Two, [false, true, true]),
        (Level::Three, [false, false, true]),
    ];
    for (level, allowed) in cases {
        for (actor, allowed) in [csr(), manager(), decider()].iter().zip(allowed) {
            for verb in [Verb::Propose, Verb::Escalate] {
                assert_eq!(may(actor, verb, level).is_ok(), allowed, "{verb:?} {level} {actor:?}");
            }
        }
    }
}

#[test]
fn it_goes_up_one_level_at_a_time_by_the_role_of_the_level_and_not_above_the_third() {
    let mut story = at_work();
    let up = "Escalated 1 to 2, staff, by 2026-06-22T16:00:00Z";
    check(&mut story, MONDAY, &csr(), escalate(), &[up]);
    check(&mut story, MONDAY, &csr(), escalate(), &["no: needs manager"]);
    let up = "Escalated 2 to 3, staff, by 2026-06-22T16:00:00Z";
    check(&mut story, MONDAY, &manager(), escalate(), &[up]);
    check(&mut story, MONDAY, &manager(), escalate(), &["no: needs final"]);
    check(&mut story, MONDAY, &decider(), escalate(), &["no: /reason unknown_value"]);
}

#[test]
fn a_representative_takes_what_nobody_owns_and_hands_on_what_is_theirs() {
    let mut story = Story::begins(MONDAY);
    check(&mut story, MONDAY, &csr(), assign("ben"), &["no: needs manager"]);
    check(&mut story, MONDAY, &csr(), assign(ANA), &["Assigned ana@northgate.example"]);
    check(&mut story, MONDAY, &ben(), assign("ben"), &["no: needs manager"]);
    check(&mut story, MONDAY, &csr(), assign("ben"), &["Assigned ben"]);
    check(&mut story, MONDAY, &csr(), assign(ANA), &["no: needs manager"]);
}

#[test]
fn the_manager_and_the_final_decider_give_work_to_anybody() {
    for actor in [manager(), decider()] {
        let mut story = Story::begins(MONDAY);
        check(&mut story, MONDAY, &actor, assign("ben"), &["Assigned ben"]);
        check(&mut story, MONDAY, &actor, assign(ANA), &["Assigned ana@northgate.example"]);
    }
}

#[test]
fn what_is_closed_or_not_this_stages_is_told_with_what_is_possible_now() {
    let mut story = proposed();
    let no = story.attempt(&csr(), done(1)).unwrap_err();
    let allowed = vec![
        Verb::Assign,
        Verb::Triage,
        Verb::RecordContact,
        Verb::AddNote,
        Verb::RecordFinding,
        Verb::Propose,
        Verb::AnswerProposal,
        Verb::Escalate,
        Verb::Close,
        Verb::AddInformation,
        Verb::AskEscalation,
        Verb::Withdraw,
        Verb::Link,
        Verb::AddEvidence,
        Verb::EndLinks,
        Verb::CorrectContact,
        Verb::AskData,
        Verb::AskErasure,
    ];
    assert_eq!(no, Rejection::Illegal { stage: crate::complaint::StageName::Proposed, allowed });
}

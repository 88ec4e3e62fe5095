//! The ways out before there is a resolution, what is put right at once, and what becomes of the data.

use jiff::SignedDuration;

use super::*;
use crate::{
    command::{Finding, Grounds, Other, Reach, TextRef, Verdict},
    values::TextId,
};

fn settle(amount: &str) -> Command {
    let Command::RecordFinding(finding) = finding() else { unreachable!() };
    settled(finding, amount)
}

fn settled(finding: Finding, amount: &str) -> Command {
    Command::SettleAtOnce {
        finding,
        outcome: Outcome::Upheld,
        remedies: vec![offer(amount)],
        text: text(),
        channel: Channel::Phone,
    }
}

#[test]
fn a_straightforward_complaint_is_put_right_in_one_action_with_the_consent_recorded() {
    let mut story = at_work();
    let then = ["FindingRecorded", "Proposed 1 in time", "ProposalAccepted 1"];
    check(&mut story, MONDAY, &csr(), settle("5.00 GBP"), &then);
    assert_eq!(story.complaint.stage_name(), StageName::Implementing);
}

#[test]
fn what_is_more_than_the_representative_may_give_is_not_put_right_at_once() {
    let mut story = at_work();
    let up = "Escalated 1 to 2, redress, by 2026-06-22T16:00:00Z";
    check(&mut story, MONDAY, &csr(), settle("100.01 GBP"), &["FindingRecorded", "NoteAdded", up]);
    assert_eq!(story.complaint.stage_name(), StageName::Investigating);
}

#[test]
fn it_needs_triage_and_a_root_cause_like_any_other() {
    let mut story = Story::begins(MONDAY);
    story.then(&Actor::System, Command::Acknowledge);
    check(&mut story, MONDAY, &csr(), settle("5.00 GBP"), &["no: first Triage"]);
    let Command::RecordFinding(finding) = finding() else { unreachable!() };
    let without = settled(Finding { root_cause: None, ..finding }, "5.00 GBP");
    check(&mut at_work(), MONDAY, &csr(), without, &["no: /root_cause missing"]);
}

#[test]
fn a_customer_takes_it_back_and_nothing_is_owed_any_more() {
    let mut story = proposed();
    let withdraw = || Command::Withdraw { reason: None, channel: Channel::Web };
    check(&mut story, MONDAY, &Actor::Customer, withdraw(), &["Withdrawn"]);
    check(&mut story, MONDAY, &Actor::Customer, withdraw(), &[]);
    assert_eq!((story.complaint.next_due(), story.complaint.responsible()), (None, None));
}

#[test]
fn a_refusal_is_proposed_by_a_representative_and_decided_by_a_manager() {
    let propose = || Command::ProposeRefusal { grounds: Grounds::OutOfScope, text: text() };
    let decide = |approve| Command::DecideRefusal { approve, text: text() };
    let mut story = at_work();
    check(&mut story, MONDAY, &manager(), decide(true), &["no: first ProposeRefusal"]);
    check(&mut story, MONDAY, &csr(), propose(), &["RefusalProposed out_of_scope"]);
    check(&mut story, MONDAY, &csr(), propose(), &[]);
    check(&mut story, MONDAY, &csr(), decide(true), &["no: needs manager"]);
    check(&mut story, MONDAY, &manager(), decide(false), &["RefusalDeclined"]);
    assert_eq!(story.complaint.stage_name(), StageName::Acknowledged);
    story.then(&csr(), propose());
    check(&mut story, MONDAY, &manager(), decide(true), &["Refused out_of_scope"]);
    assert_eq!(story.complaint.stage_name(), StageName::Refused);
    // At the highest level a refusal is the final decider's.
    let mut high = at_level_three();
    check(&mut high, MONDAY, &manager(), propose(), &["RefusalProposed out_of_scope"]);
    check(&mut high, MONDAY, &manager(), decide(true), &["no: needs final"]);
    check(&mut high, MONDAY, &decider(), decide(true), &["Refused out_of_scope"]);
    let at_once = ["RefusalProposed out_of_scope", "Refused out_of_scope"];
    check(&mut at_work(), MONDAY, &manager(), propose(), &at_once);
}

#[test]
fn a_duplicate_is_of_another_one_which_takes_it_over_once() {
    let mut story = at_work();
    let marked = |other| Command::MarkDuplicate { other };
    let own = marked((&story.complaint).into());
    check(&mut story, MONDAY, &csr(), own, &["no: /of same"]);
    let other = Story::begins_with(2, story.now, Channel::Web, None, Policy::built_in());
    check(&mut story, MONDAY, &csr(), marked((&other.complaint).into()), &["no: /of other_customer"]);
    let equal = Other { id: other.complaint.id, ..(&story.complaint).into() };
    let mut no = |other, code: &str| check(&mut story, MONDAY, &csr(), marked(other), &[code]);
    no(Other { reach: Reach::Disowned, ..equal }, "no: /of disowned");
    no(Other { stage: StageName::Withdrawn, ..equal }, "no: /of over");
    no(Other { stage: StageName::FollowingUp, ..equal }, "no: /of answered");
    // What has gone up does not come down by this.
    no(Other { level: Level::Three, severity: Severity::Low, ..equal }, "no: /of lower");
    // The date that the customer was told is kept.
    let later = equal.answer_by.map(|at| at + SignedDuration::from_secs(1));
    no(Other { answer_by: later, ..equal }, "no: /of later");
    let mut raised = at_level_three();
    let lower = Other { level: Level::One, severity: Severity::Critical, ..equal };
    check(&mut raised, MONDAY, &decider(), marked(lower), &["no: /of lower"]);
    let answered = Other { stage: StageName::Proposed, answer_by: None, ..equal };
    check(&mut story.clone(), MONDAY, &csr(), marked(answered), &["MarkedDuplicate"]);
    check(&mut story, MONDAY, &csr(), marked(equal), &["MarkedDuplicate"]);
    let (mut other, duplicate) = (other, story.complaint.id);
    let absorb = || Command::Absorb { duplicate, text: text(), said_at: MONDAY.parse().unwrap() };
    check(&mut other, MONDAY, &Actor::System, absorb(), &["DuplicateAbsorbed"]);
    check(&mut other, MONDAY, &Actor::System, absorb(), &[]);
}

#[test]
fn what_was_said_in_a_duplicate_does_not_come_to_a_record_whose_texts_were_taken_away() {
    let mut story = at_work();
    story.then(&Actor::Customer, Command::Withdraw { reason: None, channel: Channel::Web });
    story.then(&manager(), Command::Restrict { text: text() });
    let duplicate = Story::begins_with(2, story.now, Channel::Web, None, Policy::built_in()).complaint.id;
    check(
        &mut story,
        MONDAY,
        &Actor::System,
        Command::Absorb { duplicate, text: text(), said_at: MONDAY.parse().unwrap() },
        &[],
    );
}

#[test]
fn a_hold_beats_the_wish_to_take_data_away() {
    let mut story = at_work();
    let (hold, restrict) = (|| Command::Hold { text: text() }, || Command::Restrict { text: text() });
    check(&mut story, MONDAY, &manager(), restrict(), &["no: acknowledged"]);
    story.then(&Actor::Customer, Command::Withdraw { reason: None, channel: Channel::Web });
    check(
        &mut story,
        MONDAY,
        &Actor::Customer,
        Command::AskErasure { channel: Channel::Web },
        &["ErasureAsked"],
    );
    check(&mut story, MONDAY, &csr(), hold(), &["no: needs manager"]);
    check(&mut story, MONDAY, &manager(), hold(), &["HoldSet"]);
    check(&mut story, MONDAY, &manager(), restrict(), &["no: held"]);
    check(&mut story, MONDAY, &manager(), Command::LiftHold { text: text() }, &["HoldLifted"]);
    check(&mut story, MONDAY, &manager(), restrict(), &["Restricted"]);
    check(&mut story, MONDAY, &Actor::Customer, inform(), &["no: withdrawn"]);
    check(&mut story, MONDAY, &manager(), restrict(), &[]);
}

#[test]
fn ten_files_are_taken_and_each_is_scanned_once() {
    let mut story = at_work();
    for number in 0..story.policy.evidence.max_files {
        let file = further(crate::command::Verb::AddEvidence, number, &story).unwrap();
        check(&mut story, MONDAY, &Actor::Customer, file, &["EvidenceAdded"]);
    }
    let file = further(crate::command::Verb::AddEvidence, 99, &story).unwrap();
    check(&mut story, MONDAY, &Actor::Customer, file, &["no: /files too_many"]);
    let scan = further(crate::command::Verb::RecordScan, 0, &story).unwrap();
    check(&mut story, MONDAY, &Actor::System, scan.clone(), &["EvidenceScanned clean"]);
    check(&mut story, MONDAY, &Actor::System, scan, &[]);
    // What was not taken leaves room for another, but not without end.
    for number in 0..2 * story.policy.evidence.max_files {
        let file = story
            .complaint
            .unscanned
            .first()
            .copied()
            .unwrap_or_else(|| panic!("a file waits before refusal {number}"));
        let scan = Command::RecordScan { file, verdict: Verdict::Unfit };
        check(&mut story, MONDAY, &Actor::System, scan, &["EvidenceScanned unfit"]);
        let another = further(crate::command::Verb::AddEvidence, number, &story).unwrap();
        let said: &[&str] = if number + 1 < 2 * story.policy.evidence.max_files {
            &["EvidenceAdded"]
        } else {
            &["no: /files too_many"]
        };
        check(&mut story, MONDAY, &Actor::Customer, another, said);
    }
}

#[test]
fn a_file_of_whose_scan_nothing_is_heard_for_an_hour_is_given_up() {
    let mut story = at_work();
    let file = TextRef { id: TextId::from_parts(MONDAY.parse().unwrap(), [1; 10]), ..text() };
    let scan = Command::RecordScan { file: file.id, verdict: Verdict::Clean };
    let add = Command::AddEvidence { file, channel: Channel::Web };
    check(&mut story, MONDAY, &Actor::Customer, add, &["EvidenceAdded"]);
    assert_eq!(story.complaint.next_due(), Some("2026-06-08T10:00:00Z".parse().unwrap()));
    check(&mut story, "2026-06-08T09:59:00Z", &Actor::System, Command::WatchPromises, &[]);
    check(
        &mut story,
        "2026-06-08T10:00:00Z",
        &Actor::System,
        Command::WatchPromises,
        &["EvidenceScanned failed"],
    );
    check(&mut story, "2026-06-08T10:00:00Z", &Actor::System, scan, &[]);
    assert_eq!((story.complaint.files, story.complaint.refused_files), (0, 1));
}

#[test]
fn who_never_complained_can_say_so_even_when_it_is_over_but_what_was_taken_away_stays_so() {
    let mut story = at_work();
    story.then(&Actor::Customer, Command::Withdraw { reason: None, channel: Channel::Web });
    check(&mut story, MONDAY, &Actor::Customer, Command::Disown, &["Disowned"]);
    check(&mut story, MONDAY, &Actor::Customer, Command::Disown, &[]);
    story.then(&manager(), Command::Restrict { text: text() });
    check(&mut story, MONDAY, &Actor::Customer, Command::Disown, &[]);
    assert_eq!(story.complaint.reach, Reach::Restricted);
}

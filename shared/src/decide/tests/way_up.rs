//! What takes a complaint to a higher level: each of the policy's criteria at its boundary.

use super::*;
use crate::command::{Flag, Pattern, Triage};

const UP: &str = "by 2026-06-22T16:00:00Z";

fn begun() -> Story {
    let mut story = Story::begins(MONDAY);
    story.then(&csr(), assign("ana@northgate.example"));
    story
}

fn graved(flag: Flag) -> Command {
    Command::Triage(Triage { flags: [flag].into(), ..triaged("billing", Severity::Normal) })
}

fn with_loss(loss: &str) -> Command {
    let loss = Some(crate::values::Money::parse(loss).unwrap());
    Command::Triage(Triage { loss, ..triaged("billing", Severity::Low) })
}

fn severity_after(command: Command) -> Severity {
    let mut story = begun();
    story.then(&csr(), command);
    story.complaint.severity
}

#[test]
fn a_lawyers_letter_a_regulator_and_the_media_take_it_to_the_third_level_at_once() {
    for flag in [Flag::LegalLetter, Flag::Regulator, Flag::Media] {
        let mut story = begun();
        story.then(&csr(), graved(flag));
        assert_eq!(story.complaint.level, Level::Three, "{flag:?}");
        let severity = if flag == Flag::Media { Severity::Critical } else { Severity::High };
        assert_eq!(story.complaint.severity, severity);
        assert_eq!(story.complaint.responsible(), Some(Role::Final));
    }
}

#[test]
fn a_threat_a_regulator_named_and_harm_make_it_high_and_leave_the_level() {
    for flag in [Flag::Legal, Flag::RegulatorNamed, Flag::Vulnerable] {
        let mut story = begun();
        story.then(&csr(), graved(flag));
        assert_eq!((story.complaint.level, story.complaint.severity), (Level::One, Severity::High));
    }
}

#[test]
fn a_loss_above_the_policys_sum_makes_it_high() {
    assert_eq!(severity_after(with_loss("1000.00 GBP")), Severity::Low);
    assert_eq!(severity_after(with_loss("1000.01 GBP")), Severity::High);
    check(&mut begun(), MONDAY, &csr(), with_loss("1.00 EUR"), &["no: /loss currency"]);
}

#[test]
fn one_about_its_owner_goes_up_and_to_somebody_else() {
    let mut story = begun();
    let about = Command::Triage(Triage {
        subject: Some(StaffId::parse("ana@northgate.example").unwrap()),
        ..triaged("staff_conduct", Severity::Normal)
    });
    let up = format!("Escalated 1 to 2, subject, {UP}");
    check(&mut story, MONDAY, &csr(), about, &["Triaged normal", &up]);
    assert_eq!(story.complaint.owner, None);
    let back = assign("ana@northgate.example");
    check(&mut story, MONDAY, &manager(), back, &["no: /owner subject"]);
    check(&mut story, MONDAY, &csr(), triage("billing", Severity::Low), &["no: somebody else"]);
}

#[test]
fn one_about_a_manager_goes_past_their_level_and_is_not_stopped_there() {
    let about = |subject_role, severity| {
        let subject = Some(StaffId::parse("max@northgate.example").unwrap());
        Command::Triage(Triage { subject, subject_role, ..triaged("staff_conduct", severity) })
    };
    let manager_is = |severity| about(Some(Role::Manager), severity);
    let mut story = begun();
    let up = format!("Escalated 1 to 3, subject, {UP}");
    check(&mut story, MONDAY, &csr(), manager_is(Severity::Normal), &["Triaged normal", &up]);
    assert_eq!(story.complaint.responsible(), Some(Role::Final));
    // Also where it would start at theirs, and where that is found out later.
    let mut critical = begun();
    critical.then(&csr(), manager_is(Severity::Critical));
    assert_eq!(critical.complaint.level, Level::Three);
    let mut later = begun();
    later.then(&csr(), about(None, Severity::Normal));
    assert_eq!(later.complaint.level, Level::Two);
    let up = format!("Escalated 2 to 3, subject, {UP}");
    check(&mut later, MONDAY, &csr(), manager_is(Severity::Normal), &["Triaged normal", &up]);
    check(&mut later, MONDAY, &csr(), manager_is(Severity::Normal), &[]);
    let nobodys =
        Command::Triage(Triage { subject_role: Some(Role::Csr), ..triaged("billing", Severity::Low) });
    check(&mut begun(), MONDAY, &csr(), nobodys, &["no: /subject missing"]);
}

#[test]
fn one_about_a_member_of_staff_who_is_not_named_goes_up_too() {
    let mut story = begun();
    story.then(&csr(), graved(Flag::Staff));
    assert_eq!((story.complaint.level, story.complaint.severity), (Level::Two, Severity::Normal));
}

#[test]
fn a_customer_who_asks_gets_the_second_level_once() {
    let mut story = begun();
    let ask = || Command::AskEscalation { text: text(), channel: Channel::Web };
    check(&mut story, MONDAY, &Actor::Customer, ask(), &[&format!("Escalated 1 to 2, asked, {UP}")]);
    // It is there; what they say is kept all the same, and whoever has it told.
    check(&mut story, MONDAY, &Actor::Customer, ask(), &["InformationAdded"]);
}

#[test]
fn as_many_as_the_policy_says_go_up_and_one_less_does_not() {
    let found = |pattern, count| Command::RecordPattern { pattern, count, others: vec![] };
    let system = Actor::System;
    check(&mut begun(), MONDAY, &system, found(Pattern::Repeated, 2), &[]);
    let up = format!("Escalated 1 to 2, repeated, {UP}");
    let mut third = begun();
    check(&mut third, MONDAY, &system, found(Pattern::Repeated, 3), &["PatternFound repeated 3", &up]);
    check(&mut third, MONDAY, &system, found(Pattern::Repeated, 4), &[]);
    check(&mut begun(), MONDAY, &system, found(Pattern::Alike, 4), &[]);
    let up = format!("Escalated 1 to 2, alike, {UP}");
    check(&mut begun(), MONDAY, &system, found(Pattern::Alike, 5), &["PatternFound alike 5", &up]);
}

#[test]
fn what_is_answered_goes_up_like_the_rest_and_its_answer_stands() {
    let found = || Command::RecordPattern { pattern: Pattern::Alike, count: 5, others: vec![] };
    for answered in [proposed, implementing, following_up] {
        let ways = [
            (csr(), escalate(), "Escalated 1 to 2, staff"),
            (csr(), triage("billing", Severity::Critical), "Escalated 1 to 2, severity"),
            (csr(), graved(Flag::LegalLetter), "Escalated 1 to 3, outside"),
            (Actor::System, found(), "Escalated 1 to 2, alike"),
        ];
        // What is resolved goes up for being one of several only when it is taken up again.
        let is_resolved = answered().complaint.stage_name() == StageName::FollowingUp;
        let ways = ways.into_iter().filter(|(actor, ..)| !is_resolved || *actor != Actor::System);
        for (actor, command, up) in ways {
            let mut story = answered();
            let before = story.complaint.clone();
            story.then(&actor, command);
            assert_eq!(event(&story.events.last().unwrap().event), up);
            assert_eq!(story.complaint.stage_name(), before.stage_name());
            assert_eq!(story.complaint.remedies(), before.remedies());
            assert_eq!(story.complaint.promises, before.promises, "{up}");
            let (role, level) = (story.complaint.responsible(), story.complaint.level);
            assert_eq!(role, Some(level.role()));
        }
    }
}

#[test]
fn what_went_up_while_a_proposal_stood_is_answered_there_when_that_is_refused() {
    let mut story = proposed();
    story.then(&csr(), escalate());
    let up = "Escalated 2 to 2, refused, by 2026-06-23T16:00:00Z";
    check(&mut story, "2026-06-09T10:00:00Z", &Actor::Customer, refuse(1), &["ProposalRefused 1", up]);
    assert_eq!(story.complaint.level, Level::Two);
    // Also at the top, which has not been heard yet.
    let mut story = proposed();
    story.then(&csr(), graved(Flag::Media));
    let up = "Escalated 3 to 3, refused, by 2026-06-12T16:00:00Z";
    check(&mut story, "2026-06-09T10:00:00Z", &Actor::Customer, refuse(1), &["ProposalRefused 1", up]);
    let decided = ["Decided 2 in time", "Resolved ask by 2026-06-12T16:00:00Z"];
    let decision = propose(Outcome::NotUpheld, vec![]);
    check(&mut story, "2026-06-09T10:00:00Z", &decider(), decision, &decided);
}

#[test]
fn what_a_higher_level_takes_over_after_it_was_agreed_is_no_final_decision() {
    let mut story = implementing();
    story.then(&csr(), graved(Flag::LegalLetter));
    assert!(story.complaint.level.is_final() && !story.complaint.is_decided_for_good());
    let mut decided = at_level_three();
    decided.then(&decider(), propose(Outcome::NotUpheld, vec![]));
    assert!(decided.complaint.is_decided_for_good());
}

#[test]
fn a_customer_who_asks_for_a_higher_level_on_the_phone_refuses_what_is_proposed_and_keeps_what_is_agreed() {
    let ask = || Command::AskEscalation { text: text(), channel: Channel::Phone };
    let up = "Escalated 1 to 2, refused, by 2026-06-22T16:00:00Z";
    check(&mut proposed(), MONDAY, &csr(), ask(), &["ProposalRefused 1", up]);
    // On their page they answer the proposal that they see; this one may have come since.
    check(&mut proposed(), MONDAY, &Actor::Customer, ask(), &["no: proposed"]);
    let mut agreed = implementing();
    check(&mut agreed, MONDAY, &Actor::Customer, ask(), &["Escalated 1 to 2, asked"]);
    assert_eq!(agreed.complaint.stage_name(), StageName::Implementing);
}

#[test]
fn one_of_several_that_was_resolved_goes_up_when_it_is_taken_up_again() {
    let found = Command::RecordPattern { pattern: Pattern::Repeated, count: 3, others: vec![] };
    let mut story = following_up();
    story.then(&Actor::Customer, feedback(5, false));
    check(&mut story, MONDAY, &Actor::System, found, &["PatternFound repeated 3"]);
    let up = format!("Escalated 1 to 2, repeated, {UP}");
    let again = ["FeedbackGiven 1", "Reopened", &up];
    check(&mut story, MONDAY, &Actor::Customer, feedback(1, true), &again);
}

#[test]
fn a_category_that_says_nothing_needs_words() {
    let other = || triaged("other", Severity::Normal);
    check(&mut begun(), MONDAY, &csr(), Command::Triage(other()), &["no: /note missing"]);
    let said = Command::Triage(Triage { note: Some(text()), ..other() });
    check(&mut begun(), MONDAY, &csr(), said, &["Triaged normal"]);
}

#[test]
fn who_decides_at_the_second_level_may_follow_the_customers_wish_for_the_third() {
    let wish = || Command::AskEscalation { text: text(), channel: Channel::Phone };
    let up = "Escalated 2 to 3, asked, by 2026-06-22T16:00:00Z";
    check(&mut at_level_two(), MONDAY, &manager(), wish(), &[up]);
    check(&mut at_level_two(), MONDAY, &csr(), wish(), &["InformationAdded"]);
    check(&mut at_level_three(), MONDAY, &decider(), wish(), &["InformationAdded"]);
}

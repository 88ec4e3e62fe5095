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
        assert_eq!(story.complaint.severity, Severity::High);
        assert_eq!(story.complaint.responsible(), Some(Role::Final));
    }
}

#[test]
fn a_threat_and_harm_make_it_high_and_leave_the_level() {
    for flag in [Flag::Legal, Flag::Vulnerable] {
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
    // One that has its answer is noted as one of several, and stays where it is.
    check(&mut proposed(), MONDAY, &system, found(Pattern::Alike, 5), &["PatternFound alike 5"]);
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

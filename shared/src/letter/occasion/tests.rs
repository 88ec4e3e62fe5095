use super::*;
use crate::{
    command::{Answer, Command, Grounds, Offer, Outcome, RemedyKind, Triage, Verdict},
    story::*,
    values::Severity,
};

/// The letters that the events since `from` ask for: to the customer, and to staff with their mailboxes.
fn letters(story: &Story, from: usize) -> (Vec<LetterKind>, Vec<(LetterKind, Vec<String>)>) {
    let new = &story.events[from..];
    let to_customer =
        new.iter().filter_map(|recorded| customer_letter_for(recorded, &story.complaint)).collect();
    let to_staff = new
        .iter()
        .filter_map(|recorded| staff_letter_for(recorded, &story.complaint, &story.policy))
        .map(|(kind, to)| (kind, to.iter().map(ToString::to_string).collect()))
        .collect();
    (to_customer, to_staff)
}

/// What a command makes be written.
fn check(
    story: &mut Story,
    actor: &Actor,
    command: Command,
    to_customer: &[LetterKind],
    to_staff: &[(LetterKind, &[&str])],
) {
    let from = story.events.len();
    story.then(actor, command);
    let (customer, staff) = letters(story, from);
    assert_eq!(customer, to_customer);
    let staff: Vec<(LetterKind, Vec<&str>)> =
        staff.iter().map(|(kind, to)| (*kind, to.iter().map(String::as_str).collect())).collect();
    let expected: Vec<(LetterKind, Vec<&str>)> =
        to_staff.iter().map(|(kind, to)| (*kind, to.to_vec())).collect();
    assert_eq!(staff, expected);
}

const OWNER: &str = "ana@northgate.example";
const MANAGER: &str = "complaints-manager@northgate.example";
const DECIDER: &str = "senior-management@northgate.example";
const DESK: &str = "complaints-desk@northgate.example";

fn taken_on() -> Story {
    let mut story = Story::begins("2026-11-02T10:00:00Z");
    story.taken_on();
    story
}

#[test]
fn a_refusal_and_its_escalation_are_one_letter_to_each() {
    let mut story = taken_on();
    story.proposed();
    let refusal = answer(1, Answer::Refuse);
    let told: &[(LetterKind, &[&str])] = &[(LetterKind::Escalated, &[OWNER, MANAGER])];
    check(&mut story, &Actor::Customer, refusal, &[LetterKind::EscalationNotice], told);
}

#[test]
fn feedback_that_closes_is_one_letter() {
    let mut story = taken_on();
    story.proposed().accepted().then(&csr(), Command::CompleteRemedy { remedy: 1, text: text() });
    story.after(24 * 5).then(&Actor::System, Command::FollowUp);
    check(&mut story, &Actor::Customer, feedback(5, false), &[LetterKind::Closing], &[]);
}

#[test]
fn a_second_reopening_and_its_escalation_are_one_letter_to_the_customer() {
    let mut story = taken_on();
    for _ in 0..2 {
        story.proposed().accepted().then(&csr(), Command::CompleteRemedy { remedy: 1, text: text() });
        story.after(24 * 5).then(&Actor::System, Command::FollowUp);
        if story.complaint.reopenings == 0 {
            let task: &[(LetterKind, &[&str])] = &[(LetterKind::Task, &[OWNER])];
            check(&mut story, &Actor::Customer, feedback(2, true), &[LetterKind::Reopening], task);
        }
    }
    let told: &[(LetterKind, &[&str])] =
        &[(LetterKind::Task, &[OWNER]), (LetterKind::Escalated, &[OWNER, MANAGER])];
    check(&mut story, &Actor::Customer, feedback(1, true), &[LetterKind::Reopening], told);
}

#[test]
fn a_final_decision_without_remedies_is_its_own_summary() {
    let mut story = taken_on();
    let up = || Command::Escalate { reason: text() };
    story.then(&csr(), finding()).then(&csr(), up()).then(&manager(), up());
    let decision = propose(Outcome::NotUpheld, Vec::new());
    check(&mut story, &decider(), decision, &[LetterKind::FinalDecision], &[]);
}

#[test]
fn a_proposal_without_remedies_is_summed_up_when_it_is_accepted() {
    let mut story = taken_on();
    story.then(&csr(), finding()).then(&csr(), propose(Outcome::NotUpheld, Vec::new()));
    let accepted = answer(1, Answer::Accept);
    check(&mut story, &Actor::Customer, accepted, &[LetterKind::ResolutionSummary], &[]);
}

#[test]
fn a_critical_complaint_tells_customer_and_manager_at_triage() {
    let mut story = Story::begins("2026-11-02T10:00:00Z");
    let triage = triage("billing", Severity::Critical);
    let told: &[(LetterKind, &[&str])] = &[(LetterKind::Escalated, &[MANAGER])];
    check(&mut story, &csr(), triage, &[LetterKind::EscalationNotice], told);
}

#[test]
fn a_severity_that_the_manager_is_told_of_is_told_once() {
    let mut story = taken_on();
    let told: &[(LetterKind, &[&str])] = &[(LetterKind::Task, &[MANAGER])];
    check(&mut story, &csr(), triage("billing", Severity::High), &[], told);
    check(&mut story, &csr(), triage("delivery", Severity::High), &[], &[]);
}

fn refuse() -> Command {
    Command::ProposeRefusal { grounds: Grounds::OutOfScope, text: text() }
}

#[test]
fn a_refusal_waits_for_those_who_may_decide_it_and_goes_back_to_whoever_handles_it() {
    let mut story = Story::begins("2026-11-02T10:00:00Z");
    let to_manager: &[(LetterKind, &[&str])] = &[(LetterKind::Task, &[MANAGER])];
    let to_desk: &[(LetterKind, &[&str])] = &[(LetterKind::Task, &[DESK])];
    let to_decider: &[(LetterKind, &[&str])] = &[(LetterKind::Task, &[DECIDER])];
    check(&mut story, &csr(), refuse(), &[], to_manager);
    let decline = || Command::DecideRefusal { approve: false, text: text() };
    check(&mut story, &manager(), decline(), &[], to_desk);
    for actor in [csr(), manager()] {
        story.then(&actor, Command::Escalate { reason: text() });
    }
    assert_eq!(story.complaint.level, Level::Three);
    check(&mut story, &csr(), refuse(), &[], to_decider);
}

#[test]
fn a_reopening_above_the_first_level_is_told_to_those_who_decide_there() {
    let mut story = taken_on();
    story.then(&csr(), Command::Escalate { reason: text() });
    story.then(&manager(), finding()).then(&manager(), propose(Outcome::NotUpheld, Vec::new()));
    story.then(&Actor::Customer, answer(1, Answer::Accept));
    story.after(24 * 5).then(&Actor::System, Command::FollowUp);
    let told: &[(LetterKind, &[&str])] = &[(LetterKind::Task, &[OWNER, MANAGER])];
    check(&mut story, &Actor::Customer, feedback(2, true), &[LetterKind::Reopening], told);
}

#[test]
fn a_complaint_about_its_very_owner_goes_to_the_role_of_its_level() {
    let mut story = taken_on();
    story.then(&csr(), Command::Escalate { reason: text() });
    let about = Triage { subject: Some(owner()), ..triaged("billing", Severity::Normal) };
    let told: &[(LetterKind, &[&str])] = &[(LetterKind::Task, &[MANAGER])];
    check(&mut story, &manager(), Command::Triage(about), &[], told);
    assert_eq!(story.complaint.owner, None);
}

#[test]
fn whose_complaint_takes_over_a_duplicate_is_told_even_when_it_is_over() {
    let mut story = taken_on();
    let absorb = |number| {
        let duplicate = Story::begins_with(
            number,
            "2026-11-02T10:00:00Z".parse().unwrap(),
            Channel::Web,
            None,
            Policy::built_in(),
        );
        Command::Absorb {
            duplicate: duplicate.complaint.id,
            text: text(),
            said_at: duplicate.complaint.received_at,
        }
    };
    let task: &[(LetterKind, &[&str])] = &[(LetterKind::Task, &[OWNER])];
    check(&mut story, &Actor::System, absorb(2), &[], task);
    story.then(&Actor::Customer, Command::Withdraw { reason: None, channel: Channel::Web });
    check(&mut story, &Actor::System, absorb(3), &[], task);
}

#[test]
fn a_file_that_is_waited_for_is_one_letter_to_each() {
    let file = || Command::AddEvidence { file: text(), channel: Channel::Web };
    let task: &[(LetterKind, &[&str])] = &[(LetterKind::Task, &[OWNER])];
    let mut story = taken_on();
    story.then(&csr(), Command::AskCustomer { text: text() });
    check(&mut story, &Actor::Customer, file(), &[], task);
    let clean = Command::RecordScan { file: text().id, verdict: Verdict::Clean };
    check(&mut story, &Actor::System, clean, &[LetterKind::Update], &[]);
    check(&mut taken_on(), &Actor::Customer, file(), &[], task);
}

#[test]
fn who_takes_a_complaint_themselves_is_not_told_so() {
    let mut story = Story::begins("2026-11-02T10:00:00Z");
    check(&mut story, &csr(), Command::Assign { owner: owner() }, &[], &[]);
    let told: &[(LetterKind, &[&str])] = &[(LetterKind::Assigned, &[DESK])];
    let to_somebody = Command::Assign { owner: StaffId::parse("bob").unwrap() };
    check(&mut story, &manager(), to_somebody, &[], told);
}

#[test]
fn what_nobody_takes_on_goes_up_with_one_letter_to_each() {
    let mut story = Story::begins("2026-11-02T10:00:00Z");
    story.after(3);
    let told: &[(LetterKind, &[&str])] = &[(LetterKind::Escalated, &[MANAGER])];
    check(&mut story, &Actor::System, Command::WatchPromises, &[LetterKind::EscalationNotice], told);
}

#[test]
fn a_sweep_that_comes_late_tells_the_customer_the_last_level_only() {
    let mut story = Story::begins("2026-11-02T10:00:00Z");
    story.then(&Actor::System, Command::Acknowledge);
    story.after(3).then(&Actor::System, Command::WatchPromises);
    story.then(&csr(), Command::Assign { owner: owner() });
    story.after(24 * 30);
    let from = story.events.len();
    story.then(&Actor::System, Command::WatchPromises);
    let (customer, _) = letters(&story, from);
    assert_eq!(customer, [LetterKind::EscalationNotice]);
    assert_eq!(story.complaint.level, Level::Three);
}

#[test]
fn a_remedy_past_its_date_alarms_its_owner_first_and_then_the_manager() {
    let mut story = taken_on();
    let mut offer = refund(story.now, "5.00 GBP");
    offer.kind = RemedyKind::Refund;
    offer.owner = Some(StaffId::parse("till@northgate.example").unwrap());
    story.then(&csr(), finding()).then(&csr(), propose(Outcome::Upheld, vec![offer])).accepted();
    story.after(24 * 11);
    let first: &[(LetterKind, &[&str])] = &[(LetterKind::DeadlineMissed, &["till@northgate.example"])];
    check(&mut story, &Actor::System, Command::WatchPromises, &[], first);
    story.after(24 * 4);
    let then: &[(LetterKind, &[&str])] =
        &[(LetterKind::DeadlineMissed, &[MANAGER, "till@northgate.example"])];
    check(&mut story, &Actor::System, Command::WatchPromises, &[], then);
}

#[test]
fn the_highest_level_is_reminded_daily() {
    let mut story = taken_on();
    let up = || Command::Escalate { reason: text() };
    story
        .then(&csr(), up())
        .then(&manager(), up())
        .then(&decider(), Command::Assign { owner: StaffId::parse("fay").unwrap() });
    story.after(24 * 20).then(&Actor::System, Command::WatchPromises).after(24);
    let daily: &[(LetterKind, &[&str])] = &[(LetterKind::DeadlineMissed, &[DECIDER])];
    check(&mut story, &Actor::System, Command::WatchPromises, &[], daily);
}

#[test]
fn what_was_overtaken_is_not_written_any_more() {
    let mut story = taken_on();
    story.proposed().after(24 * 8).then(&Actor::System, Command::WatchPromises);
    let reminder = story.last("PromiseWarned").clone();
    assert_eq!(customer_letter_for(&reminder, &story.complaint), Some(LetterKind::ProposalReminder));
    story.then(&Actor::Customer, answer(1, Answer::Refuse));
    assert_eq!(customer_letter_for(&reminder, &story.complaint), None);
    // A proposal of what was taken back meanwhile, and a summary of what was taken up again.
    let mut story = taken_on();
    story.proposed();
    let mut accepted = story.clone();
    let proposal = story.last("Proposed").clone();
    story.then(&Actor::Customer, Command::Withdraw { reason: None, channel: Channel::Web });
    assert_eq!(customer_letter_for(&proposal, &story.complaint), None);
    accepted.accepted().then(&csr(), Command::CompleteRemedy { remedy: 1, text: text() });
    let summary = accepted.last("Resolved").clone();
    assert_eq!(customer_letter_for(&summary, &accepted.complaint), Some(LetterKind::ResolutionSummary));
    accepted.then(&Actor::Customer, feedback(1, true));
    assert_eq!(customer_letter_for(&summary, &accepted.complaint), None);
}

#[test]
fn a_withdrawal_is_told_to_who_had_it_whoever_takes_it_down() {
    let mut story = taken_on();
    story.then(&csr(), Command::Escalate { reason: text() });
    let withdraw = Command::Withdraw { reason: None, channel: Channel::Phone };
    let told: &[(LetterKind, &[&str])] = &[(LetterKind::Task, &[MANAGER])];
    check(&mut story, &csr(), withdraw, &[LetterKind::Withdrawal], told);
}

#[test]
fn what_waits_for_a_person_day_after_day_is_told_to_the_manager_too() {
    let mut story = taken_on();
    story.proposed().then(
        &Actor::Customer,
        Command::AddInformation { text: text(), channel: Channel::Web, marks: Vec::new() },
    );
    story.after(24 * 8).then(&Actor::System, Command::WatchPromises).after(24 * 20);
    let first: &[(LetterKind, &[&str])] = &[(LetterKind::DeadlineMissed, &[OWNER])];
    check(&mut story, &Actor::System, Command::WatchPromises, &[], first);
    story.after(25);
    let again: &[(LetterKind, &[&str])] = &[(LetterKind::DeadlineMissed, &[OWNER, MANAGER])];
    check(&mut story, &Actor::System, Command::WatchPromises, &[], again);
}

#[test]
fn who_was_to_carry_a_remedy_out_hears_that_it_changed() {
    let pat = "pat@northgate.example";
    let mut story = taken_on();
    let owned = Offer { owner: Some(StaffId::parse(pat).unwrap()), ..refund(story.now, "25.00 GBP") };
    let two = vec![owned, refund(story.now, "5.00 GBP")];
    story.then(&csr(), finding()).then(&csr(), propose(Outcome::Upheld, two)).accepted();
    let change = |remedy| Command::ChangeRemedy { remedy, promised_by: None, text: text() };
    let told: &[(LetterKind, &[&str])] = &[(LetterKind::Task, &[pat])];
    check(&mut story.clone(), &csr(), change(1), &[LetterKind::RemedyChange], told);
    let told: &[(LetterKind, &[&str])] = &[(LetterKind::Task, &[OWNER])];
    check(&mut story, &manager(), change(2), &[LetterKind::RemedyChange], told);
}

#[test]
fn who_is_not_satisfied_is_somebodys_task() {
    let mut story = taken_on();
    story.proposed().accepted().then(&csr(), Command::CompleteRemedy { remedy: 1, text: text() });
    let told: &[(LetterKind, &[&str])] = &[(LetterKind::Task, &[OWNER])];
    check(&mut story, &Actor::Customer, feedback(2, false), &[], told);
}

#[test]
fn what_turns_out_critical_at_the_level_where_it_would_begin_is_told_to_that_level() {
    let mut story = taken_on();
    story.then(&csr(), Command::Escalate { reason: text() });
    let told: &[(LetterKind, &[&str])] = &[(LetterKind::Task, &[MANAGER])];
    check(&mut story, &csr(), triage("billing", Severity::Critical), &[], told);
    // It is told once.
    check(&mut story, &csr(), triage("delivery", Severity::Critical), &[], &[]);
}

#[test]
fn what_is_about_a_manager_is_told_to_who_decides_above_them() {
    let mut story = taken_on();
    let subject = Some(StaffId::parse("max@northgate.example").unwrap());
    let about = Triage { subject, subject_role: Some(Role::Manager), ..triaged("billing", Severity::High) };
    let from = story.events.len();
    story.then(&csr(), Command::Triage(about));
    let (_, staff) = letters(&story, from);
    let told = vec![DECIDER.to_owned()];
    assert_eq!(staff, [(LetterKind::Escalated, told)], "one letter, and not to them");
}

//! Triage: what the policy knows, and promises that come forward.

use super::*;

fn received() -> Story {
    let mut story = Story::begins(MONDAY);
    story.then(&csr(), assign("ana@northgate.example"));
    story
}

fn of(category: &str, sub: Option<&str>, product: Option<&str>) -> Command {
    Command::Triage(Triage {
        sub_category: sub.map(str::to_owned),
        product: product.map(str::to_owned),
        ..triaged(category, Severity::Normal)
    })
}

#[test]
fn a_normal_complaint_keeps_what_it_was_promised() {
    check(&mut received(), MONDAY, &csr(), triage("billing", Severity::Normal), &["Triaged normal"]);
}

#[test]
fn a_high_one_brings_its_promises_forward_from_receipt() {
    let told = "Triaged high, acknowledge by 2026-06-08T13:00:00Z, update by 2026-06-10T16:00:00Z, \
                answer by 2026-06-15T16:00:00Z, firstcontact by 2026-06-09T16:00:00Z";
    let mut story = received();
    check(&mut story, "2026-06-08T09:30:00Z", &csr(), triage("billing", Severity::High), &[told]);
    assert_eq!(story.complaint.answer_by.to_string(), "2026-06-15T16:00:00Z");
    assert_eq!(story.complaint.level, Level::One);
}

#[test]
fn a_critical_one_starts_at_level_two_with_that_levels_own_clock() {
    let told = "Triaged critical, acknowledge by 2026-06-08T10:00:00Z, update by 2026-06-09T09:00:00Z, \
                answer by 2026-06-11T16:00:00Z, firstcontact by 2026-06-08T13:00:00Z";
    let up = "Escalated 1 to 2, severity, by 2026-06-11T16:00:00Z";
    let mut story = received();
    check(&mut story, "2026-06-08T09:30:00Z", &csr(), triage("billing", Severity::Critical), &[told, up]);
    assert_eq!(story.complaint.responsible(), Some(Role::Manager));
}

#[test]
fn a_critical_one_that_is_at_level_two_already_stays_there_and_that_levels_clock_comes_forward() {
    let mut story = Story::begins(MONDAY);
    let unowned = "Escalated 1 to 2, unowned, by 2026-06-22T16:00:00Z";
    watch(&mut story, "2026-06-08T11:00:00Z", &["PromiseMissed own", unowned]);
    let told = "Triaged critical, acknowledge by 2026-06-08T12:30:00Z, update by 2026-06-09T09:00:00Z, \
                answer by 2026-06-11T16:00:00Z, firstcontact by 2026-06-08T13:00:00Z, \
                decide(two) by 2026-06-11T16:00:00Z";
    check(&mut story, "2026-06-08T11:30:00Z", &csr(), triage("billing", Severity::Critical), &[told]);
    assert_eq!(story.complaint.level, Level::Two);
}

#[test]
fn the_customer_is_told_the_sooner_date_where_severity_and_level_each_make_one() {
    let told = |story: &Story| (story.complaint.told_by, story.complaint.answer_by);
    let both = |date: &str| (date.parse().unwrap(), date.parse().unwrap());
    let notice = |story: &Story| story.complaint.promises.get(PromiseKind::Notice).unwrap().due;
    // Two days after receipt: the answer runs from receipt, the level's time from now.
    let mut story = received();
    story.at("2026-06-10T09:30:00Z").then(&csr(), triage("billing", Severity::Critical));
    assert_eq!(told(&story), both("2026-06-11T16:00:00Z"));
    assert!(notice(&story) < story.complaint.told_by);
    let decide = story.complaint.promises.get(PromiseKind::Decide(Level::Two)).unwrap();
    assert_eq!(decide.due.to_string(), "2026-06-15T16:00:00Z");
    // The same where it has gone up before, and the severity is raised there.
    let mut story = received();
    story.at("2026-06-09T09:30:00Z").then(&csr(), escalate());
    story.at("2026-06-10T09:30:00Z").then(&csr(), triage("billing", Severity::High));
    assert_eq!(told(&story), both("2026-06-15T16:00:00Z"));
    assert!(notice(&story) < story.complaint.told_by);
    // What was told before stands where it is the sooner: said in two steps, or too late to bring anything forward.
    let mut story = received();
    story.at("2026-06-09T09:30:00Z").then(&csr(), triage("billing", Severity::High));
    let about = Triage { subject: Some(owner()), ..triaged("billing", Severity::High) };
    story.at("2026-06-10T09:30:00Z").then(&csr(), Command::Triage(about));
    assert_eq!(told(&story), both("2026-06-15T16:00:00Z"));
    let mut story = received();
    story.at("2026-06-18T09:30:00Z").then(&csr(), triage("billing", Severity::Critical));
    assert_eq!(told(&story), both("2026-06-22T16:00:00Z"));
    // Where time has stood still, by as much later.
    let mut story = received();
    story.then(&Actor::System, Command::Acknowledge).then(&csr(), triage("billing", Severity::Normal));
    story.at("2026-06-09T08:00:00Z").then(&csr(), Command::AskCustomer { text: text() });
    story.at("2026-06-10T08:00:00Z").then(&csr(), triage("billing", Severity::Critical));
    story.at("2026-06-11T08:00:00Z").then(&Actor::Customer, inform());
    assert_eq!(told(&story), both("2026-06-15T16:00:00Z"));
}

#[test]
fn a_lower_severity_moves_no_promise_later_and_no_complaint_down() {
    let mut story = received();
    story.at("2026-06-08T09:30:00Z").then(&csr(), triage("billing", Severity::Critical));
    let before = story.complaint.clone();
    check(
        &mut story,
        "2026-06-08T09:40:00Z",
        &csr(),
        triage("billing", Severity::Normal),
        &["Triaged normal"],
    );
    assert_eq!(story.complaint.promises, before.promises);
    assert_eq!(story.complaint.level, Level::Two);
    assert_eq!(story.complaint.answer_by, before.answer_by);
}

#[test]
fn a_date_that_had_passed_before_the_severity_was_known_is_not_promised_but_the_time_runs_from_then() {
    let mut story = received();
    // Three working days from receipt were over on Thursday.
    let told = "Triaged low, answer by 2026-06-17T16:00:00Z";
    check(&mut story, "2026-06-12T10:00:00Z", &csr(), triage("billing", Severity::Low), &[told]);
    watch(&mut story, "2026-06-12T10:00:00Z", &["PromiseMissed acknowledge", "PromiseMissed firstcontact"]);
    assert_eq!(story.complaint.level, Level::One);
}

#[test]
fn a_date_from_receipt_holds_to_its_last_second() {
    let low = || triage("billing", Severity::Low);
    let from_receipt = ["Triaged low, answer by 2026-06-11T16:00:00Z"];
    check(&mut received(), "2026-06-11T15:59:59Z", &csr(), low(), &from_receipt);
    let from_now = ["Triaged low, answer by 2026-06-17T16:00:00Z"];
    check(&mut received(), "2026-06-11T16:00:00Z", &csr(), low(), &from_now);
}

#[test]
fn a_customer_who_was_spoken_to_hears_again_after_the_usual_time_from_triage() {
    let mut story = received();
    story.at("2026-06-10T10:00:00Z").then(&csr(), contact(Channel::Phone));
    story.then(&Actor::System, Command::Acknowledge);
    let told = "Triaged high, update by 2026-06-12T16:00:00Z, answer by 2026-06-15T16:00:00Z";
    check(&mut story, "2026-06-10T10:30:00Z", &csr(), triage("billing", Severity::High), &[told]);
}

#[test]
fn what_the_policy_does_not_know_is_refused() {
    let mut story = received();
    check(&mut story, MONDAY, &csr(), of("weather", None, None), &["no: /category unknown_value"]);
    check(
        &mut story,
        MONDAY,
        &csr(),
        of("billing", Some("late"), None),
        &["no: /sub_category unknown_value"],
    );
    check(
        &mut story,
        MONDAY,
        &csr(),
        of("delivery", Some("late"), Some("Pogo stick")),
        &["no: /product unknown_value"],
    );
    check(&mut story, MONDAY, &csr(), of("delivery", Some("late"), Some("Mortgage")), &["Triaged normal"]);
}

#[test]
fn triage_can_be_put_right_until_it_is_over() {
    let mut story = at_work();
    check(
        &mut story,
        MONDAY,
        &csr(),
        of("delivery", Some("late"), Some("Student loan")),
        &["Triaged normal"],
    );
    assert_eq!(story.complaint.product.as_deref(), Some("Student loan"));
    // Without a product the known one stays.
    check(&mut story, MONDAY, &csr(), of("billing", None, None), &["Triaged normal"]);
    assert_eq!(story.complaint.product.as_deref(), Some("Student loan"));
    assert_eq!(story.complaint.sub_category, None);
    story.proposed();
    check(&mut story, MONDAY, &csr(), of("delivery", None, None), &["Triaged normal"]);
    story.accepted();
    // Who has an answer is promised no other one.
    check(&mut story, MONDAY, &csr(), triage("delivery", Severity::High), &["Triaged high"]);
    story.then(&csr(), done(1)).then(&Actor::Customer, feedback(5, false));
    check(&mut story, MONDAY, &csr(), triage("delivery", Severity::High), &["no: closed"]);
}

#[test]
fn whom_it_turns_out_to_be_about_has_no_remedy_of_it_to_carry_out() {
    let mut story = at_work();
    let ben = StaffId::parse("ben").unwrap();
    let offer = crate::command::Offer { owner: Some(ben.clone()), ..offer("1.00 GBP") };
    story.then(&csr(), finding()).then(&csr(), propose(Outcome::Upheld, vec![offer])).accepted();
    let about = Command::Triage(Triage { subject: Some(ben), ..triaged("billing", Severity::Normal) });
    story.then(&csr(), about);
    assert_eq!(story.complaint.remedies()[0].owner, None);
    let mut again = at_work();
    let about =
        Triage { subject: Some(StaffId::parse("ben").unwrap()), ..triaged("billing", Severity::Normal) };
    again.then(&csr(), Command::Triage(about)).then(&manager(), finding());
    let ben = Some(StaffId::parse("ben").unwrap());
    let theirs =
        propose(Outcome::Upheld, vec![crate::command::Offer { owner: ben, ..super::offer("1.00 GBP") }]);
    check(&mut again, MONDAY, &manager(), theirs, &["no: /remedies/0/owner subject"]);
}

#[test]
fn a_loss_that_is_put_right_is_recorded_and_the_same_again_is_not() {
    let mut story = received();
    let of = |loss: &str| {
        Command::Triage(Triage { loss: Some(loss.parse().unwrap()), ..triaged("billing", Severity::Normal) })
    };
    check(&mut story, MONDAY, &csr(), of("20.00 GBP"), &["Triaged normal"]);
    check(&mut story, MONDAY, &csr(), of("25.00 GBP"), &["Triaged normal"]);
    assert_eq!(story.complaint.loss.map(|loss| loss.to_string()).as_deref(), Some("25.00 GBP"));
    check(&mut story, MONDAY, &csr(), of("25.00 GBP"), &[]);
}

#[test]
fn a_note_is_recorded_though_nothing_else_is_put_right() {
    let mut story = received();
    story.then(&csr(), triage("billing", Severity::Normal));
    let noted = Triage { note: Some(text()), ..triaged("billing", Severity::Normal) };
    check(&mut story, MONDAY, &csr(), Command::Triage(noted), &["Triaged normal"]);
    check(&mut story, MONDAY, &csr(), triage("billing", Severity::Normal), &[]);
}

#[test]
fn what_turns_out_critical_after_a_refusal_is_answered_and_measured_sooner() {
    let mut story = proposed();
    story.at("2026-06-09T10:00:00Z").then(&Actor::Customer, refuse(1));
    assert_eq!(story.complaint.answer_by.to_string(), "2026-06-23T16:00:00Z");
    let told = "Triaged critical, update by 2026-06-11T10:00:00Z, decide(two) by 2026-06-15T16:00:00Z";
    check(&mut story, "2026-06-10T10:00:00Z", &csr(), triage("billing", Severity::Critical), &[told]);
    assert_eq!(story.complaint.answer_by.to_string(), "2026-06-15T16:00:00Z");
}

#[test]
fn a_notice_of_delay_is_brought_forward_only_with_the_date_that_it_is_about() {
    let mut story = received();
    let until = "2026-07-20T16:00:00Z".parse().unwrap();
    story.then(&csr(), triage("billing", Severity::Normal));
    story.then(&csr(), Command::AnnounceDelay { until, text: text() });
    let notice = story.complaint.promises.get(PromiseKind::Notice).cloned();
    story.then(&csr(), of("delivery", None, None));
    assert_eq!(story.complaint.promises.get(PromiseKind::Notice).cloned(), notice);
    assert_eq!(story.complaint.told_by, until);
    story.then(&csr(), triage("delivery", Severity::High));
    assert!(story.complaint.told_by < until);
    assert!(story.complaint.promises.get(PromiseKind::Notice).unwrap().due < story.complaint.told_by);
}

#[test]
fn even_an_event_that_says_so_moves_no_promise_later() {
    let complaint = received().complaint;
    let answer = complaint.promises.get(PromiseKind::Answer).unwrap().clone();
    let later = crate::promise::Promise { due: "2027-06-08T09:00:00Z".parse().unwrap(), ..answer.clone() };
    let triaged = Event::Triaged { triage: triaged("billing", Severity::Normal), promises: vec![later] };
    let after = evolve(Some(complaint), &triaged).unwrap();
    assert_eq!(after.promises.get(PromiseKind::Answer), Some(&answer));
    assert_eq!(after.answer_by, answer.due);
}

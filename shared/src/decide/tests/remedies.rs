//! What is offered, and that it is carried out.

use super::*;

const TWO_DAYS_LATE: &str = "2026-06-20T09:00:00Z";

#[test]
fn each_role_grants_up_to_its_limit_and_more_goes_up_to_who_may_with_a_draft() {
    let within = &["Proposed 1 in time"];
    let to_manager = &["NoteAdded", "Escalated 1 to 2, redress, by 2026-06-22T16:00:00Z"];
    let to_final = &["NoteAdded", "Escalated 1 to 3, redress, by 2026-06-22T16:00:00Z"];
    let cases: [(&[&str], &Actor, &[&str]); 7] = [
        (&["100.00 GBP"], &csr(), within),
        (&["100.01 GBP"], &csr(), to_manager),
        (&["60.00 GBP", "40.01 GBP"], &csr(), to_manager),
        (&["1000.00 GBP"], &manager(), within),
        (&["1000.01 GBP"], &manager(), to_final),
        (&["1000.01 GBP"], &csr(), to_final),
        (&["1000000.00 GBP"], &decider(), within),
    ];
    for (amounts, actor, then) in cases {
        let mut story = at_work();
        story.then(&csr(), finding());
        let remedies = amounts.iter().map(|amount| offer(amount)).collect();
        check(&mut story, MONDAY, actor, propose(Outcome::Upheld, remedies), then);
    }
}

#[test]
fn offers_that_cannot_be_kept_are_refused() {
    let mut story = at_work();
    story.then(&csr(), finding());
    let mut offered = |remedies, then: &[&str]| {
        check(&mut story, "2026-06-09T09:00:00Z", &csr(), propose(Outcome::Upheld, remedies), then);
    };
    offered(vec![offer("5.00 EUR")], &["no: /remedies/0/amount currency"]);
    let now = Offer { promised_by: "2026-06-09T09:00:00Z".parse().unwrap(), ..offer("5.00 GBP") };
    offered(vec![offer("5.00 GBP"), now], &["no: /remedies/1/promised_by in_past"]);
    offered(vec![offer("5.00 GBP"); MOST_REMEDIES + 1], &["no: /remedies too_many"]);
    let soon = Offer { promised_by: "2026-06-09T09:00:01Z".parse().unwrap(), ..offer("5.00 GBP") };
    offered(vec![soon; MOST_REMEDIES], &["Proposed 1 in time"]);
}

#[test]
fn a_remedy_is_in_time_to_the_second() {
    let two = || {
        let mut story = at_work();
        story.then(&csr(), finding());
        story.then(&csr(), propose(Outcome::Upheld, vec![offer("5.00 GBP"), offer("5.00 GBP")])).accepted();
        story
    };
    check(&mut two(), "2026-06-18T09:00:00Z", &csr(), done(1), &["RemedyDone 1 in time"]);
    check(&mut two(), "2026-06-18T09:00:01Z", &csr(), done(1), &["RemedyDone 1 late"]);
}

#[test]
fn a_remedy_past_its_date_is_said_and_then_daily_until_it_is_done() {
    let mut story = implementing();
    assert_eq!(story.complaint.next_due().unwrap().to_string(), "2026-06-18T10:00:00Z");
    watch(&mut story, "2026-06-18T09:59:59Z", &[]);
    watch(&mut story, "2026-06-18T10:00:00Z", &["PromiseMissed remedy(1)"]);
    watch(&mut story, "2026-06-19T09:59:59Z", &[]);
    watch(&mut story, "2026-06-19T10:00:00Z", &["PromiseMissed remedy(1) again"]);
    assert!(story.complaint.is_overdue());
    let resolved = ["RemedyDone 1 late", "Resolved ask by 2026-06-25T16:00:00Z"];
    check(&mut story, TWO_DAYS_LATE, &csr(), done(1), &resolved);
    watch(&mut story, "2026-06-21T10:00:00Z", &[]);
    assert!(!story.complaint.is_overdue());
}

#[test]
fn there_is_no_remedy_but_those_agreed() {
    check(&mut implementing(), MONDAY, &csr(), done(0), &["no: /remedy unknown_value"]);
    check(&mut implementing(), MONDAY, &csr(), done(2), &["no: /remedy unknown_value"]);
    check(&mut proposed(), MONDAY, &csr(), done(1), &["no: proposed"]);
}

fn change(remedy: u8, promised_by: Option<&str>) -> Command {
    Command::ChangeRemedy { remedy, promised_by: promised_by.map(|date| date.parse().unwrap()), text: text() }
}

fn two_agreed() -> Story {
    let mut story = at_work();
    story.then(&csr(), finding());
    story.then(&csr(), propose(Outcome::Upheld, vec![offer("5.00 GBP"), offer("7.00 GBP")])).accepted();
    story
}

#[test]
fn a_remedy_that_takes_longer_has_another_date_and_is_kept_or_not_by_the_one_that_was_agreed() {
    let mut story = two_agreed();
    let later = change(1, Some("2026-06-25T10:00:00Z"));
    check(&mut story, MONDAY, &csr(), later.clone(), &["RemedyChanged 1 by 2026-06-25T10:00:00Z"]);
    check(&mut story, MONDAY, &csr(), later, &[]);
    // The other is missed on its day, and this one on its new one.
    watch(&mut story, "2026-06-18T10:00:00Z", &["PromiseMissed remedy(2)"]);
    check(&mut story, "2026-06-18T10:00:01Z", &csr(), done(2), &["RemedyDone 2 late"]);
    watch(&mut story, "2026-06-25T09:59:59Z", &[]);
    watch(&mut story, "2026-06-25T10:00:00Z", &["PromiseMissed remedy(1)"]);
    // However often it was moved.
    let again = change(1, Some("2026-06-30T10:00:00Z"));
    check(&mut story, "2026-06-25T11:00:00Z", &csr(), again, &["RemedyChanged 1 by 2026-06-30T10:00:00Z"]);
    let resolved = ["RemedyDone 1 late", "Resolved ask by 2026-06-30T16:00:00Z"];
    check(&mut story, "2026-06-25T12:00:00Z", &csr(), done(1), &resolved);
    // Sooner than agreed is in time.
    let mut story = two_agreed();
    story.then(&csr(), change(1, Some("2026-06-12T10:00:00Z")));
    check(&mut story, "2026-06-15T10:00:00Z", &csr(), done(1), &["RemedyDone 1 in time"]);
}

#[test]
fn a_remedy_that_turns_out_to_be_impossible_is_dropped_and_the_last_one_resolves_the_complaint() {
    let mut story = two_agreed();
    check(&mut story, MONDAY, &csr(), change(1, None), &["RemedyChanged 1 dropped"]);
    check(&mut story, MONDAY, &csr(), change(1, None), &[]);
    check(&mut story, MONDAY, &csr(), done(1), &["no: /remedy dropped"]);
    assert!(crate::decide::missing(&story.complaint, false).contains(&crate::rejection::Missing::Remedy {
        number: 2,
        kind: crate::command::RemedyKind::Refund
    }));
    // Nobody is told of the date of what is not done.
    watch(&mut story, "2026-06-18T10:00:00Z", &["PromiseMissed remedy(2)"]);
    let resolved = ["RemedyChanged 2 dropped", "Resolved ask by 2026-06-25T16:00:00Z"];
    check(&mut story, TWO_DAYS_LATE, &csr(), change(2, None), &resolved);
    check(&mut story, TWO_DAYS_LATE, &csr(), change(2, None), &["no: following_up"]);
}

#[test]
fn what_was_dropped_can_be_promised_again_and_what_is_done_stays_done() {
    let mut story = two_agreed();
    story.then(&csr(), change(1, None));
    let again = change(1, Some("2026-06-18T10:00:00Z"));
    check(&mut story, MONDAY, &csr(), again, &["RemedyChanged 1 by 2026-06-18T10:00:00Z"]);
    check(&mut story, MONDAY, &csr(), done(1), &["RemedyDone 1 in time"]);
    check(&mut story, MONDAY, &csr(), change(1, None), &["no: /remedy done"]);
    for (number, date, no) in [
        (3, None, "no: /remedy unknown_value"),
        (2, Some(MONDAY), "no: /promised_by in_past"),
        (2, Some("2029-01-01T10:00:00Z"), "no: /promised_by too_far"),
        (2, Some("2026-06-18T09:00:00Z"), "no: /promised_by unchanged"),
    ] {
        check(&mut story, MONDAY, &csr(), change(number, date), &[no]);
    }
}

#[test]
fn what_was_agreed_at_a_higher_level_is_that_levels_to_change() {
    let mut story = two_agreed();
    story.then(&csr(), Command::Escalate { reason: text() });
    check(&mut story, MONDAY, &csr(), change(1, None), &["no: needs manager"]);
    check(&mut story, MONDAY, &manager(), change(1, None), &["RemedyChanged 1 dropped"]);
}

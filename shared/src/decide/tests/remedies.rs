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

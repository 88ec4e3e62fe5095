//! What holds for any complaint, whatever is asked of it, by whom, in whatever order, and however late.

mod life;

use std::{collections::BTreeSet, sync::LazyLock};

use jiff::SignedDuration;
use proptest::{prelude::*, strategy::ValueTree};

use life::{Moment, life};

use super::*;
use crate::{
    command::{Answer, EscalationReason, Feedback, Offer, Outcome, RemedyKind, Triage, Verb},
    complaint::{Investigation, Stage, StageName},
    event::Recorded,
    evolve::replay,
    letter::{customer_letter_for, staff_letter_for},
    promise::{Alarm, PromiseKind},
    story::*,
    values::{Channel, Money, Severity, StaffId},
};

/// What else could be asked of a complaint at an instant, and what would come of it.
fn ask(
    complaint: &Complaint,
    (now, said_at): (Timestamp, Option<Timestamp>),
    actor: &Actor,
    command: Command,
) -> (Result<Vec<Event>, Rejection>, Complaint) {
    static POLICY: LazyLock<Policy> = LazyLock::new(Policy::built_in);
    let command_id = CommandId::from_parts(now, [0; 10]);
    let context = Context { said_at, ..Context::new(now, &POLICY, actor, command_id) };
    let answer = decide(Some(complaint), command, &context);
    let after = answer.iter().flatten().fold(Some(complaint.clone()), evolve);
    (answer, after.unwrap())
}

/// Asked a second time these are a second note, contact, bounce or level. The ledger knows a second delivery of the
/// same one: by the version that staff saw, by the event that the step was woken with.
fn counts_again(verb: Verb) -> bool {
    matches!(
        verb,
        Verb::AddNote
            | Verb::RecordContact
            | Verb::ReportUndeliverable
            | Verb::Escalate
            | Verb::AskCustomer
            | Verb::AddInformation
            | Verb::AskEscalation
            | Verb::EndLinks
            | Verb::LeaveOutReply
            | Verb::Consult
            | Verb::Propose
            | Verb::ProposeRefusal
            | Verb::RecordExport
            | Verb::CorrectContact
    )
}

fn dues(complaint: &Complaint) -> impl Iterator<Item = (PromiseKind, Timestamp)> {
    complaint.promises.iter().map(|promise| (promise.kind, promise.due))
}

fn nothing_later(before: &Complaint, after: &Complaint) -> bool {
    dues(before).all(|(kind, due)| dues(after).all(|(same, now)| same != kind || now <= due))
}

/// Both sweeps at this instant, as the schedules make them, and how much they had to say.
fn swept(complaint: &Complaint, at: Timestamp) -> (Complaint, usize) {
    let (deadlines, complaint) = ask(complaint, (at, None), &Actor::System, Command::WatchPromises);
    let (follow_ups, complaint) = ask(&complaint, (at, None), &Actor::System, Command::FollowUp);
    (complaint, deadlines.unwrap().len() + follow_ups.unwrap().len())
}

fn hours_after(moment: &Moment, hours: i64) -> Timestamp {
    moment.now.checked_add(SignedDuration::from_hours(hours)).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn folding_the_events_gives_the_complaint_and_each_is_one_version(life in life()) {
        let mut version = 1;
        for Moment { answer, after, .. } in &life.moments {
            version += answer.as_ref().map_or(0, Vec::len);
            prop_assert_eq!(after.version as usize, version);
            let folded = replay(life.entries[..version].iter().map(|recorded| &recorded.event));
            prop_assert_eq!(folded.as_ref(), Some(after));
        }
        for (version, recorded) in (1..).zip(&life.entries) {
            prop_assert_eq!(recorded.version, version);
        }
    }

    #[test]
    fn whatever_of_staff_writes_to_the_customer_can_be_looked_at_before(life in life()) {
        for Moment { actor, command, answer, after, .. } in &life.moments {
            let Actor::Staff { .. } = actor else { continue };
            let events = answer.iter().flatten();
            let written = events.filter(|event| {
                let recorded = life.entries.iter().find(|recorded| recorded.event == **event);
                recorded.is_some_and(|recorded| customer_letter_for(recorded, after).is_some())
            });
            let verb = command.verb();
            // What no form of staff asks for is a customer's to ask:
            // a test of the template sees that each route of staff has its form.
            let mut forms = crate::page::desk::ACTIONS.iter().filter(|action| action.verb == Some(verb));
            prop_assert!(written.count() == 0 || forms.all(crate::page::desk::Action::writes), "{:?}", verb);
        }
    }

    #[test]
    fn a_refusal_changes_nothing(life in life()) {
        for Moment { before, answer, after, .. } in &life.moments {
            prop_assert!(answer.is_ok() || before == after);
        }
    }

    #[test]
    fn repetition_adds_nothing_and_moves_no_promise_later(life in life()) {
        for Moment { now, said_at, actor, command, after, .. } in life.moments.iter().filter(|moment| moment.answer.is_ok()) {
            let (answer, again) = ask(after, (*now, *said_at), actor, command.clone());
            if !counts_again(command.verb()) {
                prop_assert!(answer.is_err() || answer == Ok(Vec::new()), "{:?}: {:?}", command, answer);
            }
            prop_assert!(nothing_later(after, &again));
        }
    }

    #[test]
    fn customers_repeat_themselves_without_an_error(life in life()) {
        for Moment { now, actor, command, answer, after, .. } in &life.moments {
            // What they add is told apart by the key of the form that they sent, or its words; what they end the links
            // from has ended with them.
            let adds = matches!(
                command,
                Command::AddInformation { .. } | Command::AskEscalation { .. } | Command::EndLinks { .. }
            );
            if answer.is_ok() && *actor == Actor::Customer && !adds {
                prop_assert_eq!(ask(after, (*now, None), actor, command.clone()).0, Ok(Vec::new()));
            }
        }
    }

    #[test]
    fn an_open_complaint_has_a_next_date_and_a_responsible_role_and_a_closed_one_has_none(life in life()) {
        for Moment { after, .. } in &life.moments {
            prop_assert_eq!(after.next_due().is_some(), after.is_open());
            prop_assert_eq!(after.responsible().is_some(), after.is_open());
        }
    }

    #[test]
    fn a_level_never_falls_or_skips_or_rises_without_a_reason(life in life()) {
        for Moment { now, before, answer, after, .. } in &life.moments {
            let mut level = before.level;
            for event in answer.iter().flatten() {
                if let Event::Escalated { from, to, reason, decide, .. } = event {
                    // Only what comes from outside, is more than the level above may give or about it, passes one by.
                    let skips = matches!(
                        reason,
                        EscalationReason::Outside { .. }
                            | EscalationReason::Redress { .. }
                            | EscalationReason::Subject
                    );
                    // What went up while a proposal stood is there already when that is refused.
                    let is_there = *reason == EscalationReason::Refused && *to == level;
                    let refused = before.level_if_refused().filter(|_| *reason == EscalationReason::Refused);
                    prop_assert_eq!(*from, level);
                    prop_assert!(Some(*to) == level.next() || is_there || skips && *to > level);
                    prop_assert!(refused.is_none_or(|refused| refused == *to));
                    level = *to;
                    let asked_again = answer.iter().flatten().any(|event| {
                        matches!(event, Event::ProposalRefused { .. } | Event::Reopened { .. })
                    });
                    prop_assert_eq!(decide.is_some(), before.stage_name().owes_answer() || asked_again);
                    let Some(decide) = decide else { continue };
                    prop_assert_eq!(decide.kind, PromiseKind::Decide(*to));
                    // While the customer is waited for, the clock stands where it was stopped.
                    let clock = match &before.stage {
                        Stage::Investigating(Investigation { waiting_since: Some(since), .. }) => since,
                        _ => now,
                    };
                    prop_assert!(decide.due > *clock, "the new level has time");
                }
            }
            prop_assert_eq!(after.level, level);
        }
    }

    #[test]
    fn an_actor_does_only_what_the_role_allows_in_the_stage(life in life()) {
        for Moment { before, actor, command, answer, .. } in &life.moments {
            if answer.as_ref().is_ok_and(|events| !events.is_empty()) {
                prop_assert!(allowed_now(before, actor).contains(&command.verb()));
            }
        }
    }

    #[test]
    fn the_date_of_the_answer_moves_later_only_for_a_new_answer(life in life()) {
        for Moment { before, answer, after, .. } in &life.moments {
            let first = before.promises.get(PromiseKind::Answer).is_some();
            let anew = |event: &Event| match event {
                // Time that stood still is not counted.
                Event::Reopened { .. } | Event::ProposalRefused { .. } | Event::WaitEnded { .. } => true,
                Event::InformationAdded { resumed, .. } => resumed.is_some(),
                Event::Escalated { .. } => !first,
                _ => false,
            };
            if !answer.iter().flatten().any(anew) {
                prop_assert!(after.answer_by <= before.answer_by);
            }
        }
    }

    #[test]
    fn the_date_that_the_customer_has_moves_later_only_with_a_letter_that_says_so(life in life()) {
        for Moment { before, answer, after, .. } in &life.moments {
            let told = |event: &Event| match event {
                Event::DelayAnnounced { .. }
                | Event::Escalated { .. }
                | Event::Reopened { .. }
                | Event::WaitEnded { .. } => true,
                Event::InformationAdded { resumed, .. } => resumed.is_some(),
                _ => false,
            };
            if !answer.iter().flatten().any(told) {
                prop_assert!(after.told_by <= before.told_by);
            }
        }
    }

    #[test]
    fn while_the_customer_is_waited_for_no_time_to_answer_runs(life in life()) {
        for Moment { after, .. } in &life.moments {
            for promise in after.promises.iter().filter(|promise| promise.kind.stands_still()) {
                prop_assert_eq!(promise.still, after.waiting_since().is_some());
            }
        }
    }

    #[test]
    fn no_promise_is_made_for_a_time_that_has_passed(life in life()) {
        for Moment { now, before, command, after, .. } in &life.moments {
            let known: Vec<(PromiseKind, Timestamp)> = dues(before).collect();
            // Remedies are promised when they are offered; the answer may come after their date.
            let new = dues(after).filter(|promise| !known.contains(promise));
            for (kind, due) in new.filter(|(kind, _)| !matches!(kind, PromiseKind::Remedy(_))) {
                // What stands still has the date it would have, had it been promised when time stopped.
                let now = after.waiting_since().filter(|_| kind.stands_still()).unwrap_or(*now);
                prop_assert!(due > now, "{kind:?} by {due} at {now} for {command:?}");
            }
        }
    }

    #[test]
    fn a_closed_complaint_lacks_nothing(life in life()) {
        for Moment { after, .. } in life.moments.iter().filter(|moment| !moment.after.is_open()) {
            prop_assert_eq!(missing(after, true), []);
        }
    }

    #[test]
    fn what_is_stored_reads_back_the_same(life in life()) {
        for Moment { after, .. } in &life.moments {
            let json = serde_json::to_string(after).unwrap();
            prop_assert_eq!(&serde_json::from_str::<Complaint>(&json).unwrap(), after);
        }
        for recorded in &life.entries {
            let json = serde_json::to_string(recorded).unwrap();
            prop_assert_eq!(&serde_json::from_str::<Recorded>(&json).unwrap(), recorded);
        }
    }

    #[test]
    fn the_chain_of_entries_holds(life in life()) {
        for pair in life.entries.windows(2) {
            prop_assert!(pair[1].follows(&pair[0].hash));
            prop_assert!(!pair[1].follows(&pair[1].hash));
        }
    }

    #[test]
    fn a_sweep_however_late_leaves_nothing_due_and_a_second_one_nothing_to_say(
        life in life(),
        late in 0_i64..90 * 24,
    ) {
        for moment in &life.moments {
            let at = hours_after(moment, late);
            let (once, _) = swept(&moment.after, at);
            prop_assert!(once.next_due().is_none_or(|due| due > at));
            prop_assert_eq!(swept(&once, at).1, 0);
        }
    }

    #[test]
    fn a_sweep_before_the_next_date_does_nothing(life in life()) {
        for Moment { now, after, .. } in &life.moments {
            let early = after.next_due().map_or(*now, |due| due - SignedDuration::from_secs(1));
            prop_assert_eq!(swept(after, early).1, 0);
        }
    }

    #[test]
    fn a_sweep_however_late_goes_up_one_level_at_most_and_says_little(life in life(), late in 0_i64..90 * 24) {
        for moment in &life.moments {
            let (after, said) = swept(&moment.after, hours_after(moment, late));
            prop_assert!(after.level.number() <= moment.after.level.number() + 1);
            prop_assert!(said <= 12 + moment.after.unscanned.len(), "{said} events");
        }
    }

    #[test]
    fn how_far_a_promise_was_said_to_be_missed_is_never_taken_back(life in life()) {
        for Moment { before, after, .. } in &life.moments {
            for promise in before.promises.iter().filter(|promise| promise.alarm == Alarm::Missed) {
                let same = after.promises.get(promise.kind).filter(|same| same.due == promise.due);
                prop_assert!(same.is_none_or(|same| same.alarm == Alarm::Missed));
            }
        }
    }
}

/// How many kinds of events there are.
const EVENTS: usize = 49;

#[test]
fn the_lives_that_the_laws_are_tried_on_see_every_event_and_every_stage() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let (mut events, mut stages, mut refusals) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for _ in 0..600 {
        if events.len() == EVENTS && stages.len() == StageName::ALL.len() {
            break;
        }
        let life = life().new_tree(&mut runner).unwrap().current();
        stages.extend(life.moments.iter().map(|moment| moment.after.stage_name()));
        let no = life.moments.iter().filter_map(|moment| moment.answer.as_ref().err());
        refusals.extend(no.map(|no| format!("{:?}", std::mem::discriminant(no))));
        events.extend(life.entries.iter().map(|recorded| recorded.event.name()));
    }
    assert_eq!(stages.len(), StageName::ALL.len(), "{stages:?}");
    assert_eq!(events.len(), EVENTS, "{events:?}");
    assert!(refusals.len() >= 7, "{refusals:?}");
}

#[test]
fn the_record_of_a_complaint_with_six_remedies_stays_under_two_kilobytes() {
    // An owner as long as an identity provider's, and the longest of the policy's names.
    let owner = StaffId::parse("0f9e8d7c-6b5a-4938-8271-605f4e3d2c1b").unwrap();
    let product = "Credit reporting, credit repair services, or other personal consumer reports";
    let triage = Command::Triage(Triage {
        sub_category: Some("data_protection".to_owned()),
        product: Some(product.to_owned()),
        ..triaged("account_privacy_security", Severity::Critical)
    });
    let mut story = Story::begins("2026-06-08T09:00:00.123Z");
    story
        .then(&manager(), Command::Assign { owner })
        .then(&manager(), triage)
        .then(&Actor::System, Command::Acknowledge);
    reopened(story.then(&manager(), finding()).then(&manager(), propose(Outcome::NotUpheld, vec![])));
    let promised_by = "2026-06-18T16:00:00Z".parse().unwrap();
    let offer = Offer { kind: RemedyKind::GoodwillPayment, promised_by, ..refund(story.now, "1000.00 GBP") };
    let remedies = vec![Offer { amount: Some(Money::parse("166.66 GBP").unwrap()), ..offer }; MOST_REMEDIES];
    story.then(&manager(), finding()).then(&manager(), propose(Outcome::PartlyUpheld, remedies)).accepted();
    for remedy in 1..=6 {
        let bytes = serde_json::to_string(&story.complaint).unwrap().len();
        assert!(bytes < 2000, "{bytes} bytes");
        story.then(&csr(), Command::CompleteRemedy { remedy, text: text() });
    }
}

fn reopened(story: &mut Story) {
    let feedback = Feedback { rating: 1, comment: Some(text()), concern: true };
    story.accepted().then(&Actor::Customer, Command::RecordFeedback { feedback, channel: Channel::Web });
}

/// The events that the template's rule of a step lets through.
fn let_through(step: &str) -> BTreeSet<&'static str> {
    let template = include_str!("../../../infra/template.yaml");
    let (_, block) = template.split_once(&format!("\n  {step}:\n")).unwrap();
    let (_, names) = block.split_once("detail-type:\n").unwrap();
    names.lines().map_while(|line| line.trim().strip_prefix("- ")).collect()
}

#[test]
fn the_steps_that_write_letters_are_woken_by_exactly_the_events_that_ask_for_letters() {
    let policy = Policy::built_in();
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let (mut to_customer, mut to_staff) = (BTreeSet::new(), BTreeSet::new());
    let (wake_send, wake_alert) = (let_through("SendLetter"), let_through("AlertStaff"));
    for _ in 0..600 {
        if to_customer == wake_send && to_staff == wake_alert {
            return;
        }
        let life = life().new_tree(&mut runner).unwrap().current();
        let mut entries = life.entries.iter().skip(1);
        for Moment { answer, after, .. } in &life.moments {
            for recorded in entries.by_ref().take(answer.as_ref().map_or(0, Vec::len)) {
                let name = recorded.event.name();
                to_customer.extend(customer_letter_for(recorded, after).map(|_| name));
                to_staff.extend(staff_letter_for(recorded, after, &policy).map(|_| name));
                // Few lives end after their customer asked for an erasure; any may.
                let asked = Complaint { erasure_asked: true, ..after.clone() };
                to_staff.extend(staff_letter_for(recorded, &asked, &policy).map(|_| name));
            }
        }
        assert!(to_customer.is_subset(&wake_send), "send-letter: {to_customer:?}");
        assert!(to_staff.is_subset(&wake_alert), "alert-staff: {to_staff:?}");
    }
    assert_eq!((to_customer, to_staff), (wake_send, wake_alert));
}

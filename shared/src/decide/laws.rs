//! What holds for any complaint, whatever is asked of it, by whom, in whatever order, and however late.

use jiff::SignedDuration;
use proptest::{prelude::*, sample::select, strategy::ValueTree};

use super::*;
use crate::{
    command::{Feedback, Finding, Offer, Outcome, RemedyKind, Verb},
    complaint::StageName,
    evolve::replay,
    letter_kind::LetterKind,
    promise::{Alarm, PromiseKind},
    story::*,
    values::{Channel, Money, Severity, StaffId},
};

/// One thing that is asked: the next one on the complaint's way, or any other by anybody.
#[derive(Clone, Debug)]
struct Turn {
    /// How much time goes by before it.
    after: SignedDuration,
    /// Any command, by any of the five actors, where it is not the next one on the way.
    wild: Option<(Verb, usize)>,
    /// Chooses among the values that it takes.
    pick: u8,
}

fn turn() -> impl Strategy<Value = Turn> {
    let seconds = prop_oneof![
        2 => Just(0),
        2 => 1_i64..120,
        3 => 60_i64..3 * 3600,
        3 => 3600_i64..3 * 86_400,
        1 => 86_400_i64..40 * 86_400,
    ];
    let wild = prop_oneof![3 => Just(None), 2 => (select(Verb::ALL.to_vec()), 0..5_usize).prop_map(Some)];
    (seconds, wild, any::<u8>()).prop_map(|(seconds, wild, pick)| Turn {
        after: SignedDuration::from_secs(seconds),
        wild,
        pick,
    })
}

/// A complaint of any minute of two years, and what is asked of it.
fn life() -> impl Strategy<Value = Vec<Moment>> {
    let minute = 0_i64..2 * 365 * 24 * 60;
    (minute, prop::collection::vec(turn(), 1..50)).prop_map(|(minute, turns)| live(minute, &turns))
}

/// What was asked of a complaint at an instant, and what came of it.
#[derive(Clone)]
struct Moment {
    before: Story,
    actor: Actor,
    command: Command,
    answer: Result<Vec<Event>, Rejection>,
    after: Story,
}

impl std::fmt::Debug for Moment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {:?} {:?} -> {:?}", self.after.now, self.actor, self.command, self.answer)
    }
}

fn live(minute: i64, turns: &[Turn]) -> Vec<Moment> {
    let begin: Timestamp = "2026-01-01T00:00:00Z".parse().unwrap();
    let begin = begin.checked_add(SignedDuration::from_mins(minute)).unwrap();
    let mut story = Story::begins(&begin.to_string());
    let mut moments = Vec::new();
    for turn in turns {
        story.now = story.now.checked_add(turn.after).unwrap();
        let (actor, command) = match turn.wild {
            Some((verb, actor)) => (anybody(actor), any_command(verb, turn.pick, &story)),
            None => next_on_the_way(turn.pick, &story),
        };
        let moment = ask(&story, actor, command);
        story = moment.after.clone();
        moments.push(moment);
    }
    moments
}

fn ask(before: &Story, actor: Actor, command: Command) -> Moment {
    let mut after = before.clone();
    let answer = after.attempt(&actor, command.clone()).map(|()| {
        after.events[before.events.len()..].iter().map(|recorded| recorded.event.clone()).collect()
    });
    Moment { before: before.clone(), actor, command, answer, after }
}

fn anybody(number: usize) -> Actor {
    [Actor::Customer, csr(), manager(), decider(), Actor::System][number].clone()
}

fn severity(pick: u8) -> Severity {
    Severity::ALL[usize::from(pick) % Severity::ALL.len()]
}

fn outcome(pick: u8) -> Outcome {
    Outcome::ALL[usize::from(pick) % Outcome::ALL.len()]
}

fn next_on_the_way(pick: u8, story: &Story) -> (Actor, Command) {
    let complaint = &story.complaint;
    let verb = match &complaint.stage {
        _ if pick.is_multiple_of(5) => Verb::WatchPromises,
        Stage::Received if complaint.acknowledgement == Acknowledgement::Owed => Verb::Acknowledge,
        Stage::Received => Verb::RecordContact,
        Stage::Acknowledged if complaint.owner.is_none() && pick.is_multiple_of(2) => Verb::Assign,
        Stage::Acknowledged | Stage::Investigating if complaint.category.is_none() => Verb::Triage,
        Stage::Acknowledged | Stage::Investigating if complaint.finding.is_none() => Verb::RecordFinding,
        Stage::Acknowledged | Stage::Investigating => Verb::Propose,
        Stage::Proposed(_) => Verb::AnswerProposal,
        Stage::Implementing { .. } => Verb::CompleteRemedy,
        Stage::FollowingUp { .. } if pick.is_multiple_of(3) => Verb::RecordFeedback,
        Stage::FollowingUp { .. } => Verb::FollowUp,
        Stage::Closed { .. } => Verb::RecordFeedback,
    };
    let actor = match verb {
        Verb::Acknowledge | Verb::WatchPromises | Verb::FollowUp => Actor::System,
        Verb::AnswerProposal => Actor::Customer,
        _ => decider(),
    };
    (actor, any_command(verb, pick, story))
}

fn any_command(verb: Verb, pick: u8, story: &Story) -> Command {
    let complaint = &story.complaint;
    match verb {
        Verb::Receive => {
            let Event::Received { receipt, .. } = story.events[0].event.clone() else { unreachable!() };
            Command::Receive(receipt)
        }
        Verb::Acknowledge => Command::Acknowledge,
        Verb::ReportUndeliverable => bounced(LetterKind::ALL[usize::from(pick) % LetterKind::ALL.len()]),
        Verb::Assign => Command::Assign {
            owner: StaffId::parse(["ana@northgate.example", "ben"][usize::from(pick % 2)]).unwrap(),
        },
        Verb::Triage => triage(["billing", "delivery", "weather"][usize::from(pick % 8) / 3], severity(pick)),
        Verb::RecordContact => Command::RecordContact {
            channel: Channel::ALL[usize::from(pick) % Channel::ALL.len()],
            text: text(),
        },
        Verb::AddNote => Command::AddNote { text: text() },
        Verb::RecordFinding => {
            let root_cause = (!pick.is_multiple_of(4)).then(|| "people".to_owned());
            Command::RecordFinding(Finding {
                text: text(),
                root_cause,
                preventable: Some(pick > 99),
                deviation: None,
            })
        }
        Verb::Propose => {
            let remedies = vec![offer(pick, story.now); usize::from(pick % 8)];
            propose(outcome(pick), remedies)
        }
        Verb::AnswerProposal => {
            let proposal = if pick.is_multiple_of(7) { pick } else { complaint.proposals };
            answer(proposal, if pick.is_multiple_of(3) { Answer::Refuse } else { Answer::Accept })
        }
        Verb::CompleteRemedy => {
            let undone = complaint.remedies().iter().position(|remedy| remedy.done_at.is_none()).unwrap_or(0);
            let remedy = if pick.is_multiple_of(6) { pick % 9 } else { u8::try_from(undone + 1).unwrap() };
            Command::CompleteRemedy { remedy, text: text() }
        }
        Verb::Escalate => Command::Escalate { reason: text() },
        Verb::WatchPromises => Command::WatchPromises,
        Verb::FollowUp => Command::FollowUp,
        Verb::RecordFeedback => feedback(pick % 7, pick.is_multiple_of(2)),
        Verb::Close => Command::Close { waive_follow_up: (!pick.is_multiple_of(3)).then(text) },
    }
}

fn offer(pick: u8, now: Timestamp) -> Offer {
    let promised_by = now.checked_add(SignedDuration::from_hours(i64::from(pick))).unwrap();
    Offer { promised_by, ..refund(now, "12.50 GBP") }
}

/// Asked a second time these are a second note, contact, bounce or level. The ledger knows a second delivery of the
/// same one: by the version that staff saw, by the event that the step was woken with.
fn counts_again(verb: Verb) -> bool {
    matches!(verb, Verb::AddNote | Verb::RecordContact | Verb::ReportUndeliverable | Verb::Escalate)
}

fn dues(complaint: &Complaint) -> impl Iterator<Item = (PromiseKind, Timestamp)> {
    complaint.promises.iter().map(|promise| (promise.kind, promise.due))
}

fn nothing_later(before: &Complaint, after: &Complaint) -> bool {
    dues(before).all(|(kind, due)| dues(after).all(|(same, now)| same != kind || now <= due))
}

fn sweeps() -> [Command; 2] {
    [Command::WatchPromises, Command::FollowUp]
}

/// Both sweeps at this instant, as the schedules would make them.
fn swept(story: &Story, at: Timestamp) -> Story {
    let mut story = story.clone();
    story.now = at;
    for sweep in sweeps() {
        story.then(&Actor::System, sweep);
    }
    story
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn folding_the_events_gives_the_complaint_and_each_is_one_version(life in life()) {
        for Moment { before, answer, after, .. } in &life {
            let folded = replay(after.events.iter().map(|recorded| &recorded.event));
            prop_assert_eq!(folded.as_ref(), Some(&after.complaint));
            let events = answer.as_ref().map_or(0, Vec::len);
            prop_assert_eq!(after.complaint.version as usize, before.complaint.version as usize + events);
            for (version, recorded) in (1..).zip(&after.events) {
                prop_assert_eq!(recorded.version, version);
            }
        }
    }

    #[test]
    fn a_refusal_changes_nothing(life in life()) {
        for Moment { before, answer, after, .. } in &life {
            prop_assert!(answer.is_ok() || before.complaint == after.complaint);
        }
    }

    #[test]
    fn repetition_adds_nothing_and_moves_no_promise_later(life in life()) {
        for Moment { actor, command, answer, after, .. } in &life {
            if answer.is_err() {
                continue;
            }
            let again = ask(after, actor.clone(), command.clone());
            if !counts_again(command.verb()) {
                prop_assert!(again.answer.is_err() || again.answer == Ok(Vec::new()), "{:?}: {:?}", command, again.answer);
            }
            prop_assert!(nothing_later(&after.complaint, &again.after.complaint));
        }
    }

    #[test]
    fn customers_repeat_themselves_without_an_error(life in life()) {
        for Moment { actor, command, answer, after, .. } in &life {
            if answer.is_ok() && *actor == Actor::Customer {
                prop_assert_eq!(ask(after, actor.clone(), command.clone()).answer, Ok(Vec::new()));
            }
        }
    }

    #[test]
    fn an_open_complaint_has_a_next_date_and_a_responsible_role_and_a_closed_one_has_none(life in life()) {
        for Moment { after, .. } in &life {
            let complaint = &after.complaint;
            prop_assert_eq!(complaint.next_due().is_some(), complaint.is_open());
            prop_assert_eq!(complaint.responsible().is_some(), complaint.is_open());
        }
    }

    #[test]
    fn a_level_never_falls_or_skips_or_rises_without_a_reason(life in life()) {
        for Moment { before, answer, after, .. } in &life {
            let mut level = before.complaint.level;
            for event in answer.iter().flatten() {
                if let Event::Escalated { from, to, decide, .. } = event {
                    prop_assert_eq!((*from, Some(*to)), (level, level.next()));
                    prop_assert_eq!(decide.kind, PromiseKind::Decide(*to));
                    prop_assert!(decide.due > after.now, "the new level has time");
                    level = *to;
                }
            }
            prop_assert_eq!(after.complaint.level, level);
        }
    }

    #[test]
    fn an_actor_does_only_what_the_role_allows_in_the_stage(life in life()) {
        for Moment { before, actor, command, answer, .. } in &life {
            if answer.as_ref().is_ok_and(|events| !events.is_empty()) {
                prop_assert!(allowed_now(&before.complaint, actor).contains(&command.verb()));
            }
        }
    }

    #[test]
    fn the_date_of_the_answer_moves_later_only_for_a_new_answer(life in life()) {
        for Moment { before, answer, after, .. } in &life {
            let anew = |event: &Event| {
                matches!(event, Event::Reopened { .. } | Event::ProposalRefused { .. })
                    || (matches!(event, Event::Escalated { .. })
                        && before.complaint.promises.get(PromiseKind::Answer).is_none())
            };
            if !answer.iter().flatten().any(anew) {
                prop_assert!(after.complaint.answer_by <= before.complaint.answer_by);
            }
        }
    }

    #[test]
    fn no_promise_is_made_for_a_time_that_has_passed(life in life()) {
        for Moment { before, command, after, .. } in &life {
            let known: Vec<(PromiseKind, Timestamp)> = dues(&before.complaint).collect();
            // Remedies are promised when they are offered; the answer may come after their date.
            let new = dues(&after.complaint).filter(|promise| !known.contains(promise));
            for (kind, due) in new.filter(|(kind, _)| !matches!(kind, PromiseKind::Remedy(_))) {
                prop_assert!(due > after.now, "{kind:?} by {due} at {} for {command:?}", after.now);
            }
        }
    }

    #[test]
    fn a_closed_complaint_lacks_nothing(life in life()) {
        for Moment { after, .. } in &life {
            if !after.complaint.is_open() {
                prop_assert_eq!(missing(&after.complaint, true), []);
            }
        }
    }

    #[test]
    fn what_is_stored_reads_back_the_same(life in life()) {
        let story = &life.last().unwrap().after;
        let json = serde_json::to_string(&story.complaint).unwrap();
        prop_assert_eq!(&serde_json::from_str::<Complaint>(&json).unwrap(), &story.complaint);
        for recorded in &story.events {
            let json = serde_json::to_string(recorded).unwrap();
            prop_assert_eq!(&serde_json::from_str::<crate::event::Recorded>(&json).unwrap(), recorded);
        }
    }

    #[test]
    fn the_chain_of_entries_holds(life in life()) {
        let events = &life.last().unwrap().after.events;
        for pair in events.windows(2) {
            prop_assert!(pair[1].follows(&pair[0].hash));
            prop_assert!(!pair[1].follows(&pair[1].hash));
        }
    }

    #[test]
    fn a_sweep_says_all_that_is_due_and_a_second_one_has_nothing_to_say(life in life(), late in 0_i64..90 * 24) {
        for Moment { after, .. } in &life {
            let at = after.now.checked_add(SignedDuration::from_hours(late)).unwrap();
            let once = swept(after, at);
            prop_assert!(once.complaint.next_due().is_none_or(|due| due > at), "nothing is left due");
            prop_assert_eq!(once.events.len(), swept(&once, at).events.len());
        }
    }

    #[test]
    fn a_sweep_before_the_next_date_does_nothing(life in life()) {
        for Moment { after, .. } in &life {
            let early = after.complaint.next_due().map_or(after.now, |due| due - SignedDuration::from_secs(1));
            if early >= after.now {
                prop_assert_eq!(swept(after, early).events.len(), after.events.len());
            }
        }
    }

    #[test]
    fn a_sweep_however_late_goes_up_one_level_at_most_and_says_little(life in life(), late in 0_i64..90 * 24) {
        for Moment { after, .. } in &life {
            let at = after.now.checked_add(SignedDuration::from_hours(late)).unwrap();
            let swept = swept(after, at);
            prop_assert!(swept.complaint.level.number() <= after.complaint.level.number() + 1);
            prop_assert!(swept.events.len() <= after.events.len() + 12);
        }
    }

    #[test]
    fn how_far_a_promise_was_said_to_be_missed_is_never_taken_back(life in life()) {
        for Moment { before, after, .. } in &life {
            for promise in before.complaint.promises.iter().filter(|promise| promise.alarm == Alarm::Missed) {
                let same = after.complaint.promises.get(promise.kind).filter(|same| same.due == promise.due);
                prop_assert!(same.is_none_or(|same| same.alarm == Alarm::Missed));
            }
        }
    }
}

#[test]
fn the_lives_that_the_laws_are_tried_on_see_every_event_and_every_stage() {
    use std::collections::BTreeSet;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let (mut events, mut stages, mut refusals) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for _ in 0..60 {
        let life = life().new_tree(&mut runner).unwrap().current();
        stages.extend(life.iter().map(|moment| moment.after.complaint.stage_name()));
        refusals.extend(
            life.iter()
                .filter_map(|moment| moment.answer.as_ref().err().map(std::mem::discriminant))
                .map(|no| format!("{no:?}")),
        );
        events.extend(
            life.iter().flat_map(|moment| &moment.after.events).map(|recorded| recorded.event.name()),
        );
    }
    assert_eq!(stages.len(), StageName::ALL.len(), "{stages:?}");
    assert_eq!(events.len(), 21, "{events:?}");
    assert!(refusals.len() >= 7, "{refusals:?}");
}

#[test]
fn the_record_of_a_complaint_with_six_remedies_stays_under_two_kilobytes() {
    // An owner as long as an identity provider's, and the longest of the policy's names.
    let owner = StaffId::parse("0f9e8d7c-6b5a-4938-8271-605f4e3d2c1b").unwrap();
    let triage = Command::Triage {
        category: "account_privacy_security".to_owned(),
        sub_category: Some("data_protection".to_owned()),
        severity: Severity::Critical,
        product: Some(
            "Credit reporting, credit repair services, or other personal consumer reports".to_owned(),
        ),
    };
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

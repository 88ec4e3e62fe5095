//! Lives of complaints at random: much of what is asked is the next thing on the way, the rest is anything by anybody.

use jiff::SignedDuration;
use proptest::{prelude::*, sample::select};

use super::*;
use crate::{
    command::{Finding, NoteKind, Triage},
    complaint::Remedy,
    letter_kind::LetterKind,
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
pub(super) fn life() -> impl Strategy<Value = Life> {
    let minute = 0_i64..2 * 365 * 24 * 60;
    (minute, prop::collection::vec(turn(), 1..50)).prop_map(|(minute, turns)| live(minute, &turns))
}

/// All that was asked of a complaint, and the entries that are left of it.
#[derive(Debug)]
pub(super) struct Life {
    pub(super) moments: Vec<Moment>,
    pub(super) entries: Vec<Recorded>,
}

/// What was asked of a complaint at an instant, and what came of it.
pub(super) struct Moment {
    pub(super) now: Timestamp,
    pub(super) before: Complaint,
    pub(super) actor: Actor,
    pub(super) command: Command,
    pub(super) answer: Result<Vec<Event>, Rejection>,
    pub(super) after: Complaint,
    pub(super) said_at: Option<Timestamp>,
}

impl std::fmt::Debug for Moment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {:?} {:?} -> {:?}", self.now, self.actor, self.command, self.answer)
    }
}

fn live(minute: i64, turns: &[Turn]) -> Life {
    let begin: Timestamp = "2026-01-01T00:00:00Z".parse().unwrap();
    let begin = begin.checked_add(SignedDuration::from_mins(minute)).unwrap();
    let mut story = Story::begins(&begin.to_string());
    let mut moments = Vec::new();
    for turn in turns {
        story.now = story.now.checked_add(turn.after).unwrap();
        let (actor, command) = match turn.wild {
            // One way out in eight is taken, so that most lives go on; most refusals are for the manager to decide.
            Some((Verb::Withdraw | Verb::MarkDuplicate, _)) if turn.pick % 8 > 0 => {
                next_on_the_way(turn.pick, &story)
            }
            Some((Verb::ProposeRefusal, _)) if turn.pick % 16 > 0 => {
                (csr(), any_command(Verb::ProposeRefusal, turn.pick, &story))
            }
            Some((verb, actor)) => (anybody(actor), any_command(verb, turn.pick, &story)),
            None => next_on_the_way(turn.pick, &story),
        };
        // Some of what staff record was said hours ago, or days.
        if turn.pick % 9 == 4 && matches!(actor, Actor::Staff { .. }) {
            story.said_ago(i64::from(turn.pick));
        }
        let said_at = story.said_at;
        let (before, known) = (story.complaint.clone(), story.events.len());
        let answer = story
            .attempt(&actor, command.clone())
            .map(|()| story.events[known..].iter().map(|recorded| recorded.event.clone()).collect());
        moments.push(Moment {
            now: story.now,
            said_at,
            before,
            actor,
            command,
            answer,
            after: story.complaint.clone(),
        });
    }
    Life { moments, entries: story.events }
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
        _ if complaint.refusal.is_some() => Verb::DecideRefusal,
        Stage::Investigating(open) if open.waiting_since.is_some() && pick.is_multiple_of(3) => {
            Verb::AddInformation
        }
        Stage::Investigating(open) if open.waiting_since.is_some() => Verb::WatchPromises,
        Stage::Investigating(_) if !complaint.consulted.is_empty() => Verb::AnswerConsultation,
        Stage::Acknowledged | Stage::Investigating(_) if complaint.category.is_none() => Verb::Triage,
        Stage::Acknowledged | Stage::Investigating(_) if complaint.finding.is_none() => Verb::RecordFinding,
        Stage::Acknowledged | Stage::Investigating(_) => Verb::Propose,
        Stage::Proposed(_) if pick.is_multiple_of(7) => {
            return (Actor::System, bounced(LetterKind::Proposal));
        }
        Stage::Proposed(_) if resolve::is_consent_overdue(complaint) && complaint.unreached => {
            Verb::RecordContact
        }
        Stage::Proposed(_) if resolve::is_consent_overdue(complaint) => Verb::TakeAsConsent,
        // Who cannot be reached does not answer.
        Stage::Proposed(_) if complaint.unreached => Verb::WatchPromises,
        Stage::Proposed(_) => Verb::AnswerProposal,
        Stage::Implementing { .. } if pick.is_multiple_of(5) => Verb::ChangeRemedy,
        Stage::Implementing { .. } => Verb::CompleteRemedy,
        Stage::FollowingUp { .. } if pick.is_multiple_of(3) => Verb::RecordFeedback,
        Stage::FollowingUp { .. } => Verb::FollowUp,
        Stage::Closed { .. } => Verb::RecordFeedback,
        Stage::Withdrawn { .. } | Stage::Refused { .. } | Stage::Duplicate { .. } => Verb::AddInformation,
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
    if let Some(command) = further(verb, pick, story) {
        return command;
    }
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
        Verb::Triage => {
            let category = ["billing", "delivery", "weather"][usize::from(pick % 8) / 3];
            let (flags, subject) = grave(pick);
            Command::Triage(Triage { flags, subject, ..triaged(category, severity(pick)) })
        }
        Verb::RecordContact => Command::RecordContact {
            channel: Channel::ALL[usize::from(pick) % Channel::ALL.len()],
            text: text(),
        },
        Verb::AddNote => Command::AddNote { kind: NoteKind::Note, text: text() },
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
            let undone = complaint.remedies().iter().position(Remedy::is_open).unwrap_or(0);
            let remedy = if pick.is_multiple_of(6) { pick % 9 } else { u8::try_from(undone + 1).unwrap() };
            Command::CompleteRemedy { remedy, text: text() }
        }
        Verb::ChangeRemedy => {
            let number = u8::try_from(complaint.remedies().len()).unwrap();
            let promised_by = (!pick.is_multiple_of(3)).then(|| offer(pick, story.now).promised_by);
            Command::ChangeRemedy { remedy: 1 + pick % number.max(1), promised_by, text: text() }
        }
        Verb::Escalate => Command::Escalate { reason: text() },
        Verb::WatchPromises => Command::WatchPromises,
        Verb::FollowUp => Command::FollowUp,
        Verb::RecordFeedback => feedback(pick % 7, pick.is_multiple_of(2)),
        Verb::Close => {
            Command::Close { waive_follow_up: (!pick.is_multiple_of(3)).then(text), not_reached: None }
        }
        other => unreachable!("{other:?} is further"),
    }
}

fn offer(pick: u8, now: Timestamp) -> Offer {
    let promised_by = now.checked_add(SignedDuration::from_hours(i64::from(pick))).unwrap();
    Offer { promised_by, ..refund(now, "12.50 GBP") }
}

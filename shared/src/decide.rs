//! What comes of a command: events, or a business no. Synchronous, without clock, chance or I/O.
//!
//! An empty list of events means that nothing is left to do, which makes every repetition harmless.

mod follow;
mod intake;
mod resolve;
mod rights;
mod watch;
mod work;

use jiff::Timestamp;

use crate::{
    actor::Actor,
    command::Command,
    complaint::{Acknowledgement, Complaint, Stage},
    event::{Elapsed, Event},
    evolve::evolve,
    letter_kind::LetterKind,
    policy::Policy,
    rejection::Rejection,
    values::CommandId,
};

pub use follow::missing;
pub use resolve::MOST_REMEDIES;
pub use rights::{allowed_in, allowed_now, may};

/// What a decision is made in: all that is not the complaint and not the command.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// Now.
    pub now: Timestamp,
    /// The policy that the complaint is handled under.
    pub policy: &'a Policy,
    /// Who asks.
    pub actor: &'a Actor,
    /// Names the command; the same id again is the same command.
    pub command: CommandId,
}

/// Decides a command on a complaint; none stands for one that does not exist yet.
pub fn decide(
    complaint: Option<&Complaint>,
    command: Command,
    context: &Context<'_>,
) -> Result<Vec<Event>, Rejection> {
    match (complaint, command) {
        (None, Command::Receive(receipt)) => {
            rights::check_new(context.actor)?;
            intake::receive(receipt, context).map(|event| vec![event])
        }
        (None, _) => Err(Rejection::NotFound),
        // The id is new with each form; the same id again is the same receipt come twice.
        (Some(_), Command::Receive(_)) => Ok(Vec::new()),
        (Some(complaint), command) => {
            rights::check_actor(complaint, &command, context.actor)?;
            if is_repetition(complaint, &command)? {
                return Ok(Vec::new());
            }
            rights::check_stage(complaint, &command, context.actor)?;
            on_existing(complaint, command, context)
        }
    }
}

fn on_existing(
    complaint: &Complaint,
    command: Command,
    context: &Context<'_>,
) -> Result<Vec<Event>, Rejection> {
    match command {
        Command::Receive(_) => Ok(Vec::new()),
        Command::Acknowledge => Ok(intake::acknowledge(complaint, context)),
        Command::ReportUndeliverable { letter, reason } => {
            Ok(vec![Event::LetterUndeliverable { letter, reason, at: context.now }])
        }
        Command::Assign { owner } => Ok(work::assign(complaint, owner)),
        Command::Triage { category, sub_category, severity, product } => {
            work::triage(complaint, category, sub_category, severity, product, context)
        }
        Command::RecordContact { channel, text } => {
            Ok(vec![work::contact(complaint, channel, text, context)])
        }
        Command::AddNote { text } => work::note(complaint, text),
        Command::RecordFinding(finding) => work::finding(complaint, finding, context),
        Command::Propose { outcome, remedies, text } => {
            resolve::propose(complaint, outcome, remedies, text, context)
        }
        Command::AnswerProposal { proposal, answer, reason, channel } => {
            resolve::answer(complaint, proposal, answer, reason, channel, context)
        }
        Command::CompleteRemedy { remedy, text } => {
            resolve::complete_remedy(complaint, remedy, text, context)
        }
        Command::Escalate { reason } => work::escalate(complaint, reason, context),
        Command::WatchPromises => Ok(watch::watch(complaint, context)),
        Command::FollowUp => Ok(follow::follow_up(complaint, context)),
        Command::RecordFeedback { feedback, channel } => {
            follow::feedback(complaint, feedback, channel, context)
        }
        Command::Close { waive_follow_up } => follow::close(complaint, waive_follow_up, context),
    }
}

/// Whether the command asks for what is so already; a different answer to what was answered is an error.
fn is_repetition(complaint: &Complaint, command: &Command) -> Result<bool, Rejection> {
    Ok(match command {
        Command::Acknowledge => complaint.acknowledgement != Acknowledgement::Owed,
        // There is one acknowledgement, and it comes back once; that it was also marked as spam adds nothing.
        Command::ReportUndeliverable { letter, .. } => {
            *letter == LetterKind::Acknowledgement
                && complaint.acknowledgement == Acknowledgement::Undeliverable
        }
        Command::RecordFinding(finding) => complaint.finding.as_ref() == Some(finding),
        Command::Assign { owner } => complaint.owner.as_ref() == Some(owner),
        Command::AnswerProposal { proposal, answer, .. } => match complaint.answered {
            Some((answered, given)) if answered == *proposal => {
                return if given == *answer { Ok(true) } else { Err(Rejection::AlreadyAnswered) };
            }
            Some(_) | None => false,
        },
        Command::CompleteRemedy { remedy, .. } => complaint
            .remedies()
            .get(usize::from(*remedy).wrapping_sub(1))
            .is_some_and(|remedy| remedy.done_at.is_some()),
        Command::RecordFeedback { feedback, .. } => match &complaint.feedback {
            Some(given) if given.rating == feedback.rating && given.concern == feedback.concern => true,
            // What was answered stands; but that something is wrong after all can still be said in its time.
            Some(given) if feedback.concern && !given.concern => false,
            Some(_) => return Err(Rejection::AlreadyAnswered),
            None => false,
        },
        Command::Close { .. } => matches!(complaint.stage, Stage::Closed { .. }),
        Command::Receive(_)
        | Command::Triage { .. }
        | Command::RecordContact { .. }
        | Command::AddNote { .. }
        | Command::Propose { .. }
        | Command::Escalate { .. }
        | Command::WatchPromises
        | Command::FollowUp => false,
    })
}

/// Events that build on each other: each is applied before the next is decided.
struct Unfolding {
    complaint: Complaint,
    events: Vec<Event>,
}

impl Unfolding {
    fn of(complaint: &Complaint) -> Unfolding {
        Unfolding { complaint: complaint.clone(), events: Vec::new() }
    }

    fn add(&mut self, event: Event) {
        if let Some(complaint) = evolve(Some(self.complaint.clone()), &event) {
            self.complaint = complaint;
        }
        self.events.push(event);
    }
}

/// Time since receipt on both clocks.
fn elapsed(complaint: &Complaint, context: &Context<'_>) -> Elapsed {
    let from = complaint.received_at;
    Elapsed {
        calendar: (context.now.as_second() - from.as_second()).div_euclid(60).max(0),
        working: context.policy.calendar.working_between(from, context.now),
    }
}

/// What a customer can still answer with, for the pages that ask them.
pub fn open_question(complaint: &Complaint) -> Option<Question> {
    match &complaint.stage {
        Stage::Proposed(proposal) => Some(Question::Proposal(proposal.number)),
        // Who was satisfied may still find that something is wrong.
        Stage::FollowingUp { .. } | Stage::Closed { .. }
            if complaint.feedback.as_ref().is_none_or(|feedback| !feedback.concern) =>
        {
            Some(Question::Satisfaction)
        }
        Stage::Received
        | Stage::Acknowledged
        | Stage::Investigating
        | Stage::Implementing { .. }
        | Stage::FollowingUp { .. }
        | Stage::Closed { .. } => None,
    }
}

/// A question that is open to the customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// Do you accept the proposal of this number? Answered by [`Answer`](crate::command::Answer).
    Proposal(u8),
    /// Are you satisfied?
    Satisfaction,
}

#[cfg(test)]
mod laws;
#[cfg(test)]
mod tests;

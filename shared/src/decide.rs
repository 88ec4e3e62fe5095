//! What comes of a command: events, or a business no. Synchronous, without clock, chance or I/O.
//!
//! An empty list of events means that nothing is left to do, which makes every repetition harmless.

mod data;
mod end;
mod follow;
mod inquire;
mod intake;
mod resolve;
mod rights;
mod triage;
mod watch;
mod work;

use jiff::Timestamp;

use crate::{
    actor::Actor,
    command::{Answer, Command, EscalationReason, Reach},
    complaint::{Acknowledgement, Complaint, Stage},
    event::{Elapsed, Event},
    evolve::evolve,
    letter_kind::LetterKind,
    policy::Policy,
    rejection::Rejection,
    values::CommandId,
};

pub use follow::missing;
pub(crate) use follow::{reopen_until, within_window};
pub(crate) use inquire::MOST_CONSULTED;
pub use resolve::MOST_REMEDIES;
pub(crate) use resolve::is_taken_as_consent;
pub(crate) use rights::refuses;
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
    /// When what is recorded was said, where that is taken down later.
    pub said_at: Option<Timestamp>,
}

impl<'a> Context<'a> {
    /// Now, by this command of theirs.
    pub fn new(now: Timestamp, policy: &'a Policy, actor: &'a Actor, command: CommandId) -> Context<'a> {
        Context { now, policy, actor, command, said_at: None }
    }

    /// When what is recorded was said.
    fn said(&self) -> Timestamp {
        self.said_at.unwrap_or(self.now)
    }
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
            check_said(complaint, context)?;
            if is_repetition(complaint, &command, context)? {
                return Ok(Vec::new());
            }
            rights::check_stage(complaint, &command, context.actor)?;
            on_existing(complaint, command, context)
        }
    }
}

/// What is taken down later was said at a time that is over, about a complaint that there was by then.
fn check_said(complaint: &Complaint, context: &Context<'_>) -> Result<(), Rejection> {
    let said = context.said();
    if said > context.now {
        return Err(Rejection::unfit("/said_at", "in_future", "It cannot have been said in the future."));
    }
    if context.said_at.is_some() && said < complaint.received_at {
        let detail = "The complaint came in later than that.";
        return Err(Rejection::unfit("/said_at", "too_early", detail));
    }
    Ok(())
}

fn on_existing(
    complaint: &Complaint,
    command: Command,
    context: &Context<'_>,
) -> Result<Vec<Event>, Rejection> {
    match command {
        Command::Receive(_) => Ok(Vec::new()),
        Command::Acknowledge => Ok(intake::acknowledge(complaint, context)),
        Command::ReportUndeliverable { letter, reason, about } => {
            Ok(inquire::not_delivered(complaint, letter, reason, about, context))
        }
        Command::Assign { owner } => work::assign(complaint, owner),
        Command::Triage(triage) => triage::triage(complaint, triage, context),
        Command::RecordContact { channel, text } => work::contact(complaint, channel, text, context),
        Command::AddNote { kind, text } => work::note(complaint, kind, text),
        Command::RecordFinding(finding) => work::finding(complaint, finding, context),
        Command::Propose { outcome, remedies, text } => {
            resolve::propose(complaint, outcome, remedies, text, context)
        }
        Command::AnswerProposal { proposal, answer, reason, channel } => {
            resolve::answer(complaint, proposal, answer, reason, channel, context)
        }
        Command::TakeAsConsent { proposal, text } => {
            resolve::take_as_consent(complaint, proposal, text, context)
        }
        Command::CompleteRemedy { remedy, text } => {
            resolve::complete_remedy(complaint, remedy, text, context)
        }
        Command::ChangeRemedy { remedy, promised_by, text } => {
            resolve::change_remedy(complaint, remedy, promised_by, text, context)
        }
        Command::Escalate { reason } => {
            work::escalate(complaint, EscalationReason::Staff { text: reason }, context)
        }
        Command::WatchPromises => Ok(watch::watch(complaint, context)),
        Command::FollowUp => Ok(follow::follow_up(complaint, context)),
        Command::RecordFeedback { feedback, channel } => {
            follow::feedback(complaint, feedback, channel, context)
        }
        Command::Close { waive_follow_up, not_reached } => {
            follow::close(complaint, waive_follow_up, not_reached, context)
        }
        Command::Reopen { text, .. } => follow::reopen(complaint, text, context),
        Command::AskCustomer { text } => inquire::ask_customer(complaint, text, context),
        Command::AddInformation { text, channel, marks } => {
            inquire::check_room(complaint, channel, context)?;
            Ok(vec![inquire::inform(complaint, text, channel, marks, context)])
        }
        Command::LeaveOutReply { why } => Ok(vec![Event::ReplyLeftOut { why, at: context.now }]),
        Command::Consult { department, text } => inquire::consult(complaint, department, text, context),
        Command::AnswerConsultation { consultation, text } => {
            inquire::answer_consultation(complaint, consultation, text, context)
        }
        Command::AnnounceDelay { until, text } => inquire::announce_delay(complaint, until, text, context),
        Command::SettleAtOnce { finding, outcome, remedies, text, channel } => {
            resolve::settle_at_once(complaint, finding, outcome, remedies, text, channel, context)
        }
        Command::AskEscalation { text, channel } => work::ask_escalation(complaint, text, channel, context),
        Command::RecordPattern { pattern, count, others } => {
            Ok(work::pattern(complaint, pattern, count, others, context))
        }
        Command::Withdraw { reason, channel } => Ok(vec![end::withdraw(complaint, reason, channel, context)]),
        Command::ProposeRefusal { grounds, text } => {
            Ok(end::propose_refusal(complaint, grounds, text, context))
        }
        Command::DecideRefusal { approve, text } => end::decide_refusal(complaint, approve, text, context),
        Command::MarkDuplicate { other } => end::mark_duplicate(complaint, &other, context),
        Command::Absorb { duplicate, text, said_at } => {
            Ok(end::absorb(complaint, duplicate, text, said_at, context))
        }
        Command::Link { other, text } => end::link(complaint, other, text),
        Command::Unlink { other, text } => Ok(vec![Event::Unlinked { other, text: Some(text) }]),
        Command::ReturnLink { other, linked } => Ok(end::return_link(complaint, other, linked)),
        Command::AddEvidence { file, channel } => data::add_evidence(complaint, file, channel, context),
        Command::RecordScan { file, verdict } => Ok(data::record_scan(complaint, file, verdict, context)),
        Command::Disown => Ok(inquire::disown(complaint, context)),
        Command::EndLinks { reason } => data::end_links(complaint, reason, context),
        Command::CorrectContact { contact, text } => data::correct_contact(complaint, contact, text, context),
        Command::AskData { channel } => Ok(vec![Event::DataAsked { channel, at: context.now }]),
        Command::AskErasure { channel } => Ok(vec![Event::ErasureAsked { channel, at: context.now }]),
        Command::DeclineErasure { text } => data::decline_erasure(complaint, text),
        Command::Restrict { text } => data::restrict(complaint, text, context),
        Command::RecordExport { text } => Ok(vec![Event::Exported { text, at: context.now }]),
        Command::Hold { text } => Ok(vec![Event::HoldSet { text }]),
        Command::LiftHold { text } => Ok(vec![Event::HoldLifted { text }]),
    }
}

/// Whether the command asks for what is so already; a different answer to what was answered is an error.
fn is_repetition(complaint: &Complaint, command: &Command, context: &Context<'_>) -> Result<bool, Rejection> {
    Ok(match command {
        Command::Acknowledge => complaint.acknowledgement != Acknowledgement::Owed,
        // There is one acknowledgement, and it comes back once; that it was also marked as spam adds nothing.
        // Nor is what nobody would hear of by another way a task for anybody.
        Command::ReportUndeliverable { letter, .. } => {
            letter.is_nobodys(complaint.reach)
                || *letter == LetterKind::Acknowledgement
                    && complaint.acknowledgement == Acknowledgement::Undeliverable
        }
        Command::RecordFinding(finding) => complaint.finding.as_ref() == Some(finding),
        Command::Assign { owner } => complaint.owner.as_ref() == Some(owner),
        Command::AnswerProposal { proposal, answer, .. } => match complaint.answered {
            Some((answered, given)) if answered == *proposal => {
                return if given == *answer { Ok(true) } else { Err(Rejection::AlreadyAnswered) };
            }
            Some(_) | None if resolve::was_no_silence(complaint, *proposal, *answer, context) => false,
            Some(_) | None if is_taken_as_consent(complaint, *proposal) => {
                resolve::check_news(complaint, *proposal, *answer, context)?;
                return if *answer == Answer::Accept { Ok(true) } else { Err(Rejection::TakenAsConsent) };
            }
            Some(_) | None => false,
        },
        Command::TakeAsConsent { proposal, .. } => is_taken_as_consent(complaint, *proposal),
        Command::CompleteRemedy { remedy, .. } => {
            complaint.remedy(*remedy).is_some_and(|remedy| remedy.done_at.is_some())
        }
        Command::ChangeRemedy { remedy, promised_by, .. } => {
            complaint.remedy(*remedy).is_some_and(|remedy| match promised_by {
                Some(date) => remedy.is_open() && remedy.agreed_for.is_some() && remedy.promised_by == *date,
                None => remedy.dropped_at.is_some(),
            })
        }
        Command::RecordFeedback { feedback, .. } => match &complaint.feedback {
            Some(given) if given.rating == feedback.rating && given.concern == feedback.concern => true,
            // What was answered stands; but that something is wrong after all can still be said in its time.
            Some(given) if feedback.concern && !given.concern => false,
            Some(_) => return Err(Rejection::AlreadyAnswered),
            None => false,
        },
        Command::Close { .. } => matches!(complaint.stage, Stage::Closed { .. }),
        Command::Withdraw { .. } => matches!(complaint.stage, Stage::Withdrawn { .. }),
        Command::ProposeRefusal { grounds, text } => complaint
            .refusal
            .as_ref()
            .is_some_and(|refusal| refusal.grounds == *grounds && refusal.text == *text),
        Command::MarkDuplicate { other } => {
            matches!(complaint.stage, Stage::Duplicate { of, .. } if of == other.id)
        }
        // What was taken away does not come back by another way.
        Command::Absorb { duplicate, .. } => {
            complaint.duplicates.contains(duplicate) || complaint.reach == Reach::Restricted
        }
        Command::Link { other, .. } => complaint.linked.contains(other),
        Command::Unlink { other, .. } => !complaint.linked.contains(other),
        Command::ReturnLink { other, linked } => complaint.linked.contains(other) == *linked,
        Command::RecordPattern { pattern, .. } => complaint.patterns.contains(pattern),
        Command::AnswerConsultation { consultation, .. } => {
            return inquire::is_answered(complaint, *consultation);
        }
        Command::AddEvidence { file, .. } => complaint.unscanned.contains(&file.id),
        Command::RecordScan { file, .. } => !complaint.unscanned.contains(file),
        Command::Reopen { .. } => complaint.reopenings > 0 && complaint.stage_name().owes_answer(),
        // Nobody is mailed any more who could say so.
        Command::Disown => !complaint.reach.has_address(),
        Command::AskData { .. } => complaint.data_asked || complaint.reach == Reach::Restricted,
        Command::AskErasure { .. } => complaint.erasure_asked || complaint.reach == Reach::Restricted,
        Command::Restrict { .. } => complaint.reach == Reach::Restricted,
        Command::Hold { .. } => complaint.held,
        Command::LiftHold { .. } => !complaint.held,
        Command::Receive(_)
        | Command::Triage(_)
        | Command::RecordContact { .. }
        | Command::AddNote { .. }
        | Command::Propose { .. }
        | Command::Escalate { .. }
        | Command::WatchPromises
        | Command::FollowUp
        | Command::AskCustomer { .. }
        | Command::AddInformation { .. }
        | Command::LeaveOutReply { .. }
        | Command::Consult { .. }
        | Command::AnnounceDelay { .. }
        | Command::SettleAtOnce { .. }
        | Command::DecideRefusal { .. }
        | Command::AskEscalation { .. }
        | Command::EndLinks { .. }
        | Command::CorrectContact { .. }
        | Command::DeclineErasure { .. }
        | Command::RecordExport { .. } => false,
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
    if complaint.reach == Reach::Restricted {
        return None;
    }
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
        | Stage::Investigating(_)
        | Stage::Implementing { .. }
        | Stage::FollowingUp { .. }
        | Stage::Closed { .. }
        | Stage::Withdrawn { .. }
        | Stage::Refused { .. }
        | Stage::Duplicate { .. } => None,
    }
}

/// A question that is open to the customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// Do you accept the proposal of this number? Answered by [`Answer`].
    Proposal(u8),
    /// Are you satisfied?
    Satisfaction,
}

#[cfg(test)]
mod laws;
#[cfg(test)]
mod tests;

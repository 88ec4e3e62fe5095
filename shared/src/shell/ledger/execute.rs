//! A command on a complaint that exists.

use super::{Change, Done, Foreseen, Ledger, NotDone, read::Loaded, transaction::Cancelled, write};
use crate::{
    complaint::{Acknowledgement, Complaint},
    decide::{Context, decide},
    event::{Event, Recorded},
    rejection::Rejection,
    shell::{
        StepError,
        keys::{self, get_text, number},
        ledger::{transaction, write::Entry},
    },
    values::{ComplaintId, Digest},
};

/// How often a command that met a newer version is decided anew.
const MOST_RELOADS: u32 = 8;

impl Ledger<'_> {
    /// Loads, decides, records. Of two commands on one version one wins; the other is told when it said which
    /// version it saw, and else decided anew on what the winner left.
    pub async fn execute(self, change: Change) -> Result<Done, NotDone> {
        self.execute_on(None, change).await
    }

    /// The same on a complaint that was just read, which is read again only if it is another by now.
    pub(in crate::shell) async fn execute_on(
        self,
        mut read: Option<Loaded>,
        change: Change,
    ) -> Result<Done, NotDone> {
        let key = keys::complaint(change.complaint);
        for attempt in 0..MOST_RELOADS {
            let loaded = match read.take() {
                Some(read) => opened_by(&change, Some(read))?,
                None => self.load_for(&change).await?,
            };
            if loaded.command.as_deref() == Some(change.command_id.to_string().as_str()) {
                // The answer to an earlier attempt was lost after it was carried out.
                return Ok(Done { complaint: loaded.complaint, events: Vec::new() });
            }
            is_seen(&change, &loaded)?;
            // Boxed: two complaints, their events and all that is written stand in it, and it is part of every step.
            match Box::pin(self.attempt(&change, loaded)).await? {
                Attempt::Done(done) => return Ok(*done),
                Attempt::Outrun => self.shell.pause(attempt).await?,
            }
        }
        Err(StepError::retry("execute", key.to_string(), "others change the complaint all the time").into())
    }

    /// Loads and decides as [`execute`](Self::execute) does, and records nothing.
    pub async fn foresee(self, change: &Change) -> Result<Foreseen, NotDone> {
        let loaded = self.load_for(change).await?;
        is_seen(change, &loaded)?;
        let decided = self.decided(change, &loaded).await?;
        let now = loaded.complaint;
        let (then, events) = decided.unwrap_or_else(|| (now.clone(), Vec::new()));
        Ok(Foreseen { now, then, events })
    }

    /// The complaint that a change is about, if who asks for it may know of it.
    async fn load_for(self, change: &Change) -> Result<Loaded, NotDone> {
        opened_by(change, self.load_item(change.complaint).await?)
    }

    /// The complaint as the change would leave it, with what is to be recorded; none where there is nothing left to do.
    async fn decided(
        self,
        change: &Change,
        loaded: &Loaded,
    ) -> Result<Option<(Complaint, Vec<Recorded>)>, NotDone> {
        let (shell, before) = (self.shell, &loaded.complaint);
        let now = shell.now();
        let policy = shell.policy_of(before).await?;
        let context = Context {
            said_at: change.said_at,
            ..Context::new(now, &policy, &change.actor, change.command_id)
        };
        let events = decide(Some(before), change.command.clone(), &context)?;
        if events.is_empty() {
            return Ok(None);
        }
        let entry =
            Entry { at: now, actor: &change.actor, command: change.command_id, policy: policy.version };
        Ok(write::record(Some(before), loaded.head, events, &entry))
    }

    async fn attempt(self, change: &Change, loaded: Loaded) -> Result<Attempt, NotDone> {
        let decided = self.decided(change, &loaded).await?;
        let before = loaded.complaint;
        let Some((complaint, recorded)) = decided else {
            return Ok(Attempt::Done(Box::new(Done { complaint: before, events: Vec::new() })));
        };
        let head = recorded.last().map_or(loaded.head, |last| last.hash);
        let mut writes = vec![transaction::put_if(
            self.table()?,
            self.complaint_item(&complaint, &head, change.command_id)?,
            "version = :seen",
            [(":seen", number(before.version))],
        )?];
        if let Some((event, step)) = &change.effect {
            writes.push(self.effect_write(event, step)?);
        }
        writes.extend(self.event_writes(&recorded)?);
        writes.extend(self.text_writes(change.complaint, &change.texts)?);
        if let Some(correction) = &change.correction {
            writes.extend(self.correction_writes(correction, (&before, &complaint))?);
        }
        // Of two that are found to be the same at the same time, one goes on.
        let goes_on = writes.len();
        if let Some(other) = taken_over_by(&recorded) {
            writes.push(transaction::check_open(self.table()?, &keys::complaint(other))?);
        }
        let token = Digest::of(format!("{} {}", change.command_id, before.version).as_bytes());
        let done = Done { complaint, events: recorded };
        match self.transact(writes, &token, &keys::complaint(change.complaint)).await? {
            Ok(()) => Ok(Attempt::Done(Box::new(done))),
            Err(Cancelled::Condition(0, current)) => {
                let ours = current.as_ref().and_then(|item| get_text(item, "command"))
                    == Some(change.command_id.to_string().as_str());
                Ok(if ours { Attempt::Done(Box::new(done)) } else { Attempt::Outrun })
            }
            Err(Cancelled::Condition(place, _)) if place == goes_on => Err(Rejection::other_is_over().into()),
            Err(Cancelled::Condition(1, _)) if change.effect.is_some() => {
                Ok(Attempt::Done(Box::new(Done { complaint: before, events: Vec::new() })))
            }
            Err(Cancelled::Condition(..)) => Ok(Attempt::Outrun),
        }
    }
}

/// Refuses what was asked on another version than there is.
fn is_seen(change: &Change, loaded: &Loaded) -> Result<(), NotDone> {
    let now = loaded.complaint.version;
    let is_seen =
        |expected| expected == now || change.on_page && is_only_acknowledged(&loaded.complaint, expected);
    if change.expected.is_none_or(is_seen) { Ok(()) } else { Err(NotDone::Stale { now }) }
}

/// Whether nothing came since but that it was acknowledged, or could not be: nobody did anything, and nothing that could be
/// done has changed. A complaint begins with one event, so that the second is this one.
fn is_only_acknowledged(complaint: &Complaint, seen: u32) -> bool {
    (seen, complaint.version) == (1, 2) && complaint.acknowledgement != Acknowledgement::Owed
}

/// The complaint, unless it is not there for who asks.
fn opened_by(change: &Change, loaded: Option<Loaded>) -> Result<Loaded, NotDone> {
    let is_meant = |loaded: &Loaded| {
        let complaint = &loaded.complaint;
        change.opened.is_none_or(|opened| opened.is_good_for(complaint))
            && change.reference.is_none_or(|reference| reference == complaint.reference)
    };
    Ok(loaded.filter(is_meant).ok_or(Rejection::NotFound)?)
}

/// The complaint that goes on in place of this one.
fn taken_over_by(recorded: &[Recorded]) -> Option<ComplaintId> {
    recorded.iter().find_map(|recorded| match recorded.event {
        Event::MarkedDuplicate { of, .. } => Some(of),
        _ => None,
    })
}

enum Attempt {
    Done(Box<Done>),
    Outrun,
}

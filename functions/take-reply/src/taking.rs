//! A message to a complaint that there is.

use complaints::{
    actor::Actor,
    command::{Command, LeftOut, Mark, Reach},
    complaint::Complaint,
    reply::{Content, Envelope, Unreadable},
    shell::{
        Shell, StepError,
        desk::Draft,
        ledger::{Change, NotDone},
    },
    values::{Channel, ComplaintId, Digest, Text},
};

use super::{Then, files};

/// A message that came to a complaint's address.
pub(super) struct Came<'a, R: FnOnce() -> Result<Content, Unreadable>> {
    pub(super) id: ComplaintId,
    pub(super) envelope: &'a Envelope,
    /// Whether a machine answers for its owner.
    pub(super) is_automatic: bool,
    /// Reads what is in it.
    pub(super) content: R,
}

/// The steps whose effect it is that a message was put with its complaint, or that it was said why not.
const TAKEN: &str = "reply";
const LEFT_OUT: &str = "reply-left-out";
/// What stands in place of the words of a message that has only files.
const FILES_ONLY: &str = "(An e-mail without words.)";

pub(super) async fn take<R>(shell: &Shell, came: Came<'_, R>) -> Result<Then, StepError>
where
    R: FnOnce() -> Result<Content, Unreadable>,
{
    let Some(complaint) = shell.ledger().load(came.id).await? else { return Ok(Then::Remove) };
    if complaint.reach == Reach::Restricted {
        // Who the customer was and what they told was taken away, and does not come back this way.
        return Ok(Then::Remove);
    }
    if came.envelope.verdicts.virus {
        return leave_out(shell, came.id, LeftOut::Harmful, Then::Remove).await;
    }
    if came.is_automatic {
        return leave_out(shell, came.id, LeftOut::Automatic, Then::Remove).await;
    }
    let Ok(content) = (came.content)() else {
        return leave_out(shell, came.id, LeftOut::Unreadable, Then::Keep).await;
    };
    let words = match &content.words {
        Some(words) => words.clone(),
        None if !content.files.is_empty() => only_files()?,
        None => return leave_out(shell, came.id, LeftOut::Unreadable, Then::Keep).await,
    };
    let name = came.envelope.name(shell.config().link_secret()?.bytes(), words.as_str());
    if !shell.ledger().may_take_reply(came.id, &name).await? {
        return leave_out(shell, came.id, LeftOut::TooMany, Then::Keep).await;
    }
    let Content { is_cut, files, .. } = content;
    let mut marks = marks(shell, &complaint, came.envelope, is_cut).await?;
    // Before the words are put with it, since that is what ends the matter: a message that comes again brings them again.
    // Of who may be anybody nothing is taken that would keep the customer's own files out.
    let is_anybodys = marks.iter().any(|mark| matches!(mark, Mark::OtherAddress | Mark::SuspectedSpam));
    let all_kept =
        if is_anybodys { files.is_empty() } else { files::hand_in(shell, &complaint, &name, files).await? };
    if !all_kept {
        marks.push(Mark::FilesLeftOut);
    }
    put(shell, came.id, &words, marks, &name).await
}

/// Puts the words with the complaint. Where its data was taken away meanwhile, there is nothing they could be put with.
async fn put(
    shell: &Shell,
    complaint: ComplaintId,
    words: &Text<{ complaints::reply::LONGEST }>,
    marks: Vec<Mark>,
    name: &Digest,
) -> Result<Then, StepError> {
    let mut draft = Draft::new(shell);
    let text = draft.text(words)?;
    let command = Command::AddInformation { text, channel: Channel::Email, marks };
    let change = Change {
        texts: draft.into_texts(),
        effect: Some((format!("{complaint}:{name}"), TAKEN)),
        ..Change::by(shell, Actor::Customer, complaint, command)?
    };
    recorded(shell.ledger().execute(change).await)?;
    Ok(Then::Remove)
}

/// Notes why a message is not put with its complaint; once a day is enough, whatever comes.
async fn leave_out(shell: &Shell, id: ComplaintId, why: LeftOut, then: Then) -> Result<Then, StepError> {
    let day = shell.policy().calendar.date(shell.now());
    let effect = Some((format!("{id}:{day}:{}", why.code()), LEFT_OUT));
    let change = Change::by_system(shell, id, Command::LeaveOutReply { why }, effect)?;
    recorded(shell.ledger().execute(change).await)?;
    Ok(then)
}

/// On a complaint that was removed or whose data was taken away there is nothing left to do.
fn recorded<T>(done: Result<T, NotDone>) -> Result<(), StepError> {
    match done {
        Err(NotDone::Failed(error)) => Err(error),
        Ok(_) | Err(NotDone::Rejected(_) | NotDone::Stale { .. }) => Ok(()),
    }
}

/// What staff have to know of the message.
async fn marks(
    shell: &Shell,
    complaint: &Complaint,
    envelope: &Envelope,
    is_cut: bool,
) -> Result<Vec<Mark>, StepError> {
    let on_file = shell.ledger().intake(complaint.id).await?.and_then(|intake| intake.email);
    let is_theirs = match (&on_file, &envelope.from) {
        (Some(on_file), Some(from)) => on_file.normalised() == from.normalised(),
        _ => false,
    };
    let found = [
        (Mark::OtherAddress, !is_theirs),
        (Mark::Unproven, !envelope.verdicts.proven),
        (Mark::SuspectedSpam, envelope.verdicts.spam),
        (Mark::Shortened, is_cut),
    ];
    Ok(found.into_iter().filter_map(|(mark, holds)| holds.then_some(mark)).collect())
}

fn only_files() -> Result<Text<{ complaints::reply::LONGEST }>, StepError> {
    Text::parse(FILES_ONLY).map_err(|error| StepError::give_up("read", "a mail without words", error))
}

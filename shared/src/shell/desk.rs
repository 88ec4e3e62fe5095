//! What all steps of staff have in common: who asks, on which version, for which complaint, and what they get back: a
//! program the complaint in short, a browser the way on to its page.

mod leading;
mod preview;
mod refused;

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use jiff::Timestamp;

pub use leading::{deciding, leading};
pub(super) use refused::refused;

use super::{
    Shell, StepError,
    answer::{Answer, Refusal, respond},
    comment::Comment,
    ledger::{Change, Correction, Decided, Judged, NotDone, PrivateText, Verdict},
    request::Request,
};
use crate::{
    access::Access,
    actor::Actor,
    command::{Command, EscalationReason, Finding, TextRef},
    complaint::Complaint,
    event::{Event, Recorded},
    fields::{FieldError, Fields},
    figures::Period,
    page::desk::{Action, DRAFT, ENTRY, SAID_AT},
    problem::Problem,
    rejection::Rejection,
    staff_body::{Found, take_moment},
    values::{ComplaintId, Digest, Reference, Text},
    view::Summary,
};

/// A command under way: texts are sealed beside it.
#[derive(Debug)]
pub struct Draft<'a> {
    shell: &'a Shell,
    texts: Vec<PrivateText>,
    correction: Option<Correction>,
}

impl<'a> Draft<'a> {
    /// Nothing written yet.
    pub fn new(shell: &'a Shell) -> Draft<'a> {
        Draft { shell, texts: Vec::new(), correction: None }
    }

    /// Seals a text, to be written with the command; events get what points to it.
    pub fn text<const MAX: usize>(&mut self, text: &Text<MAX>) -> Result<TextRef, StepError> {
        self.words(text.as_str())
    }

    /// Seals words that were put together here.
    pub fn words(&mut self, words: impl Into<String>) -> Result<TextRef, StepError> {
        let private = PrivateText::new(self.shell, words)?;
        let reference = private.reference();
        self.texts.push(private);
        Ok(reference)
    }

    /// Seals a text, where there is one.
    pub fn optional<const MAX: usize>(
        &mut self,
        text: Option<&Text<MAX>>,
    ) -> Result<Option<TextRef>, StepError> {
        text.map(|text| self.text(text)).transpose()
    }

    /// Seals what was found.
    pub fn finding(&mut self, found: Found) -> Result<Finding, StepError> {
        let Found { finding, root_cause, preventable, deviation } = found;
        Ok(Finding { text: self.text(&finding)?, root_cause, preventable, deviation })
    }

    /// Puts a form in the place of the one on file.
    pub fn correct(&mut self, correction: Correction) {
        self.correction = Some(correction);
    }

    /// What was sealed.
    pub fn into_texts(self) -> Vec<PrivateText> {
        self.texts
    }
}

/// Carries out a command of staff: `read` makes it of the body's fields. Answers with the complaint in short.
pub async fn command<T, R, M>(
    shell: &Shell,
    request: ApiGatewayV2httpRequest,
    read: R,
    make: M,
) -> ApiGatewayV2httpResponse
where
    R: FnOnce(Fields) -> Result<T, Vec<FieldError>>,
    M: FnOnce(T, &mut Draft<'_>) -> Result<Command, StepError>,
{
    Box::pin(command_after(shell, request, read, async |_, body, draft| Ok(make(body, draft)?))).await
}

/// Who asks, by which request, about which complaint.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The request.
    pub request: &'a Request,
    /// Who asks.
    pub actor: &'a Actor,
    /// The complaint.
    pub complaint: ComplaintId,
}

/// The same, where something has to be looked up before the command can be made.
pub async fn command_after<T, R, M>(
    shell: &Shell,
    request: ApiGatewayV2httpRequest,
    read: R,
    make: M,
) -> ApiGatewayV2httpResponse
where
    R: FnOnce(Fields) -> Result<T, Vec<FieldError>>,
    M: AsyncFnOnce(&Asked<'_>, T, &mut Draft<'_>) -> Result<Command, Refusal>,
{
    respond(shell, request, async |request| {
        let actor = request.staff()?;
        let (version, mut fields) = request.fields_on_version()?;
        let only_shown = preview::is_wanted(request, &mut fields);
        let said_at = said_at(shell, request, &mut fields);
        let body = read(fields).map_err(Problem::invalid)?;
        let complaint = named(shell, request).await?;
        let mut draft = Draft::new(shell);
        let command = make(&Asked { request, actor: &actor, complaint }, body, &mut draft).await?;
        let change = Change {
            expected: Some(version),
            on_page: request.wants_html(),
            said_at,
            correction: draft.correction.take(),
            texts: draft.into_texts(),
            ..Change::by(shell, actor.clone(), complaint, command)?
        };
        if only_shown {
            return preview::show(shell, request, &actor, &change).await;
        }
        let comment = Comment::of(&change);
        let done = shell.ledger().execute(change).await;
        let done = allowed(shell, request, &actor, complaint, done).await?;
        if let Some(comment) = comment
            && !comment.is_kept(shell, &done).await?
            && !comment.came_before(shell, &done.complaint).await?
        {
            return Err(comment.not_kept(&done.complaint).into());
        }
        let summary = Summary::of(&done.complaint, &actor);
        if done.events.iter().any(went_up_as_draft) {
            return done_as(request, &summary, 200, DRAFT);
        }
        done_with(request, &summary, 200)
    })
    .await
}

/// When it was said, where what is asked for takes down what somebody said; what is wrong with it is said with the rest.
fn said_at(shell: &Shell, request: &Request, fields: &mut Fields) -> Option<Timestamp> {
    let route = preview::last_of_route(request);
    let zone = shell.policy().calendar.zone();
    Action::route_takes_down(route).then(|| take_moment(fields, SAID_AT, zone)).flatten()
}

/// What came of a command, once it is recorded that it was refused for the role of who asked.
pub async fn allowed<T>(
    shell: &Shell,
    request: &Request,
    actor: &Actor,
    complaint: ComplaintId,
    done: Result<T, NotDone>,
) -> Result<T, Refusal> {
    match done {
        Err(NotDone::Rejected(no @ Rejection::NotAllowed { .. })) => {
            note(shell, request, actor, &complaint.to_string(), Noted::Refused).await?;
            Err(no.into())
        }
        done => Ok(done?),
    }
}

/// What is answered to a write that was carried out: the complaint in short, or for a browser the way to its page, which
/// says what was done.
pub fn done_with(request: &Request, summary: &Summary, status: u16) -> Result<Answer, Refusal> {
    let route = request.path().rsplit('/').next().unwrap_or_default();
    let action = Action::sent(route, &request.typed().unwrap_or_default());
    done_as(request, summary, status, action.map_or(ENTRY.key, |action| action.key))
}

/// The same, where what was done has this key.
fn done_as(request: &Request, summary: &Summary, status: u16, done: &str) -> Result<Answer, Refusal> {
    if !request.wants_html() {
        return Ok(Answer::json(status, summary)?.with_version(summary.version));
    }
    Ok(Answer::see_other(&format!("/staff/complaints/{}?done={done}", summary.reference)))
}

/// Whether what was to be offered is more than who offers it may give, so that it became a draft and went up.
fn went_up_as_draft(recorded: &Recorded) -> bool {
    matches!(recorded.event, Event::Escalated { reason: EscalationReason::Redress { .. }, .. })
}

/// A decision about a held post under way.
#[derive(Clone, Debug)]
pub struct Judgement {
    /// Which post.
    pub id: ComplaintId,
    /// Who decides.
    pub actor: Actor,
    /// What came of it.
    pub judged: Judged,
}

/// Decides about the held post that the route names, with the reason that `read` finds in the body. That it was done,
/// and by whom, is recorded with the looks at held posts as well, where it stays.
pub async fn judge(
    shell: &Shell,
    request: &Request,
    verdict: Decided,
    read: impl FnOnce(Fields) -> Result<Option<String>, Vec<FieldError>>,
) -> Result<Judgement, Refusal> {
    let actor = request.staff()?;
    let reason = read(request.fields()?).map_err(Problem::invalid)?;
    let id = named(shell, request).await?;
    let month = Period::of(id.made_at(), &shell.policy().calendar);
    note_held(shell, request, &actor, month).await?;
    let verdict = Verdict { verdict, actor: actor.clone(), at: shell.now(), reason };
    let judged = shell.ledger().judge(id, &verdict).await?;
    Ok(Judgement { id, actor, judged })
}

/// What is recorded beside the events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Noted {
    /// They look at personal data.
    Read,
    /// Their role does not allow what they tried.
    Refused,
}

/// Records that a member of staff looks at a complaint, before anything of it is read, or what they were refused. What
/// cannot be recorded is not answered.
pub async fn note(
    shell: &Shell,
    request: &Request,
    actor: &Actor,
    subject: &str,
    what: Noted,
) -> Result<(), StepError> {
    let access = Access { refused: what == Noted::Refused, ..access(shell, request, actor)? };
    shell.ledger().note_access(subject, &access).await
}

/// The answer to whom a complaint is about: what is said of them there, and by whom, is not theirs to read.
pub async fn refuse_whom_it_is_about(
    shell: &Shell,
    request: &Request,
    actor: &Actor,
    complaint: ComplaintId,
) -> Result<Refusal, StepError> {
    note(shell, request, actor, &complaint.to_string(), Noted::Refused).await?;
    Ok(Rejection::NotAllowed { needs: None }.into())
}

/// Another complaint, which the body names by its reference, at this place. Whom it is about has no hand in it.
pub async fn another(
    shell: &Shell,
    asked: &Asked<'_>,
    (reference, pointer): (Reference, &str),
) -> Result<Complaint, Refusal> {
    let Some(other) = shell.ledger().called(reference).await? else {
        let detail = "There is no complaint with this reference.";
        let unknown = FieldError::new(pointer.to_owned(), "unknown_value", detail);
        return Err(Problem::invalid(vec![unknown]).into());
    };
    if other.is_about(asked.actor) {
        return Err(refuse_whom_it_is_about(shell, asked.request, asked.actor, other.id).await?);
    }
    Ok(other)
}

/// Records that a member of staff looks for a customer, before anything is looked up: under a key, so that nobody can
/// read there who it was.
pub async fn note_search(
    shell: &Shell,
    request: &Request,
    actor: &Actor,
    sought: Digest,
) -> Result<(), StepError> {
    let access = Access { sought: Some(sought), ..access(shell, request, actor)? };
    shell.ledger().note_desk_access(&access).await
}

/// Records that a member of staff looks at the posts of a month that are held as suspected spam, before any is read.
pub async fn note_held(
    shell: &Shell,
    request: &Request,
    actor: &Actor,
    month: Period,
) -> Result<(), StepError> {
    let access = Access { held: Some(month), ..access(shell, request, actor)? };
    shell.ledger().note_desk_access(&access).await
}

/// A look of a member of staff by this request.
fn access(shell: &Shell, request: &Request, actor: &Actor) -> Result<Access, StepError> {
    let Actor::Staff { id, role } = actor else {
        return Err(StepError::give_up("record an access", request.route(), "it is by nobody of staff"));
    };
    Ok(Access {
        at: shell.now(),
        staff: id.clone(),
        role: *role,
        route: request.route().to_owned(),
        refused: false,
        sought: None,
        held: None,
        request: request.id().to_owned(),
    })
}

/// The complaint that the route names.
pub async fn named(shell: &Shell, request: &Request) -> Result<ComplaintId, Refusal> {
    request.complaint(shell).await?.ok_or_else(|| Problem::not_found().into())
}

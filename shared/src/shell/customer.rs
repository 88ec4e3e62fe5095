//! What all steps of customers have in common: the cookie that opens one complaint, and nothing else.

use std::collections::{BTreeMap, HashMap};

use super::{
    Shell, StepError,
    answer::{Answer, Refusal, words_for},
    comment::Comment,
    desk::Draft,
    ledger::{Change, Done, NotDone},
    link::{Opens, Purpose, Token, cookie_name},
    request::Request,
};
use crate::{
    actor::Actor,
    command::Command,
    complaint::{Complaint, StageName},
    event::{Event, Recorded},
    evidence::{FileView, files_of},
    fields::{FieldError, Fields},
    page::{Answered, Closed, Frame, Given, My, Tell, Way},
    problem::{Kind, Problem},
    rejection::Rejection,
    values::{ComplaintId, Digest, Reference},
    view::CustomerView,
    words,
};

/// The complaint that a private page is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opened {
    opens: Opens,
    /// As the page's address has it.
    pub reference: Reference,
}

/// The complaint that the route names and the cookie opens. No cookie, another's cookie,
/// another site's page, no such complaint: all alike.
pub fn opened(shell: &Shell, request: &Request) -> Result<Opened, Refusal> {
    let named = request.parameter("reference").and_then(|reference| Reference::parse(reference).ok());
    let reference = named.ok_or_else(Problem::not_found)?;
    let cookie = request.cookie(&cookie_name(reference)).filter(|_| !request.is_anothers_post());
    let cookie = cookie.ok_or_else(Problem::not_found)?;
    match shell.read_token(Purpose::Session, cookie)? {
        Token::Valid(opens) => Ok(Opened { opens, reference }),
        // The link in the mail opens it again.
        Token::Expired(_) => Err(Problem::gone().into()),
        Token::Unknown => Err(Problem::not_found().into()),
    }
}

/// The complaint that was opened, if it has that reference and its links were not ended since.
pub async fn load(shell: &Shell, opened: Opened) -> Result<Option<Complaint>, Refusal> {
    let complaint = shell.ledger().load(opened.opens.complaint).await?;
    match complaint.filter(|complaint| complaint.reference == opened.reference) {
        Some(complaint) if !opened.opens.is_good_for(&complaint) => Err(Problem::gone().into()),
        complaint => Ok(complaint),
    }
}

/// The complaint as its customer sees it, with its texts.
pub async fn view(shell: &Shell, complaint: &Complaint) -> Result<CustomerView, StepError> {
    let ledger = shell.ledger();
    let history = ledger.events(complaint.id).await?;
    let intake = ledger.intake(complaint.id).await?;
    let mut asked = Vec::new();
    for text in CustomerView::questions_of(complaint, &history) {
        asked.extend(ledger.text(complaint.id, text).await?);
    }
    let explanation = match CustomerView::explanation_of(complaint) {
        Some(text) => ledger.text(complaint.id, text).await?,
        None => None,
    };
    let kept = match CustomerView::kept_because(&history) {
        Some(text) => ledger.text(complaint.id, text).await?,
        None => None,
    };
    let files = files(shell, complaint.id, &history).await?;
    let policy = shell.policy_of(complaint).await?;
    let view = CustomerView::of(complaint, &history, &policy, shell.now());
    Ok(CustomerView { kept, files, ..view.with_texts(intake, explanation).asking(asked) })
}

/// The files of a complaint as its customer sees them: who of our staff sent one is not for them to know.
pub async fn files(
    shell: &Shell,
    complaint: ComplaintId,
    history: &[Recorded],
) -> Result<Vec<FileView>, StepError> {
    let mut texts = HashMap::new();
    for record in files_of(history) {
        let text = shell.ledger().text(complaint, &record.file).await?;
        texts.extend(text.map(|text| (record.file.id, text)));
    }
    let files = FileView::of(history, &texts).into_iter();
    Ok(files.map(|file| FileView { by: None, ..file }).collect())
}

/// What a customer does, made of what they sent.
#[derive(Clone, Debug)]
pub struct Deed {
    /// What is asked of the complaint.
    pub command: Command,
    /// What they are thanked for.
    pub given: Given,
    /// Names this sending, where the command by itself could be carried out twice.
    pub once: Option<Digest>,
}

impl Deed {
    /// What can be repeated without harm.
    pub fn of(command: Command, given: Given) -> Deed {
        Deed { command, given, once: None }
    }
}

/// The step whose effect it is that something was sent from a private page.
const SENT: &str = "sent";

/// Where a customer sends something from, and is shown what is wrong with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Desk {
    /// The private page itself.
    Private,
    /// The page of this way.
    Of(Way),
}

/// Carries out a command of the customer: `read` reads the body, `make` makes the deed of it. What is wrong with a form
/// comes back with what was typed, and so does what came from a page that has closed meanwhile.
pub async fn command<T, R, M>(
    shell: &Shell,
    request: &Request,
    desk: Desk,
    read: R,
    make: M,
) -> Result<Answer, Refusal>
where
    R: FnOnce(Fields) -> Result<T, Vec<FieldError>>,
    M: FnOnce(T, &mut Draft<'_>) -> Result<Deed, StepError>,
{
    match carry_out(shell, request, desk, read, make).await {
        Err(Refusal::Problem(problem)) => match closed(shell, request, &problem) {
            Some(page) => Ok(page),
            None => Err(Refusal::Problem(problem)),
        },
        done => done,
    }
}

/// The page that keeps what was typed where the private page is not open, whatever the reason: they look alike. Only for
/// what came from a page of ours: another site's post comes without the cookie, and a button of ours would send what
/// they wrote with it.
fn closed(shell: &Shell, request: &Request, problem: &Problem) -> Option<Answer> {
    if !request.is_from_our_page()
        || !request.wants_html()
        || !matches!(problem.kind, Kind::NotFound | Kind::Expired)
    {
        return None;
    }
    let typed = request.typed()?;
    let frame = Frame::of(shell.policy(), words_for(shell, request));
    let page = Closed { frame, at: request.path(), typed: &typed };
    Some(Answer::problem_page(problem, page.render()))
}

async fn carry_out<T, R, M>(
    shell: &Shell,
    request: &Request,
    desk: Desk,
    read: R,
    make: M,
) -> Result<Answer, Refusal>
where
    R: FnOnce(Fields) -> Result<T, Vec<FieldError>>,
    M: FnOnce(T, &mut Draft<'_>) -> Result<Deed, StepError>,
{
    let opened = opened(shell, request)?;
    let fields = request.fields()?;
    let (is_form, typed) = (fields.is_form(), fields.typed());
    let body = match read(fields) {
        Ok(body) => body,
        Err(errors) => {
            let problem = Problem::invalid(errors).of_request(request.id());
            if is_form && request.wants_html() {
                return page_again(shell, opened, desk, &typed, &problem).await;
            }
            return Err(problem.into());
        }
    };
    let mut draft = Draft::new(shell);
    let Deed { command, given, once } = make(body, &mut draft)?;
    let complaint = opened.opens.complaint;
    let change = Change {
        opened: Some(opened.opens),
        reference: Some(opened.reference),
        texts: draft.into_texts(),
        effect: once.map(|once| (format!("{complaint}:{once}"), SENT)),
        ..Change::by(shell, Actor::Customer, complaint, command)?
    };
    let comment = Comment::of(&change);
    let done = match Box::pin(shell.ledger().execute(change)).await {
        Err(NotDone::Rejected(Rejection::NotFound)) => {
            // Not that one, or not any more: its links may have been ended.
            load(shell, opened).await?;
            return Err(Problem::not_found().into());
        }
        done => done?,
    };
    if let Some(comment) = comment
        && !comment.is_kept(shell, &done).await?
        && !comment.came_before(shell, &done.complaint).await?
    {
        return Err(comment.not_kept(&done.complaint).into());
    }
    let given = as_it_went(given, &done);
    let complaint = done.complaint;
    if request.wants_html() {
        let reference = complaint.reference.to_string();
        let page = Answered {
            frame: Frame::of(shell.policy(), words::of(complaint.language)),
            reference: &reference,
            given,
        };
        return Ok(Answer::html(200, page.render()));
    }
    Ok(Answer::json(200, &view(shell, &complaint).await?)?)
}

/// What they are thanked for, by what came of it.
fn as_it_went(given: Given, done: &Done) -> Given {
    let is_over = matches!(done.complaint.stage_name(), StageName::FollowingUp | StageName::Closed);
    let is_kept = |recorded: &Recorded| matches!(recorded.event, Event::InformationAdded { .. });
    match given {
        // Where nothing but words was offered, that was all.
        Given::Accepted if is_over => Given::Agreed,
        // It had gone up before: what they say is kept with it.
        Given::WentUp if done.events.iter().any(is_kept) => Given::Informed,
        Given::WentUp if done.complaint.stage_name() == StageName::Implementing => Given::SeenTo,
        Given::Feedback if done.complaint.is_open() && done.complaint.is_unsatisfied() => Given::Unsatisfied,
        given => given,
    }
}

/// The page of a way by itself; where it is not open any more, the private page says how things stand.
pub async fn ask(shell: &Shell, request: &Request, way: Way) -> Result<Answer, Refusal> {
    let opened = opened(shell, request)?;
    let complaint = load(shell, opened).await?.ok_or_else(Problem::not_found)?;
    let view = view(shell, &complaint).await?;
    if !view.allowed.contains(&way.verb()) {
        return Ok(Answer::see_other(&format!("/my/{}", complaint.reference)));
    }
    Ok(Answer::html(200, tell(shell, &complaint, &view, way, &BTreeMap::new(), &[])?))
}

/// The page of a way, with what was typed and what is wrong with it.
fn tell(
    shell: &Shell,
    complaint: &Complaint,
    view: &CustomerView,
    way: Way,
    typed: &BTreeMap<String, String>,
    errors: &[FieldError],
) -> Result<String, StepError> {
    let fresh = shell.new_command_id()?.to_string();
    let page = Tell {
        frame: Frame::of(shell.policy(), words::of(complaint.language)),
        reference: &complaint.reference.to_string(),
        way,
        asked: &view.asked,
        key: &fresh,
        typed,
        errors,
    };
    Ok(page.render())
}

/// The page that something was sent from, with what is wrong with it: nothing of it was taken.
async fn page_again(
    shell: &Shell,
    opened: Opened,
    desk: Desk,
    typed: &BTreeMap<String, String>,
    problem: &Problem,
) -> Result<Answer, Refusal> {
    let complaint = load(shell, opened).await?.ok_or_else(Problem::not_found)?;
    let view = view(shell, &complaint).await?;
    let page = match desk {
        Desk::Of(way) => tell(shell, &complaint, &view, way, typed, &problem.errors)?,
        Desk::Private => My {
            frame: Frame::of(shell.policy(), words::of(complaint.language)),
            view: &view,
            key: &shell.new_command_id()?.to_string(),
            just_received: false,
            typed,
            errors: &problem.errors,
            zone: shell.policy().calendar.zone(),
        }
        .render(),
    };
    Ok(Answer::problem_page(problem, page))
}

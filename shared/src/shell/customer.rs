//! What all steps of customers have in common: the cookie that opens one complaint, and nothing else.

use std::collections::BTreeMap;

use super::{
    Shell, StepError,
    answer::{Answer, Refusal},
    desk::Draft,
    ledger::Change,
    link::{Purpose, Token, cookie_name},
    request::Request,
};
use crate::{
    actor::Actor,
    command::Command,
    complaint::Complaint,
    fields::{FieldError, Fields},
    page::{Answered, Frame, Given, My},
    problem::Problem,
    values::{ComplaintId, Reference},
    view::CustomerView,
    words,
};

/// The complaint that a private page is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opened {
    /// Its id.
    pub id: ComplaintId,
    /// As the page's address has it.
    pub reference: Reference,
}

/// The complaint that the route names and the cookie opens. No cookie, another's cookie, no such complaint: all alike.
pub fn opened(shell: &Shell, request: &Request) -> Result<Opened, Refusal> {
    let named = request.parameter("reference").and_then(|reference| Reference::parse(reference).ok());
    let reference = named.ok_or_else(Problem::not_found)?;
    let cookie = request.cookie(&cookie_name(reference)).ok_or_else(Problem::not_found)?;
    match shell.read_token(Purpose::Session, cookie)? {
        Token::Valid(id) => Ok(Opened { id, reference }),
        // The link in the mail opens it again.
        Token::Expired(_) => Err(Problem::gone().into()),
        Token::Unknown => Err(Problem::not_found().into()),
    }
}

/// The complaint that was opened, if it has that reference.
pub async fn load(shell: &Shell, opened: Opened) -> Result<Option<Complaint>, StepError> {
    let complaint = shell.ledger().load(opened.id).await?;
    Ok(complaint.filter(|complaint| complaint.reference == opened.reference))
}

/// The complaint as its customer sees it, with its texts.
pub async fn view(shell: &Shell, complaint: &Complaint) -> Result<CustomerView, StepError> {
    let ledger = shell.ledger();
    let history = ledger.events(complaint.id).await?;
    let intake = ledger.intake(complaint.id).await?;
    let explanation = match CustomerView::explanation_of(complaint) {
        Some(text) => ledger.text(complaint.id, text).await?,
        None => None,
    };
    Ok(CustomerView::of(complaint, &history, shell.policy(), shell.now()).with_texts(intake, explanation))
}

/// Carries out a command of the customer: `read` reads the body, `make` makes the command of it and says what to thank
/// for. What is wrong with a form comes back with what was typed.
pub async fn command<T, R, M>(shell: &Shell, request: &Request, read: R, make: M) -> Result<Answer, Refusal>
where
    R: FnOnce(Fields) -> Result<T, Vec<FieldError>>,
    M: FnOnce(T, &mut Draft<'_>) -> Result<(Command, Given), StepError>,
{
    let opened = opened(shell, request)?;
    let fields = request.fields()?;
    let (is_form, typed) = (fields.is_form(), fields.typed());
    let body = match read(fields) {
        Ok(body) => body,
        Err(errors) if is_form && request.wants_html() => {
            return page_again(shell, request, opened, &typed, errors).await;
        }
        Err(errors) => return Err(Problem::invalid(errors).into()),
    };
    // Also says whether the cookie's complaint has the reference of the address.
    let complaint = load(shell, opened).await?.ok_or_else(Problem::not_found)?;
    let mut draft = Draft::new(shell);
    let (command, given) = make(body, &mut draft)?;
    let change = Change {
        complaint: complaint.id,
        command,
        command_id: shell.new_command_id()?,
        actor: Actor::Customer,
        expected: None,
        texts: draft.into_texts(),
        effect: None,
    };
    let done = shell.ledger().execute(change).await?;
    if request.wants_html() {
        let reference = complaint.reference.to_string();
        let page = Answered {
            frame: Frame::of(shell.policy(), words::of(complaint.language)),
            reference: &reference,
            given,
        };
        return Ok(Answer::html(200, page.render()));
    }
    Ok(Answer::json(200, &view(shell, &done.complaint).await?)?)
}

async fn page_again(
    shell: &Shell,
    request: &Request,
    opened: Opened,
    typed: &BTreeMap<String, String>,
    errors: Vec<FieldError>,
) -> Result<Answer, Refusal> {
    let complaint = load(shell, opened).await?.ok_or_else(Problem::not_found)?;
    let view = view(shell, &complaint).await?;
    let problem = Problem::invalid(errors).of_request(request.id());
    let page = My {
        frame: Frame::of(shell.policy(), words::of(complaint.language)),
        view: &view,
        just_received: false,
        typed,
        errors: &problem.errors,
        zone: shell.policy().calendar.zone(),
    };
    Ok(Answer::problem_page(&problem, page.render()))
}

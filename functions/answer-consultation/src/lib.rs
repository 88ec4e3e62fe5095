//! Takes a department's answer to the one question that it was mailed, by the link in that mail and without an account.
//!
//! The page says the question and the complaint's reference, and nothing of the customer.

use std::collections::BTreeMap;

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use complaints::{
    actor::Actor,
    command::Command,
    complaint::{Complaint, Consultation},
    customer_body::GiveConsultation,
    event::Event,
    fields::FieldError,
    page::{ConsultationOver, Consulted, Frame},
    problem::Problem,
    rejection::Rejection,
    shell::{
        Shell, StepError,
        answer::{Answer, Refusal, respond, words_for},
        desk::Draft,
        ledger::{Change, NotDone},
        link::{Purpose, Token},
        request::Request,
    },
};

/// GET shows the question and changes nothing, POST answers it. The same answer again is thanked for again.
pub async fn handle(
    shell: &Shell,
    request: ApiGatewayV2httpRequest,
) -> Result<ApiGatewayV2httpResponse, StepError> {
    let response = respond(shell, request, async |request| {
        let asked = asked(shell, request).await?;
        match request.method() {
            "POST" => answer(shell, request, &asked).await,
            _ => show(shell, request, &asked, &BTreeMap::new(), None).await,
        }
    });
    Ok(Box::pin(response).await)
}

/// What the link is about.
struct Asked {
    number: u8,
    complaint: Complaint,
}

impl Asked {
    /// The question, while it waits for an answer.
    fn open(&self) -> Option<&Consultation> {
        self.complaint.consultation(self.number)
    }
}

async fn asked(shell: &Shell, request: &Request) -> Result<Asked, Refusal> {
    let number = request.parameter("number").and_then(|number| number.parse().ok());
    let (number, token) = number.zip(request.parameter("token")).ok_or_else(Problem::not_found)?;
    let id = match shell.read_token(Purpose::Consultation(number), token)? {
        Token::Valid(opens) => opens.complaint,
        Token::Expired(_) => return Err(Problem::gone().into()),
        Token::Unknown => return Err(Problem::not_found().into()),
    };
    let complaint = shell.ledger().load(id).await?.ok_or_else(Problem::not_found)?;
    Ok(Asked { number, complaint })
}

async fn show(
    shell: &Shell,
    request: &Request,
    asked: &Asked,
    typed: &BTreeMap<String, String>,
    errors: Option<Vec<FieldError>>,
) -> Result<Answer, Refusal> {
    let Some(open) = asked.open() else { return over(shell, request, asked, None).await };
    let question = shell.ledger().text(asked.complaint.id, &open.text).await?;
    // Erased with everything else.
    let Some(question) = question else { return over(shell, request, asked, None).await };
    let problem = errors.map(|errors| Problem::invalid(errors).of_request(request.id()));
    let page = Consulted {
        frame: Frame::of(shell.policy(), words_for(shell, request)),
        reference: &asked.complaint.reference.to_string(),
        address: request.path(),
        question: &question,
        typed,
        errors: problem.as_ref().map_or(&[], |problem| &problem.errors),
    }
    .render();
    Ok(match problem {
        Some(problem) => Answer::problem_page(&problem, page),
        None => Answer::html(200, page),
    })
}

async fn answer(shell: &Shell, request: &Request, asked: &Asked) -> Result<Answer, Refusal> {
    let fields = request.fields()?;
    let (is_form, typed) = (fields.is_form(), fields.typed());
    let body = match GiveConsultation::read(fields) {
        Ok(body) => body,
        Err(errors) if is_form && request.wants_html() => {
            return show(shell, request, asked, &typed, Some(errors)).await;
        }
        Err(errors) => return Err(Problem::invalid(errors).into()),
    };
    let given = body.text.as_str();
    let Some(open) = asked.open() else { return over(shell, request, asked, Some(given)).await };
    let mut draft = Draft::new(shell);
    let text = draft.text(&body.text)?;
    let command = Command::AnswerConsultation { consultation: asked.number, text };
    let department = Actor::Department { key: open.department.clone() };
    let change =
        Change { texts: draft.into_texts(), ..Change::by(shell, department, asked.complaint.id, command)? };
    match shell.ledger().execute(change).await {
        Ok(_) => said(shell, request, ConsultationOver::Thanks),
        // Somebody was faster: with the same answer, with another one, or with what made it needless.
        Err(NotDone::Rejected(
            Rejection::AlreadyAnswered | Rejection::Illegal { .. } | Rejection::Unfit { .. },
        )) => over(shell, request, asked, Some(given)).await,
        Err(error) => Err(error.into()),
    }
}

/// What to say of a question that does not wait any more; `given` is the answer that comes now.
async fn over(
    shell: &Shell,
    request: &Request,
    asked: &Asked,
    given: Option<&str>,
) -> Result<Answer, Refusal> {
    let ledger = shell.ledger();
    let history = ledger.events(asked.complaint.id).await?;
    let mut answers = history.iter().filter_map(|recorded| match &recorded.event {
        Event::ConsultationAnswered { number, text, .. } if *number == asked.number => Some(text),
        _ => None,
    });
    let Some(text) = answers.next() else { return said(shell, request, ConsultationOver::NotNeeded) };
    let answered = ledger.text(asked.complaint.id, text).await?;
    let repeated = given.is_some() && answered.as_deref() == given;
    said(shell, request, if repeated { ConsultationOver::Thanks } else { ConsultationOver::Answered })
}

fn said(shell: &Shell, request: &Request, over: ConsultationOver) -> Result<Answer, Refusal> {
    let problem = match over {
        ConsultationOver::Thanks if !request.wants_html() => return Ok(Answer::json(200, &())?),
        ConsultationOver::Thanks => None,
        ConsultationOver::Answered => Some(Problem::from(&Rejection::AlreadyAnswered)),
        ConsultationOver::NotNeeded => Some(Problem::not_needed()),
    };
    let page = || over.render(Frame::of(shell.policy(), words_for(shell, request)));
    match problem.map(|problem| problem.of_request(request.id())) {
        None => Ok(Answer::html(200, page())),
        Some(problem) if request.wants_html() => Ok(Answer::problem_page(&problem, page())),
        Some(problem) => Err(problem.into()),
    }
}

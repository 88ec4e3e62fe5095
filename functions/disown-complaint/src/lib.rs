//! For who never complained, but got our mail: a button in the page behind the link of the acknowledgement stops it.

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use complaints::{
    actor::Actor,
    command::Command,
    customer_body::LinkToken,
    page::{Disowned, Frame, NotMe},
    problem::Problem,
    rejection::Rejection,
    shell::{
        Shell, StepError,
        answer::{Answer, Refusal, respond, words_for},
        ledger::{Change, NotDone},
        link::{Purpose, Token},
        request::Request,
    },
};

/// GET shows the button, POST stops our mail; once more changes nothing.
pub async fn handle(
    shell: &Shell,
    request: ApiGatewayV2httpRequest,
) -> Result<ApiGatewayV2httpResponse, StepError> {
    let response = respond(shell, request, async |request| match request.method() {
        "POST" => disown(shell, request).await,
        _ => show(shell, request),
    });
    Ok(response.await)
}

/// Whether the token is good is not looked at here, so that the link tells nothing to who only follows it.
fn show(shell: &Shell, request: &Request) -> Result<Answer, Refusal> {
    let token = request.parameter("token").ok_or_else(Problem::not_found)?;
    let page = NotMe { frame: Frame::of(shell.policy(), words_for(shell, request)), token };
    Ok(Answer::html(200, page.render()))
}

async fn disown(shell: &Shell, request: &Request) -> Result<Answer, Refusal> {
    let token = LinkToken::read(request.fields()?).map_err(Problem::invalid)?.token;
    let opens = match shell.read_token(Purpose::Disown, &token)? {
        Token::Valid(opens) => opens,
        Token::Expired(_) => return Err(Problem::gone().into()),
        Token::Unknown => return Err(Problem::not_found().into()),
    };
    let change = Change::by(shell, Actor::Customer, opens.complaint, Command::Disown)?;
    match shell.ledger().execute(Change { opened: Some(opens), ..change }).await {
        // To whose address the complaint does not belong any more, nothing is written any more.
        Ok(_) | Err(NotDone::Rejected(Rejection::NotFound)) => {}
        Err(error) => return Err(error.into()),
    }
    if request.wants_html() {
        let frame = Frame::of(shell.policy(), words_for(shell, request));
        return Ok(Answer::html(200, Disowned { frame }.render()));
    }
    Ok(Answer::json(200, &())?)
}

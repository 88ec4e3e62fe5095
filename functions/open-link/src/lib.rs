//! Opens a private page: the mailed link leads to a button, the button trades the link's token for a cookie. A mail
//! scanner that follows the link opens nothing.

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use complaints::{
    customer_body::LinkToken,
    page::{ExpiredLink, Frame, OpenLink},
    problem::Problem,
    shell::{
        Shell, StepError,
        answer::{Answer, Refusal, respond, words_for},
        link::{Purpose, Token, cookie_name},
        request::Request,
    },
};

/// GET shows the button, POST opens.
pub async fn handle(
    shell: &Shell,
    request: ApiGatewayV2httpRequest,
) -> Result<ApiGatewayV2httpResponse, StepError> {
    let response = respond(shell, request, async |request| match request.method() {
        "POST" => open(shell, request).await,
        _ => show(shell, request),
    });
    Ok(response.await)
}

/// Whether the token is good is not looked at here, so that the link tells nothing to who only follows it.
fn show(shell: &Shell, request: &Request) -> Result<Answer, Refusal> {
    let token = request.parameter("token").ok_or_else(Problem::not_found)?;
    Ok(Answer::html(
        200,
        OpenLink { frame: Frame::of(shell.policy(), words_for(shell, request)), token }.render(),
    ))
}

async fn open(shell: &Shell, request: &Request) -> Result<Answer, Refusal> {
    let token = LinkToken::read(request.fields()?).map_err(Problem::invalid)?.token;
    let opens = match shell.read_token(Purpose::Link, &token)? {
        Token::Valid(opens) => opens,
        Token::Expired(_) => return expired(shell, request, &token),
        Token::Unknown => return Err(Problem::not_found().into()),
    };
    let complaint = shell.ledger().load(opens.complaint).await?.ok_or_else(Problem::not_found)?;
    if !opens.is_good_for(&complaint) {
        return expired(shell, request, &token);
    }
    let (session, seconds) = shell.session(&complaint)?;
    let page = format!("/my/{}", complaint.reference);
    Ok(Answer::see_other(&page).with_cookie(&cookie_name(complaint.reference), &session, seconds))
}

/// A person gets a button that has a new link mailed, a program the problem.
fn expired(shell: &Shell, request: &Request, token: &str) -> Result<Answer, Refusal> {
    let problem = Problem::gone().of_request(request.id());
    if request.wants_html() {
        let page = ExpiredLink { frame: Frame::of(shell.policy(), words_for(shell, request)), token };
        return Ok(Answer::problem_page(&problem, page.render()));
    }
    Err(problem.into())
}

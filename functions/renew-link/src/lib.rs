//! Mails a new private link for an expired one, to the address on file and to no other.

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use complaints::{
    customer_body::LinkToken,
    page::{Frame, LinkSent},
    problem::Problem,
    shell::{
        Shell, StepError,
        answer::{Answer, Refusal, respond, words_for},
        link::{Purpose, Token},
        request::Request,
    },
};

/// Answers the same whether a mail was sent or not; once a day at most one is.
pub async fn handle(
    shell: &Shell,
    request: ApiGatewayV2httpRequest,
) -> Result<ApiGatewayV2httpResponse, StepError> {
    Ok(respond(shell, request, async |request| renew(shell, request).await).await)
}

async fn renew(shell: &Shell, request: &Request) -> Result<Answer, Refusal> {
    let token = LinkToken::read(request.fields()?).map_err(Problem::invalid)?.token;
    let id = match shell.read_token(Purpose::Link, &token)? {
        Token::Valid(opens) => opens.complaint,
        Token::Expired(id) => id,
        Token::Unknown => return Err(Problem::not_found().into()),
    };
    shell.mail_new_link(id).await?;
    if request.wants_html() {
        let frame = Frame::of(shell.policy(), words_for(shell, request));
        return Ok(Answer::html(200, LinkSent { frame }.render()));
    }
    Ok(Answer::json(202, &())?)
}

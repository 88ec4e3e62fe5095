//! Takes who comes back from the issuer's page: trades their code for an access token, and keeps that in a cookie.

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use complaints::{
    page::desk::{Frame, Notice},
    shell::{
        Shell, StepError,
        answer::{Answer, Refusal, respond},
        request::Request,
        session::{AFTERWARDS, SESSION, SIGNING_IN, sign_in_for},
    },
};

/// Answers with the way to where they wanted to go.
pub async fn handle(
    shell: &Shell,
    request: ApiGatewayV2httpRequest,
) -> Result<ApiGatewayV2httpResponse, StepError> {
    Ok(respond(shell, request, async |request| finish(shell, request).await).await)
}

async fn finish(shell: &Shell, request: &Request) -> Result<Answer, Refusal> {
    let begun = match (request.cookie(SIGNING_IN), request.query("state")) {
        (Some(cookie), Some(state)) => shell.read_sign_in(cookie, state)?,
        _ => None,
    };
    // Without a code the issuer says that they did not sign in.
    let (Some(begun), Some(code)) = (begun, request.query("code")) else { return Ok(not_signed_in(shell)) };
    let Some(session) = shell.trade(code, &begun).await? else { return Ok(not_signed_in(shell)) };
    let answer = Answer::see_other(&begun.to).with_cookie(SESSION, &session.token, session.seconds);
    Ok(answer.with_cookie(SIGNING_IN, "", 0))
}

/// Whatever went wrong on the way: it took too long, another sign-in was begun meanwhile, or it was never begun here.
fn not_signed_in(shell: &Shell) -> Answer {
    let page = Notice {
        frame: Frame::of(shell.policy(), None),
        title: "You are not signed in",
        detail: "The sign-in took too long, or another one was begun in this browser meanwhile. Nothing happened.",
        request: None,
        onward: (&sign_in_for(AFTERWARDS), "Sign in"),
        sign_out: false,
    };
    Answer::html(400, page.render())
}

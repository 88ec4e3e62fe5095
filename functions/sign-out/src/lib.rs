//! Signs a member of staff out: takes the session's cookie away, and lets the issuer end its own session as well.

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use complaints::{
    page::desk::{Frame, Notice},
    shell::{
        Shell, StepError,
        answer::{Answer, Refusal, respond},
        request::Request,
        session::{AFTERWARDS, SESSION, sign_in_for},
    },
};

/// Answers with a page: on the way to the issuer, and when that has led back.
pub async fn handle(
    shell: &Shell,
    request: ApiGatewayV2httpRequest,
) -> Result<ApiGatewayV2httpResponse, StepError> {
    Ok(respond(shell, request, async |request| sign_out(shell, request)).await)
}

fn sign_out(shell: &Shell, request: &Request) -> Result<Answer, Refusal> {
    let frame = Frame::of(shell.policy(), None);
    if request.method() == "GET" {
        let page = Notice {
            frame,
            title: "You are signed out",
            detail: "Nobody can get to complaints from this browser before somebody signs in.",
            request: None,
            onward: (&sign_in_for(AFTERWARDS), "Sign in again"),
            sign_out: false,
        };
        return Ok(Answer::html(200, page.render()));
    }
    let issuer = shell.sign_out_at()?;
    let page = Notice {
        frame,
        title: "Signing you out",
        detail: "Your session here is over. This page goes on to end that of the sign-in page as well.",
        request: None,
        onward: (&issuer, "Go on"),
        sign_out: false,
    };
    Ok(Answer::html(200, page.render()).going_on_to(&issuer).with_cookie(SESSION, "", 0))
}

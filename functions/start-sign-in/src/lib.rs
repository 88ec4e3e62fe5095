//! Sends a member of staff to the issuer's page to sign in, and remembers in a cookie where they wanted to go.

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use complaints::{
    page::desk::{Frame, Notice},
    shell::{
        Shell, StepError,
        answer::{Answer, Refusal, respond},
        request::Request,
        session::{PATIENCE, SIGNING_IN, destination},
    },
};

/// Answers with the way there.
pub async fn handle(
    shell: &Shell,
    request: ApiGatewayV2httpRequest,
) -> Result<ApiGatewayV2httpResponse, StepError> {
    Ok(respond(shell, request, async |request| start(shell, request)).await)
}

fn start(shell: &Shell, request: &Request) -> Result<Answer, Refusal> {
    let (address, cookie) = shell.begin_sign_in(destination(request.query("to")))?;
    let answer =
        if request.is_from_our_page() { on_the_way(shell, &address) } else { Answer::see_other(&address) };
    Ok(answer.with_cookie(SIGNING_IN, &cookie, PATIENCE.as_secs()))
}

/// It may be a form of the desk (a filter, a search) that led here when the session was over.
fn on_the_way(shell: &Shell, address: &str) -> Answer {
    let page = Notice {
        frame: Frame::of(shell.policy(), None),
        title: "Please sign in",
        detail: "Nobody is signed in here, or the session is over. This page goes on to where you sign in, and from there \
                 to where you wanted to go.",
        request: None,
        onward: (address, "Sign in"),
        sign_out: false,
    };
    Answer::html(200, page.render()).going_on_to(address)
}

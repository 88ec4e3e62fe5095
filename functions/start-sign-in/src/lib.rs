//! Sends a member of staff to the issuer's page to sign in, and remembers in a cookie where they wanted to go.

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use complaints::shell::{
    Shell, StepError,
    answer::{Answer, Refusal, respond},
    request::Request,
    session::{PATIENCE, SIGNING_IN, destination},
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
    Ok(Answer::see_other(&address).with_cookie(SIGNING_IN, &cookie, PATIENCE.as_secs()))
}

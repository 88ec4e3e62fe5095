//! Hands a complaint one level up.

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use complaints::{
    command::Command,
    shell::{Shell, StepError, desk},
    staff_body::Escalate,
};

/// Answers with the complaint in short, or says why not.
pub async fn handle(
    shell: &Shell,
    request: ApiGatewayV2httpRequest,
) -> Result<ApiGatewayV2httpResponse, StepError> {
    let response = desk::command(shell, request, Escalate::read, |body, draft| {
        Ok(Command::Escalate { reason: draft.text(&body.reason)? })
    });
    Ok(response.await)
}

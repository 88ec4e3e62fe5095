//! Records why data that a customer wants erased is kept.

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use complaints::{
    command::Command,
    shell::{Shell, StepError, desk},
    staff_body::Because,
};

/// Answers with the complaint in short, or says why not.
pub async fn handle(
    shell: &Shell,
    request: ApiGatewayV2httpRequest,
) -> Result<ApiGatewayV2httpResponse, StepError> {
    Ok(desk::command(shell, request, Because::read, |body, draft| {
        Ok(Command::DeclineErasure { text: draft.text(&body.reason)? })
    })
    .await)
}

//! Closes a complaint whose record is complete, or says what is missing.

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use complaints::{
    command::Command,
    shell::{Shell, StepError, desk},
    staff_body::Close,
};

/// Answers with the complaint in short, or says why not.
pub async fn handle(
    shell: &Shell,
    request: ApiGatewayV2httpRequest,
) -> Result<ApiGatewayV2httpResponse, StepError> {
    let response = desk::command(shell, request, Close::read, |body, draft| {
        let waive_follow_up = draft.optional(body.waive_follow_up.as_ref())?;
        let not_reached = draft.optional(body.not_reached.as_ref())?;
        Ok(Command::Close { waive_follow_up, not_reached })
    });
    Ok(response.await)
}

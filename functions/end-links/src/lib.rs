//! Ends the private links of a complaint that were mailed, and mails a new one to the address on file.

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
    let response = desk::command(shell, request, Because::read, |body, draft| {
        Ok(Command::EndLinks { reason: Some(draft.text(&body.reason)?) })
    });
    Ok(response.await)
}

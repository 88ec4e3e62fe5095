//! Records that a customer has asked staff for their data to be erased.

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use complaints::{
    command::Command,
    shell::{Shell, StepError, desk},
    staff_body::RecordDataRequest,
};

/// Answers with the complaint in short, or says why not.
pub async fn handle(
    shell: &Shell,
    request: ApiGatewayV2httpRequest,
) -> Result<ApiGatewayV2httpResponse, StepError> {
    Ok(desk::command(shell, request, RecordDataRequest::read, |body, _| {
        Ok(Command::AskErasure { channel: body.channel })
    })
    .await)
}

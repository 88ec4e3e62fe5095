//! Tells the customer that the promised date will not be kept, and the new one.

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use complaints::{
    command::Command,
    shell::{Shell, StepError, desk},
    staff_body::AnnounceDelay,
};

/// Answers with the complaint in short, or says why not.
pub async fn handle(
    shell: &Shell,
    request: ApiGatewayV2httpRequest,
) -> Result<ApiGatewayV2httpResponse, StepError> {
    let zone = shell.policy().calendar.zone();
    let read = |fields| AnnounceDelay::read(fields, zone);
    let response = desk::command(shell, request, read, |body, draft| {
        Ok(Command::AnnounceDelay { until: body.until, text: draft.text(&body.text)? })
    });
    Ok(response.await)
}

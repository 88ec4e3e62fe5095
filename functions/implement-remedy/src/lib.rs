//! Ticks off a remedy that was carried out.

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use complaints::{
    command::Command,
    shell::{Shell, StepError, desk},
    staff_body::Implement,
};

/// Answers with the complaint in short, or says why not.
pub async fn handle(
    shell: &Shell,
    request: ApiGatewayV2httpRequest,
) -> Result<ApiGatewayV2httpResponse, StepError> {
    let response = desk::command(shell, request, Implement::read, |body, draft| {
        Ok(Command::CompleteRemedy { remedy: body.remedy, text: draft.text(&body.details)? })
    });
    Ok(response.await)
}

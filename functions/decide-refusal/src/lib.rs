//! Decides on a refusal that a representative proposed.

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use complaints::{
    command::Command,
    shell::{Shell, StepError, desk},
    staff_body::DecideRefusal,
};

/// Answers with the complaint in short, or says why not.
pub async fn handle(
    shell: &Shell,
    request: ApiGatewayV2httpRequest,
) -> Result<ApiGatewayV2httpResponse, StepError> {
    let response = desk::command(shell, request, DecideRefusal::read, |body, draft| {
        Ok(Command::DecideRefusal { approve: body.approve, text: draft.text(&body.text)? })
    });
    Ok(response.await)
}

//! Keeps a record beyond its time, or ends that.

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use complaints::{
    command::Command,
    shell::{Shell, StepError, desk},
    staff_body::Hold,
};

/// Answers with the complaint in short, or says why not.
pub async fn handle(
    shell: &Shell,
    request: ApiGatewayV2httpRequest,
) -> Result<ApiGatewayV2httpResponse, StepError> {
    let response = desk::command(shell, request, Hold::read, |body, draft| {
        let text = draft.text(&body.reason)?;
        Ok(if body.hold { Command::Hold { text } } else { Command::LiftHold { text } })
    });
    Ok(response.await)
}

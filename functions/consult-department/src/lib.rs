//! Asks a department of the company; it answers by the link in its mail.

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use complaints::{
    command::Command,
    shell::{Shell, StepError, desk},
    staff_body::Consult,
};

/// Answers with the complaint in short, or says why not.
pub async fn handle(
    shell: &Shell,
    request: ApiGatewayV2httpRequest,
) -> Result<ApiGatewayV2httpResponse, StepError> {
    let response = desk::command(shell, request, Consult::read, |body, draft| {
        Ok(Command::Consult { department: body.department, text: draft.text(&body.question)? })
    });
    Ok(response.await)
}

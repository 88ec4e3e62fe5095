//! Asks the manager to refuse a complaint; a manager refuses it thereby.

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use complaints::{
    command::Command,
    shell::{Shell, StepError, desk},
    staff_body::Refuse,
};

/// Answers with the complaint in short, or says why not.
pub async fn handle(
    shell: &Shell,
    request: ApiGatewayV2httpRequest,
) -> Result<ApiGatewayV2httpResponse, StepError> {
    let response = desk::command(shell, request, Refuse::read, |body, draft| {
        Ok(Command::ProposeRefusal { grounds: body.grounds, text: draft.text(&body.explanation)? })
    });
    Ok(response.await)
}

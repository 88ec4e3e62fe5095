//! Takes down what a customer told staff, asked or not.

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use complaints::{
    command::Command,
    shell::{Shell, StepError, desk},
    staff_body::RecordInformation,
};

/// Answers with the complaint in short, or says why not.
pub async fn handle(
    shell: &Shell,
    request: ApiGatewayV2httpRequest,
) -> Result<ApiGatewayV2httpResponse, StepError> {
    let response = desk::command(shell, request, RecordInformation::read, |body, draft| {
        Ok(Command::AddInformation {
            text: draft.text(&body.text)?,
            channel: body.channel,
            marks: Vec::new(),
        })
    });
    Ok(response.await)
}

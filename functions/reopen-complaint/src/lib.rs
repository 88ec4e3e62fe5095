//! Takes a complaint up again at a customer's word.

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use complaints::{
    command::Command,
    shell::{Shell, StepError, desk},
    staff_body::Reopen,
};

/// Answers with the complaint in short, or says why not.
pub async fn handle(
    shell: &Shell,
    request: ApiGatewayV2httpRequest,
) -> Result<ApiGatewayV2httpResponse, StepError> {
    let response = desk::command(shell, request, Reopen::read, |body, draft| {
        Ok(Command::Reopen { text: draft.text(&body.text)?, channel: body.channel })
    });
    Ok(response.await)
}

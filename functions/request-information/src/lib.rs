//! Asks the customer for information; until it comes, the time to answer stands still.

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use complaints::{
    command::Command,
    shell::{Shell, StepError, desk},
    staff_body::RequestInformation,
};

/// Answers with the complaint in short, or says why not.
pub async fn handle(
    shell: &Shell,
    request: ApiGatewayV2httpRequest,
) -> Result<ApiGatewayV2httpResponse, StepError> {
    let response = desk::command(shell, request, RequestInformation::read, |body, draft| {
        Ok(Command::AskCustomer { text: draft.text(&body.text)? })
    });
    Ok(response.await)
}

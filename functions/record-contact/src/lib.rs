//! Records that a person has been in touch with the customer; by e-mail, it also writes to them.

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use complaints::{
    command::Command,
    shell::{Shell, StepError, desk},
    staff_body::Contact,
};

/// Answers with the complaint in short, or says why not.
pub async fn handle(
    shell: &Shell,
    request: ApiGatewayV2httpRequest,
) -> Result<ApiGatewayV2httpResponse, StepError> {
    let response = desk::command(shell, request, Contact::read, |body, draft| {
        Ok(Command::RecordContact { channel: body.channel, text: draft.text(&body.text)? })
    });
    Ok(response.await)
}

//! Hands a complaint one level up, as staff see fit or as the customer asked.

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use complaints::{
    command::Command,
    shell::{Shell, StepError, desk},
    staff_body::Escalate,
};

/// Answers with the complaint in short, or says why not.
pub async fn handle(
    shell: &Shell,
    request: ApiGatewayV2httpRequest,
) -> Result<ApiGatewayV2httpResponse, StepError> {
    let response = desk::command(shell, request, Escalate::read, |body, draft| {
        let text = draft.text(&body.reason)?;
        Ok(match body.asked_by {
            Some(channel) => Command::AskEscalation { text, channel },
            None => Command::Escalate { reason: text },
        })
    });
    Ok(response.await)
}

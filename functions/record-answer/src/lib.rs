//! Records the customer's answer to a proposal, given by phone, letter or in person.

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use complaints::{
    command::Command,
    shell::{Shell, StepError, desk},
    staff_body::RecordAnswer,
};

/// Answers with the complaint in short, or says why not.
pub async fn handle(
    shell: &Shell,
    request: ApiGatewayV2httpRequest,
) -> Result<ApiGatewayV2httpResponse, StepError> {
    let response = desk::command(shell, request, RecordAnswer::read, |body, draft| {
        let RecordAnswer { proposal, answer, reason, channel } = body;
        let reason = draft.optional(reason.as_ref())?;
        Ok(Command::AnswerProposal { proposal, answer, reason, channel })
    });
    Ok(response.await)
}

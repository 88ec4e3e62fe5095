//! Ends a complaint at the word of the customer, who takes it back.

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use complaints::{
    command::Command,
    shell::{Shell, StepError, desk},
    staff_body::RecordWithdrawal,
};

/// Answers with the complaint in short, or says why not.
pub async fn handle(
    shell: &Shell,
    request: ApiGatewayV2httpRequest,
) -> Result<ApiGatewayV2httpResponse, StepError> {
    let response = desk::command(shell, request, RecordWithdrawal::read, |body, draft| {
        let reason = draft.optional(body.reason.as_ref())?;
        Ok(Command::Withdraw { reason, channel: body.channel })
    });
    Ok(response.await)
}

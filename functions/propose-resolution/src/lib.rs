//! Offers the customer a resolution; at level 3, decides finally.

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use complaints::{
    command::Command,
    shell::{Shell, StepError, desk},
    staff_body::Propose,
};

/// Answers with the complaint in short, or says why not.
pub async fn handle(
    shell: &Shell,
    request: ApiGatewayV2httpRequest,
) -> Result<ApiGatewayV2httpResponse, StepError> {
    let policy = shell.policy();
    let read = |fields| Propose::read(fields, policy.redress.csr.currency(), policy.calendar.zone());
    let response = desk::command(shell, request, read, |body, draft| {
        let text = draft.text(&body.explanation)?;
        Ok(Command::Propose { outcome: body.outcome, remedies: body.remedies, text })
    });
    Ok(response.await)
}

//! Puts a straightforward complaint right in one action: finding, outcome, remedies and the consent given.

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use complaints::{
    command::Command,
    shell::{Shell, StepError, desk},
    staff_body::{Propose, Settle},
};

/// Answers with the complaint in short, or says why not.
pub async fn handle(
    shell: &Shell,
    request: ApiGatewayV2httpRequest,
) -> Result<ApiGatewayV2httpResponse, StepError> {
    let policy = shell.policy();
    let read = |fields| Settle::read(fields, policy.redress.csr.currency(), policy.calendar.zone());
    let response = desk::command(shell, request, read, |body, draft| {
        let Settle { found, proposal, channel } = body;
        let finding = draft.finding(found)?;
        let Propose { outcome, explanation, remedies } = proposal;
        let text = draft.text(&explanation)?;
        Ok(Command::SettleAtOnce { finding, outcome, remedies, text, channel })
    });
    Ok(response.await)
}

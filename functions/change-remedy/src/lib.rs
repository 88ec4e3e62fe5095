//! Gives a remedy that was agreed another date, or drops it, and says why.

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use complaints::{
    command::Command,
    shell::{Shell, StepError, desk},
    staff_body::ChangeRemedy,
};

/// Answers with the complaint in short, or says why not.
pub async fn handle(
    shell: &Shell,
    request: ApiGatewayV2httpRequest,
) -> Result<ApiGatewayV2httpResponse, StepError> {
    let zone = shell.policy().calendar.zone();
    let read = |fields| ChangeRemedy::read(fields, zone);
    let response = desk::command(shell, request, read, |body, draft| {
        let ChangeRemedy { remedy, promised_by, reason } = body;
        Ok(Command::ChangeRemedy { remedy, promised_by, text: draft.text(&reason)? })
    });
    Ok(response.await)
}

//! Adds a note to the investigation, or records what it found.

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use complaints::{
    command::Command,
    shell::{Shell, StepError, desk},
    staff_body::Investigate,
};

/// Answers with the complaint in short, or says why not.
pub async fn handle(
    shell: &Shell,
    request: ApiGatewayV2httpRequest,
) -> Result<ApiGatewayV2httpResponse, StepError> {
    let response = desk::command(shell, request, Investigate::read, |body, draft| {
        Ok(match body {
            Investigate::Note { kind, note } => Command::AddNote { kind, text: draft.text(&note)? },
            Investigate::Finding(found) => Command::RecordFinding(draft.finding(found)?),
        })
    });
    Ok(response.await)
}

//! Ends a complaint that is the same as another one, which goes on.

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use complaints::{
    command::Command,
    shell::{Shell, StepError, desk},
    staff_body::MarkDuplicate,
};

/// Answers with the complaint in short, or says why not.
pub async fn handle(
    shell: &Shell,
    request: ApiGatewayV2httpRequest,
) -> Result<ApiGatewayV2httpResponse, StepError> {
    let response = desk::command_after(shell, request, MarkDuplicate::read, async |asked, body, _| {
        let other = desk::another(shell, asked, (body.of, "/of")).await?;
        Ok(Command::MarkDuplicate { other: (&other).into() })
    });
    Ok(Box::pin(response).await)
}

//! Records what a complaint is about and how severe it is.

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use complaints::{
    command::Command,
    shell::{Shell, StepError, desk},
    staff_body::Triage,
};

/// Answers with the complaint in short, or says why not.
pub async fn handle(
    shell: &Shell,
    request: ApiGatewayV2httpRequest,
) -> Result<ApiGatewayV2httpResponse, StepError> {
    let response = desk::command(shell, request, Triage::read, |body, _| {
        let Triage { category, sub_category, severity, product } = body;
        Ok(Command::Triage { category, sub_category, severity, product })
    });
    Ok(response.await)
}

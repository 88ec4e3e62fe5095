//! Gives a complaint an owner.

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use complaints::{
    command::Command,
    shell::{Shell, StepError, desk},
    staff_body::Assign,
};

/// Answers with the complaint in short, or says why not.
pub async fn handle(
    shell: &Shell,
    request: ApiGatewayV2httpRequest,
) -> Result<ApiGatewayV2httpResponse, StepError> {
    Ok(desk::command(shell, request, Assign::read, |body, _| Ok(Command::Assign { owner: body.owner })).await)
}

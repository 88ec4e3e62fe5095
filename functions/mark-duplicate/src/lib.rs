//! Ends a complaint that is the same as another one, which goes on.

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use complaints::{
    command::Command,
    fields::FieldError,
    problem::Problem,
    shell::{Shell, StepError, desk},
    staff_body::MarkDuplicate,
};

/// Answers with the complaint in short, or says why not.
pub async fn handle(
    shell: &Shell,
    request: ApiGatewayV2httpRequest,
) -> Result<ApiGatewayV2httpResponse, StepError> {
    let response = desk::command_after(shell, request, MarkDuplicate::read, async |_, body, _| {
        match shell.ledger().called(body.of).await? {
            Some(other) => Ok(Command::MarkDuplicate { other: (&other).into() }),
            None => Err(unknown().into()),
        }
    });
    Ok(Box::pin(response).await)
}

fn unknown() -> Problem {
    let detail = "There is no complaint with this reference.";
    Problem::invalid(vec![FieldError::new("/of".to_owned(), "unknown_value", detail)])
}

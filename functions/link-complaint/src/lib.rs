//! Says that another complaint has to do with this one, or that it has not.

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use complaints::{
    command::Command,
    fields::FieldError,
    problem::Problem,
    shell::{Shell, StepError, desk},
    staff_body::LinkComplaint,
};

/// Answers with the complaint in short, or says why not.
pub async fn handle(
    shell: &Shell,
    request: ApiGatewayV2httpRequest,
) -> Result<ApiGatewayV2httpResponse, StepError> {
    let read = LinkComplaint::read;
    let response = desk::command_after(shell, request, read, async |_, body, draft| {
        let other = shell.ledger().find(body.other).await?.ok_or_else(unknown)?;
        let text = draft.text(&body.reason)?;
        Ok(if body.linked { Command::Link { other, text } } else { Command::Unlink { other, text } })
    });
    Ok(Box::pin(response).await)
}

fn unknown() -> Problem {
    let detail = "There is no complaint with this reference.";
    Problem::invalid(vec![FieldError::new("/other".to_owned(), "unknown_value", detail)])
}

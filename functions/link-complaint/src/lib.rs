//! Says that another complaint has to do with this one, or that it has not.

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use complaints::{
    command::{Command, Reach},
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
    let response = desk::command_after(shell, request, read, async |asked, body, draft| {
        let other = desk::another(shell, asked, (body.other, "/other")).await?;
        if body.linked && other.reach == Reach::Restricted {
            return Err(erased().into());
        }
        let (other, text) = (other.id, draft.text(&body.reason)?);
        Ok(if body.linked { Command::Link { other, text } } else { Command::Unlink { other, text } })
    });
    Ok(Box::pin(response).await)
}

/// What is written about whose data is erased would not go with it.
fn erased() -> Problem {
    let detail = "The data of that complaint's customer is erased.";
    Problem::invalid(vec![FieldError::new("/other".to_owned(), "erased", detail)])
}

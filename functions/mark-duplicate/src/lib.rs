//! Ends a complaint that is the same as another one, which goes on.

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use complaints::{
    command::{Command, Reach},
    complaint::StageName,
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
    let response = desk::command_after(shell, request, MarkDuplicate::read, async |body, _| {
        match shell.ledger().called(body.of).await? {
            None => Err(wrong("unknown_value", "There is no complaint with this reference.").into()),
            // Its words are somebody's who gave a wrong address; nothing of anybody else goes there.
            Some(other) if other.reach == Reach::Disowned => {
                Err(wrong("disowned", "Whoever has the address of that complaint says it is not theirs.")
                    .into())
            }
            // What is over cannot take over anything: nobody would hear of what was said here.
            Some(other) if !other.is_open() => {
                Err(wrong("over", "That complaint has ended. Choose one that goes on, or handle this one.")
                    .into())
            }
            // Its answer is given: nobody works on it, and the customer would get none to this one.
            Some(other) if other.stage_name() == StageName::FollowingUp => Err(wrong(
                "answered",
                "That complaint has been answered. Take it up again, or handle this one.",
            )
            .into()),
            Some(other) => Ok(Command::MarkDuplicate {
                of: other.id,
                customer: other.customer,
                level: other.level,
                severity: other.severity,
            }),
        }
    });
    Ok(Box::pin(response).await)
}

fn wrong(code: &str, detail: &str) -> Problem {
    Problem::invalid(vec![FieldError::new("/of".to_owned(), code, detail)])
}

//! Puts right who a customer is, how they are reached, or in which language they are written to.

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use complaints::{
    actor::Actor,
    command::Command,
    decide::allowed_now,
    fields::FieldError,
    intake::Intake,
    problem::Problem,
    rejection::Rejection,
    shell::{Shell, StepError, answer::Refusal, desk},
    staff_body::CorrectContact,
    values::ComplaintId,
};

/// Answers with the complaint in short, or says why not.
pub async fn handle(
    shell: &Shell,
    request: ApiGatewayV2httpRequest,
) -> Result<ApiGatewayV2httpResponse, StepError> {
    let read = CorrectContact::read;
    let response = desk::command_after(shell, request, read, async |(complaint, actor), body, draft| {
        let CorrectContact { name, email, phone, language, reason } = body;
        let right = |before: &Intake| Intake { name, email, phone, language, ..before.clone() };
        let Some(correction) = shell.ledger().correction(complaint, right).await? else {
            return Err(nothing_left(shell, complaint, actor).await?);
        };
        let before = differences(&correction.before, &correction.after);
        if before.is_empty() {
            return Err(unchanged().into());
        }
        let text = draft.words(format!("{}\n\n{}", before.join("\n"), reason.as_str()))?;
        let contact = shell.ledger().contact(&correction)?;
        draft.correct(correction);
        Ok(Command::CorrectContact { contact, text })
    });
    Ok(Box::pin(response).await)
}

/// Of whom nothing is kept any more there is nothing to put right.
async fn nothing_left(shell: &Shell, id: ComplaintId, actor: &Actor) -> Result<Refusal, StepError> {
    let Some(complaint) = shell.ledger().load(id).await? else { return Ok(Problem::not_found().into()) };
    let allowed = allowed_now(&complaint, actor);
    Ok(Rejection::Illegal { stage: complaint.stage_name(), allowed }.into())
}

/// What was there before of what is another now, a line each.
fn differences(before: &Intake, after: &Intake) -> Vec<String> {
    let of = |intake: &Intake| {
        [
            ("Name", intake.name.as_ref().map(ToString::to_string)),
            ("E-mail", intake.email.as_ref().map(ToString::to_string)),
            ("Phone", intake.phone.as_ref().map(ToString::to_string)),
            ("Language", Some(intake.language.to_string())),
        ]
    };
    let differ = of(before).into_iter().zip(of(after)).filter(|(before, after)| before != after);
    differ
        .map(|((what, before), _)| format!("{what} before: {}", before.as_deref().unwrap_or("none")))
        .collect()
}

fn unchanged() -> Problem {
    let detail = "All of this is on file already.";
    Problem::invalid(vec![FieldError::new(String::new(), "unchanged", detail)])
}

//! Puts right who a customer is, how they are reached, or in which language they are written to.

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use complaints::{
    command::Command,
    complaint::Complaint,
    decide::allowed_now,
    fields::FieldError,
    intake::Intake,
    problem::Problem,
    rejection::Rejection,
    shell::{
        Shell, StepError,
        answer::Refusal,
        desk::{self, Asked, Noted},
    },
    staff_body::CorrectContact,
};

/// Answers with the complaint in short, or says why not.
pub async fn handle(
    shell: &Shell,
    request: ApiGatewayV2httpRequest,
) -> Result<ApiGatewayV2httpResponse, StepError> {
    let read = CorrectContact::read;
    let response = desk::command_after(shell, request, read, async |asked, body, draft| {
        let complaint = look_at(shell, asked).await?;
        let CorrectContact { name, email, phone, language, reason } = body;
        let right = |before: &Intake| Intake { name, email, phone, language, ..before.clone() };
        let Some(correction) = shell.ledger().correction(complaint.id, right).await? else {
            let (stage, allowed) = (complaint.stage_name(), allowed_now(&complaint, asked.actor));
            return Err(Rejection::Illegal { stage, allowed }.into());
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

/// What is said of what is on file tells what is there: so it is a look at it, recorded before, and not for whom it is
/// about.
async fn look_at(shell: &Shell, asked: &Asked<'_>) -> Result<Complaint, Refusal> {
    let Asked { request, actor, complaint } = *asked;
    let complaint = shell.ledger().load(complaint).await?.ok_or_else(Problem::not_found)?;
    if complaint.is_about(actor) {
        return Err(desk::refuse_whom_it_is_about(shell, request, actor, complaint.id).await?);
    }
    desk::note(shell, request, actor, &complaint.id.to_string(), Noted::Read).await?;
    Ok(complaint)
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

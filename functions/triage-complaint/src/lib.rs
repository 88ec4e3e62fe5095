//! Records what a complaint is about and how severe it is.

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use complaints::{
    command::{Command, Triage},
    shell::{Shell, StepError, desk},
    staff_body,
};

/// Answers with the complaint in short, or says why not.
pub async fn handle(
    shell: &Shell,
    request: ApiGatewayV2httpRequest,
) -> Result<ApiGatewayV2httpResponse, StepError> {
    let currency = shell.policy().redress.csr.currency();
    let read = |fields| staff_body::Triage::read(fields, currency);
    let response = desk::command(shell, request, read, |body, draft| {
        let staff_body::Triage {
            category,
            sub_category,
            severity,
            product,
            flags,
            subject,
            subject_role,
            loss,
            note,
        } = body;
        let note = draft.optional(note.as_ref())?;
        Ok(Command::Triage(Triage {
            category,
            sub_category,
            severity,
            product,
            flags,
            subject,
            subject_role,
            loss,
            note,
        }))
    });
    Ok(response.await)
}

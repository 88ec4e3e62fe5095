//! Takes down what a department answered by another way than its link.

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use complaints::{
    command::Command,
    shell::{Shell, StepError, desk},
    staff_body::RecordConsultation,
};

/// Answers with the complaint in short, or says why not.
pub async fn handle(
    shell: &Shell,
    request: ApiGatewayV2httpRequest,
) -> Result<ApiGatewayV2httpResponse, StepError> {
    let response = desk::command(shell, request, RecordConsultation::read, |body, draft| {
        let text = draft.text(&body.answer)?;
        Ok(Command::AnswerConsultation { consultation: body.consultation, text })
    });
    Ok(response.await)
}

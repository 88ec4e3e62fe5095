//! Records the customer's answer to a proposal, given by phone, letter or in person, or that none is to be had.

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use complaints::{
    command::Command,
    shell::{Shell, StepError, desk},
    staff_body::{RecordAnswer, Said},
};

/// Answers with the complaint in short, or says why not.
pub async fn handle(
    shell: &Shell,
    request: ApiGatewayV2httpRequest,
) -> Result<ApiGatewayV2httpResponse, StepError> {
    let response = desk::command(shell, request, RecordAnswer::read, |body, draft| {
        let RecordAnswer { proposal, said } = body;
        Ok(match said {
            Said::Answer { answer, reason, channel } => {
                let reason = draft.optional(reason.as_ref())?;
                Command::AnswerProposal { proposal, answer, reason, channel }
            }
            Said::Nothing { reason } => Command::TakeAsConsent { proposal, text: draft.text(&reason)? },
        })
    });
    Ok(response.await)
}

//! Takes away who the customer was and what they told, of a complaint that is over. What was decided and why stays, and
//! so does the audit trail, which holds nothing of them.

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use complaints::{
    command::Command,
    shell::{Shell, StepError, desk},
    staff_body::Because,
};

/// Answers with the complaint in short, or says why not. `erase-data` then removes the data.
pub async fn handle(
    shell: &Shell,
    request: ApiGatewayV2httpRequest,
) -> Result<ApiGatewayV2httpResponse, StepError> {
    Ok(desk::command(shell, request, Because::read, |body, draft| {
        Ok(Command::Restrict { text: draft.text(&body.reason)? })
    })
    .await)
}

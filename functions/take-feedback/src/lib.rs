//! Takes down how satisfied a customer is, who tells staff.

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use complaints::{
    command::{Command, Feedback},
    shell::{Shell, StepError, desk},
    staff_body::TakeFeedback,
};

/// Answers with the complaint in short, or says why not.
pub async fn handle(
    shell: &Shell,
    request: ApiGatewayV2httpRequest,
) -> Result<ApiGatewayV2httpResponse, StepError> {
    let response = desk::command(shell, request, TakeFeedback::read, |body, draft| {
        let TakeFeedback { rating, comment, concern, channel } = body;
        let comment = draft.optional(comment.as_ref())?;
        Ok(Command::RecordFeedback { feedback: Feedback { rating, comment, concern }, channel })
    });
    Ok(response.await)
}

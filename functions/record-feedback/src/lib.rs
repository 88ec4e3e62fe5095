//! Takes the customer's feedback from their private page: how satisfied they are, and whether something is still wrong.

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use complaints::{
    command::{Command, Feedback},
    customer_body::GiveFeedback,
    page::Given,
    shell::{
        Shell, StepError,
        answer::respond,
        customer::{self, Deed, Desk},
    },
    values::Channel,
};

/// The same feedback again is answered the same; another one is a conflict.
pub async fn handle(
    shell: &Shell,
    request: ApiGatewayV2httpRequest,
) -> Result<ApiGatewayV2httpResponse, StepError> {
    let response = respond(shell, request, async |request| {
        customer::command(shell, request, Desk::Private, GiveFeedback::read, |body, draft| {
            let given = if body.concern { Given::Concern } else { Given::Feedback };
            let comment = draft.optional(body.comment.as_ref())?;
            let feedback = Feedback { rating: body.rating, comment, concern: body.concern };
            Ok(Deed::of(Command::RecordFeedback { feedback, channel: Channel::Web }, given))
        })
        .await
    });
    Ok(response.await)
}

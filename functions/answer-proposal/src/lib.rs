//! Takes the customer's answer to a proposal from their private page.

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use complaints::{
    command::{Answer as Reply, Command},
    customer_body::GiveAnswer,
    page::Given,
    shell::{
        Shell, StepError,
        answer::respond,
        customer::{self, Deed, Desk},
    },
    values::Channel,
};

/// The same answer again is answered the same; another one is a conflict, and so are other words with it.
pub async fn handle(
    shell: &Shell,
    request: ApiGatewayV2httpRequest,
) -> Result<ApiGatewayV2httpResponse, StepError> {
    let response = respond(shell, request, async |request| {
        customer::command(shell, request, Desk::Private, GiveAnswer::read, |body, draft| {
            let given = match body.answer {
                Reply::Accept => Given::Accepted,
                Reply::Refuse => Given::Refused,
            };
            let reason = draft.optional(body.reason.as_ref())?;
            let GiveAnswer { proposal, answer, .. } = body;
            let command = Command::AnswerProposal { proposal, answer, reason, channel: Channel::Web };
            Ok(Deed::of(command, given))
        })
        .await
    });
    Ok(response.await)
}

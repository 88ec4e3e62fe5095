//! Takes the customer's wish that somebody at a higher level looks at their complaint.

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use complaints::{
    command::Command,
    customer_body::AskEscalation,
    page::{Given, Way},
    shell::{
        Shell, StepError,
        answer::respond,
        customer::{self, Deed, Desk},
    },
    values::Channel,
};

/// Asking again changes nothing: it has gone up.
pub async fn handle(
    shell: &Shell,
    request: ApiGatewayV2httpRequest,
) -> Result<ApiGatewayV2httpResponse, StepError> {
    let response = respond(shell, request, async |request| {
        customer::command(shell, request, Desk::Of(Way::Escalation), AskEscalation::read, |body, draft| {
            let text = draft.text(&body.text)?;
            Ok(Deed::of(Command::AskEscalation { text, channel: Channel::Web }, Given::WentUp))
        })
        .await
    });
    Ok(response.await)
}

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
    values::{Channel, Digest},
};

/// The same words are the same wish, however often they come.
const SAID: &[u8] = b"escalation";

/// Asking again moves nothing: it has gone up. What is said in other words is kept.
pub async fn handle(
    shell: &Shell,
    request: ApiGatewayV2httpRequest,
) -> Result<ApiGatewayV2httpResponse, StepError> {
    let response = respond(shell, request, async |request| {
        customer::command(shell, request, Desk::Of(Way::Escalation), AskEscalation::read, |body, draft| {
            let text = draft.text(&body.text)?;
            let command = Command::AskEscalation { text, channel: Channel::Web };
            let once = Some(Digest::keyed(SAID, body.text.as_str().as_bytes()));
            Ok(Deed { command, given: Given::WentUp, once })
        })
        .await
    });
    Ok(response.await)
}

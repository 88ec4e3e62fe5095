//! Lets the customer take their complaint back, once they have confirmed that they want to.

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use complaints::{
    command::Command,
    customer_body::TakeBack,
    page::{Given, Way},
    shell::{
        Shell, StepError,
        answer::respond,
        customer::{self, Deed, Desk},
    },
    values::Channel,
};

/// GET asks whether they are sure, POST ends it; doing so again changes nothing.
pub async fn handle(
    shell: &Shell,
    request: ApiGatewayV2httpRequest,
) -> Result<ApiGatewayV2httpResponse, StepError> {
    let response = respond(shell, request, async |request| {
        if request.method() != "POST" {
            return customer::ask(shell, request, Way::Withdrawal).await;
        }
        customer::command(shell, request, Desk::Of(Way::Withdrawal), TakeBack::read, |body, draft| {
            let reason = draft.optional(body.reason.as_ref())?;
            Ok(Deed::of(Command::Withdraw { reason, channel: Channel::Web }, Given::Withdrawn))
        })
        .await
    });
    Ok(response.await)
}

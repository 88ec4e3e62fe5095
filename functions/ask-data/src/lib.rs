//! Takes the customer's wish for a copy of their data; a manager hands it out.

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use complaints::{
    command::Command,
    customer_body::Nothing,
    page::{Given, Way},
    shell::{
        Shell, StepError,
        answer::respond,
        customer::{self, Deed, Desk},
    },
    values::Channel,
};

/// Asking again changes nothing while it has not been handed out.
pub async fn handle(
    shell: &Shell,
    request: ApiGatewayV2httpRequest,
) -> Result<ApiGatewayV2httpResponse, StepError> {
    let response = respond(shell, request, async |request| {
        customer::command(shell, request, Desk::Of(Way::Data), Nothing::read, |_, _| {
            Ok(Deed::of(Command::AskData { channel: Channel::Web }, Given::DataAsked))
        })
        .await
    });
    Ok(response.await)
}

//! Takes the customer's wish that their data be erased; a manager decides on it.

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

/// Asking again changes nothing while nobody has decided.
pub async fn handle(
    shell: &Shell,
    request: ApiGatewayV2httpRequest,
) -> Result<ApiGatewayV2httpResponse, StepError> {
    let response = respond(shell, request, async |request| {
        customer::command(shell, request, Desk::Of(Way::Erasure), Nothing::read, |_, _| {
            Ok(Deed::of(Command::AskErasure { channel: Channel::Web }, Given::ErasureAsked))
        })
        .await
    });
    Ok(response.await)
}

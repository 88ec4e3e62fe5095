//! Ends the private links that a customer was mailed, at their wish; a new one is mailed to the address on file.

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
};

/// Ends the session that it is asked in as well, so that it is done once.
pub async fn handle(
    shell: &Shell,
    request: ApiGatewayV2httpRequest,
) -> Result<ApiGatewayV2httpResponse, StepError> {
    let response = respond(shell, request, async |request| {
        customer::command(shell, request, Desk::Of(Way::Links), Nothing::read, |_, _| {
            Ok(Deed::of(Command::EndLinks { reason: None }, Given::LinksEnded))
        })
        .await
    });
    Ok(response.await)
}

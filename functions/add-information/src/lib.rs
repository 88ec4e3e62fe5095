//! Takes what the customer adds to their complaint, asked or not.

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use complaints::{
    command::Command,
    customer_body::AddInformation,
    page::{Given, Way},
    problem::Problem,
    shell::{
        Shell, StepError,
        answer::respond,
        customer::{self, Deed, Desk},
    },
    values::{Channel, Digest},
};

/// The page carries a key, programs can send one: the same text under the same key is added once, however often it
/// comes.
pub async fn handle(
    shell: &Shell,
    request: ApiGatewayV2httpRequest,
) -> Result<ApiGatewayV2httpResponse, StepError> {
    let response = respond(shell, request, async |request| {
        let header = request.idempotency_key().map_err(Problem::invalid)?;
        customer::command(shell, request, Desk::Of(Way::Information), AddInformation::read, |body, draft| {
            let text = draft.text(&body.text)?;
            let once = header.or(body.key).map(|key| {
                // Who goes back and writes something else says something else.
                Digest::keyed(key.as_str().as_bytes(), body.text.as_str().as_bytes())
            });
            let command = Command::AddInformation { text, channel: Channel::Web, marks: Vec::new() };
            Ok(Deed { command, given: Given::Informed, once })
        })
        .await
    });
    Ok(response.await)
}

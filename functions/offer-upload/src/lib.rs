//! Offers a customer the way to send a file: a link that takes this very file and nothing else, for a short time.

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use complaints::{
    actor::Actor,
    evidence::Wanted,
    problem::Problem,
    shell::{
        Shell, StepError,
        answer::{Answer, respond},
        customer,
        evidence::Sender,
    },
};

/// Answers with the link. That a file is on its way is recorded when it arrives, and not before.
pub async fn handle(
    shell: &Shell,
    request: ApiGatewayV2httpRequest,
) -> Result<ApiGatewayV2httpResponse, StepError> {
    let response = respond(shell, request, async |request| {
        let opened = customer::opened(shell, request)?;
        let wanted =
            Wanted::read(request.json_fields()?, &shell.policy().evidence).map_err(Problem::invalid)?;
        let complaint = customer::load(shell, opened).await?.ok_or_else(Problem::not_found)?;
        shell.may_send(&complaint, &Actor::Customer)?;
        let link = shell.offer_link(complaint.id, &Sender::customer(&complaint), &wanted).await?;
        Ok(Answer::json(201, &link)?)
    });
    Ok(response.await)
}

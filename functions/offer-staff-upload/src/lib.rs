//! Offers staff the way to add a file to a case: a link that takes this very file and nothing else, for a short time.

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use complaints::{
    problem::{Kind, Problem},
    shell::{
        Shell, StepError,
        answer::{Answer, Refusal, respond},
        desk::{self, Noted},
        evidence::Sender,
    },
    staff_body::AddFile,
};

/// Answers with the link. That there is a file is recorded when it arrives, and not before.
pub async fn handle(
    shell: &Shell,
    request: ApiGatewayV2httpRequest,
) -> Result<ApiGatewayV2httpResponse, StepError> {
    let response = respond(shell, request, async |request| {
        let actor = request.staff()?;
        let body =
            AddFile::read(request.json_fields()?, &shell.policy().evidence).map_err(Problem::invalid)?;
        let id = desk::named(shell, request).await?;
        let complaint = shell.ledger().load(id).await?.ok_or_else(Problem::not_found)?;
        let allowed = shell.may_send(&complaint, &actor);
        if let Err(Refusal::Problem(problem)) = &allowed
            && problem.kind == Kind::Forbidden
        {
            desk::note(shell, request, &actor, &id.to_string(), Noted::Refused).await?;
        }
        allowed?;
        let sender = Sender { actor, channel: body.channel };
        let link = shell.offer_link(id, &sender, &body.file).await?;
        Ok(Answer::json(201, &link)?)
    });
    Ok(response.await)
}

//! Shows staff a whole case: the complaint, what the customer wrote, the audit trail, every text.

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use complaints::{
    problem::Problem,
    shell::{
        Shell, StepError,
        answer::{Answer, Refusal, respond},
        desk,
        request::Request,
    },
    view::{Case, Summary},
};

/// Answers with the case; its `ETag` is what the next write has to say in `If-Match`.
pub async fn handle(
    shell: &Shell,
    request: ApiGatewayV2httpRequest,
) -> Result<ApiGatewayV2httpResponse, StepError> {
    Ok(respond(shell, request, async |request| show(shell, request).await).await)
}

async fn show(shell: &Shell, request: &Request) -> Result<Answer, Refusal> {
    let (actor, ledger) = (request.staff()?, shell.ledger());
    let id = desk::named(shell, request).await?;
    let complaint = ledger.load(id).await?.ok_or_else(Problem::not_found)?;
    let case = Case {
        summary: Summary::of(&complaint, &actor),
        complaint: ledger.intake(id).await?,
        history: ledger.events(id).await?,
        texts: ledger.texts(id).await?.into_iter().collect(),
    };
    Ok(Answer::json(200, &case)?.with_version(complaint.version))
}

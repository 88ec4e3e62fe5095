//! Shows staff a whole case: the complaint, what the customer wrote and what that suggests until it is triaged, the
//! audit trail, every text. That they looked is recorded first, and shown to managers.

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use complaints::{
    problem::Problem,
    shell::{
        Shell, StepError,
        answer::{Answer, Refusal, respond},
        desk::{self, Noted},
        request::Request,
    },
    values::Role,
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
    desk::note(shell, request, &actor, &id.to_string(), Noted::Read).await?;
    // Who has read it is for those to know who answer for it.
    let accesses = match actor.role() {
        Some(Role::Manager | Role::Final) => Some(ledger.accesses(&id.to_string()).await?),
        Some(Role::Csr) | None => None,
    };
    let told = ledger.intake(id).await?;
    let case = Case {
        summary: Summary::of(&complaint, &actor),
        suggestion: Case::suggestion(&complaint, told.as_ref(), shell.policy()),
        complaint: told,
        history: ledger.events(id).await?,
        texts: ledger.texts(id).await?.into_iter().collect(),
        accesses,
    };
    Ok(Answer::json(200, &case)?.with_version(complaint.version))
}

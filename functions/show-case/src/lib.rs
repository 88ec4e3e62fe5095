//! Shows staff a whole case: the complaint, what the customer wrote and what that suggests until it is triaged, the
//! audit trail, every text, and while it can be put right, how like cases were. That they looked is recorded first, and shown to managers.

use std::collections::BTreeMap;

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use complaints::{
    problem::Problem,
    redress::Spread,
    shell::{
        Shell, StepError,
        answer::{Answer, Refusal, respond},
        desk::{self, Noted},
        request::Request,
    },
    values::{ComplaintId, Reference, Role},
    view::{Case, Summary, Together},
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
    let (told, history) = (ledger.intake(id).await?, ledger.events(id).await?);
    let references = references(shell, &Together::named(&history)).await?;
    let summary = Summary::of(&complaint, &actor);
    let redress = match Case::like(&summary, &complaint) {
        Some(like) => Spread::of(&ledger.redress(&like).await?),
        None => None,
    };
    let case = Case {
        summary,
        suggestion: Case::suggestion(&complaint, told.as_ref(), shell.policy()),
        complaint: told,
        together: Together::of(&history, |other| references.get(&other).copied()),
        history,
        texts: ledger.texts(id).await?.into_iter().collect(),
        redress,
        accesses,
    };
    Ok(Answer::json(200, &case)?.with_version(complaint.version))
}

/// How people call these complaints; those that are not kept any more are left out.
async fn references(
    shell: &Shell,
    complaints: &[ComplaintId],
) -> Result<BTreeMap<ComplaintId, Reference>, StepError> {
    let mut references = BTreeMap::new();
    for id in complaints {
        let complaint = shell.ledger().load(*id).await?;
        references.extend(complaint.map(|complaint| (*id, complaint.reference)));
    }
    Ok(references)
}

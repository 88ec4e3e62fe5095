//! Makes the complaint of a post that was held as suspected spam and is none: as it came, with its own reference, every
//! clock starting when it came.

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use complaints::{
    problem::Problem,
    shell::{
        Shell, StepError,
        answer::respond,
        desk::{self, Judgement},
        ledger::{Decided, Judged},
    },
    staff_body::Release,
    view::Summary,
};

/// Answers with the complaint in short, also when it was released before.
pub async fn handle(
    shell: &Shell,
    request: ApiGatewayV2httpRequest,
) -> Result<ApiGatewayV2httpResponse, StepError> {
    let response = respond(shell, request, async |request| {
        let read = |fields| Release::read(fields).map(|_| None);
        let Judgement { id, actor, judged } = desk::judge(shell, request, Decided::Released, read).await?;
        match judged {
            Judged::So(_) => {
                let summary = Summary::of(&shell.ledger().released(id).await?, &actor);
                desk::done_with(request, &summary, 200)
            }
            Judged::Otherwise(_) => {
                Err(Problem::decided("This post was discarded before, and what it said is gone.").into())
            }
            Judged::Nothing => Err(Problem::not_found().into()),
        }
    });
    Ok(response.await)
}

//! Discards a post that was held as suspected spam, with a reason.

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use complaints::{
    problem::Problem,
    shell::{
        Shell, StepError,
        answer::{Answer, respond},
        desk::{self, Judgement},
        ledger::{Decided, Judged},
    },
    staff_body::Discard,
};

/// Answers with what was decided, by whom and when, also when it was discarded before.
pub async fn handle(
    shell: &Shell,
    request: ApiGatewayV2httpRequest,
) -> Result<ApiGatewayV2httpResponse, StepError> {
    let response = respond(shell, request, async |request| {
        let read = |fields| Discard::read(fields).map(|body| Some(body.reason.as_str().to_owned()));
        let Judgement { judged, .. } = desk::judge(shell, request, Decided::Discarded, read).await?;
        match judged {
            Judged::So(_) if request.wants_html() => Ok(Answer::see_other("/staff/complaints?queue=held")),
            Judged::So(verdict) => Ok(Answer::json(200, &verdict)?),
            Judged::Otherwise(_) => {
                Err(Problem::decided("This post was released before, and is a complaint now.").into())
            }
            Judged::Nothing => Err(Problem::not_found().into()),
        }
    });
    Ok(response.await)
}

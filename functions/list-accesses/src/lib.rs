//! Shows those who lead who of staff looked at what is no single complaint's: searches, held posts, and what was refused.

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use complaints::{
    figures::Period,
    page::desk::{AccessesPage, Frame},
    problem::Problem,
    shell::{
        Shell, StepError,
        answer::{Answer, Refusal, respond},
        desk::leading,
        ledger::AccessPlace,
        request::Request,
    },
};

/// Answers managers and final deciders with a page of a month, the present one unless another is asked for. A look at it
/// shows nothing of customers and is not recorded; that somebody was refused it is.
pub async fn handle(
    shell: &Shell,
    request: ApiGatewayV2httpRequest,
) -> Result<ApiGatewayV2httpResponse, StepError> {
    Ok(respond(shell, request, async |request| list(shell, request).await).await)
}

async fn list(shell: &Shell, request: &Request) -> Result<Answer, Refusal> {
    let actor = leading(shell, request).await?;
    let (policy, now) = (shell.policy(), shell.now());
    let month = request.query("month").map(Period::parse).transpose();
    let month = month.map_err(|_| {
        Problem::invalid_request("unknown_month", "A month is a year and a month, such as 2026-11.")
    })?;
    let month = month.unwrap_or_else(|| Period::of(now, &policy.calendar));
    let before = request.query("cursor").map(str::parse::<AccessPlace>).transpose();
    let before =
        before.map_err(|_| Problem::invalid_request("unknown_cursor", "This cursor is none of ours."))?;
    let page = shell.ledger().desk_accesses(month, before.as_ref()).await?;
    if !request.wants_html() {
        return Ok(Answer::json(200, &page)?);
    }
    let next = page.cursor.as_ref().map(ToString::to_string);
    let frame = Frame::of(policy, Some(&actor));
    let (accesses, next) = (page.accesses.as_slice(), next.as_deref());
    Ok(Answer::html(200, AccessesPage { frame, month, accesses, next, policy, now }.render()))
}

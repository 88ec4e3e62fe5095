//! Shows those who lead what needs somebody now, the month so far and the twelve before it: from the figures, never from
//! the complaints themselves.

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use complaints::{
    page::desk::{DashboardPage, Frame, Queue},
    shell::{
        Shell, StepError,
        answer::{Answer, Refusal, respond},
        desk::leading,
        request::Request,
    },
};

/// Answers managers and final deciders with the page.
pub async fn handle(
    shell: &Shell,
    request: ApiGatewayV2httpRequest,
) -> Result<ApiGatewayV2httpResponse, StepError> {
    Ok(respond(shell, request, async |request| show(shell, request).await).await)
}

async fn show(shell: &Shell, request: &Request) -> Result<Answer, Refusal> {
    let actor = leading(shell, request).await?;
    let (now, policy) = (shell.now(), shell.policy());
    let overview = shell.overview().await?;
    // As the list of that name has them.
    let until = Queue::DueSoon.until(now, policy).unwrap_or(now);
    let counted = shell.ledger().count_due(until).await?;
    let due_soon = (counted.number, counted.is_all);
    let frame = Frame::of(policy, Some(&actor));
    let today = policy.calendar.date(now);
    let (all, mut actions) = (shell.actions().await?, (0, 0));
    for action in all.iter().filter(|action| action.is_open()) {
        actions.0 += 1;
        actions.1 += usize::from(action.is_overdue(today));
    }
    let page = DashboardPage { frame, overview: &overview, due_soon, actions, actor: &actor, policy, now };
    Ok(Answer::html(200, page.render()))
}

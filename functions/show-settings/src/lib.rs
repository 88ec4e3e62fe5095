//! Shows staff the policy in force as a document, and how the times of earlier versions differ from it.

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use complaints::{
    page::desk::{Frame, SettingsPage},
    shell::{
        Shell, StepError,
        answer::{Answer, Refusal, respond},
        request::Request,
    },
};

/// Answers all staff: it says what they may promise and decide.
pub async fn handle(
    shell: &Shell,
    request: ApiGatewayV2httpRequest,
) -> Result<ApiGatewayV2httpResponse, StepError> {
    Ok(respond(shell, request, async |request| show(shell, request).await).await)
}

async fn show(shell: &Shell, request: &Request) -> Result<Answer, Refusal> {
    let actor = request.staff()?;
    let earlier = shell.earlier_terms().await?;
    let policy = shell.policy();
    let frame = Frame::of(policy, Some(&actor));
    let page = SettingsPage { frame, policy, earlier: &earlier, today: policy.calendar.date(shell.now()) };
    Ok(Answer::html(200, page.render()))
}

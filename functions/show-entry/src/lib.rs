//! Shows staff the form by which they take a complaint down for a customer.

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use complaints::{
    page::desk::{Act, ENTRY, FormView, Frame, Ground},
    shell::{
        Shell, StepError,
        answer::{Answer, Refusal, respond},
        request::Request,
    },
};

/// Answers with the form, which carries a key of its own so that sending it twice is one complaint.
pub async fn handle(
    shell: &Shell,
    request: ApiGatewayV2httpRequest,
) -> Result<ApiGatewayV2httpResponse, StepError> {
    Ok(respond(shell, request, async |request| show(shell, request)).await)
}

fn show(shell: &Shell, request: &Request) -> Result<Answer, Refusal> {
    let actor = request.staff()?;
    let ground = Ground::alone(shell.policy(), &actor);
    let mut form = FormView::new(&ENTRY, "/staff/complaints".to_owned(), ground);
    form.once = Some(shell.new_command_id()?.to_string());
    let page =
        Act { frame: Frame::of(shell.policy(), Some(&actor)), reference: None, form: &form, problem: None };
    Ok(Answer::html(200, page.render()))
}

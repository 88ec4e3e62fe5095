//! Shows the customer the files of their complaint, what became of each, and a form to send another: it posts straight to
//! the bucket, and leads back here.

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use complaints::{
    actor::Actor,
    page::{Files, Frame},
    problem::Problem,
    shell::{
        Shell, StepError,
        answer::{Answer, Refusal, respond},
        customer,
        request::Request,
    },
    view::FilesView,
    words,
};

/// Answers with the page, or with JSON for a program.
pub async fn handle(
    shell: &Shell,
    request: ApiGatewayV2httpRequest,
) -> Result<ApiGatewayV2httpResponse, StepError> {
    Ok(respond(shell, request, async |request| show(shell, request).await).await)
}

async fn show(shell: &Shell, request: &Request) -> Result<Answer, Refusal> {
    let opened = customer::opened(shell, request)?;
    let complaint = customer::load(shell, opened).await?.ok_or_else(Problem::not_found)?;
    let history = shell.ledger().events(complaint.id).await?;
    let files = customer::files(shell, complaint.id, &history).await?;
    let takes = shell.may_send(&complaint, &Actor::Customer).is_ok();
    let view = FilesView::of(complaint.reference, files, takes, &shell.policy().evidence);
    if !request.wants_html() {
        return Ok(Answer::json(200, &view)?);
    }
    let form = if view.takes { Some(shell.offer_form(&complaint).await?) } else { None };
    let page = Files {
        frame: Frame::of(shell.policy(), words::of(complaint.language)),
        view: &view,
        form: form.as_ref().map(|form| (form.action.as_str(), form.fields.as_slice())),
        // The bucket says so when it sends the browser back.
        just_sent: request.query("key").is_some(),
        zone: shell.policy().calendar.zone(),
    };
    let answer = Answer::html(200, page.render());
    Ok(match &form {
        Some(form) => answer.posting_to(form.origin()),
        None => answer,
    })
}

//! Offers staff the way to add a file to a case: a link that takes this very file and nothing else, for a short time.

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use complaints::{
    actor::Actor,
    complaint::Complaint,
    page::desk::{Frame, Upload},
    problem::{Kind, Problem},
    shell::{
        Shell, StepError,
        answer::{Answer, Refusal, respond},
        desk::{self, Noted},
        evidence::Sender,
        request::Request,
    },
    staff_body::{AddFile, AnnounceFile},
};

/// Answers with the link, or a browser with a form that sends any one file. That there is a file is recorded when it
/// arrives, and not before.
pub async fn handle(
    shell: &Shell,
    request: ApiGatewayV2httpRequest,
) -> Result<ApiGatewayV2httpResponse, StepError> {
    Ok(respond(shell, request, async |request| offer(shell, request).await).await)
}

async fn offer(shell: &Shell, request: &Request) -> Result<Answer, Refusal> {
    let actor = request.staff()?;
    let fields = request.fields()?;
    if fields.is_form() {
        let channel = AnnounceFile::read(fields).map_err(Problem::invalid)?.channel;
        let complaint = open_to(shell, request, &actor).await?;
        return form(shell, &complaint, Sender::staff(actor, channel)).await;
    }
    let body = AddFile::read(fields, &shell.policy().evidence).map_err(Problem::invalid)?;
    let complaint = open_to(shell, request, &actor).await?;
    let sender = Sender::staff(actor, body.channel);
    let link = shell.offer_link(complaint.id, &sender, &body.file).await?;
    Ok(Answer::json(201, &link)?)
}

/// The page with the form, which posts to the bucket and leads back to the case.
async fn form(shell: &Shell, complaint: &Complaint, sender: Sender) -> Result<Answer, Refusal> {
    let form = shell.offer_staff_form(complaint.id, complaint.reference, &sender).await?;
    let page = Upload {
        frame: Frame::of(shell.policy(), Some(&sender.actor)),
        reference: &complaint.reference.to_string(),
        at: &form.action,
        fields: &form.fields,
        bounds: &shell.policy().evidence,
    };
    Ok(Answer::html(200, page.render()).posting_to(form.origin()))
}

/// The complaint that the route names, if it takes a file from them.
async fn open_to(shell: &Shell, request: &Request, actor: &Actor) -> Result<Complaint, Refusal> {
    let id = desk::named(shell, request).await?;
    let complaint = shell.ledger().load(id).await?.ok_or_else(Problem::not_found)?;
    let allowed = shell.may_send(&complaint, actor);
    if let Err(Refusal::Problem(problem)) = &allowed
        && problem.kind == Kind::Forbidden
    {
        desk::note(shell, request, actor, &id.to_string(), Noted::Refused).await?;
    }
    allowed?;
    Ok(complaint)
}

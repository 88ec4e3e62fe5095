//! Hands out all there is on one customer, found by one of their complaints: a ZIP of JSON files, a folder for each
//! complaint. That it was handed out, to whom and why, is recorded with each of them first.

mod archive;

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use complaints::{
    actor::Actor,
    command::Command,
    complaint::Complaint,
    problem::Problem,
    rejection::Rejection,
    shell::{
        Shell, StepError,
        answer::{Answer, Refusal, respond},
        desk::{self, Draft, Noted},
        ledger::{Change, NotDone},
        request::Request,
    },
    staff_body::Export,
    values::{ComplaintId, Reference},
};

use archive::{Archive, Folder};

/// An answer holds 6 MB, a third of which goes into writing it as text: beyond this, what is left has to be asked for.
const LARGEST: usize = 3 * 1024 * 1024;

/// The header that says with which complaint the next file begins.
const CONTINUES: &str = "export-continues-from";

/// Answers with the file.
pub async fn handle(
    shell: &Shell,
    request: ApiGatewayV2httpRequest,
) -> Result<ApiGatewayV2httpResponse, StepError> {
    // Boxed: a complaint, its record and what is handed out of it stand in it side by side.
    Ok(Box::pin(respond(shell, request, async |request| export(shell, request).await)).await)
}

async fn export(shell: &Shell, request: &Request) -> Result<Answer, Refusal> {
    let actor = request.staff()?;
    let body = Export::read(request.json_fields()?).map_err(Problem::invalid)?;
    let id = desk::named(shell, request).await?;
    let complaint = shell.ledger().load(id).await?.ok_or_else(Problem::not_found)?;
    let mut left = shell.ledger().of_same_customer(&complaint).await?.into_iter();
    if let Some(from) = body.from {
        left = rest(shell, left.collect(), from).await?.into_iter();
    }
    let (mut archive, mut size) = (Archive::new(shell.now()), 0);
    while size < LARGEST
        && let Some(id) = left.next()
    {
        let Some(complaint) = record(shell, request, &actor, id, &body).await? else { continue };
        size += archive.add(&folder(shell, complaint).await?)?;
    }
    let next = match left.next() {
        Some(id) => shell.ledger().load(id).await?.map(|complaint| complaint.reference),
        None => None,
    };
    let answer = Answer::file("application/zip", "data.zip", archive.finish(next)?);
    Ok(match next {
        Some(next) => answer.with(CONTINUES, &next.to_string()),
        None => answer,
    })
}

/// The complaints from this one on, which has to be among them.
async fn rest(
    shell: &Shell,
    complaints: Vec<ComplaintId>,
    from: Reference,
) -> Result<Vec<ComplaintId>, Refusal> {
    let from = shell.ledger().find(from).await?;
    let place = complaints.iter().position(|id| Some(*id) == from);
    let place = place.ok_or_else(|| {
        Problem::invalid_request("unknown_from", "This is no complaint of the same customer.")
    })?;
    Ok(complaints[place..].to_vec())
}

/// Records that it is handed out; none where the complaint was removed meanwhile.
async fn record(
    shell: &Shell,
    request: &Request,
    actor: &Actor,
    complaint: ComplaintId,
    body: &Export,
) -> Result<Option<Complaint>, Refusal> {
    let mut draft = Draft::new(shell);
    let command = Command::RecordExport { text: draft.text(&body.reason)? };
    let (command_id, texts) = (shell.new_command_id()?, draft.into_texts());
    let actor_of = actor.clone();
    let (opened, expected, effect) = (None, None, None);
    let change = Change { complaint, opened, command, command_id, actor: actor_of, expected, texts, effect };
    let (noted, outcome) = match shell.ledger().execute(change).await {
        Ok(done) => (Noted::Read, Ok(Some(done.complaint))),
        Err(NotDone::Rejected(Rejection::NotFound)) => return Ok(None),
        Err(NotDone::Rejected(no @ Rejection::NotAllowed { .. })) => (Noted::Refused, Err(no.into())),
        Err(other) => return Err(other.into()),
    };
    desk::note(shell, request, actor, &complaint.to_string(), noted).await?;
    outcome
}

/// All there is on a complaint; what was erased is not there any more.
async fn folder(shell: &Shell, complaint: Complaint) -> Result<Folder, StepError> {
    let (ledger, id) = (shell.ledger(), complaint.id);
    Ok(Folder {
        told: ledger.intake(id).await?,
        history: ledger.events(id).await?,
        texts: ledger.texts(id).await?.into_iter().collect(),
        complaint,
    })
}

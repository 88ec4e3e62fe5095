//! Hands out all there is on one customer, found by one of their complaints: a ZIP of JSON files, a folder for each
//! complaint, with the files that came. That it was handed out, to whom and why, is recorded with each of them first.

mod archive;

use std::time::Duration;

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use complaints::{
    actor::Actor,
    command::Command,
    complaint::Complaint,
    evidence::{FileState, FileView},
    page::desk::{Frame, Notice},
    problem::Problem,
    rejection::Rejection,
    shell::{
        Shell, StepError,
        answer::{Answer, Refusal, respond},
        desk::{self, Draft, Noted},
        evidence::{Place, Stored},
        ledger::{Change, NotDone},
        request::Request,
    },
    staff_body::Export,
    values::{ComplaintId, Reference},
};

use archive::{Archive, Folder};

/// An answer holds 6 MB, a third of which goes into writing it as text: beyond this, what is left has to be asked for.
const LARGEST: usize = 3 * 1024 * 1024;
/// With the last complaint on top of that.
const LARGEST_ANSWER: usize = 4_400_000;

const ZIP: &str = "application/zip";
const NAME: &str = "data.zip";

/// The header that says with which complaint the next file begins.
const CONTINUES: &str = "export-continues-from";

/// How long the link to one that is too large for an answer is good for.
const LINK: Duration = Duration::from_mins(5);

/// Answers with the file, or with the way to it where it is too large for an answer.
pub async fn handle(
    shell: &Shell,
    request: ApiGatewayV2httpRequest,
) -> Result<ApiGatewayV2httpResponse, StepError> {
    // Boxed: a complaint, its record and what is handed out of it stand in it side by side.
    Ok(Box::pin(respond(shell, request, async |request| Box::pin(export(shell, request)).await)).await)
}

async fn export(shell: &Shell, request: &Request) -> Result<Answer, Refusal> {
    let actor = request.staff()?;
    let body = Export::read(request.fields()?).map_err(Problem::invalid)?;
    let id = desk::named(shell, request).await?;
    let named = shell.ledger().load(id).await?.ok_or_else(Problem::not_found)?;
    let theirs = theirs(shell, named).await?;
    // Before anything is recorded: what leaves out the complaint about who asks would not be all there is.
    if let Some(about) = theirs.iter().find(|complaint| complaint.is_about(&actor)) {
        return Err(desk::refuse_whom_it_is_about(shell, request, &actor, about.id).await?);
    }
    let begin = body.from.map_or(Ok(0), |from| place_of(&theirs, from))?;
    let mut left = theirs[begin..].iter().map(|complaint| complaint.id);
    let (mut archive, mut size) = (Archive::new(shell.now()), 0);
    while size < LARGEST
        && let Some(id) = left.next()
    {
        let Some(complaint) = record(shell, request, &actor, id, &body).await? else { continue };
        let folder = folder(shell, complaint).await?;
        size += archive.add(&folder)?;
        size += add_files(shell, &mut archive, &folder).await?;
    }
    let next = match left.next() {
        Some(id) => shell.ledger().load(id).await?.map(|complaint| complaint.reference),
        None => None,
    };
    let answer = hand_out(shell, request, &actor, archive.finish(next)?).await?;
    Ok(match next {
        Some(next) => answer.with(CONTINUES, &next.to_string()),
        None => answer,
    })
}

/// The complaints of one customer, as far as they are theirs and there is anything of theirs left: whose address it is may
/// have said that one is not theirs. The one that was asked for is among them in any case; where it is nobody's any more it
/// leads to no other.
async fn theirs(shell: &Shell, named: Complaint) -> Result<Vec<Complaint>, StepError> {
    if named.reach.has_no_customer() {
        return Ok(vec![named]);
    }
    let mut theirs = Vec::new();
    for id in shell.ledger().of_same_customer(&named).await? {
        let other = if id == named.id { Some(named.clone()) } else { shell.ledger().load(id).await? };
        theirs.extend(other.filter(|other| !other.reach.has_no_customer()));
    }
    Ok(theirs)
}

/// The file itself; one that is too large for an answer lies in the bucket for a day, and who asked is sent on there: a
/// browser by a link, since it lets no form's answer lead to another site (`form-action`).
async fn hand_out(
    shell: &Shell,
    request: &Request,
    actor: &Actor,
    file: Vec<u8>,
) -> Result<Answer, StepError> {
    if file.len() <= LARGEST_ANSWER {
        return Ok(Answer::file(ZIP, NAME, file));
    }
    let key = format!("exports/{}.zip", shell.new_command_id()?);
    shell.files().put(&key, ZIP, file, &[]).await?;
    let link = shell.files().download_link(&key, NAME, LINK).await?;
    if !request.wants_html() {
        return Ok(Answer::see_other(&link));
    }
    let page = Notice {
        frame: Frame::of(shell.policy(), Some(actor)),
        title: "The data is ready",
        detail: "It is too large to come by itself. The link below is good for some minutes.",
        request: None,
        onward: (&link, "Download it"),
        sign_out: false,
    };
    Ok(Answer::html(200, page.render()))
}

/// Adds the files of a complaint that are kept, and says how much that was.
async fn add_files(shell: &Shell, archive: &mut Archive, folder: &Folder) -> Result<usize, StepError> {
    let (complaint, mut size) = (&folder.complaint, 0);
    for file in folder.files.iter().filter(|file| file.state == FileState::Kept) {
        let stored = Stored { place: Place::Kept, complaint: complaint.id, file: file.id };
        let read = shell.files().read(&stored.to_string(), u64::MAX).await?;
        if let Some((_, Some(content))) = read {
            size += archive.add_file(complaint.reference, file, &content)?;
        }
    }
    Ok(size)
}

/// Where this complaint stands, which has to be among them.
fn place_of(complaints: &[Complaint], from: Reference) -> Result<usize, Problem> {
    complaints
        .iter()
        .position(|complaint| complaint.reference == from)
        .ok_or_else(|| Problem::invalid_request("unknown_from", "This is no complaint of the same customer."))
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
    let change =
        Change { texts: draft.into_texts(), ..Change::by(shell, actor.clone(), complaint, command)? };
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
    let (history, mut texts) = (ledger.events(id).await?, ledger.texts(id).await?);
    let files = FileView::taken_from(&history, &mut texts);
    Ok(Folder {
        told: ledger.intake(id).await?,
        history,
        texts: texts.into_iter().collect(),
        files,
        complaint,
    })
}

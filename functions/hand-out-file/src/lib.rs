//! Hands out a file of a complaint to staff: the browser is sent on to the bucket by a link that is good for a minute.
//! Who gets it is recorded first.

use std::time::Duration;

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use complaints::{
    evidence::{Described, FileState, files_of},
    problem::Problem,
    shell::{
        Shell, StepError,
        answer::{Answer, Refusal, respond},
        desk::{self, Noted},
        evidence::{Place, Stored},
        request::Request,
    },
    values::TextId,
};

/// How long the link is good for.
const LINK: Duration = Duration::from_mins(1);

/// Answers with the way to the file, which is kept under its name and never shown in the browser.
pub async fn handle(
    shell: &Shell,
    request: ApiGatewayV2httpRequest,
) -> Result<ApiGatewayV2httpResponse, StepError> {
    Ok(respond(shell, request, async |request| hand_out(shell, request).await).await)
}

async fn hand_out(shell: &Shell, request: &Request) -> Result<Answer, Refusal> {
    let (actor, ledger) = (request.staff()?, shell.ledger());
    let complaint = desk::named(shell, request).await?;
    let whose = ledger.load(complaint).await?.ok_or_else(Problem::not_found)?;
    if whose.is_about(&actor) {
        return Err(desk::refuse_whom_it_is_about(shell, request, &actor, complaint).await?);
    }
    let named = request.parameter("file").and_then(|file| TextId::parse(file).ok());
    let file = named.ok_or_else(Problem::not_found)?;
    let history = ledger.events(complaint).await?;
    let record = files_of(&history).into_iter().find(|record| record.file.id == file);
    let record = record.ok_or_else(Problem::not_found)?;
    match record.state {
        FileState::Kept => {}
        FileState::Waiting => return Err(Problem::not_scanned().into()),
        // It was removed, and there is nothing to hand out.
        FileState::Unfit | FileState::Infected | FileState::Unscanned | FileState::Erased => {
            return Err(Problem::not_found().into());
        }
    }
    desk::note(shell, request, &actor, &complaint.to_string(), Noted::Read).await?;
    // What was erased has no name any more.
    let text = ledger.text(complaint, &record.file).await?;
    let described = text.as_deref().and_then(Described::read).ok_or_else(Problem::not_found)?;
    let key = Stored { place: Place::Kept, complaint, file }.to_string();
    let link = shell.files().download_link(&key, described.name.as_str(), LINK).await?;
    Ok(Answer::see_other(&link))
}

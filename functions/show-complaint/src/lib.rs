//! Shows the customer their complaint: where it stands, what is promised, what they are asked.

use std::collections::BTreeMap;

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use complaints::{
    page::{Frame, My, Thanks},
    problem::Problem,
    shell::{
        Shell, StepError,
        answer::{Answer, Refusal, respond, words_for},
        customer::{self, Opened},
        request::Request,
    },
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
    let just_received = request.query("received").is_some();
    let Some(complaint) = customer::load(shell, opened).await? else {
        return not_there(shell, request, opened, just_received);
    };
    let view = customer::view(shell, &complaint).await?;
    if !request.wants_html() {
        return Ok(Answer::json(200, &view)?);
    }
    let page = My {
        frame: Frame::of(shell.policy(), words::of(complaint.language)),
        view: &view,
        key: &shell.new_command_id()?.to_string(),
        just_received,
        typed: &BTreeMap::new(),
        errors: &[],
        zone: shell.policy().calendar.zone(),
    };
    Ok(Answer::html(200, page.render()))
}

/// Who holds our cookie for a complaint that is not there has sent a post that is held: they are thanked like others.
fn not_there(
    shell: &Shell,
    request: &Request,
    opened: Opened,
    just_received: bool,
) -> Result<Answer, Refusal> {
    if !just_received {
        return Err(Problem::not_found().into());
    }
    let page = Thanks {
        frame: Frame::of(shell.policy(), words_for(shell, request)),
        reference: &opened.reference.to_string(),
        promises: &[],
        link: None,
        by_mail: false,
        zone: shell.policy().calendar.zone(),
    };
    Ok(Answer::html(200, page.render()))
}

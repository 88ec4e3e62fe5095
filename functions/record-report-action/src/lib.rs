//! Records what management decides to do about a monthly report: what, who sees to it, and by when.

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use complaints::{
    figures::Period,
    page::desk::REPORT_ACTION,
    problem::Problem,
    report::MOST_ACTIONS,
    shell::{
        Shell, StepError,
        actions::{Came, NewAction},
        answer::{Answer, Refusal, respond},
        desk::deciding,
        request::Request,
    },
    staff_body::RecordAction,
};

/// Answers 201 with the action, or sends a browser back to the report; the same key again answers the same.
pub async fn handle(
    shell: &Shell,
    request: ApiGatewayV2httpRequest,
) -> Result<ApiGatewayV2httpResponse, StepError> {
    Ok(respond(shell, request, async |request| record(shell, request).await).await)
}

async fn record(shell: &Shell, request: &Request) -> Result<Answer, Refusal> {
    let by = deciding(shell, request).await?;
    let key = request.idempotency_key().map_err(Problem::invalid)?;
    let today = shell.policy().calendar.date(shell.now());
    let body = RecordAction::read(request.fields()?, today).map_err(Problem::invalid)?;
    let month = request.parameter("month").unwrap_or_default();
    let report = Period::parse(month).map_err(|_| Problem::not_found())?;
    if shell.report(report).await?.is_none() {
        return Err(Problem::not_found().into());
    }
    let RecordAction { what, owner, due, key: of_form } = body;
    let key = key.or(of_form).map(|key| key.to_string());
    let (action, replayed) =
        match shell.record_action(NewAction { report, what, owner, due, by, key }).await? {
            Came::New(action) => (action, false),
            Came::Again(action) => (action, true),
            Came::Otherwise if request.wants_html() => return Err(recorded_before().into()),
            Came::Otherwise => return Err(Problem::key_reused().into()),
            Came::TooMany => {
                let detail = format!("A report has at most {MOST_ACTIONS} actions.");
                return Err(Problem::invalid_request("too_many_actions", &detail).into());
            }
            Came::Nothing => return Err(Problem::not_found().into()),
        };
    if request.wants_html() {
        let done = REPORT_ACTION.key;
        return Ok(Answer::see_other(&format!("/staff/reports/{report}?done={done}#actions")));
    }
    let answer = Answer::json(201, &action)?.with("location", &format!("/staff/reports/{report}#actions"));
    Ok(if replayed { answer.with("idempotent-replayed", "true") } else { answer })
}

/// Somebody went back to a form that had been sent, and typed something else.
fn recorded_before() -> Problem {
    Problem {
        title: "An action was recorded by this form before".to_owned(),
        detail: "What you typed now stands below: send it once more to record it as another action."
            .to_owned(),
        ..Problem::key_reused()
    }
}

//! Records what became of an action that management decided on a report: done, or given up with a reason.

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use complaints::{
    figures::Period,
    page::desk::REPORT_ACTION_END,
    problem::Problem,
    report::ActionEnd,
    shell::{
        Shell, StepError,
        actions::Came,
        answer::{Answer, Refusal, respond},
        desk::deciding,
        request::Request,
    },
    staff_body::EndAction,
};

/// Answers with the action and its end, also when it had ended so before, or sends a browser back to the report.
pub async fn handle(
    shell: &Shell,
    request: ApiGatewayV2httpRequest,
) -> Result<ApiGatewayV2httpResponse, StepError> {
    Ok(respond(shell, request, async |request| end(shell, request).await).await)
}

async fn end(shell: &Shell, request: &Request) -> Result<Answer, Refusal> {
    let by = deciding(shell, request).await?;
    let EndAction { ending, reason } = EndAction::read(request.fields()?).map_err(Problem::invalid)?;
    let (report, number) = named(request).ok_or_else(Problem::not_found)?;
    let end = ActionEnd { how: ending, reason, at: shell.now(), by };
    let action = match shell.end_action(report, number, end).await? {
        Came::New(action) | Came::Again(action) => action,
        Came::Nothing => return Err(Problem::not_found().into()),
        Came::Otherwise | Came::TooMany => {
            return Err(
                Problem::decided("This action ended before, another way. The report says how.").into()
            );
        }
    };
    if request.wants_html() {
        let done = REPORT_ACTION_END.key;
        return Ok(Answer::see_other(&format!("/staff/reports/{report}?done={done}#actions")));
    }
    Ok(Answer::json(200, &action)?)
}

/// Which action the route names.
fn named(request: &Request) -> Option<(Period, u8)> {
    let report = Period::parse(request.parameter("month")?).ok()?;
    Some((report, request.parameter("number")?.parse().ok()?))
}

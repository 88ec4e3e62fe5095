//! Shows those who lead the monthly reports as they were mailed: which there are, one of them with what management decided
//! on it, and its figures as a file.

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use complaints::{
    actor::Actor,
    figures::Period,
    page::desk::{Frame, ReportPage, ReportsPage},
    problem::Problem,
    report::{ManagementAction, in_order_of_need},
    shell::{
        Shell, StepError,
        answer::{Answer, Refusal, respond},
        desk::leading,
        request::Request,
    },
};

/// Answers managers and final deciders with the page, or with `?format=csv` the file.
pub async fn handle(
    shell: &Shell,
    request: ApiGatewayV2httpRequest,
) -> Result<ApiGatewayV2httpResponse, StepError> {
    Ok(respond(shell, request, async |request| show(shell, request).await).await)
}

async fn show(shell: &Shell, request: &Request) -> Result<Answer, Refusal> {
    let actor = leading(shell, request).await?;
    match request.parameter("month") {
        Some(month) => one(shell, request, &actor, month).await,
        None => all(shell, request, &actor).await,
    }
}

/// A page of them, the latest first.
async fn all(shell: &Shell, request: &Request, actor: &Actor) -> Result<Answer, Refusal> {
    let before = request.query("before").map(Period::parse).transpose();
    let before = before.map_err(|_| {
        Problem::invalid_request("unknown_month", "A month is a year and a month, such as 2026-11.")
    })?;
    let (reports, more) = shell.reports(before).await?;
    let next = reports.last().filter(|_| more).map(|report| report.period);
    let mut open = shell.actions().await?;
    open.retain(ManagementAction::is_open);
    in_order_of_need(&mut open);
    let (policy, now) = (shell.policy(), shell.now());
    let frame = Frame::of(policy, Some(actor));
    let page = ReportsPage { frame, reports: &reports, next, open: &open, policy, now };
    Ok(Answer::html(200, page.render()))
}

async fn one(shell: &Shell, request: &Request, actor: &Actor, month: &str) -> Result<Answer, Refusal> {
    let period = Period::parse(month).map_err(|_| Problem::not_found())?;
    let report = shell.report(period).await?.ok_or_else(Problem::not_found)?;
    match request.query("format") {
        None => {
            let page = ReportPage {
                frame: Frame::of(shell.policy(), Some(actor)),
                report: &report,
                actions: &shell.actions_on(period).await?,
                actor,
                policy: shell.policy(),
                now: shell.now(),
                once: &shell.new_command_id()?.to_string(),
                done: request.query("done"),
            };
            Ok(Answer::html(200, page.render()))
        }
        Some("csv") => {
            Ok(Answer::file("text/csv; charset=utf-8", &report.csv_name(), report.csv().into_bytes()))
        }
        Some(_) => {
            Err(Problem::invalid_request("unknown_format", "Say `csv`, or leave it out for the page.").into())
        }
    }
}

//! Gives several complaints an owner at once: each by a command of its own on the version that was seen, so that one that
//! somebody changed meanwhile stays as it is, and is said.

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use complaints::{
    actor::Actor,
    command::Command,
    complaint::Complaint,
    fields::FieldError,
    page::desk::{AssignedPage, Frame},
    problem::Problem,
    shell::{
        Shell, StepError,
        answer::{Answer, Refusal, respond},
        desk,
        ledger::{Change, NotDone},
        request::Request,
    },
    staff_body::{AssignMany, Seen},
    values::StaffId,
    view::{Assigned, NotAssigned, Summary},
};

/// Answers with those that were assigned and those that were not, however many either are.
pub async fn handle(
    shell: &Shell,
    request: ApiGatewayV2httpRequest,
) -> Result<ApiGatewayV2httpResponse, StepError> {
    Ok(respond(shell, request, async |request| assign(shell, request).await).await)
}

async fn assign(shell: &Shell, request: &Request) -> Result<Answer, Refusal> {
    let actor = request.staff()?;
    let body = AssignMany::read(request.fields()?).map_err(|errors| wrong(request, errors))?;
    let mut came = Assigned { assigned: Vec::new(), not_assigned: Vec::new() };
    let mut failed: Option<Problem> = None;
    for seen in body.complaints {
        // When the table does not answer, the rest is left untried: each would wait for it anew.
        if let Some(problem) = &failed {
            came.not_assigned.push(left(seen, None, problem.clone()));
            continue;
        }
        match Box::pin(one(shell, request, &actor, seen, &body.owner)).await {
            Ok(complaint) => came.assigned.push(Summary::of(&complaint, &actor)),
            Err(refusal @ Refusal::Failed(_)) => {
                let problem = refusal.into_problem(request);
                came.not_assigned.push(left(seen, None, problem.clone()));
                failed = Some(problem);
            }
            Err(refusal @ Refusal::Problem(_)) => {
                let complaint = shell.ledger().load(seen.complaint).await;
                let complaint =
                    complaint.map_err(|error| failed = Some(Refusal::Failed(error).into_problem(request)));
                came.not_assigned.push(left(seen, complaint.ok().flatten(), refusal.into_problem(request)));
            }
        }
    }
    if request.wants_html() {
        let frame = Frame::of(shell.policy(), Some(&actor));
        return Ok(Answer::html(
            200,
            AssignedPage { frame, owner: body.owner.as_str(), came: &came }.render(),
        ));
    }
    Ok(Answer::json(200, &came)?)
}

fn left(seen: Seen, complaint: Option<Complaint>, problem: Problem) -> NotAssigned {
    let reference = complaint.map(|complaint| complaint.reference);
    NotAssigned { complaint: seen.complaint, reference, problem }
}

/// What is wrong with the body. The page that a browser gets has room for one sentence.
fn wrong(request: &Request, errors: Vec<FieldError>) -> Problem {
    let first = errors.first().map(|error| error.detail.clone()).filter(|_| request.wants_html());
    let problem = Problem::invalid(errors);
    match first {
        Some(detail) => Problem { detail, ..problem },
        None => problem,
    }
}

async fn one(
    shell: &Shell,
    request: &Request,
    actor: &Actor,
    seen: Seen,
    owner: &StaffId,
) -> Result<Complaint, Refusal> {
    let command = Command::Assign { owner: owner.clone() };
    let change = Change {
        expected: Some(seen.version),
        on_page: request.wants_html(),
        ..Change::by(shell, actor.clone(), seen.complaint, command)?
    };
    match shell.ledger().execute(change).await {
        Err(NotDone::Stale { now }) => {
            // The same sent again: what it asks for is done already.
            let complaint = shell.ledger().load(seen.complaint).await?;
            let is_theirs = |complaint: &Complaint| complaint.owner.as_ref() == Some(owner);
            complaint.filter(is_theirs).ok_or_else(|| Problem::stale(now).into())
        }
        done => Ok(desk::allowed(shell, request, actor, seen.complaint, done).await?.complaint),
    }
}

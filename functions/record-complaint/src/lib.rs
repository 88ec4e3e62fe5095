//! Takes in a complaint that came by phone, at the counter, by letter or e-mail, in the words of who took it down.

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use complaints::{
    intake::{IdempotencyKey, StaffIntake},
    problem::Problem,
    shell::{
        Shell, StepError,
        answer::{Answer, Refusal, respond},
        desk,
        ledger::{Idempotency, Receiving, Refused},
        request::Request,
    },
    values::InvalidValue,
    view::Summary,
};

/// Answers 201 with the complaint in short, or sends a browser on to its page; the same key again answers the same.
pub async fn handle(
    shell: &Shell,
    request: ApiGatewayV2httpRequest,
) -> Result<ApiGatewayV2httpResponse, StepError> {
    Ok(respond(shell, request, async |request| record(shell, request).await).await)
}

async fn record(shell: &Shell, request: &Request) -> Result<Answer, Refusal> {
    let actor = request.staff()?;
    let key = request.header("idempotency-key").map(IdempotencyKey::parse).transpose();
    let key = key.map_err(|error| Problem::invalid_request(error.code(), &format!("{error}.")))?;
    let calendar = &shell.policy().calendar;
    let now = shell.now();
    let body = StaffIntake::read(request.fields()?, (now, calendar.date(now)), calendar.zone());
    let body = body.map_err(Problem::invalid)?;
    let digest = request.body_digest()?;
    let receiving = Receiving {
        intake: body.intake,
        channel: body.channel,
        received_at: body.received_at,
        actor: actor.clone(),
        // Apart from the customers' keys, so that nobody outside can take one of ours before us.
        idempotency: key.or(body.key).map(|key| Idempotency { key: format!("staff {key}"), body: digest }),
        network: None,
        suspicion: None,
    };
    let reception = match shell.ledger().receive(receiving).await {
        Err(Refused::KeyReused { taken_in_as }) => return Err(Problem::taken_in_before(taken_in_as).into()),
        received => received?,
    };
    let summary = Summary::of(&reception.complaint, &actor);
    let answer = desk::done_with(request, &summary, 201)?;
    if request.wants_html() {
        return Ok(answer);
    }
    let answer = answer.with("location", &format!("/staff/complaints/{}", summary.id));
    Ok(if reception.replayed { answer.with("idempotent-replayed", "true") } else { answer })
}

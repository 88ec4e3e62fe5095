//! Takes in a complaint that came by phone, at the counter, by letter or e-mail, in the words of who took it down.

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use complaints::{
    intake::{IdempotencyKey, StaffIntake},
    problem::Problem,
    shell::{
        Shell, StepError,
        answer::{Answer, respond},
        ledger::{Idempotency, Receiving},
    },
    values::InvalidValue,
    view::Summary,
};

/// Answers 201 with the complaint in short; the same key again answers the same.
pub async fn handle(
    shell: &Shell,
    request: ApiGatewayV2httpRequest,
) -> Result<ApiGatewayV2httpResponse, StepError> {
    let response = respond(shell, request, async |request| {
        let actor = request.staff()?;
        let key = request.header("idempotency-key").map(IdempotencyKey::parse).transpose();
        let key = key.map_err(|error| Problem::invalid_request(error.code(), &format!("{error}.")))?;
        let (now, today) = (shell.now(), shell.policy().calendar.date(shell.now()));
        let body = StaffIntake::read(request.json_fields()?, now, today).map_err(Problem::invalid)?;
        let digest = request.body_digest()?;
        let receiving = Receiving {
            intake: body.intake,
            channel: body.channel,
            received_at: body.received_at,
            actor: actor.clone(),
            idempotency: key.map(|key| Idempotency { key: key.to_string(), body: digest }),
            network: None,
            suspicion: None,
        };
        let reception = shell.ledger().receive(receiving).await?;
        let summary = Summary::of(&reception.complaint, &actor);
        let mut answer = Answer::json(201, &summary)?
            .with_version(summary.version)
            .with("location", &format!("/staff/complaints/{}", summary.id));
        if reception.replayed {
            answer = answer.with("idempotent-replayed", "true");
        }
        Ok(answer)
    });
    Ok(response.await)
}

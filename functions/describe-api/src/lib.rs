//! Describes all routes: the OpenAPI document.

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use complaints::shell::{
    Shell, StepError,
    answer::{Answer, respond},
};

/// The document, which a test holds against the template's routes.
const DOCUMENT: &str = include_str!("../../../shared/openapi.json");

/// Answers with the document.
pub async fn handle(
    shell: &Shell,
    request: ApiGatewayV2httpRequest,
) -> Result<ApiGatewayV2httpResponse, StepError> {
    Ok(respond(shell, request, async |_| Ok(Answer::public("application/json", DOCUMENT))).await)
}

//! Shows the form, and the stylesheet of all pages.

use std::collections::BTreeMap;

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use complaints::{
    page::{Form, Frame, STYLE},
    shell::{
        Shell, StepError,
        answer::{Answer, Refusal, respond, words_for},
        request::Request,
    },
};

/// Answers with the form, which carries a key of its own so that sending it twice is one complaint.
pub async fn handle(
    shell: &Shell,
    request: ApiGatewayV2httpRequest,
) -> Result<ApiGatewayV2httpResponse, StepError> {
    let response = respond(shell, request, async |request| {
        if request.path() == "/style.css" {
            return Ok(Answer::public("text/css; charset=utf-8", STYLE));
        }
        form(shell, request)
    });
    Ok(response.await)
}

fn form(shell: &Shell, request: &Request) -> Result<Answer, Refusal> {
    let policy = shell.policy();
    let (key, issued) = (shell.new_command_id()?.to_string(), shell.form_stamp()?);
    let form = Form {
        frame: Frame::of(policy, words_for(shell, request)),
        products: &policy.products,
        languages: &policy.languages,
        typed: &BTreeMap::new(),
        errors: &[],
        notice: None,
        key: &key,
        issued: &issued,
    };
    Ok(Answer::html(200, form.render()))
}

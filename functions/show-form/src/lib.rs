//! Shows the form, the stylesheet and the scripts of all pages, the script that puts the form into a company's own page,
//! and what a program has to work on where the policy asks for proof of work.

use std::collections::BTreeMap;

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use complaints::{
    page::{DESK_SCRIPT, EMBED_SCRIPT, Form, Frame, PROOF_SCRIPT, style},
    shell::{
        Shell, StepError,
        answer::{Answer, Refusal, respond, words_for},
        request::Request,
    },
};
use serde::Serialize;

/// Answers with the form, which carries a key of its own so that sending it twice is one complaint.
pub async fn handle(
    shell: &Shell,
    request: ApiGatewayV2httpRequest,
) -> Result<ApiGatewayV2httpResponse, StepError> {
    let response = respond(shell, request, async |request| match request.path() {
        "/style.css" => Ok(Answer::public("text/css; charset=utf-8", &style(&shell.policy().company))),
        "/proof.js" => Ok(Answer::public(SCRIPT, PROOF_SCRIPT)),
        "/embed.js" => Ok(Answer::public(SCRIPT, EMBED_SCRIPT)),
        "/desk.js" => Ok(Answer::public(SCRIPT, DESK_SCRIPT)),
        "/complaints/challenge" => challenge(shell),
        _ => form(shell, request),
    });
    Ok(response.await)
}

const SCRIPT: &str = "text/javascript; charset=utf-8";

/// What a program works on before it posts.
#[derive(Serialize)]
struct Challenge {
    challenge: String,
    bits: u32,
}

fn challenge(shell: &Shell) -> Result<Answer, Refusal> {
    let bits = shell.policy().limits.proof_bits;
    Ok(Answer::json(200, &Challenge { challenge: shell.form_stamp()?, bits })?)
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
        proof_bits: policy.limits.proof_bits,
        embedded: request.is_embedded(),
    };
    // Nobody's data yet. Who goes back to it finds what they had typed, under the same key: it is the same post still.
    let page = Answer::html(200, form.render()).with("cache-control", "private, no-cache");
    Ok(if form.proof_bits > 0 { page.with_script() } else { page })
}

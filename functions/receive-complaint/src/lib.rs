//! Takes in a complaint from the web form or a program: one request to the table, however often it is sent.

use std::{collections::BTreeMap, net::IpAddr};

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use complaints::{
    actor::Actor,
    command::Reach,
    complaint::Complaint,
    fields::{FieldError, Fields},
    intake::{self, IdempotencyKey, Posted},
    page::{Form, Frame, Thanks},
    problem::{Kind, Problem},
    proof::Task,
    shell::{
        Shell, StepError,
        answer::{Answer, Refusal, respond, words_for},
        ledger::{Idempotency, Receiving, Suspicion},
        link::cookie_name,
        request::Request,
    },
    values::{Channel, Language},
    view::{Accepted, Promised},
    words::{self, Words},
};
use jiff::SignedDuration;

/// Answers 201 with reference, promises and private link, or sends the browser on to the private page.
pub async fn handle(
    shell: &Shell,
    request: ApiGatewayV2httpRequest,
) -> Result<ApiGatewayV2httpResponse, StepError> {
    Ok(respond(shell, request, async |request| receive(shell, request).await).await)
}

async fn receive(shell: &Shell, request: &Request) -> Result<Answer, Refusal> {
    let fields = request.fields()?;
    let typed = (fields.is_form() && request.wants_html()).then(|| fields.typed());
    match (take_in(shell, request, fields).await, typed) {
        (Err(refusal), Some(typed)) => form_again(shell, request, &typed, &refusal.into_problem(request)),
        (answer, _) => answer,
    }
}

async fn take_in(shell: &Shell, request: &Request, fields: Fields) -> Result<Answer, Refusal> {
    let receiving = read(shell, request, fields).map_err(Problem::invalid)?;
    let reception = shell.ledger().receive(receiving).await?;
    let answer = if request.wants_html() && request.is_embedded() {
        thanks(shell, request, &reception.complaint)?
    } else if request.wants_html() {
        on_to_the_page(shell, &reception.complaint)?
    } else {
        created(shell, &reception.complaint)?
    };
    Ok(if reception.replayed { answer.with("idempotent-replayed", "true") } else { answer })
}

fn read(shell: &Shell, request: &Request, fields: Fields) -> Result<Receiving, Vec<FieldError>> {
    let now = shell.now();
    let header = request.idempotency_key()?;
    let is_form = fields.is_form();
    let posted = Posted::read(fields, shell.policy().calendar.date(now))?;
    let suspicion = is_form.then(|| suspicion(shell, &posted)).flatten();
    let key = header.or_else(|| posted.key.clone());
    let is_proven = is_proven(shell, request, &posted, key.as_ref());
    if !is_form && !is_proven {
        return Err(vec![unproven()]);
    }
    let suspicion = suspicion.or((!is_proven).then_some(Suspicion::Unproven));
    let body = request.body_digest().ok();
    Ok(Receiving {
        intake: posted.intake,
        channel: Channel::Web,
        received_at: now,
        actor: Actor::Customer,
        idempotency: key.zip(body).map(|(key, body)| Idempotency { key: key.to_string(), body }),
        network: Some(network(request)),
        suspicion,
    })
}

/// The network that counts as one sender: an address of IPv4, or of IPv6 as much as a provider gives to one site.
fn network(request: &Request) -> String {
    let address = request.source_ip().unwrap_or_default();
    match address.parse::<IpAddr>().map(|address| address.to_canonical()) {
        Ok(IpAddr::V6(address)) => {
            let [a, b, c, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}::/48")
        }
        Ok(IpAddr::V4(address)) => address.to_string(),
        Err(_) => "unknown".to_owned(),
    }
}

/// People do not see the trap, and need longer than a moment to write. A form without our stamp was not ours: a
/// company's own page may post here, which says nothing about how long somebody wrote.
fn suspicion(shell: &Shell, posted: &Posted) -> Option<Suspicion> {
    if posted.trapped {
        return Some(Suspicion::Trapped);
    }
    let issued = posted.issued.as_deref().and_then(|stamp| shell.read_form_stamp(stamp).ok().flatten())?;
    let least = SignedDuration::from_secs(i64::from(shell.policy().limits.form_minimum_seconds));
    (shell.now().duration_since(issued) < least).then_some(Suspicion::TooFast)
}

/// Where programs say what they worked on and the number that they found: `<challenge>:<number>`.
const PROOF: &str = "proof-of-work";

/// Whether the work that the policy asks for was done for this post. A form without our script comes without, and is for a
/// person to look at; a program is told what is missing.
fn is_proven(shell: &Shell, request: &Request, posted: &Posted, key: Option<&IdempotencyKey>) -> bool {
    let bits = shell.policy().limits.proof_bits;
    if bits == 0 {
        return true;
    }
    let of_form = posted.issued.as_deref().zip(posted.proof.as_deref());
    let found = request.header(PROOF).and_then(|proof| proof.split_once(':')).or(of_form);
    let (Some((issued, number)), Some(key)) = (found, key) else { return false };
    let is_ours = shell.read_form_stamp(issued).is_ok_and(|stamp| stamp.is_some());
    is_ours && Task { issued, key: key.as_str() }.is_done_by(number, bits)
}

fn unproven() -> FieldError {
    let detail = "Send an Idempotency-Key, and in Proof-Of-Work what you got at /complaints/challenge, a colon, and a \
                  number that proves the work.";
    FieldError::new(String::new(), "unproven", detail)
}

/// The form with what was typed and what went wrong, so that nobody has to write it again.
fn form_again(
    shell: &Shell,
    request: &Request,
    typed: &BTreeMap<String, String>,
    problem: &Problem,
) -> Result<Answer, Refusal> {
    let (policy, stamp) = (shell.policy(), shell.form_stamp()?);
    let words = words_of(shell, request, typed);
    let sent_before = problem.kind == Kind::KeyReused;
    // Sent again under the same key it is still the same post; another post needs another key.
    let kept = typed.get(intake::KEY).filter(|key| !sent_before && IdempotencyKey::parse(key).is_ok());
    let key = match kept {
        Some(key) => key.clone(),
        None => shell.new_command_id()?.to_string(),
    };
    let issued = typed.get(intake::ISSUED).filter(|stamp| !stamp.is_empty()).unwrap_or(&stamp);
    let said = if sent_before { words.sent_before() } else { words.problem(problem) };
    let form = Form {
        frame: Frame::of(policy, words),
        products: &policy.products,
        languages: &policy.languages,
        typed,
        errors: &problem.errors,
        notice: problem.errors.is_empty().then_some(&said),
        key: &key,
        issued,
        proof_bits: policy.limits.proof_bits,
        embedded: request.is_embedded(),
    };
    let page = Answer::problem_page(problem, form.render());
    Ok(if form.proof_bits > 0 { page.with_script() } else { page })
}

/// The language that the form was sent in, which a form on a company's own page says only in its field.
fn words_of(shell: &Shell, request: &Request, typed: &BTreeMap<String, String>) -> &'static Words {
    let posted = typed.get("language").and_then(|tag| Language::parse(tag).ok());
    match posted.filter(|language| shell.policy().languages.contains(language)) {
        Some(language) => words::of(language),
        None => words_for(shell, request),
    }
}

fn created(shell: &Shell, complaint: &Complaint) -> Result<Answer, Refusal> {
    let accepted = Accepted {
        reference: complaint.reference,
        promises: Promised::to_customer(complaint),
        link: shell.private_link(complaint)?,
    };
    Ok(Answer::json(201, &accepted)?.with("location", &format!("/my/{}", complaint.reference)))
}

/// The same as JSON tells, as a page: no cookie of ours is taken on another site.
fn thanks(shell: &Shell, request: &Request, complaint: &Complaint) -> Result<Answer, Refusal> {
    let words = if shell.policy().languages.contains(&complaint.language) {
        words::of(complaint.language)
    } else {
        words_for(shell, request)
    };
    let (reference, promises) = (complaint.reference.to_string(), Promised::to_customer(complaint));
    let link = shell.private_link(complaint)?;
    let page = Thanks {
        frame: Frame::of(shell.policy(), words),
        reference: &reference,
        promises: &promises,
        link: Some(&link),
        by_mail: complaint.reach == Reach::Email,
        zone: shell.policy().calendar.zone(),
    };
    Ok(Answer::html(201, page.render()).with("location", &format!("/my/{reference}")))
}

/// The browser that sent the form may look at its complaint right away.
fn on_to_the_page(shell: &Shell, complaint: &Complaint) -> Result<Answer, Refusal> {
    let (session, seconds) = shell.session(complaint)?;
    let page = format!("/my/{}?received=1", complaint.reference);
    Ok(Answer::see_other(&page).with_cookie(&cookie_name(complaint.reference), &session, seconds))
}

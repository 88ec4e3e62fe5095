//! The pages on which staff sign in, in place of Cognito's: one says who one is, without any password. Behind them the
//! authorization code flow with PKCE as Cognito has it, for a public client.

use std::collections::BTreeMap;
use std::sync::PoisonError;

use askama::Template;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bytes::Bytes;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::Issuer;
use crate::door::entropy::Entropy;
use crate::door::fault::Service;
use crate::door::file::CloudError;
use crate::door::reply::Reply;
use crate::door::store::malformed;

/// How long a code can be traded, as Cognito has it.
const CODE: SignedDuration = SignedDuration::from_mins(5);
/// How long a token is good for.
const SHIFT: SignedDuration = SignedDuration::from_hours(12);
const ROLES: [&str; 3] = ["csr", "manager", "final"];
/// Nothing but the twin's own style; its form leads back to the desk on the same origin.
const POLICY: &str =
    "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

type Fields = BTreeMap<String, String>;

/// A code that was given: for whom, to which client, and what has to be shown to trade it.
pub(super) struct Code {
    name: String,
    role: String,
    client: String,
    back_to: String,
    challenge: String,
    until: Timestamp,
}

#[derive(Template)]
#[template(path = "sign_in.html")]
struct Page<'a> {
    problem: Option<&'a str>,
    at: String,
}

impl Issuer {
    /// Answers what has to do with signing in and out.
    pub(in crate::door) fn sign_in(
        &self,
        operation: &str,
        request: &http::Request<Bytes>,
        at: Timestamp,
        entropy: &Entropy,
    ) -> Result<Reply, CloudError> {
        let query = fields(request.uri().query().unwrap_or_default().as_bytes());
        match operation {
            "SignOut" => Ok(match query.get("logout_uri").filter(|to| self.is_of_desk(to)) {
                Some(to) => redirect(to),
                None => refused("this leads nowhere that is known here"),
            }),
            "Token" => self.token(&fields(request.body()), at, entropy),
            _ => {
                if let Some(wrong) = self.wrong_with(&query) {
                    return Ok(refused(wrong));
                }
                let page = |problem| page(problem, request);
                if operation == "Authorize" {
                    return page(None);
                }
                let who = fields(request.body());
                let name = who.get("name").map(|name| name.trim()).filter(|name| !name.is_empty());
                let role = who.get("role").filter(|role| ROLES.contains(&role.as_str()));
                match (name, role) {
                    (Some(name), Some(role)) => Ok(self.give(name, role, &query, (at, entropy))),
                    _ => page(Some("Say who you are, and in which role.")),
                }
            }
        }
    }

    /// What is wrong with a request to sign in, as Cognito would find it.
    fn wrong_with(&self, query: &Fields) -> Option<&'static str> {
        let is = |name: &str, value: &str| query.get(name).is_some_and(|given| given == value);
        let has = |name: &str| query.get(name).is_some_and(|given| !given.is_empty());
        if !query.get("redirect_uri").is_some_and(|to| self.is_of_desk(to)) {
            Some("the address to come back to is not known here")
        } else if !is("response_type", "code") || !has("client_id") || !has("state") {
            Some("this is no request for a code")
        } else if !is("code_challenge_method", "S256") || !has("code_challenge") {
            Some("there is no challenge (PKCE)")
        } else {
            None
        }
    }

    /// Whether an address is one of the desk's own, at whose origin this issuer is.
    fn is_of_desk(&self, address: &str) -> bool {
        let origin = self.url.trim_end_matches("/twin/issuer");
        address.strip_prefix(origin).is_some_and(|path| path.starts_with("/staff/"))
    }

    fn give(&self, name: &str, role: &str, query: &Fields, (at, entropy): (Timestamp, &Entropy)) -> Reply {
        let said = |name: &str| query.get(name).cloned().unwrap_or_default();
        let code = entropy.uuid();
        let given = Code {
            name: name.to_owned(),
            role: role.to_owned(),
            client: said("client_id"),
            back_to: said("redirect_uri"),
            challenge: said("code_challenge"),
            until: at.checked_add(CODE).unwrap_or(Timestamp::MAX),
        };
        self.codes.lock().unwrap_or_else(PoisonError::into_inner).insert(code.clone(), given);
        let query = form_urlencoded::Serializer::new(String::new())
            .append_pair("code", &code)
            .append_pair("state", &said("state"))
            .finish();
        redirect(&format!("{}?{query}", said("redirect_uri")))
    }

    /// Trades a code, once, for a token.
    fn token(&self, form: &Fields, at: Timestamp, entropy: &Entropy) -> Result<Reply, CloudError> {
        let said = |name: &str| form.get(name).map(String::as_str).unwrap_or_default();
        let code = self.codes.lock().unwrap_or_else(PoisonError::into_inner).remove(said("code"));
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(said("code_verifier").as_bytes()));
        let fits = |code: &Code| {
            at < code.until
                && said("grant_type") == "authorization_code"
                && said("client_id") == code.client
                && said("redirect_uri") == code.back_to
                && challenge == code.challenge
        };
        let Some(code) = code.filter(fits) else {
            return Ok(Reply {
                status: 400,
                ..Reply::json(Service::Issuer, &json!({"error": "invalid_grant"}))
            });
        };
        let token = self.sign((&code.name, &code.role), &code.client, (at, SHIFT), entropy)?;
        let answer = json!({"access_token": token, "token_type": "Bearer", "expires_in": SHIFT.as_secs()});
        Ok(Reply::json(Service::Issuer, &answer))
    }
}

fn page(problem: Option<&str>, request: &http::Request<Bytes>) -> Result<Reply, CloudError> {
    let at = request.uri().path_and_query().map(ToString::to_string).unwrap_or_default();
    let body = Page { problem, at }.render().map_err(malformed)?;
    let mut reply = Reply {
        status: if problem.is_some() { 400 } else { 200 },
        content_type: "text/html; charset=utf-8",
        body: body.into_bytes(),
        ..Reply::default()
    };
    reply.headers.push(("content-security-policy".to_owned(), POLICY.to_owned()));
    reply.headers.push(("cache-control".to_owned(), "no-store".to_owned()));
    Ok(reply)
}

fn redirect(to: &str) -> Reply {
    let headers = vec![("location".to_owned(), to.to_owned())];
    Reply { status: 303, content_type: "text/plain; charset=utf-8", headers, ..Reply::default() }
}

fn refused(why: &str) -> Reply {
    Reply::error(Service::Issuer, 400, "InvalidRequest", why)
}

fn fields(text: &[u8]) -> Fields {
    form_urlencoded::parse(text).into_owned().collect()
}

//! Lets members of staff in: checks the access token of the issuer, and says who it is and in which role.
//!
//! A browser without a valid session is let through as nobody: the step behind does nothing for nobody, and answers with
//! the way to sign in. A write without a token in its header is let in only from our own pages.

use aws_lambda_events::apigw::{
    ApiGatewayV2CustomAuthorizerSimpleResponse, ApiGatewayV2CustomAuthorizerV2Request,
};
use complaints::{
    shell::{Shell, StepError, session::SESSION},
    values::{Role, StaffId},
};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header, jwk::JwkSet};
use serde::{Deserialize, Serialize};

/// What the steps behind are told.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Context {
    /// Who it is; nobody where it is empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub sub: String,
    /// Their name.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// The highest role among their groups; a browser is told where there is none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub role: String,
}

#[derive(Debug, Deserialize)]
struct Claims {
    sub: String,
    username: Option<String>,
    client_id: String,
    token_use: String,
    #[serde(default, rename = "cognito:groups")]
    groups: Vec<String>,
}

/// Yes with who it is, or no.
pub async fn handle(
    shell: &Shell,
    request: ApiGatewayV2CustomAuthorizerV2Request,
) -> Result<ApiGatewayV2CustomAuthorizerSimpleResponse<Context>, StepError> {
    let mut answer = ApiGatewayV2CustomAuthorizerSimpleResponse::default();
    if let Some(context) = let_in(shell, &request).await? {
        answer.is_authorized = true;
        answer.context = context;
    }
    Ok(answer)
}

async fn let_in(
    shell: &Shell,
    request: &ApiGatewayV2CustomAuthorizerV2Request,
) -> Result<Option<Context>, StepError> {
    if header(request, "authorization").is_some() {
        let known = match bearer(request) {
            Some(token) => signed_in(shell, token).await?,
            None => None,
        };
        return Ok(known.filter(|context| !context.role.is_empty()));
    }
    // With or without a session: another site's post comes without the cookie, and the page that a step answers it with
    // would be ours, with what they sent in it and a button to send it once more.
    if writes(request) && !is_of_ours(shell, request)? {
        return Ok(None);
    }
    let is_browser = header(request, "accept").is_some_and(|accept| accept.contains("text/html"));
    let known = match cookie(request) {
        Some(token) => signed_in(shell, token).await?,
        None => None,
    };
    Ok(match known {
        Some(context) if is_browser || !context.role.is_empty() => Some(context),
        _ => is_browser.then(Context::default),
    })
}

fn header<'r>(request: &'r ApiGatewayV2CustomAuthorizerV2Request, name: &str) -> Option<&'r str> {
    request.headers.get(name).map(|value| value.to_str().unwrap_or_default())
}

fn bearer(request: &ApiGatewayV2CustomAuthorizerV2Request) -> Option<&str> {
    let (scheme, token) = header(request, "authorization")?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
}

fn cookie(request: &ApiGatewayV2CustomAuthorizerV2Request) -> Option<&str> {
    let given = request.cookies.iter().map(String::as_str);
    // Who stands in for API Gateway may leave them in their header.
    let header = header(request, "cookie").unwrap_or_default().split(';');
    let mut pairs = given.chain(header).filter_map(|cookie| cookie.trim().split_once('='));
    pairs.find(|(name, _)| *name == SESSION).map(|(_, value)| value)
}

fn writes(request: &ApiGatewayV2CustomAuthorizerV2Request) -> bool {
    !matches!(request.request_context.http.method.as_str(), "GET" | "HEAD")
}

/// Whether it was sent from a page of ours. Browsers say so; one that does not know `Sec-Fetch-Site` names the origin.
fn is_of_ours(shell: &Shell, request: &ApiGatewayV2CustomAuthorizerV2Request) -> Result<bool, StepError> {
    Ok(match header(request, "sec-fetch-site") {
        Some(site) => matches!(site, "same-origin" | "none"),
        None => header(request, "origin") == Some(shell.config().base_url()?),
    })
}

async fn signed_in(shell: &Shell, token: &str) -> Result<Option<Context>, StepError> {
    let issuer = shell.config().staff_issuer()?;
    let Some((key, algorithm)) = key_of(shell, issuer, token).await? else { return Ok(None) };
    let mut validation = Validation::new(algorithm);
    validation.set_issuer(&[issuer]);
    // The door's clock decides, not the library's; an access token names its client instead of an audience.
    validation.validate_exp = false;
    validation.validate_aud = false;
    validation.set_required_spec_claims(&["exp", "iss"]);
    let Ok(token) = decode::<serde_json::Value>(token, &key, &validation) else { return Ok(None) };
    let now = shell.now().as_second();
    let in_time = |name: &str| token.claims.get(name).and_then(serde_json::Value::as_i64);
    let expired = in_time("exp").is_none_or(|exp| exp <= now);
    let early = in_time("nbf").is_some_and(|nbf| nbf > now);
    let Ok(claims) = serde_json::from_value::<Claims>(token.claims) else { return Ok(None) };
    if expired
        || early
        || claims.token_use != "access"
        || claims.client_id != shell.config().staff_audience()?
    {
        return Ok(None);
    }
    Ok(context(claims))
}

/// People without any of our groups have no role.
fn context(claims: Claims) -> Option<Context> {
    let role = claims.groups.iter().filter_map(|group| Role::parse(group).ok()).max();
    let name = claims.username.unwrap_or_else(|| claims.sub.clone());
    let id = StaffId::parse(&name).ok()?;
    Some(Context {
        sub: id.to_string(),
        name,
        role: role.map(|role| role.code().to_owned()).unwrap_or_default(),
    })
}

/// The issuer's key that the token names, and the algorithm that this key is for; the token does not choose it. The
/// keys are kept between invocations, and fetched anew when a token names one that is not among them.
async fn key_of(
    shell: &Shell,
    issuer: &str,
    token: &str,
) -> Result<Option<(DecodingKey, Algorithm)>, StepError> {
    let Ok(header) = decode_header(token) else { return Ok(None) };
    let Some(id) = header.kid else { return Ok(None) };
    let url = format!("{}/.well-known/jwks.json", issuer.trim_end_matches('/'));
    let has_it = |keys: &[u8]| read(keys).is_ok_and(|keys| keys.find(&id).is_some());
    let keys = read(&shell.fetched(&url, has_it).await?)
        .map_err(|error| StepError::retry("read the issuer's keys", url, error))?;
    Ok(usable(&keys, &id))
}

fn read(keys: &[u8]) -> Result<JwkSet, serde_json::Error> {
    serde_json::from_slice(keys)
}

fn usable(keys: &JwkSet, id: &str) -> Option<(DecodingKey, Algorithm)> {
    use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve};
    let jwk = keys.find(id)?;
    let algorithm = match &jwk.algorithm {
        AlgorithmParameters::RSA(_) => Algorithm::RS256,
        AlgorithmParameters::EllipticCurve(key) if key.curve == EllipticCurve::P256 => Algorithm::ES256,
        _ => return None,
    };
    Some((DecodingKey::from_jwk(jwk).ok()?, algorithm))
}

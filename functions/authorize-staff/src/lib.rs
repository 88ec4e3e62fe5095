//! Lets members of staff in: checks the access token of the issuer, and says who it is and in which role.

use aws_lambda_events::apigw::{
    ApiGatewayV2CustomAuthorizerSimpleResponse, ApiGatewayV2CustomAuthorizerV2Request,
};
use complaints::{
    shell::{Shell, StepError},
    values::{Role, StaffId},
};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header, jwk::JwkSet};
use serde::{Deserialize, Serialize};

/// The session cookie of the staff's pages.
const COOKIE: &str = "__Host-session";

/// What the steps behind are told.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Context {
    /// Who it is.
    pub sub: String,
    /// Their name.
    pub name: String,
    /// The highest role among their groups.
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
    if let Some(context) = match token(&request) {
        Some(token) => signed_in(shell, token).await?,
        None => None,
    } {
        answer.is_authorized = true;
        answer.context = context;
    }
    Ok(answer)
}

/// The bearer token, or the cookie's.
fn token(request: &ApiGatewayV2CustomAuthorizerV2Request) -> Option<&str> {
    let header = request.headers.get("authorization").and_then(|value| value.to_str().ok());
    let bearer = header.and_then(|value| {
        let (scheme, token) = value.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
    });
    let cookie = || {
        let pairs = request.cookies.iter().filter_map(|cookie| cookie.trim().split_once('='));
        pairs.into_iter().find(|(name, _)| *name == COOKIE).map(|(_, value)| value)
    };
    bearer.or_else(cookie)
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

/// People without any of our groups are let in nowhere.
fn context(claims: Claims) -> Option<Context> {
    let role = claims.groups.iter().filter_map(|group| Role::parse(group).ok()).max()?;
    let name = claims.username.unwrap_or_else(|| claims.sub.clone());
    let id = StaffId::parse(&name).ok()?;
    Some(Context { sub: id.to_string(), name, role: role.code().to_owned() })
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

//! A request of API Gateway, as steps look at it.

use aws_lambda_events::apigw::ApiGatewayV2httpRequest;
use base64::{Engine, engine::general_purpose::STANDARD};

use crate::{
    actor::Actor,
    fields::{FieldError, Fields, Malformed},
    intake::IdempotencyKey,
    problem::Problem,
    values::{ComplaintId, Digest, InvalidValue, Reference, Role, StaffId},
};

use super::{Shell, StepError};

/// The largest body that is taken.
pub const LARGEST_KIB: usize = 256;
/// The largest form that is looked at. It is measured as it was typed; browsers make up to three bytes of each to send it.
const LARGEST_FORM_KIB: usize = 1024;

/// A request. Header names are in lower case, as API Gateway hands them over.
#[derive(Debug)]
pub struct Request {
    inner: ApiGatewayV2httpRequest,
}

impl From<ApiGatewayV2httpRequest> for Request {
    fn from(inner: ApiGatewayV2httpRequest) -> Request {
        Request { inner }
    }
}

impl Request {
    /// The request's id, to be quoted when asking for help.
    pub fn id(&self) -> &str {
        self.inner.request_context.request_id.as_deref().unwrap_or("none")
    }

    /// `GET`, `POST`, …
    pub fn method(&self) -> &str {
        self.inner.request_context.http.method.as_str()
    }

    /// The path as it was sent.
    pub fn path(&self) -> &str {
        self.inner.raw_path.as_deref().unwrap_or("/")
    }

    /// The query as it was sent, without its question mark.
    pub fn raw_query(&self) -> &str {
        self.inner.raw_query_string.as_deref().unwrap_or_default()
    }

    /// Whether the form stands in a page of the company's own site, whose script puts there what we answer.
    pub fn is_embedded(&self) -> bool {
        self.query("embedded").is_some()
    }

    /// Whether it was sent from a page of ours, as browsers since 2023 say.
    pub fn is_from_our_page(&self) -> bool {
        self.header("sec-fetch-site") == Some("same-origin")
    }

    /// Whether another site's page sends something. A neighbour's below the same domain comes with our cookies, since
    /// `SameSite` tells domains apart and no hosts.
    pub fn is_anothers_post(&self) -> bool {
        let is_write = !matches!(self.method(), "GET" | "HEAD");
        is_write && matches!(self.header("sec-fetch-site"), Some("same-site" | "cross-site"))
    }

    /// The complaint whose private page it was sent from, whether or not that page is open.
    pub fn from_private_page(&self) -> Option<Reference> {
        let is_sent = self.method() == "POST" && self.path().starts_with("/my/");
        self.parameter("reference").filter(|_| is_sent).and_then(|named| Reference::parse(named).ok())
    }

    /// Whether it is of the staff's desk.
    pub fn is_of_staff(&self) -> bool {
        self.path() == "/staff" || self.path().starts_with("/staff/")
    }

    /// The route as the API describes it: without what was put in for its parameters.
    pub fn route(&self) -> &str {
        self.inner.route_key.as_deref().unwrap_or("none")
    }

    /// A parameter of the route's path.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.inner.path_parameters.get(name).map(String::as_str)
    }

    /// A parameter of the query.
    pub fn query(&self, name: &str) -> Option<&str> {
        self.inner.query_string_parameters.first(name).filter(|value| !value.is_empty())
    }

    /// A header. One that is not plain ASCII is empty, so that it is refused where it matters, and not overlooked.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.inner.headers.get(name).map(|value| value.to_str().unwrap_or_default())
    }

    /// A cookie.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        let given = self.inner.cookies.iter().flatten().map(String::as_str);
        let header = self.header("cookie").unwrap_or_default().split(';');
        given
            .chain(header)
            .filter_map(|cookie| cookie.trim().split_once('='))
            .find(|(found, _)| *found == name)
            .map(|(_, value)| value)
    }

    /// Where it came from.
    pub fn source_ip(&self) -> Option<&str> {
        self.inner.request_context.http.source_ip.as_deref()
    }

    /// Whether the answer is for a person in front of a browser.
    pub fn wants_html(&self) -> bool {
        match self.header("accept") {
            Some(accept) if accept.contains("text/html") => true,
            Some(accept) if accept.contains("json") => false,
            Some(_) | None => self.media() == Some(Media::Form),
        }
    }

    fn media(&self) -> Option<Media> {
        let value = self.header("content-type")?;
        let kind = value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        match kind.as_str() {
            "application/json" => Some(Media::Json),
            "application/x-www-form-urlencoded" => Some(Media::Form),
            _ => None,
        }
    }

    /// The body's bytes.
    pub fn body(&self) -> Result<Vec<u8>, Problem> {
        let body = self.inner.body.as_deref().unwrap_or_default();
        let bytes = if self.inner.is_base64_encoded {
            STANDARD.decode(body).map_err(|_| Problem::malformed(Malformed::NotUtf8))?
        } else {
            body.as_bytes().to_vec()
        };
        let most = if self.media() == Some(Media::Form) { LARGEST_FORM_KIB } else { LARGEST_KIB };
        if bytes.len() > most * 1024 { Err(Problem::too_large(LARGEST_KIB)) } else { Ok(bytes) }
    }

    /// The fields of the body, JSON or form.
    pub fn fields(&self) -> Result<Fields, Problem> {
        let media = self.media().ok_or_else(Problem::unsupported_media)?;
        let body = self.body()?;
        let fields = match media {
            Media::Json => Fields::from_json(&body),
            Media::Form => Fields::from_form(&body),
        }
        .map_err(Problem::malformed)?;
        let is_too_large = media == Media::Form && fields.typed_bytes() > LARGEST_KIB * 1024;
        if is_too_large { Err(Problem::too_large(LARGEST_KIB)) } else { Ok(fields) }
    }

    /// The fields of a staff write with the version that it was made on: programs say it in `If-Match`, a form of the desk
    /// in its field `version`. That the form is no other site's was seen to at the door.
    pub fn fields_on_version(&self) -> Result<(u32, Fields), Problem> {
        if self.media() != Some(Media::Form) || self.header("if-match").is_some() {
            let version = self.if_match()?;
            return Ok((version, self.fields()?));
        }
        let mut fields = self.fields()?;
        let version = fields.raw_text("version").ok_or_else(Problem::precondition_required)?;
        let version = version.parse().map_err(|_| {
            Problem::invalid_request(
                "malformed_version",
                "This form is none of ours; open the complaint again.",
            )
        })?;
        Ok((version, fields))
    }

    /// What was typed into a form, even if it is more than is taken; none where it is none that can be read.
    pub fn typed(&self) -> Option<std::collections::BTreeMap<String, String>> {
        if self.media() != Some(Media::Form) {
            return None;
        }
        Fields::from_form(&self.body().ok()?).ok().map(|fields| fields.typed())
    }

    /// The fields of a customer's program, JSON only: a form of another site cannot send it.
    pub fn json_fields(&self) -> Result<Fields, Problem> {
        match self.media() {
            Some(Media::Json) => self.fields(),
            Some(Media::Form) | None => Err(Problem::unsupported_media()),
        }
    }

    /// The client's name for this sending, where the header gives one.
    pub fn idempotency_key(&self) -> Result<Option<IdempotencyKey>, Vec<FieldError>> {
        self.header("idempotency-key").map(IdempotencyKey::parse).transpose().map_err(|error| {
            let detail = format!("Idempotency-Key: {error}.");
            vec![FieldError::new(String::new(), error.code(), &detail)]
        })
    }

    /// SHA-256 of the body.
    pub fn body_digest(&self) -> Result<Digest, Problem> {
        Ok(Digest::of(&self.body()?))
    }

    /// The version that a staff write was made on.
    pub fn if_match(&self) -> Result<u32, Problem> {
        let header = self.header("if-match").ok_or_else(Problem::precondition_required)?;
        let version = header.trim().strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
        version.and_then(|version| version.parse().ok()).ok_or_else(|| {
            Problem::invalid_request(
                "malformed_if_match",
                "If-Match is one version in quotes, such as \"7\".",
            )
        })
    }

    /// The member of staff that the authorizer let in; checked again here, where it is used.
    pub fn staff(&self) -> Result<Actor, Problem> {
        let authorizer = self.inner.request_context.authorizer.as_ref();
        let context = authorizer.map(|authorizer| &authorizer.fields).ok_or_else(Problem::unauthorized)?;
        let field = |name: &str| context.get(name).and_then(serde_json::Value::as_str);
        let id = field("sub").and_then(|id| StaffId::parse(id).ok()).ok_or_else(Problem::unauthorized)?;
        let role = field("role")
            .and_then(|role| Role::parse(role).ok())
            .ok_or_else(|| Problem::forbidden("Your account has none of the roles csr, manager, final."))?;
        Ok(Actor::Staff { id, role })
    }

    /// The complaint that a staff route names, by id or by reference.
    pub async fn complaint(&self, shell: &Shell) -> Result<Option<ComplaintId>, StepError> {
        let Some(named) = self.parameter("complaint") else { return Ok(None) };
        if let Ok(id) = ComplaintId::parse(named) {
            return Ok(Some(id));
        }
        match Reference::parse(named) {
            Ok(reference) => shell.ledger().find(reference).await,
            Err(_) => Ok(None),
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Media {
    Json,
    Form,
}

//! Whether a request is signed, and a presigned link good for what it is used for (Signature Version 4).
//!
//! The signature of a program's own call, in its header, is taken as it is: as at the table, whoever is on this machine
//! may call. A link goes to others, and says what it allows; that is checked.

use aws_sigv4::sign::v4::{calculate_signature, generate_signing_key};
use jiff::{SignedDuration, Timestamp};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use sha2::{Digest, Sha256};

use super::super::REGION;
use super::refusal::Refusal;
use super::{Asked, scope};

/// All but what is never encoded in a signature.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');
/// A link is good for a week at most.
const LONGEST: i64 = 7 * 24 * 3600;
/// So far may the signer's clock be ahead.
const AHEAD: SignedDuration = SignedDuration::from_mins(15);

/// Whether the request may be carried out.
pub(super) fn check(asked: &Asked<'_>) -> Result<(), Refusal> {
    let query = Query::of(asked.request.uri().query().unwrap_or_default());
    if query.get("X-Amz-Signature").is_some() {
        return presigned(asked, &query);
    }
    let signed = asked.request.headers().get(http::header::AUTHORIZATION).map(http::HeaderValue::as_bytes);
    match signed {
        Some(signature) if signature.starts_with(b"AWS4-HMAC-SHA256") => Ok(()),
        _ => Err(Refusal::denied("Access Denied")),
    }
}

/// The signature of `text` by the key of this id at a date (`20261102`). A stand-in's secret is the same as its key's id.
pub(super) fn sign(id: &str, date: &str, text: &str) -> Option<String> {
    let midnight: Timestamp = format!("{date}T000000Z").parse().ok()?;
    let key = generate_signing_key(id, midnight.into(), REGION, "s3");
    Some(calculate_signature(key, text.as_bytes()))
}

/// The parts of a credential, `id/date/region/service/aws4_request`, if it is one for here.
pub(super) fn credential(text: &str) -> Result<(&str, &str), Refusal> {
    let wrong = || {
        Refusal::new(400, "AuthorizationQueryParametersError", "Error parsing the X-Amz-Credential parameter")
    };
    let (id, rest) = text.split_once('/').ok_or_else(wrong)?;
    let (date, _) = rest.split_once('/').ok_or_else(wrong)?;
    if rest == scope(date) { Ok((id, date)) } else { Err(wrong()) }
}

fn presigned(asked: &Asked<'_>, query: &Query) -> Result<(), Refusal> {
    let part = |name: &str| {
        query.get(name).ok_or_else(|| {
            Refusal::new(400, "AuthorizationQueryParametersError", format!("{name} is missing"))
        })
    };
    let (id, date) = credential(part("X-Amz-Credential")?)?;
    let (at, signed) = (part("X-Amz-Date")?, part("X-Amz-SignedHeaders")?);
    let until = until(at, part("X-Amz-Expires")?, asked.at)?;
    let canonical = canonical(asked, query, signed)?;
    let text = format!("AWS4-HMAC-SHA256\n{at}\n{}\n{}", scope(date), hex(&Sha256::digest(canonical)));
    if !at.starts_with(date) || sign(id, date, &text).as_deref() != query.get("X-Amz-Signature") {
        return Err(mismatch());
    }
    if asked.at > until {
        return Err(Refusal::denied("Request has expired"));
    }
    match unsigned(asked, signed) {
        Some(header) => Err(Refusal::denied(format!(
            "There were headers present in the request which were not signed: {header}"
        ))),
        None => Ok(()),
    }
}

pub(super) fn mismatch() -> Refusal {
    Refusal::new(
        403,
        "SignatureDoesNotMatch",
        "The request signature we calculated does not match the signature you provided.",
    )
}

/// When a link made at `at` ends.
fn until(at: &str, seconds: &str, now: Timestamp) -> Result<Timestamp, Refusal> {
    let wrong = |what: &str| Refusal::new(400, "AuthorizationQueryParametersError", what);
    let at: Timestamp = at.parse().map_err(|_| wrong("X-Amz-Date must be in the ISO8601 Long Format"))?;
    let seconds = seconds.parse().ok().filter(|seconds| (1..=LONGEST).contains(seconds));
    let seconds = seconds.ok_or_else(|| wrong("X-Amz-Expires must be between 1 and 604800 seconds"))?;
    if at.duration_since(now) > AHEAD {
        return Err(Refusal::denied("Request is not yet valid"));
    }
    Ok(at.checked_add(SignedDuration::from_secs(seconds)).unwrap_or(Timestamp::MAX))
}

/// The request in the form that is signed.
fn canonical(asked: &Asked<'_>, query: &Query, signed: &str) -> Result<String, Refusal> {
    let (method, path) = (asked.request.method(), asked.request.uri().path());
    let mut text = format!("{method}\n{path}\n{}\n", query.canonical());
    for name in signed.split(';') {
        let value = header(asked, name).ok_or_else(mismatch)?;
        let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
        text.extend([name, ":", &value, "\n"]);
    }
    Ok(text + &format!("\n{signed}\nUNSIGNED-PAYLOAD"))
}

/// A header as the client sent it; the host and the length come with every request.
fn header(asked: &Asked<'_>, name: &str) -> Option<String> {
    let given = asked.request.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    given.or_else(|| match name {
        "host" => asked.request.uri().authority().map(ToString::to_string),
        "content-length" => Some(asked.request.body().len().to_string()),
        _ => None,
    })
}

/// A header of AWS's that nobody signed.
fn unsigned<'a>(asked: &'a Asked<'_>, signed: &str) -> Option<&'a str> {
    let names = asked.request.headers().keys().map(http::HeaderName::as_str);
    names.filter(|name| name.starts_with("x-amz-")).find(|name| !signed.split(';').any(|one| one == *name))
}

/// A query's parameters, decoded.
pub(super) struct Query(Vec<(String, String)>);

impl Query {
    pub(super) fn of(text: &str) -> Self {
        let decode = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
        let pairs = text.split('&').filter(|pair| !pair.is_empty());
        Self(
            pairs
                .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
                .map(|(name, value)| (decode(name), decode(value)))
                .collect(),
        )
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }

    fn canonical(&self) -> String {
        let encode = |text: &str| utf8_percent_encode(text, ENCODED).to_string();
        let given = self.0.iter().filter(|(name, _)| name != "X-Amz-Signature");
        let mut pairs: Vec<_> = given.map(|(name, value)| (encode(name), encode(value))).collect();
        pairs.sort();
        let pairs: Vec<_> = pairs.into_iter().map(|(name, value)| format!("{name}={value}")).collect();
        pairs.join("&")
    }
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat()
}

//! What brings an object into a bucket: a program's or a link's `PUT`, a copy, a browser's form.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::HeaderMap;
use sha2::{Digest, Sha256};

use super::super::reply::Reply;
use super::super::store::Store;
use super::form::Form;
use super::refusal::Refusal;
use super::signature::hex;
use super::{Arrival, Asked, Object, Outcome, named, ops, policy};

/// The largest object that comes in one piece.
const LARGEST: usize = 5 * 1024 * 1024 * 1024;
const LONGEST_KEY: usize = 1024;
/// Names and values of an object's own headers together.
const MOST_METADATA: usize = 2 * 1024;

/// `PutObject`.
pub(super) fn put(store: &Store, asked: &Asked<'_>) -> Outcome {
    let headers = asked.request.headers();
    let body = asked.request.body();
    if let Some(refusal) = unlike(headers, body) {
        return Ok(Err(refusal));
    }
    let object = match object(asked, &asked.key, own(headers), body.to_vec()) {
        Ok(object) => object,
        Err(refusal) => return Ok(Err(refusal)),
    };
    store.put_object(&asked.bucket.name, &object)?;
    let mut reply = Reply { status: 200, items: 1, content_type: "application/xml", ..Reply::default() };
    reply.headers.push(("etag".into(), format!("\"{}\"", object.etag)));
    Ok(Ok((reply, Some(Arrival { object, reason: "PutObject", number: asked.number }))))
}

/// `CopyObject`, from the same bucket or another.
pub(super) fn copy(store: &Store, asked: &Asked<'_>) -> Outcome {
    let headers = asked.request.headers();
    let (bucket, key) = source(headers).unwrap_or_default();
    let Some(from) = store.object(&bucket, &key)? else { return Ok(Err(ops::no_such_key())) };
    if !ops::is_match(text(headers, "x-amz-copy-source-if-match"), &from) {
        return Ok(Err(ops::precondition_failed()));
    }
    let given = match text(headers, "x-amz-metadata-directive") {
        Some("REPLACE") => own(headers),
        _ => from.headers,
    };
    let object = match object(asked, &asked.key, given, from.body) {
        Ok(object) => object,
        Err(refusal) => return Ok(Err(refusal)),
    };
    store.put_object(&asked.bucket.name, &object)?;
    let body = format!(
        "<CopyObjectResult><ETag>&quot;{}&quot;</ETag><LastModified>{:.3}</LastModified></CopyObjectResult>",
        object.etag, object.at
    );
    let reply = Reply {
        status: 200,
        items: 1,
        content_type: "application/xml",
        body: body.into_bytes(),
        ..Reply::default()
    };
    Ok(Ok((reply, Some(Arrival { object, reason: "CopyObject", number: asked.number }))))
}

/// `POST Object`: a browser's form, bound by its signed policy.
pub(super) fn post(store: &Store, asked: &Asked<'_>) -> Outcome {
    let form = match read_form(asked) {
        Ok(form) => form,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let headers = form.fields.iter().filter(|(name, _)| is_own(name)).cloned().collect();
    let object = match object(asked, form.get("key").unwrap_or_default(), headers, form.file.to_vec()) {
        Ok(object) => object,
        Err(refusal) => return Ok(Err(refusal)),
    };
    store.put_object(&asked.bucket.name, &object)?;
    let mut reply = Reply { status: 204, items: 1, content_type: "application/xml", ..Reply::default() };
    reply.headers.push(("etag".into(), format!("\"{}\"", object.etag)));
    if let Some(address) = form.get("success_action_redirect") {
        reply.status = 303;
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("bucket", &asked.bucket.name).append_pair("key", &object.key);
        query.append_pair("etag", &format!("\"{}\"", object.etag));
        let joint = if address.contains('?') { '&' } else { '?' };
        reply.headers.push(("location".into(), format!("{address}{joint}{}", query.finish())));
    }
    Ok(Ok((reply, Some(Arrival { object, reason: "POST Object", number: asked.number }))))
}

/// The bucket and key that a copy is made of.
pub(super) fn source(headers: &HeaderMap) -> Option<(String, String)> {
    let source = text(headers, "x-amz-copy-source")?;
    let source = percent_encoding::percent_decode_str(source).decode_utf8_lossy().into_owned();
    let (bucket, key) = named(&source);
    Some((bucket.to_owned(), key.to_owned()))
}

fn read_form<'a>(asked: &'a Asked<'_>) -> Result<Form<'a>, Refusal> {
    let kind = text(asked.request.headers(), "content-type").unwrap_or_default();
    let form = Form::read(kind, asked.request.body())?;
    policy::check(&form, &asked.bucket.name, asked.at)?;
    match form.get("x-amz-checksum-sha256") {
        Some(sum) if sum != STANDARD.encode(Sha256::digest(form.file)) => Err(bad_digest()),
        _ => Ok(form),
    }
}

fn object(
    asked: &Asked<'_>,
    key: &str,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
) -> Result<Object, Refusal> {
    if key.is_empty() || key.len() > LONGEST_KEY {
        return Err(Refusal::new(400, "KeyTooLongError", "Your key is empty or too long"));
    }
    if body.len() > LARGEST {
        return Err(Refusal::new(
            400,
            "EntityTooLarge",
            "Your proposed upload exceeds the maximum allowed size",
        ));
    }
    let weight = |(name, value): &(String, String)| name.len() + value.len();
    if headers.iter().map(weight).sum::<usize>() > MOST_METADATA {
        return Err(Refusal::new(
            400,
            "MetadataTooLarge",
            "Your metadata headers exceed the maximum allowed size",
        ));
    }
    Ok(Object { key: key.to_owned(), at: asked.at, etag: etag(&body), headers, body })
}

/// S3's own are made by MD5; nobody may rely on that, and nobody can here.
pub(super) fn etag(body: &[u8]) -> String {
    hex(&Sha256::digest(body)[..16])
}

/// Why what came is not what its headers say.
fn unlike(headers: &HeaderMap, body: &[u8]) -> Option<Refusal> {
    if text(headers, "content-length").is_some_and(|length| length != body.len().to_string()) {
        let why = "You did not provide the number of bytes specified by the Content-Length HTTP header";
        return Some(Refusal::new(400, "IncompleteBody", why));
    }
    if text(headers, "content-encoding").is_some_and(|encoding| encoding.contains("aws-chunked")) {
        return Some(Refusal::new(501, "NotImplemented", "a body in chunks is not in this stand-in"));
    }
    let sum = text(headers, "x-amz-checksum-sha256")?;
    (sum != STANDARD.encode(Sha256::digest(body))).then(bad_digest)
}

fn bad_digest() -> Refusal {
    Refusal::new(400, "BadDigest", "The SHA256 you specified did not match the calculated checksum.")
}

/// The headers that stay with an object.
fn own(headers: &HeaderMap) -> Vec<(String, String)> {
    let names = headers.iter().filter(|(name, _)| is_own(name.as_str()));
    names
        .filter_map(|(name, value)| Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned())))
        .collect()
}

fn is_own(name: &str) -> bool {
    name == "content-type" || name == "content-disposition" || name.starts_with("x-amz-meta-")
}

pub(super) fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

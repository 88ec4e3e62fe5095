//! Which service a request is for: the SDKs say it in a header, or by method and path.

use bytes::Bytes;

use super::fault::Service;
use super::objects;

/// Who is called, and for what; `is_bucket` knows the buckets.
pub(super) fn addressed(
    request: &http::Request<Bytes>,
    is_bucket: impl Fn(&str) -> bool,
) -> Option<(Service, &str)> {
    let target = request.headers().get("x-amz-target").and_then(|target| target.to_str().ok());
    if let Some((service, operation)) = target.and_then(|target| target.split_once('.')) {
        return match service {
            "DynamoDB_20120810" => Some((Service::DynamoDb, operation)),
            "AWSEvents" => Some((Service::EventBridge, operation)),
            _ => None,
        };
    }
    let path = request.uri().path();
    if is_bucket(objects::named(path).0) {
        return Some((Service::S3, objects::operation(request)));
    }
    match request.method().as_str() {
        "POST" if path == "/v2/email/outbound-emails" => Some((Service::Ses, "SendEmail")),
        "POST" if path == "/" && contains(request.body(), b"Action=GetCallerIdentity") => {
            Some((Service::Sts, "GetCallerIdentity"))
        }
        "GET" if path.ends_with("/.well-known/openid-configuration") => Some((Service::Issuer, "Discovery")),
        "GET" if path.ends_with("/.well-known/jwks.json") => Some((Service::Issuer, "Keys")),
        "GET" if path.ends_with("/oauth2/authorize") => Some((Service::Issuer, "Authorize")),
        "POST" if path.ends_with("/oauth2/authorize") => Some((Service::Issuer, "SignIn")),
        "POST" if path.ends_with("/oauth2/token") => Some((Service::Issuer, "Token")),
        "GET" if path.ends_with("/issuer/logout") => Some((Service::Issuer, "SignOut")),
        _ => None,
    }
}

fn contains(body: &[u8], part: &[u8]) -> bool {
    body.windows(part.len()).any(|window| window == part)
}

//! A browser's form that posts a file straight to the bucket, without JavaScript: bound by a signed policy.

use std::time::Duration;

use aws_credential_types::{Credentials, provider::ProvideCredentials};
use aws_sigv4::sign::v4::{calculate_signature, generate_signing_key};
use base64::{Engine, engine::general_purpose::STANDARD};
use jiff::{Timestamp, tz::TimeZone};
use serde_json::{Value, json};

use super::Files;
use crate::shell::StepError;

/// What a form is bound to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormBounds<'a> {
    /// The one key that it posts to.
    pub key: &'a str,
    /// At most so many bytes, and at least one.
    pub most: u64,
    /// Where the browser goes on to.
    pub then: &'a str,
    /// What is sent along, by its name without `x-amz-meta-`; the bucket puts the file's name for `${filename}`.
    pub metadata: Vec<(&'a str, String)>,
}

/// A form, but for its file, whose field is called `file` and comes last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// Where it is posted.
    pub action: String,
    /// Hidden fields, in their order.
    pub fields: Vec<(String, String)>,
}

impl Form {
    /// The origin that it is posted to, for the page's policy.
    pub fn origin(&self) -> &str {
        let start = self.action.find("://").map_or(0, |scheme| scheme + 3);
        let end = self.action[start..].find('/').map_or(self.action.len(), |slash| start + slash);
        &self.action[..end]
    }
}

impl Files<'_> {
    /// A form by which one file can be sent, good for as long.
    pub async fn upload_form(self, bounds: &FormBounds<'_>, good_for: Duration) -> Result<Form, StepError> {
        let credentials = self.credentials().await?;
        let region = self.shell.sdk.region().map(ToString::to_string).unwrap_or_default();
        let now = self.shell.now();
        let zoned = now.to_zoned(TimeZone::UTC);
        let (date, time) =
            (zoned.strftime("%Y%m%d").to_string(), zoned.strftime("%Y%m%dT%H%M%SZ").to_string());
        let mut fields = fields(bounds);
        let credential = format!("{}/{date}/{region}/s3/aws4_request", credentials.access_key_id());
        let signing = [
            ("x-amz-algorithm", "AWS4-HMAC-SHA256"),
            ("x-amz-credential", &credential),
            ("x-amz-date", &time),
        ];
        fields.extend(signing.map(|(name, value)| (name.to_owned(), value.to_owned())));
        if let Some(token) = credentials.session_token() {
            fields.push(("x-amz-security-token".to_owned(), token.to_owned()));
        }
        let until = now.checked_add(good_for).unwrap_or(Timestamp::MAX);
        let policy = STANDARD.encode(policy(bounds, self.bucket()?, &fields, until).to_string());
        let key = generate_signing_key(credentials.secret_access_key(), now.into(), &region, "s3");
        let signature = calculate_signature(key, policy.as_bytes());
        fields.extend([("policy".to_owned(), policy), ("x-amz-signature".to_owned(), signature)]);
        Ok(Form { action: self.address().await?, fields })
    }

    async fn credentials(self) -> Result<Credentials, StepError> {
        let provider = self.shell.sdk.credentials_provider();
        let provider =
            provider.ok_or_else(|| StepError::give_up("sign a form", "credentials", "there are none"))?;
        let found = provider.provide_credentials().await;
        found.map_err(|error| StepError::retry("sign a form", "credentials", error))
    }
}

fn fields(bounds: &FormBounds<'_>) -> Vec<(String, String)> {
    let mut fields = vec![
        ("key".to_owned(), bounds.key.to_owned()),
        ("success_action_redirect".to_owned(), bounds.then.to_owned()),
    ];
    let metadata = bounds.metadata.iter();
    fields.extend(metadata.map(|(name, value)| (format!("x-amz-meta-{name}"), value.clone())));
    fields
}

/// Every field is to be as it stands; but what the bucket puts in for the file's name may be any text.
fn policy(bounds: &FormBounds<'_>, bucket: &str, fields: &[(String, String)], until: Timestamp) -> Value {
    let mut conditions = vec![json!({"bucket": bucket}), json!(["content-length-range", 1, bounds.most])];
    conditions.extend(fields.iter().map(|(name, value)| {
        let any = value.contains("${filename}");
        if any { json!(["starts-with", format!("${name}"), ""]) } else { json!({name: value}) }
    }));
    json!({"expiration": format!("{until:.3}"), "conditions": conditions})
}

//! Links by which others send or fetch one object, signed by the SDK and good for a short time.

use std::{collections::BTreeMap, time::Duration};

use aws_sdk_s3::presigning::{PresignedRequest, PresigningConfig};
use jiff::Timestamp;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use super::Files;
use crate::shell::{StepError, error::code_of};

/// What of a name stays as it is in an extended parameter of a header (RFC 8187).
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.');

/// What somebody is about to send: the link is bound to all of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent<'a> {
    /// In bytes.
    pub size: u64,
    /// The media type.
    pub content_type: &'a str,
    /// SHA-256 of the content, in Base64.
    pub sha256: &'a str,
    /// What is sent along, by its name without `x-amz-meta-`.
    pub metadata: Vec<(&'a str, String)>,
}

/// A link to send one object by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UploadLink {
    /// `PUT`.
    pub method: &'static str,
    /// The link.
    pub url: String,
    /// The headers that have to be sent with it, as they are.
    pub headers: BTreeMap<String, String>,
    /// Until when it is good.
    pub expires: Timestamp,
}

impl Files<'_> {
    /// A link by which this very object can be sent to `key`, once it is asked for and as often as wanted until it ends.
    pub async fn upload_link(
        self,
        key: &str,
        sent: &Sent<'_>,
        good_for: Duration,
    ) -> Result<UploadLink, StepError> {
        let mut put = self.client().put_object().bucket(self.bucket()?).key(key);
        for (name, value) in &sent.metadata {
            put = put.metadata(*name, value);
        }
        let length = i64::try_from(sent.size).unwrap_or(i64::MAX);
        let put = put.content_length(length).content_type(sent.content_type).checksum_sha256(sent.sha256);
        let signed = put.presigned(self.signing(key, good_for)?).await;
        let signed = signed.map_err(|error| StepError::retry("sign a link", key, code_of(&error)))?;
        let expires = self.shell.now().checked_add(good_for).unwrap_or(Timestamp::MAX);
        Ok(UploadLink { method: "PUT", url: signed.uri().to_owned(), headers: headers(&signed), expires })
    }

    /// A link by which the object of this key is fetched, to be kept under this name and never shown in the browser.
    pub async fn download_link(self, key: &str, name: &str, good_for: Duration) -> Result<String, StepError> {
        let get = self.client().get_object().bucket(self.bucket()?).key(key);
        let get = get.response_content_type("application/octet-stream");
        let get = get.response_content_disposition(disposition(name)).response_cache_control("no-store");
        let signed = get.presigned(self.signing(key, good_for)?).await;
        let signed = signed.map_err(|error| StepError::retry("sign a link", key, code_of(&error)))?;
        Ok(signed.uri().to_owned())
    }

    /// The address of the bucket, that forms are posted to.
    pub(super) async fn address(self) -> Result<String, StepError> {
        // Which address a bucket has is the SDK's to know: it is what its links begin with.
        let link = self.download_link("x", "x", Duration::from_secs(1)).await?;
        let end =
            link.find("/x?").ok_or_else(|| StepError::give_up("find the address", "bucket", "no link"))?;
        Ok(format!("{}/", &link[..end]))
    }

    fn signing(self, key: &str, good_for: Duration) -> Result<PresigningConfig, StepError> {
        PresigningConfig::builder()
            .start_time(self.shell.now().into())
            .expires_in(good_for)
            .build()
            .map_err(|error| StepError::give_up("sign a link", key, error))
    }
}

/// The headers that a client has to send; those that it sends by itself are left out.
fn headers(signed: &PresignedRequest) -> BTreeMap<String, String> {
    let given = signed.headers().filter(|(name, _)| !matches!(*name, "host" | "content-length"));
    given.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// `attachment` under this name: in ASCII for old clients, as it is for the others.
fn disposition(name: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || "-_. ".contains(c) { c } else { '_' };
    let ascii: String = name.chars().map(plain).collect();
    format!("attachment; filename=\"{ascii}\"; filename*=UTF-8''{}", utf8_percent_encode(name, PLAIN))
}

#[cfg(test)]
mod tests {
    use super::disposition;

    #[test]
    fn a_name_cannot_leave_its_place_in_the_header() {
        let expected =
            "attachment; filename=\"Beleg _1___.pdf\"; filename*=UTF-8''Beleg%20%E2%82%AC1%22%0D%0A.pdf";
        assert_eq!(disposition("Beleg €1\"\r\n.pdf"), expected);
    }
}

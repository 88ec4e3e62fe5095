//! Files in the bucket: read, copied and removed by us; sent and fetched by others through links and forms that are bound
//! to one object, for a short time.

mod form;
mod link;

use std::{collections::HashMap, time::Duration};

use aws_config::SdkConfig;
use aws_sdk_s3::{
    Client, Config,
    config::{Builder, RequestChecksumCalculation, ResponseChecksumValidation},
    error::{ProvideErrorMetadata, SdkError},
    primitives::{ByteStream, DateTime},
    types::MetadataDirective,
};
use aws_smithy_runtime_api::http::Response;
use aws_smithy_types::timeout::TimeoutConfig;
use jiff::Timestamp;

use super::{Shell, StepError, error::code_of};

pub use form::{Form, FormBounds};
pub use link::{Sent, UploadLink};

/// How long it may take to put a large object into the bucket: steps that do end after half a minute.
const LARGE: Duration = Duration::from_secs(20);

/// A view of the bucket.
#[derive(Clone, Copy, Debug)]
pub struct Files<'a> {
    shell: &'a Shell,
    /// Whether it is the bucket of the mail that comes in.
    inbox: bool,
}

/// What is known of an object beside its content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Description {
    /// In bytes.
    pub size: u64,
    /// When it came, to the second.
    pub at: Timestamp,
    /// The media type it was sent with.
    pub content_type: String,
    /// Names this content of this key.
    pub etag: String,
    /// What was sent along, `x-amz-meta-…`, by its name without that.
    pub metadata: Vec<(String, String)>,
}

/// A client of the bucket. Another endpoint than AWS's own (the twin, an emulator) is addressed by path.
pub(super) fn client(sdk: &SdkConfig) -> Client {
    let config = Builder::from(sdk)
        .force_path_style(sdk.endpoint_url().is_some())
        .request_checksum_calculation(RequestChecksumCalculation::WhenRequired)
        .response_checksum_validation(ResponseChecksumValidation::WhenRequired);
    Client::from_conf(config.build())
}

impl<'a> Files<'a> {
    pub(super) fn new(shell: &'a Shell) -> Files<'a> {
        Files { shell, inbox: false }
    }

    pub(super) fn inbox(shell: &'a Shell) -> Files<'a> {
        Files { shell, inbox: true }
    }

    /// What is known of an object; nothing where there is none.
    pub async fn describe(self, key: &str) -> Result<Option<Description>, StepError> {
        let answer = self.client().head_object().bucket(self.bucket()?).key(key).send().await;
        match answer {
            Ok(head) => Ok(Some(Description {
                size: size(head.content_length),
                at: instant(head.last_modified),
                content_type: head.content_type.unwrap_or_default(),
                etag: bare(head.e_tag),
                metadata: sorted(head.metadata),
            })),
            Err(error) if is_gone(&error) => Ok(None),
            Err(error) => Err(StepError::call("describe a file", key, &error)),
        }
    }

    /// An object with its content; nothing where there is none. One of more than `most` bytes comes without content.
    pub async fn read(
        self,
        key: &str,
        most: u64,
    ) -> Result<Option<(Description, Option<Vec<u8>>)>, StepError> {
        let answer = match self.client().get_object().bucket(self.bucket()?).key(key).send().await {
            Ok(answer) => answer,
            Err(error) if is_gone(&error) => return Ok(None),
            Err(error) => return Err(StepError::call("read a file", key, &error)),
        };
        let description = Description {
            size: size(answer.content_length),
            at: instant(answer.last_modified),
            content_type: answer.content_type.unwrap_or_default(),
            etag: bare(answer.e_tag),
            metadata: sorted(answer.metadata),
        };
        if description.size > most {
            return Ok(Some((description, None)));
        }
        let content = answer.body.collect().await;
        let content = content.map_err(|error| StepError::retry("read a file", key, error))?;
        Ok(Some((description, Some(content.to_vec()))))
    }

    /// Keeps an object, in place of what had its key. Metadata is named without `x-amz-meta-`, and plain ASCII.
    pub async fn put(
        self,
        key: &str,
        content_type: &str,
        content: Vec<u8>,
        metadata: &[(&str, String)],
    ) -> Result<(), StepError> {
        let mut put = self.client().put_object().bucket(self.bucket()?).key(key).content_type(content_type);
        for (name, value) in metadata {
            put = put.metadata(*name, value);
        }
        // What is large takes longer than the other calls.
        let patient =
            TimeoutConfig::builder().operation_attempt_timeout(LARGE).operation_timeout(LARGE).build();
        put.body(ByteStream::from(content))
            .customize()
            .config_override(Config::builder().timeout_config(patient))
            .send()
            .await
            .map(|_| ())
            .map_err(|error| StepError::call("keep a file", key, &error))
    }

    /// Copies an object to another key, with nothing of what was sent along but its type. Says no where there is none,
    /// or another content than the one named.
    pub async fn copy(self, from: &str, etag: &str, to: &str, content_type: &str) -> Result<bool, StepError> {
        let bucket = self.bucket()?;
        let copy = self.client().copy_object().bucket(bucket).key(to).copy_source(format!("{bucket}/{from}"));
        let copy = copy.copy_source_if_match(format!("\"{etag}\"")).content_type(content_type);
        match copy.metadata_directive(MetadataDirective::Replace).send().await {
            Ok(_) => Ok(true),
            Err(error) if is_gone(&error) || code_of(&error) == "PreconditionFailed" => Ok(false),
            Err(error) => Err(StepError::call("copy a file", from, &error)),
        }
    }

    /// Removes an object; that there is none is no error.
    pub async fn delete(self, key: &str) -> Result<(), StepError> {
        self.client()
            .delete_object()
            .bucket(self.bucket()?)
            .key(key)
            .send()
            .await
            .map(|_| ())
            .map_err(|error| StepError::call("remove a file", key, &error))
    }

    /// Removes an object if it still is what was seen; what came to its key since then stays.
    pub async fn delete_seen(self, key: &str, etag: &str) -> Result<(), StepError> {
        let delete = self.client().delete_object().bucket(self.bucket()?).key(key);
        match delete.if_match(format!("\"{etag}\"")).send().await {
            Ok(_) => Ok(()),
            Err(error) if is_gone(&error) || code_of(&error) == "PreconditionFailed" => Ok(()),
            Err(error) => Err(StepError::call("remove a file", key, &error)),
        }
    }

    fn client(self) -> &'a Client {
        &self.shell.s3
    }

    fn bucket(self) -> Result<&'a str, StepError> {
        let config = &self.shell.config;
        Ok(if self.inbox { config.inbox()? } else { config.bucket()? })
    }
}

fn is_gone<E: ProvideErrorMetadata + std::error::Error + 'static>(error: &SdkError<E, Response>) -> bool {
    matches!(code_of(error).as_str(), "NoSuchKey" | "NotFound")
}

fn size(length: Option<i64>) -> u64 {
    length.and_then(|length| u64::try_from(length).ok()).unwrap_or_default()
}

fn instant(at: Option<DateTime>) -> Timestamp {
    at.and_then(|at| Timestamp::from_second(at.secs()).ok()).unwrap_or_default()
}

fn bare(etag: Option<String>) -> String {
    etag.unwrap_or_default().trim_matches('"').to_owned()
}

fn sorted(metadata: Option<HashMap<String, String>>) -> Vec<(String, String)> {
    let mut sorted: Vec<_> = metadata.unwrap_or_default().into_iter().collect();
    sorted.sort();
    sorted
}

//! Why a step did not come to its end: try again, or give up.

use thiserror::Error;

/// A step's failure. Messages name the operation and the key, never a person or a text.
#[derive(Debug, Error)]
pub enum StepError {
    /// The world did not answer as it should; the same again may go through.
    #[error("{operation} failed for {key}, to be tried again: {cause}")]
    Retry {
        /// What was attempted.
        operation: &'static str,
        /// On which item.
        key: String,
        /// The service's error code and message.
        cause: String,
    },
    /// The same again will fail the same way.
    #[error("{operation} failed for {key}, for good: {cause}")]
    GiveUp {
        /// What was attempted.
        operation: &'static str,
        /// On which item.
        key: String,
        /// Why it cannot go through.
        cause: String,
    },
}

impl StepError {
    /// An error that is worth another attempt.
    pub fn retry(operation: &'static str, key: impl Into<String>, cause: impl ToString) -> StepError {
        StepError::Retry { operation, key: key.into(), cause: cause.to_string() }
    }

    /// An error that no attempt will mend.
    pub fn give_up(operation: &'static str, key: impl Into<String>, cause: impl ToString) -> StepError {
        StepError::GiveUp { operation, key: key.into(), cause: cause.to_string() }
    }

    /// The failure of an SDK call. Every one is worth a retry: what is wrong for good shows in the queue.
    pub(crate) fn call<E>(
        operation: &'static str,
        key: &str,
        error: &aws_smithy_runtime_api::client::result::SdkError<E, aws_smithy_runtime_api::http::Response>,
    ) -> StepError
    where
        E: aws_smithy_types::error::metadata::ProvideErrorMetadata + std::error::Error + 'static,
    {
        StepError::retry(operation, key, code_of(error))
    }
}

/// The service's own error code, or what kind of failure kept it from answering. Messages are left out: they may
/// quote what was sent.
pub(crate) fn code_of<E>(
    error: &aws_smithy_runtime_api::client::result::SdkError<E, aws_smithy_runtime_api::http::Response>,
) -> String
where
    E: aws_smithy_types::error::metadata::ProvideErrorMetadata + std::error::Error + 'static,
{
    use aws_smithy_runtime_api::client::result::SdkError;
    match error {
        SdkError::ServiceError(service) => service.err().code().unwrap_or("unnamed service error").to_owned(),
        SdkError::TimeoutError(_) => "timeout".to_owned(),
        SdkError::DispatchFailure(failure) => match failure.as_connector_error() {
            Some(error) => format!("not sent: {}", root_of(error)),
            None => "not sent".to_owned(),
        },
        SdkError::ResponseError(_) => "answer not understood".to_owned(),
        SdkError::ConstructionFailure(_) => "request not made".to_owned(),
        _ => "unknown failure".to_owned(),
    }
}

/// What is at the bottom of an error, in its own words: what is above only says that it failed.
fn root_of<'e>(error: &'e (dyn std::error::Error + 'static)) -> &'e (dyn std::error::Error + 'static) {
    error.source().map_or(error, root_of)
}

//! S3's errors: XML, and for `HEAD` nothing but the status.

use super::super::reply::Reply;

/// Why a call is refused.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    status: u16,
    code: &'static str,
    message: String,
}

impl Refusal {
    pub(super) fn new(status: u16, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into() }
    }

    /// For what is not allowed, whatever the reason.
    pub(super) fn denied(message: impl Into<String>) -> Self {
        Self::new(403, "AccessDenied", message)
    }

    pub(super) fn invalid(message: impl Into<String>) -> Self {
        Self::new(400, "InvalidArgument", message)
    }

    pub(super) fn into_reply(self, is_head: bool) -> Reply {
        let body = if is_head { String::new() } else { xml(self.code, &self.message) };
        Reply {
            status: self.status,
            content_type: "application/xml",
            body: body.into_bytes(),
            ..Reply::default()
        }
    }
}

/// What S3 answers when it is too busy, or fails.
pub(in super::super) fn injected(status: u16, code: &'static str) -> Reply {
    Refusal::new(status, code, "injected").into_reply(false)
}

/// An error as S3 writes it.
fn xml(code: &str, message: &str) -> String {
    let message = message.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>{code}</Code><Message>{message}</Message></Error>"
    )
}
